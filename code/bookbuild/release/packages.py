"""Which packages a book is built with: those that its own ask for, directly or through others, as the installed ones say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from types import MappingProxyType
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bookbuild.release.version import ReleaseError

PROJECT = "pyproject.toml"
HERE: Mapping[str, str] = MappingProxyType({})


def project(root: Path) -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((root / PROJECT).read_text(encoding="utf-8"))


def unused(root: Path) -> frozenset[str]:
    """What others ask for and no build installs, as the Makefile says."""
    makefile = root / "Makefile"
    said = re.search(r"^UNUSED := (.*)$", makefile.read_text(encoding="utf-8") if makefile.is_file() else "", re.M)
    return frozenset(map(canonicalize_name, said[1].split() if said else ()))


def asked_for(
    requirements: Iterable[str], left_out: Collection[str], machine: Mapping[str, str] = HERE
) -> dict[str, list[str]]:
    """Each package that these requirements bring, with those that it asks for itself; both in the order of their names.

    Parameters
    ----------
    left_out
        Packages that are not installed, whoever asks for them.
    machine
        Where they are to run, as markers call it; by default here.

    Raises
    ------
    ReleaseError
        If one of them is not installed here, so that nobody knows what it asks for.
    """
    found: dict[str, set[str]] = {}
    waiting, seen = list(_wanted(requirements, "", machine)), set()
    while waiting:
        each = waiting.pop()
        name = canonicalize_name(each.name)
        for extra in each.extras | {""}:
            if name in left_out or (name, extra) in seen:
                continue
            seen.add((name, extra))
            more = list(_wanted(installed(name).requires or [], extra, machine))
            found.setdefault(name, set()).update(canonicalize_name(other.name) for other in more)
            waiting += more
    return {name: sorted(found[name].difference(left_out)) for name in sorted(found)}


def _wanted(requirements: Iterable[str], extra: str, machine: Mapping[str, str]) -> Iterator[Requirement]:
    for each in map(Requirement, requirements):
        if each.marker is None or each.marker.evaluate({**machine, "extra": extra}):
            yield each


def installed(name: str) -> Distribution:
    """What a package says of itself.

    Raises
    ------
    ReleaseError
        If it is not installed here.
    """
    try:
        return distribution(name)
    except PackageNotFoundError:
        raise ReleaseError(f"{name} is niet geïnstalleerd.\n  herstel: make .venv/release .venv/records") from None
