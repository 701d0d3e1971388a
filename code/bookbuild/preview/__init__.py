"""The live preview, `make serve`: the book on this machine alone, built anew at every save. It builds as `make book` does, and knows no more."""
