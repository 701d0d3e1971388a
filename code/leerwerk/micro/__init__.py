"""Micro: its numbers, exhibits and figures from print; `pupils` has the same three from pupil records. Knows no other chapter."""
