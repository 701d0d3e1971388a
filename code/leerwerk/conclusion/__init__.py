"""Besluit: its numbers, exhibits and figures. Asks the ledger for all statuses; knows no other chapter."""
