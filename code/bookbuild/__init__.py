"""The engine: builds the book, checks it and keeps it input-aware.

Knows the ledger; knows no study but by the name that `_config.yml` gives (`bookbuild.project.settings`).
"""
