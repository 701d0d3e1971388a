"""The house style of figures, on light and dark paper. Knows exhibits; computes nothing."""
