"""The chapter `first`: how many trees there are, and how many of them live."""
