"""`python -m leerwerk.feeds COMMAND --on DATE`: what `make context`, `make overdue` and `make check` run.

The day is always given: what is overdue never depends on when a test or a build happens to run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ledger.tables.reading import DataError
from leerwerk.feeds import eurostat, refresh
from leerwerk.feeds.errors import FeedError
from leerwerk.tables import upkeep
from leerwerk.tables.folder import DATA

FOLDER = "context"
_SHOWN = 3  # the first overdue sources by name, then how many more


def main(arguments: list[str]) -> int:
    """Run one command; 0 if all is well, 1 if anything is refused."""
    parser = argparse.ArgumentParser(prog="python -m leerwerk.feeds")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day that counts as today")
    parser.add_argument("--revisions", action="store_true", help="fetch: apply revised values and list them")
    parser.add_argument("--compare", action="store_true", help="fetch: say what is new and write nothing")
    parser.add_argument("--address", default=eurostat.ADDRESS, help="fetch: where the API stands")
    parser.add_argument(
        "--keep", type=Path, help="fetch: a folder for every answer as it came, also one that is refused"
    )
    parser.add_argument("--list", action="store_true", help="overdue: as a list in Markdown, and 0")
    options = parser.parse_args(arguments)
    try:
        return COMMANDS[options.command](options)
    except (FeedError, DataError) as error:
        print(f"{error}\nEr is niets gewijzigd.", file=sys.stderr)
        return 1


def fetch(options: argparse.Namespace) -> int:
    """Fetch every feed and take over what is new."""
    folder = DATA.path / FOLDER
    moves = refresh.compare(folder, lambda query: _answer(options, query))
    if not options.compare:
        refresh.take_over(folder, moves, options.on, revisions=options.revisions)
    for move in moves:
        print(_told(move))
    return 0


def check(options: argparse.Namespace) -> int:
    """1 if a snapshot and its rows do not belong together; warns of what is due."""
    wrong = [*refresh.unpinned(DATA.path / FOLDER)]
    for sentence in wrong:
        print(f"data/{FOLDER}: {sentence}", file=sys.stderr)
    due = [f"{row.source} (sinds {row.due})" for row in upkeep.overdue(options.on, "due").itertuples()]
    _list("Tijd om na te kijken", due)
    _list("Nog nooit opgehaald (make context, met een netwerk)", [feed.dataset for feed in _unfetched()])
    return 1 if wrong else 0


def overdue(options: argparse.Namespace) -> int:
    """1 if a source was not looked up within its last term."""
    rows = [*upkeep.overdue(options.on, "refused").itertuples()]
    if options.list:
        print(
            "\n".join(
                f"- `{row.source}`, {row.label}: nagekeken op {row.looked_up}, te laat sinds {row.refused}"
                for row in rows
            )
        )
        return 0
    late = [f"{row.source} (sinds {row.refused})" for row in rows]
    _list("Te lang niet nagekeken: zoek het cijfer op en pas looked_up in sources.csv aan", late, len(late))
    return 1 if late else 0


def _answer(options: argparse.Namespace, query: str) -> bytes:
    body = eurostat.fetch(f"{options.address}/{query}")
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        (options.keep / f"{query.partition('?')[0]}.json").write_bytes(body)
    return body


def _told(move: refresh.Move) -> str:
    if not move.is_new:
        return f"{move.feed.dataset}: niets nieuws"
    return f"{move.feed.dataset}: {len(move.added)} nieuw, {len(move.revised)} herzien, {len(move.after)} in totaal"


def _unfetched() -> list[refresh.Feed]:
    return [feed for feed in refresh.feeds(DATA.path / FOLDER) if not feed.fetched]


def _list(title: str, found: list[str], shown: int = _SHOWN) -> None:
    more = f" en nog {len(found) - shown} andere" if len(found) > shown else ""
    if found:
        print(f"{title}: {', '.join(found[:shown])}{more}.", file=sys.stderr)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"fetch": fetch, "check": check, "overdue": overdue}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
