"""The analysis behind the book: knows pandas and statsmodels, knows nothing of Sphinx or IPython."""
