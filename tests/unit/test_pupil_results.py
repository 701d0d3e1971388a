"""Results that are worked out once must say everything each time they are asked for."""

from __future__ import annotations

import warnings

import pytest

from ledger.memory import Memory
from leerwerk import study
from leerwerk.effects.errors import WeakOverlapWarning
from leerwerk.micro.pupils import numbers


def test_a_remembered_estimate_repeats_its_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    def noisy(*_: object, **__: object) -> dict:
        warnings.warn("Zwakke overlap.", WeakOverlapWarning, stacklevel=2)
        return {}

    monkeypatch.setattr(numbers, "programme_effects", noisy)
    monkeypatch.setattr(study.LEDGER, "_memory", Memory())
    for _ in range(2):
        with pytest.warns(WeakOverlapWarning, match=r"Zwakke overlap\."):
            numbers.by_programme("vsv", "ipw")
