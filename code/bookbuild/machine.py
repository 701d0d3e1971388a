"""What the machine must have: a Chromium for browser tests, and Pango for the PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from ctypes.util import find_library

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
REMEDY = "De browsertests hebben Chromium nodig: installeer het pakket chromium en draai opnieuw."


def find() -> str | None:
    """The path of the machine's Chromium, if it has one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> int:
    """0 if there is a Chromium, installed just now if need be; 1 with a remedy if there cannot be one."""
    if find() is None:
        install("chromium")
    if find() is None:
        print(REMEDY)
        return 1
    return 0


def install(*packages: str) -> None:
    """Try to install packages; whoever asks looks afterwards whether it helped."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        )


LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
REMEDY = f"De pdf heeft Pango nodig: installeer de pakketten {', '.join(PACKAGES)} en draai opnieuw."


def found() -> bool:
    """Whether the machine has every library."""
    return all(find_library(name) for name in LIBRARIES)


def ensure() -> bool:
    """Whether the libraries are there, installed just now if need be; prints the remedy if they cannot be."""
    if not found():
        install(*PACKAGES)
    if not found():
        print(REMEDY, file=sys.stderr)
        return False
    return True
