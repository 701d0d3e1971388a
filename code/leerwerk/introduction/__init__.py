"""Inleiding: its numbers, exhibits and figures. Knows no other chapter."""
