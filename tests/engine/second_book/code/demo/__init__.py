"""A study of street trees: what makes this book this book. Knows `ledger`, and not the engine."""
