"""How the book is cited, and its bibliography, from CITATION.cff and references.bib. Knows no study."""
