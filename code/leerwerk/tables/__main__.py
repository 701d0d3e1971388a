"""`python -m leerwerk.tables FOLDER`: whether real pupil records can be read, for `make microdata-check`.

It tells rules, columns of ours and numbers of rows; never a row, a cell, a name of the holder's or the folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ledger import dutch
from ledger.tables.reading import DataError
from leerwerk.tables import holder, microdata, pupils
from leerwerk.tables.folder import DATA


def main(folder: str) -> int:
    """0 if all is well, 1 if anything would be refused."""
    if not folder or not Path(folder).is_dir():
        print("Zeg in welke map de gegevens staan: make microdata-check FOLDER=<map>.", file=sys.stderr)
        return 1
    os.environ[microdata.VARIABLE] = folder
    own = _tell(microdata.CODEBOOK, _codebook) & _tell(holder.FILE, _about)
    # Whatever these say wrongly would make every table wrong as well.
    tables = [own and _tell(Path(name).name, partial(_table, name)) for name in _NAMES]
    return 0 if all(tables) else 1


_WITHOUT_STARTS = (
    "een programma telt dan vanaf de instap, ook voor wie er pas later aan begon. Wie langer blijft, heeft meer kans om te"
    " beginnen, en dat flatteert het programma."
)
_NAMES = (pupils.LEARNERS, pupils.ABO_LEARNERS)


def _tell(name: str, look: Callable[[], str]) -> bool:
    """Print what is found in one file, or every rule that it breaks."""
    try:
        print(f"{microdata.shown(name)}: {look()}", flush=True)
    except DataError as error:
        print(error.every_rule(), file=sys.stderr)
        return False
    return True


def _codebook() -> str:
    for name in _NAMES:
        shown = DATA.shown(name)
        DATA.where(shown)
        DATA.layout(shown, pupils.TABLES[name])
    there = (Path(os.environ[microdata.VARIABLE]) / microdata.CODEBOOK).exists()
    return "in orde" if there else "is er niet, dus heten en betekenen de kolommen wat ze bij ons heten en betekenen"


def _about() -> str:
    holder.about()
    return "in orde"


def _table(name: str) -> str:
    frame = pupils.table(name)
    told = f"in orde, {dutch.number(len(frame))} rijen"
    absent = [column for column in pupils.TABLES[name].optional if column not in frame]
    return f"{told}\n  zonder {dutch.enumerate_words(absent)}: {_WITHOUT_STARTS}" if absent else told


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
