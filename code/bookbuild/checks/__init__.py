"""What make check, diff, verify and audit run. Uses the rest; nothing else uses it."""
