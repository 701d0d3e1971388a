"""The Monte Carlo of the estimators, and what else Methoden shows of them. Stands above all other rooms of the study."""
