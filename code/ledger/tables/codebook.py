"""A codebook: how the files of someone else's records are laid out, in YAML, and what their columns and codes mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import pandas as pd

from ledger import dutch
from ledger.tables import entries
from ledger.tables.dates import PATTERNS, day_number
from ledger.tables.delimited import ENCODINGS
from ledger.tables.entries import Entry
from ledger.tables.layout import SEPARATORS, Layout, Origin
from ledger.tables.reading import DataError, Problem
from ledger.tables.records import PARQUET
from ledger.tables.rules import Records

_FILE = re.compile(rf"[^/\\:.\s][^/\\:]*(\.csv|\.txt|\.tsv|\.dat|{re.escape(PARQUET)})")
_TABLE = ("file", "separator", "encoding", "decimal", "columns")
_COLUMN = ("column", "codes", "date", "at", "decimal", "round", "numbered")
_YES, _NO = ("yes", "true", "ja"), ("no", "false", "nee")
_DECIMALS = {".": ".", ",": ","}
_NOTHING = Entry(1)
_LONGEST = 200  # characters of a name or code


class Codebook:
    """What a codebook says; what is wrong is told by its line, for the names of others are theirs.

    Parameters
    ----------
    path
        The file; where there is none, every table is as in our own folder.
    tables
        The names that tables have there.
    file
        The codebook's name as authors know it, for messages.

    Raises
    ------
    DataError
        At the first entry that says nothing about tables.
    """

    def __init__(self, path: Path, tables: Sequence[str], file: str) -> None:
        self._file = file
        entry = entries.read(path, file) if path.exists() else _NOTHING
        self._known(entry, tables)
        self._tables = entry.parts
        for part in self._tables.values():
            self._known(part, _TABLE)

    def file(self, table: str) -> str | None:
        """The name of the file that holds a table, if the codebook gives one."""
        entry = self._tables.get(table, _NOTHING).parts.get("file")
        if entry is None:
            return None
        if not _FILE.fullmatch(self._text(entry)):
            self._refuse(entry, "de naam van een CSV- of Parquetbestand in dezelfde map", "Laat mappen weg.")
        return entry.text

    def layout(self, table: str, rules: Records) -> Layout:
        """How the file of a table is laid out.

        Raises
        ------
        DataError
            At the first entry that the rules of the table do not allow.
        """
        parts = self._tables.get(table, _NOTHING).parts
        if (self.file(table) or "").endswith(PARQUET):
            for name in ("separator", "encoding", "decimal"):
                if name in parts:
                    self._refuse(parts[name], f"{name} enkel bij een tekstbestand", "Laat het weg.")
        separators = {"tab": "\t"} | {separator: separator for separator in SEPARATORS}
        columns = parts.get("columns", _NOTHING)
        self._known(columns, rules.columns)
        decimal = self._one_of(parts, "decimal", _DECIMALS)
        return Layout(
            self._one_of(parts, "separator", separators),
            self._one_of(parts, "encoding", dict(zip(ENCODINGS, ENCODINGS, strict=True))),
            tuple(
                (name, self._origin(name, columns.parts.get(name), rules, decimal))
                for name in rules.columns
                if name in columns.parts or (decimal and name in rules.numeric)
            ),
        )

    def _refuse(self, entry: Entry, demand: str, remedy: str) -> NoReturn:
        raise DataError([Problem(self._file, demand, remedy, entry.line)])

    def _known(self, entry: Entry, names: Iterable[str]) -> None:
        """Refuse entries by other names."""
        known = list(names)
        if entry.text:
            self._refuse(
                entry, f"een van {dutch.enumerate_words(known, 'of')}, met een dubbelpunt", "Spring daaronder in."
            )
        for name, part in entry.parts.items():
            if name not in known:
                self._refuse(part, f"een van {dutch.enumerate_words(known, 'of')}", "Kijk de naam na, of laat ze weg.")

    def _origin(self, name: str, entry: Entry | None, rules: Records, decimal: str | None) -> Origin:
        if entry is None:
            return Origin(name, decimal=decimal)
        if entry.text is not None:
            return Origin(self._text(entry), decimal=decimal, line=entry.line)
        self._known(entry, _COLUMN)
        parts = entry.parts
        rounded = self._yes(parts, "round")
        return Origin(
            self._text(parts["column"]) if "column" in parts else name,
            self._codes(parts["codes"], name, rules) if "codes" in parts else None,
            self._date(entry, name, rules),
            self._at(entry, name, rules),
            self._one_of(parts, "decimal", _DECIMALS) or decimal or ("." if rounded else None),
            rounded,
            self._numbered(entry, name, rules),
            entry.line,
        )

    def _codes(self, entry: Entry, name: str, rules: Records) -> tuple[tuple[str, str], ...]:
        if not entry.parts:
            self._refuse(entry, "onze code bij elke code van het bestand", "Schrijf bijvoorbeeld codes: {1: m, 2: f}.")
        (rule,) = rules.columns[name]
        for part in entry.parts.values():
            ours = part.text
            if ours is None or not rule.holds(pd.Series([ours])).all():
                self._refuse(part, f"rechts van de dubbelpunt {rule.demand}", rule.remedy)
        return tuple((theirs, part.text or "") for theirs, part in entry.parts.items())

    def _date(self, entry: Entry, name: str, rules: Records) -> str | None:
        pattern = self._one_of(entry.parts, "date", dict(zip(PATTERNS, PATTERNS, strict=True)))
        if pattern is None:
            return None
        if name not in rules.dated:
            dated = dutch.enumerate_words(list(rules.dated)) or "geen enkele kolom"
            self._refuse(
                entry.parts["date"], f"een datum enkel waar een getal eruit volgt: bij {dated}", "Laat date weg."
            )
        if "codes" in entry.parts or "numbered" in entry.parts:
            self._refuse(entry.parts["date"], "een datum zonder codes of nummering", "Laat een van beide weg.")
        dated_rule = rules.dated[name]
        if dated_rule.at is not None and dated_rule.at not in rules.columns and "at" not in entry.parts:
            self._refuse(entry, "at: de dag waarop dit geteld wordt", "Schrijf bijvoorbeeld at: 2016-09-01.")
        return pattern

    def _at(self, entry: Entry, name: str, rules: Records) -> int | None:
        if "at" not in entry.parts:
            return None
        part = entry.parts["at"]
        day = day_number(self._text(part), "JJJJ-MM-DD")
        if day is None or "date" not in entry.parts or rules.dated[name].at is None:
            self._refuse(
                part,
                "at enkel bij een datum die een leeftijd geeft, als jaar-maand-dag",
                "Schrijf at: 2016-09-01, of laat het weg.",
            )
        return day

    def _numbered(self, entry: Entry, name: str, rules: Records) -> bool:
        numbered = self._yes(entry.parts, "numbered")
        if numbered and name not in rules.names:
            names = dutch.enumerate_words(rules.names)
            self._refuse(entry.parts["numbered"], f"numbered enkel bij {names or 'geen enkele kolom'}", "Laat het weg.")
        return numbered

    def _yes(self, parts: Mapping[str, Entry], name: str) -> bool:
        return bool(self._one_of(parts, name, dict.fromkeys(_YES, "yes") | dict.fromkeys(_NO, "")))

    def _one_of(self, parts: Mapping[str, Entry], name: str, allowed: Mapping[str, str]) -> str | None:
        if name not in parts:
            return None
        text = parts[name].text
        if text is None or text not in allowed:
            told = dutch.enumerate_words([f'"{each}"' for each in allowed if each.strip()], "of")
            self._refuse(parts[name], f"{name}: een van {told}", "Kies een van deze waarden, tussen aanhalingstekens.")
        return allowed[text]

    def _text(self, entry: Entry) -> str:
        if not entry.text or len(entry.text) > _LONGEST:
            self._refuse(entry, f"een tekst van hoogstens {_LONGEST} tekens", "Vul ze in, of laat de regel weg.")
        return entry.text
