"""Estimators for any data: average effects, balance, risks over time, sensitivity.

Knows numpy, pandas, scipy and formulaic; knows nothing of this study, its tables, its ledger or its pupils.
"""

from leerwerk.effects.average import Effects, average_effect
from leerwerk.effects.balance import balance
from leerwerk.effects.duration import standardised_risks
from leerwerk.effects.errors import EffectsError
from leerwerk.effects.sensitivity import e_value, risk_ratio

__all__ = [
    "Effects",
    "EffectsError",
    "average_effect",
    "balance",
    "e_value",
    "risk_ratio",
    "standardised_risks",
]
