"""The kinds of message that only this book knows; apart, because kernels and Sphinx both need them and share nothing."""

FIGURE = "application/vnd.bookbuild.figure+json"
NUMBER = "application/vnd.bookbuild.number+json"
