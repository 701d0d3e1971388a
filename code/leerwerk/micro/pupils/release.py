"""The results step: every answer from restricted pupil records, once, and of it what disclosure control lets out.

The engine runs it in a process of its own (`bookbuild.room`), the only one that reads the records.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from leerwerk.micro.pupils import answers, disclosure, released
from leerwerk.micro.pupils.disclosure import Decision
from leerwerk.tables import holder
from leerwerk.tables.pupils import ABO_LEARNERS, LEARNERS, STARTS, table


def main(arguments: list[str]) -> None:
    """Write `released.json` and, for the output checker in the room, `closed/checklist.csv`.

    Parameters
    ----------
    arguments
        The room's folder.
    """
    room, about = Path(arguments[0]), holder.about()
    decisions: dict[str, Decision] = {}
    start_months = False
    for name in (LEARNERS, ABO_LEARNERS):
        frame = table(name)
        print(f"{Path(name).stem}: {len(frame)} leerlingen gelezen")
        decisions |= disclosure.decide(answers.drafts(name, frame), answers.drafts(name, answers.possible(name, frame)))
        start_months |= set(STARTS) <= set(frame)
        print(f"{Path(name).stem}: klaar")
        del frame
    _checklist(room / "closed" / "checklist.csv", decisions.items())
    # Last: whoever finds it may rely on it.
    found = released.as_json(about, decisions, start_months=start_months)
    (room / "released.json").write_text(found, encoding="utf-8")


def _checklist(path: Path, decisions: Iterable[tuple[str, Decision]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "vrijgegeven", "waarde", "ondergrens", "bovengrens", "regel"])
        for name, each in decisions:
            for label, answer in ((name, each.answer), (f"{name} (grootte)", each.size)):
                if answer is not None:
                    number = [getattr(answer, field, "") for field in ("value", "lower", "upper")]
                    rows.writerow([label, "ja" if number[0] != "" else "nee", *number, each.rule])


if __name__ == "__main__":
    main(sys.argv[1:])
