"""What gives an author a beginning: the row of a claim, a chapter. Nothing that it leaves open passes `make check`."""
