"""What the book says on GitHub: one proposal, one reminder, one comment, each brought up to date rather than said again.

Python's own library, git and gh, and of the engine only what asks git: no package runs where a token to write is at hand.
"""
