"""The whole book as one accessible PDF, from the built pages. Knows no chapter by name."""
