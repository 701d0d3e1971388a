"""Results that are worked out once must say everything each time they are asked for."""

from __future__ import annotations

import warnings

import pytest

from leerwerk import pupil_results
from leerwerk.problems import WeakOverlapWarning


def test_a_remembered_estimate_repeats_its_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    def noisy(*_: object, **__: object) -> dict:
        warnings.warn("Zwakke overlap.", WeakOverlapWarning, stacklevel=2)
        return {}

    monkeypatch.setattr(pupil_results, "programme_effects", noisy)
    pupil_results._remembered.cache_clear()
    for _ in range(2):
        with pytest.warns(WeakOverlapWarning, match=r"Zwakke overlap\."):
            pupil_results.by_programme("vsv")
    pupil_results._remembered.cache_clear()
