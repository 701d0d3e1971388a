"""What the engine knows of a project before Sphinx starts: the section `bookbuild` of `_config.yml`.

Everything that is said of this book and not of any book stands there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from bookbuild.project import digest
from ledger import plain_yaml

CONFIG = "_config.yml"
NEVER = ("_build", ".venv", ".git")
# What the archive of a release has at its root beside the sources: the built book, what describes it all, its history, and the
# packages that it was built with, for machines and for people.
BOOK, CRATE, RECORD = "book", "ro-crate-metadata.json", "history.json"
BILL, LICENCES = "sbom.cdx.json", "licences.csv"
# And that of `make room`, beside the history: the packages, and how to build.
WHEELS, README = "wheels", "LEESMIJ.txt"
# What no page rests on; everything else below the root may matter.
IGNORED = (
    *NEVER,
    BOOK,
    CRATE,
    RECORD,
    BILL,
    LICENCES,
    WHEELS,
    README,
    "tests",
    "audit",
    ".github",
    ".vscode",
    ".devcontainer",
    ".binder",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
)
ENGINE = Path(__file__).parents[1]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Records:
    """Restricted records.

    Parameters
    ----------
    variable
        The environment variable that names their folder; only the results step has it.
    released
        The one that names the file with what was released of them, during the rest of the build.
    results
        The module of the results step: its main() gets the folder of the room and leaves `released.json` there.
    folder, name
        What stands in for the records, and what they are called.
    """

    variable: str = ""
    released: str = ""
    results: str = ""
    folder: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages with a task: the ledger, where the marks are explained (with its ending), and the tables."""

    ledger: str = ""
    legend: str = ""
    tables: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of this book, in its language.

    Parameters
    ----------
    ledger, synthetic
        Descriptions of the ledger and of stand-in records, for machines.
    card, card_alt
        The line on the social card, and what the card shows.
    search, lost
        Descriptions of the pages that Sphinx makes itself.
    about, stand_in, real
        On the cover of the PDF: what the book is, and what its records are.
    """

    ledger: str = ""
    synthetic: str = ""
    card: str = ""
    card_alt: str = ""
    search: str = ""
    lost: str = ""
    about: str = ""
    stand_in: str = ""
    real: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """A project's settings.

    Parameters
    ----------
    study
        The module with the study: its `LEDGER`, `CHAPTERS`, `DATA`, `FILES` and `tables()`, and `problems()` if it knows more
        of its data than their rules do.
    code
        The folder with the project's packages.
    paper
        The name of the PDF.
    language
        Of the pages: that of Sphinx.
    names
        Words with two capitals that are no abbreviations.
    """

    study: str = ""
    code: str = "code"
    paper: str = "book.pdf"
    language: str = "en"
    names: tuple[str, ...] = ()
    records: Records = field(default_factory=Records)
    pages: Pages = field(default_factory=Pages)
    words: Words = field(default_factory=Words)


class SettingsError(ValueError):
    """The settings cannot be read."""


class RecordsError(Exception):
    """Something that is not the results step has the records."""


def of(root: Path) -> Settings:
    """The settings of the project in a folder.

    Raises
    ------
    SettingsError
        If they are no YAML, or the section has a name that the engine does not know.
    """
    path = root / CONFIG
    try:
        return _parsed(path.read_text(encoding="utf-8")) if path.is_file() else Settings()
    except UnicodeDecodeError:
        raise SettingsError(
            f"{CONFIG}, regel 1: geen tekst in UTF-8\n  herstel: Bewaar het bestand als UTF-8."
        ) from None


@cache
def _parsed(text: str) -> Settings:
    try:
        config = plain_yaml.load(text)
    except plain_yaml.YamlError as problem:
        raise SettingsError(f"{CONFIG}, {problem}") from None
    found = _named(config if isinstance(config, dict) else {}, "bookbuild")
    sphinx = _named(_named(config if isinstance(config, dict) else {}, "sphinx"), "config")
    language = {"language": sphinx["language"]} if "language" in sphinx else {}
    parts = {"records": Records, "pages": Pages, "words": Words}
    return _filled(
        Settings,
        {name: _filled(parts[name], _named(found, name)) if name in parts else found[name] for name in found}
        | language,
    )


def _named(section: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The names and values below a name, none if it is not there."""
    found = section.get(name)
    if found is not None and not isinstance(found, dict):
        raise SettingsError(
            f"{CONFIG}: onder {name} staan namen met een waarde\n  herstel: Schrijf ze als `naam: waarde`."
        )
    return found or {}


def _filled(kind: type[T], found: Mapping[str, Any]) -> T:
    known = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    for name in found:
        if name not in known:
            raise SettingsError(f"{CONFIG}, bookbuild: '{name}' is onbekend; kies uit {', '.join(known)}")
    return kind(**found)


def fonts_folder() -> Path:
    """The figures' fonts: every chapter may read them, and all execute anew when they change."""
    return package("ledger") / "style" / "fonts"


def package(name: str) -> Path:
    """The folder of an installed package, which is not loaded for it."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{name} is niet geïnstalleerd")
    return Path(found.submodule_search_locations[0])


@cache
def engine() -> Mapping[str, str]:
    """SHA-256 of the sources of the engine and of the ledger, which every page rests on: as they were when first asked for."""
    folders = {name: package(name) for name in ("bookbuild", "ledger")}
    found = {name: digest.of_files(folder, folder.rglob("*.py")) for name, folder in folders.items()}
    return {f"{name}/{path}": sha256 for name, files in found.items() for path, sha256 in files.items()}


def restricted_folder(root: Path) -> Path | None:
    """The folder with restricted records, if the environment names one."""
    variable = of(root).records.variable
    folder = os.environ.get(variable) if variable else None
    return Path(folder).resolve() if folder else None


def refuse_records(root: Path) -> None:
    """Refuse to go on where the environment still names the records: only the results step has them.

    Raises
    ------
    RecordsError
        With what to do instead.
    """
    if restricted_folder(root) is not None:
        variable = of(root).records.variable
        raise RecordsError(
            f"{variable} is gezet: alleen make book rekent met leerlingengegevens, in een stap vooraf\n"
            f"  herstel: unset {variable}, of {variable}=<map> make book"
        )


def released_file(root: Path) -> Path | None:
    """The file with what was released of restricted records, if the environment names one."""
    variable = of(root).records.released
    found = os.environ.get(variable) if variable else None
    return Path(found).resolve() if found else None


def surroundings(root: Path) -> str:
    """Digest of what results rest on besides the project's own files: the packages, and what was released of records."""
    released = released_file(root)
    return digest.of_value([digest.of_environment(root), None if released is None else digest.of_file(released)])
