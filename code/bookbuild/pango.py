"""Finds the system's libraries that set the type of the PDF, or installs Debian's where that is possible."""

from __future__ import annotations

import sys
from ctypes.util import find_library

from bookbuild import debian

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
REMEDY = f"De pdf heeft Pango nodig: installeer de pakketten {', '.join(PACKAGES)} en draai opnieuw."


def found() -> bool:
    """Whether the machine has every library."""
    return all(find_library(name) for name in LIBRARIES)


def ensure() -> bool:
    """Whether the libraries are there, installed just now if need be; prints the remedy if they cannot be."""
    if not found():
        debian.install(*PACKAGES)
    if not found():
        print(REMEDY, file=sys.stderr)
        return False
    return True
