"""The data: one module per folder of data/, its rules and its readers together. Knows no chapter and no estimator."""
