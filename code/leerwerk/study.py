"""The only module that opens files under data/: reads, validates, and returns typed frames."""

from __future__ import annotations

from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Table
from leerwerk.tables import published
from leerwerk.tables.folder import table
from leerwerk.tables.pupils import PUPIL_TABLES

TABLES: dict[str, Table] = published.TABLES | PUPIL_TABLES


def check_all() -> list[Problem]:
    """Every problem in every table; empty when all is well."""
    problems: list[Problem] = []
    for name in TABLES:
        try:
            table(name)
        except DataError as error:
            problems += error.problems
    return problems
