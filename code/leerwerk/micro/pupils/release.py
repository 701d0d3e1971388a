"""The results step: every answer from restricted pupil records, once, and of it what disclosure control lets out.

The engine runs it in a process of its own (`bookbuild.room`), the only one that reads the records.
"""

from __future__ import annotations

import sys
from pathlib import Path

from leerwerk.micro.pupils import answers, checklist, disclosure, released, start_months
from leerwerk.micro.pupils.disclosure import Decision
from leerwerk.tables import holder
from leerwerk.tables.pupils import ABO_LEARNERS, LEARNERS, table


def main(arguments: list[str]) -> None:
    """Write `released.json` and, for the output checker in the room, `closed/checklist.csv`.

    Parameters
    ----------
    arguments
        The room's folder.
    """
    room, about = Path(arguments[0]), holder.about()
    decisions: dict[str, Decision] = {}
    rows: list[list[str]] = []
    has_starts = False
    for name in (LEARNERS, ABO_LEARNERS):
        frame = table(name)
        print(f"{Path(name).stem}: {len(frame)} leerlingen gelezen")
        drafts = answers.drafts(name, frame)
        decided = disclosure.decide(drafts, answers.drafts(name, answers.possible(name, frame)))
        decisions |= decided
        rows += checklist.rows(drafts, decided)
        has_starts |= start_months.known(frame)
        print(f"{Path(name).stem}: klaar")
        del frame, drafts
    checklist.write(room / "closed" / "checklist.csv", [*rows, *checklist.facts(about, has_starts)])
    # Last: whoever finds it may rely on it.
    found = released.as_json(about, decisions, start_months=has_starts)
    (room / "released.json").write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
