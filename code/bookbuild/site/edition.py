"""Version and date of a page: those of the commit in which it, or anything it rests on, last changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import dutch

CHANGED = ", met nog niet vastgelegde wijzigingen"


@dataclass(frozen=True, slots=True)
class Edition:
    """When a page last changed.

    Parameters
    ----------
    day
        Of the commit; None if git knows nothing of the page: no date rather than a false one.
    changed
        Whether the page or something that it rests on has changed since that commit.
    """

    day: date | None = None
    changed: bool = False

    @property
    def iso(self) -> str:
        """`2026-11-23`, or nothing."""
        return self.day.isoformat() if self.day else ""

    @property
    def html(self) -> str:
        """The date in Dutch for the foot of the page, or nothing."""
        if self.day is None:
            return ""
        return f'<time datetime="{self.iso}">{dutch.long_date(self.day)}</time>{CHANGED if self.changed else ""}'


def of(page: Mapping[str, Any]) -> Edition:
    """The edition of a page, from what `bookbuild.execution.inputs` remembers of it."""
    if not page.get("day"):
        return Edition()
    return Edition(date.fromisoformat(page["day"]), page["commit"].endswith("+"))
