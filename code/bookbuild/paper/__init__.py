"""The whole book in one file, from the built pages: an accessible PDF, an EPUB, a DOCX. Knows no chapter by name."""
