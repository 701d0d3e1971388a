"""Decides which chapters run, and runs them. Knows kernels and inputs; knows nothing of what a page looks like."""
