"""Takes new answers over into data/context: all of them or none, and a revision only where it is listed as one."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from ledger.tables.reading import typed_table
from ledger.tables.writing import csv_text
from leerwerk.feeds.errors import FeedError
from leerwerk.feeds.feed import KEY, Feed, Row
from leerwerk.tables import context, upkeep

SNAPSHOTS = "snapshots"
RULES = context.TABLES | upkeep.TABLES
# How the changelog calls what is fetched.
_NAMES = {
    "youth_unemployment_rate": "werkloosheidsgraad van jongeren",
    "unemployment_rate": "werkloosheidsgraad",
    "early_leavers_lfs": "vroegtijdige schoolverlaters (enquête)",
}
_AREAS = {"BE": "België", "Brussels": "Brussel", "Flanders": "Vlaanderen", "Wallonia": "Wallonië"}
_SEXES = {"T": "", "M": ", mannen", "F": ", vrouwen"}


@dataclass(frozen=True)
class Move:
    """What an answer would change: its rows beside those that stand in series.csv."""

    feed: Feed
    body: bytes
    before: list[Row]
    after: list[Row]

    @property
    def is_new(self) -> bool:
        """Whether it says anything that is not on record."""
        return self.before != self.after or not self.feed.fetched

    @property
    def added(self) -> list[Row]:
        """Rows with a key that was not there."""
        known = {_key(row) for row in self.before}
        return [row for row in self.after if _key(row) not in known]

    @property
    def lost(self) -> list[Row]:
        """Rows that were there and are no more."""
        still = {_key(row) for row in self.after}
        return [row for row in self.before if _key(row) not in still]

    @property
    def revised(self) -> list[tuple[Row, Row]]:
        """Rows whose value is another one, before and after."""
        before = {_key(row): row for row in self.before}
        pairs = [(before[_key(row)], row) for row in self.after if _key(row) in before]
        return [(was, now) for was, now in pairs if Decimal(was["value"]) != Decimal(now["value"])]


def feeds(folder: Path) -> list[Feed]:
    """The feeds of a folder data/context, in order."""
    return [Feed.of(row) for row in _records(folder, "feeds.csv")]


def compare(folder: Path, fetch: Callable[[str], bytes]) -> list[Move]:
    """Ask for every feed and hold the answers against the folder, which stays as it is.

    Raises
    ------
    FeedError
        If any answer does not come, cannot be used, or lacks what is on record; the message names its dataset.
    DataError
        If the tables break their rules.
    """
    series = _records(folder, "series.csv")
    return [_move(feed, fetch, _of(series, feed)) for feed in feeds(folder)]


def take_over(folder: Path, moves: Sequence[Move], on: date, *, revisions: bool) -> None:
    """Write what is new: snapshots and their fingerprints, listed revisions, and the rows of series.csv.

    Parameters
    ----------
    revisions
        Whether another value for a year that is on record may be applied; each is then listed in changes.csv.

    Raises
    ------
    FeedError
        If a value was revised and may not be applied; nothing is written.
    DataError
        If what would be written breaks the rules of its table; nothing is written.
    """
    moved = [move for move in moves if move.is_new]
    listed = [change for move in moved for change in _listed(move, on)]
    if listed and not revisions:
        told = "\n".join(f"  {row['what']}: was {row['was']}, nu {row['now']}" for row in listed)
        raise FeedError(f"herziene cijfers:\n{told}\nNeem ze over met: make context REVISIONS=yes")
    if not moved:
        return
    pinned = {move.feed.source: _pinned(move, on) for move in moved}
    series = [
        row for row in _records(folder, "series.csv") if row["source"] not in {move.feed.source for move in moves}
    ]
    series += [row for move in moves for row in move.after]
    known = _records(folder, "changes.csv")
    texts = {
        "feeds.csv": _text(folder, "feeds.csv", [_with(row, pinned) for row in _records(folder, "feeds.csv")]),
        "changes.csv": _text(folder, "changes.csv", known + [row for row in listed if row not in known]),
        "series.csv": _text(folder, "series.csv", series),
    }
    _write(folder, {pinned[move.feed.source].snapshot(): move.body for move in moved}, texts)


def unpinned(folder: Path) -> Iterator[str]:
    """What keeps the folder from being what its snapshots give, in sentences; nothing when all is well."""
    series, known = _records(folder, "series.csv"), feeds(folder)
    files = {path.name for path in (folder / SNAPSHOTS).glob("*")}
    for feed in known:
        rows = _of(series, feed)
        path = folder / SNAPSHOTS / feed.snapshot()
        if not feed.fetched:
            if rows:
                yield f"series.csv heeft rijen van {feed.source}, die nog nooit opgehaald is: haal ze weg"
        elif not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != feed.sha256:
            yield f"{SNAPSHOTS}/{path.name} ontbreekt, of is niet het bestand dat feeds.csv noemt: haal het terug uit git"
        elif feed.rows(path.read_bytes()) != rows:
            yield f"de rijen van {feed.source} in series.csv zijn niet die van {path.name}: draai make context opnieuw"
    if stray := files - {feed.snapshot() for feed in known if feed.fetched}:
        yield f"niet genoemd in feeds.csv: {SNAPSHOTS}/{min(stray)}"


def _move(feed: Feed, fetch: Callable[[str], bytes], before: list[Row]) -> Move:
    try:
        body = fetch(feed.query())
        move = Move(feed, body, before, feed.rows(body))
        if move.lost:
            raise FeedError(f"verdwenen: {'; '.join(_what(row) for row in move.lost[:3])}")
    except FeedError as error:
        raise FeedError(f"{feed.dataset}: {error}") from None
    return move


def _listed(move: Move, on: date) -> list[Row]:
    return [
        {
            "date": on.isoformat(),
            "kind": upkeep.REVISION,
            "what": _what(now),
            "was": _printed(was),
            "now": _printed(now),
            "source": move.feed.source,
            "reason": "Eurostat herzag het cijfer.",
        }
        for was, now in move.revised
    ]


def _what(row: Row) -> str:
    name, area = _NAMES.get(row["indicator"], row["indicator"]), _AREAS.get(row["geo"], row["geo"])
    return f"{name}, {area}{_SEXES[row['sex']]}, {row['period']}"


def _printed(row: Row) -> str:
    return f"{row['value'].replace('.', ',')}%"


def _pinned(move: Move, on: date) -> Feed:
    return replace(move.feed, fetched=on.isoformat(), sha256=hashlib.sha256(move.body).hexdigest())


def _with(row: Row, pinned: Mapping[str, Feed]) -> Row:
    feed = pinned.get(row["source"])
    return row if feed is None else row | {"fetched": feed.fetched, "sha256": feed.sha256}


def _write(folder: Path, snapshots: Mapping[str, bytes], texts: Mapping[str, str]) -> None:
    """Snapshots first and series.csv last: whatever is cut off before that, `unpinned` names and the next run repeats."""
    (folder / SNAPSHOTS).mkdir(exist_ok=True)
    for name, body in snapshots.items():
        _replace(folder / SNAPSHOTS / name, body)
    for name, text in texts.items():
        _replace(folder / name, text.encode())
    current = {feed.snapshot() for feed in feeds(folder)}
    for path in (folder / SNAPSHOTS).iterdir():
        if path.name not in current:
            path.unlink()


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


def _records(folder: Path, name: str) -> list[Row]:
    text = (folder / name).read_text(encoding="utf-8-sig")
    _valid(folder, name, text)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _text(folder: Path, name: str, rows: Sequence[Row]) -> str:
    text = csv_text(rows)
    _valid(folder, name, text)
    return text


def _valid(folder: Path, name: str, text: str) -> None:
    typed_table(text, RULES[f"{folder.name}/{name}"], f"data/{folder.name}/{name}")


def _of(series: Sequence[Row], feed: Feed) -> list[Row]:
    return [row for row in series if row["source"] == feed.source]


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in KEY)
