"""Numbers as a source prints them."""

from __future__ import annotations

from typing import Any

import pytest


def as_printed(text: str) -> Any:
    """What rounds to a printed number: within half a unit of its last digit, and a hair for the halves themselves."""
    _, _, decimals = text.partition(".")
    return pytest.approx(float(text), abs=0.5000001 * 10 ** -len(decimals), rel=0)
