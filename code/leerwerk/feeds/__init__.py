"""Public series as their publisher's API gives them: fetched, read, pinned, compared. Knows data/context, no chapter and no page."""
