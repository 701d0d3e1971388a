"""The synthetic pupil records: how they are made. Evidence of nothing; no chapter imports it."""
