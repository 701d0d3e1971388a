"""What the machine must have: a Chromium for browser tests, Pango for the PDF, and a checker of EPUBs for a test.

Debian's are installed where that is possible.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from pathlib import Path

# The first is the same browser without the parts that only show on a screen: half the work for the same page.
SHELL = "chromium-headless-shell"
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # what Debian calls them
EPUBCHECK = "epubcheck"
# Debian's; its command needs a kernel that starts archives of Java by itself.
JAR = Path("/usr/share/java/epubcheck.jar")
NO_BROWSER = f"De browsertests hebben Chromium nodig: installeer het pakket {SHELL} en draai opnieuw."
NO_PANGO = f"De pdf heeft Pango nodig: installeer de pakketten {', '.join(PANGO)} en draai opnieuw."
NO_EPUBCHECK = f"De test van het e-boek heeft epubcheck nodig: installeer het pakket {EPUBCHECK} en draai opnieuw."


def browser() -> str | None:
    """The path of the machine's Chromium, if it has one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def has_pango() -> bool:
    """Whether the machine has every library that sets the type of the PDF."""
    return all(find_library(name) for name in LIBRARIES)


def epubcheck() -> list[str] | None:
    """The command that checks an EPUB, if the machine has one."""
    if JAR.is_file() and (java := shutil.which("java")):
        return [java, "-jar", str(JAR)]
    found = shutil.which(EPUBCHECK)
    return [found] if found else None


def ensure_browser() -> bool:
    """Whether there is a Chromium, installed just now if need be; prints the remedy if there cannot be one."""
    return _ensure(lambda: browser() is not None, [SHELL], NO_BROWSER)


def ensure_pango() -> bool:
    """Whether the libraries are there, installed just now if need be; prints the remedy if they cannot be."""
    return _ensure(has_pango, PANGO, NO_PANGO)


def ensure_epubcheck() -> bool:
    """Whether there is an epubcheck, installed just now if need be; prints the remedy if there cannot be one."""
    return _ensure(lambda: epubcheck() is not None, [EPUBCHECK], NO_EPUBCHECK)


def _ensure(is_there: Callable[[], bool], packages: Sequence[str], remedy: str) -> bool:
    if is_there():
        return True
    _install(packages)
    if not is_there():
        print(remedy, file=sys.stderr)
    return is_there()


def _install(packages: Sequence[str]) -> None:
    """Try to install Debian's packages with apt: as root, and in CI as who may become root; never so on an author's machine."""
    become = [] if os.geteuid() == 0 else ["sudo", "-n"] if os.environ.get("CI") and shutil.which("sudo") else None
    if become is None or not shutil.which("apt-get"):
        return
    apt = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in (["update"], ["install", "-y", *packages]):
        subprocess.run([*apt, *command], check=False, stdout=subprocess.DEVNULL)
