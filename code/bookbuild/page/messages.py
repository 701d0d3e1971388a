"""The kinds of message that only this book knows; apart, because kernels and Sphinx both need them and share nothing."""

FIGURE = "application/vnd.leerwerk.figure+json"
NUMBER = "application/vnd.leerwerk.number+json"
