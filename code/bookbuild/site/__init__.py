"""Around the pages: heads, navigation, provenance, and the files beside them. Knows no study but by name."""
