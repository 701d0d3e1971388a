"""Estimators for any data: average effects, balance, risks over time, sensitivity.

Knows numpy, pandas, scipy and formulaic; knows nothing of this study, its tables, its ledger or its pupils.
"""

from leerwerk.effects.average import average_effect
from leerwerk.effects.balance import balance
from leerwerk.effects.discrete import discrete_effect
from leerwerk.effects.duration import log_rank, standardised_risks
from leerwerk.effects.errors import EffectsError
from leerwerk.effects.result import Effects
from leerwerk.effects.sensitivity import e_value, risk_ratio
from leerwerk.effects.starts import risks_by_start
from leerwerk.effects.subgroups import effects_by

__all__ = [
    "Effects",
    "EffectsError",
    "average_effect",
    "balance",
    "discrete_effect",
    "e_value",
    "effects_by",
    "log_rank",
    "risk_ratio",
    "risks_by_start",
    "standardised_risks",
]
