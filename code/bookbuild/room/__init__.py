"""Restricted records: one step in a process of its own reads them, and nothing else of a build can."""
