"""Finds a Chromium for the browser tests, or installs Debian's where that is possible."""

from __future__ import annotations

import shutil

from bookbuild import debian

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
REMEDY = "De browsertests hebben Chromium nodig: installeer het pakket chromium en draai opnieuw."


def find() -> str | None:
    """The path of the machine's Chromium, if it has one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> int:
    """0 if there is a Chromium, installed just now if need be; 1 with a remedy if there cannot be one."""
    if find() is None:
        debian.install("chromium")
    if find() is None:
        print(REMEDY)
        return 1
    return 0
