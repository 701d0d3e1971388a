"""What a report states, and on what grounds: numbers, claims, tables, exhibits.

Knows no study, no Sphinx and no IPython. Nothing is imported here: a build in which nothing changed must not pay for pandas.
"""
