"""What a version is built with: a bill of its packages for machines (CycloneDX), and their licences as a table for people.

Of the packages that a book is built with, not of those that test or release it: these are the same on every machine.
Specification: https://cyclonedx.org/docs/1.5/json/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from bookbuild.citation.work import Work
from bookbuild.project import digest
from bookbuild.project.settings import BILL, LICENCES
from bookbuild.release import packages
from bookbuild.release.version import ReleaseError
from ledger.tables.writing import csv_text

if TYPE_CHECKING:
    from cyclonedx.model.bom import Bom

UNSAID = "niet vermeld"
OSI = "License :: OSI Approved :: "
SHORT = 60  # characters: what is longer is the text of a licence, not its name


def write(tree: Path, work: Work, seconds: int) -> list[Path]:
    """Write both beside the sources; gives them, none for a project without a lock.

    Raises
    ------
    ReleaseError
        If a package that the book asks for is not installed, or not in the lock.
    """
    if not (tree / digest.LOCK).is_file() or not (tree / packages.PROJECT).is_file():
        return []
    asked = packages.asked_for(packages.project(tree)["project"]["dependencies"], packages.unused(tree))
    (tree / BILL).write_text(text(work, asked, tree, seconds), encoding="utf-8")
    (tree / LICENCES).write_text(licences(asked, tree), encoding="utf-8")
    return [tree / BILL, tree / LICENCES]


def text(work: Work, asked: Mapping[str, list[str]], tree: Path, seconds: int) -> str:
    """The bill as JSON: of no clock and no disk.

    Parameters
    ----------
    asked
        What each package asks for, by name.
    seconds
        The time of the version.
    """
    from cyclonedx.output import make_outputter
    from cyclonedx.schema import OutputFormat, SchemaVersion

    bom = _bom(work, asked, tree, seconds)
    return make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_5).output_as_string(indent=1) + "\n"


def licences(asked: Iterable[str], tree: Path) -> str:
    """The same packages as CSV: name, version, and the licence under which each says that it comes."""
    pins = _pins(tree, asked)
    return csv_text([{"package": name, "version": pins[name], "licence": licence(name)} for name in asked])


def licence(name: str) -> str:
    """What an installed package says of its licence, an expression of SPDX where it has one."""
    said = packages.installed(name).metadata
    named = [each.removeprefix(OSI) for each in said.get_all("Classifier") or [] if each.startswith(OSI)]
    expression, first = ((said[key] or "").strip() if key in said else "" for key in ("License-Expression", "License"))
    return expression or "; ".join(named) or (first if 0 < len(first) <= SHORT else "") or UNSAID


def _bom(work: Work, asked: Mapping[str, list[str]], tree: Path, seconds: int) -> Bom:
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component, ComponentType
    from packageurl import PackageURL

    pins, known = _pins(tree, asked), LicenseFactory()
    book = Component(name=work.title, version=work.version, type=ComponentType.APPLICATION, bom_ref="boek")
    parts = {
        name: Component(
            name=name,
            version=pins[name],
            type=ComponentType.LIBRARY,
            bom_ref=name,
            purl=PackageURL("pypi", None, name, pins[name]),
            licenses=[known.make_from_string(said)] if (said := licence(name)) != UNSAID else [],
        )
        for name in asked
    }
    sealed = digest.of_value([work.version, pins])
    bom = Bom(serial_number=uuid5(NAMESPACE_URL, sealed), components=parts.values())
    bom.metadata.component, bom.metadata.timestamp = book, datetime.fromtimestamp(seconds, UTC)
    within = {other for others in asked.values() for other in others}
    bom.register_dependency(book, [part for name, part in parts.items() if name not in within])
    for name, others in asked.items():
        bom.register_dependency(parts[name], [parts[other] for other in others])
    return bom


def _pins(tree: Path, names: Iterable[str]) -> dict[str, str]:
    """The version of each package in the lock."""
    found = dict(digest.PIN.findall((tree / digest.LOCK).read_text("utf-8")))
    if lost := [name for name in names if name not in found]:
        raise ReleaseError(f"{', '.join(lost)} staat niet in {digest.LOCK}.\n  herstel: make lock")
    return {name: found[name] for name in names}
