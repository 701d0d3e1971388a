"""The Monte Carlo of the estimators, and what Methoden shows of it. Stands above all other rooms of the study."""
