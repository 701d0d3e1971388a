"""What Sphinx makes of a page's body: figures, numbers with cards, folds, abbreviations. Knows no study."""
