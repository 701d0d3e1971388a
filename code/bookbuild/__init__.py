"""Builds the book: the Sphinx extension, the chapters' display functions and the commands behind make."""
