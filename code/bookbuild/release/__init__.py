"""A version of the book: its tag, its archive, and its place beside newer ones.

Knows git, the built book and what CITATION.cff and the ledger say of it; knows no page's making, and publishes nothing itself.
"""
