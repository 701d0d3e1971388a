"""The study: what was published, and what is recomputed, chapter by chapter.

Knows its data, its chapters and the ledger; knows nothing of Sphinx, IPython or the engine that makes the book.
"""
