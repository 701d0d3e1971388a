"""`make summary BASE=<ref>`: what a change moves, for its reviewer: numbers, statuses, and each changed figure before and after.

One Markdown file with its pictures beside it, the same as a page for a browser, and the text without them, which is also said where
GitHub asks for a summary of the job: it shows no picture that has no address.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from bookbuild.checks import difference
from bookbuild.checks.difference import FAILED, SAME, Version, VersionError

FOLDER = Path("_build", "summary")
TEXT, PAGE, PLAIN = "summary.md", "index.html", "plain.md"
JOB = "GITHUB_STEP_SUMMARY"  # names the file that GitHub shows with the job
ELSEWHERE = "De beelden van voor en na staan in het artefact `summary` van deze run: open daar `index.html`."
STYLE = (
    "body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.3rem .6rem;vertical-align:top}img{max-width:100%}"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure or table that changed.

    Parameters
    ----------
    line
        What `make diff` says of it, or that only the drawing is another.
    before, after
        Its pictures; None where there is none.
    """

    name: str
    line: str
    before: bytes | None
    after: bytes | None


def summary(root: Path, base: str) -> int:
    """Write what changed since `base` into `_build/summary`.

    Returns
    -------
    int
        0 whether or not anything changed, 1 if either version could not be computed.
    """
    try:
        before, after = difference.compared(root, base, drawn=True)
    except VersionError as problem:
        print(problem, file=sys.stderr)
        return FAILED
    rows = list(difference.number_rows(before.numbers, after.numbers))
    exhibits = list(changed(before, after))
    opening = [title(base, len(rows), len(exhibits)), *statuses(before.numbers, after.numbers), *table(rows)]
    folder = root / FOLDER
    write(folder, "\n".join([*opening, *pairs(exhibits)]), exhibits)
    plain = "\n".join([*opening, *listing(exhibits)])
    (folder / PLAIN).write_text(plain, encoding="utf-8")
    if os.environ.get(JOB):
        with Path(os.environ[JOB]).open("a", encoding="utf-8") as file:
            file.write(plain)
    print(f"De samenvatting staat in {folder / TEXT}, met beelden in {folder / PAGE}.")
    return SAME


def changed(before: Version, after: Version) -> list[Drawn]:
    """The figures and tables whose data differ, that are new or gone, or that are drawn in another way."""
    lines = {row.split("`")[1]: row for row in difference.figure_rows(before.figures, after.figures)}
    old, new = before.pictures, after.pictures
    for name in old.keys() & new.keys() - lines.keys():
        if old[name] != new[name]:
            lines[name] = f"- `{name}`: {after.figures[name]['title']} (dezelfde gegevens, anders getekend)"
    return [Drawn(name, lines[name], old.get(name), new.get(name)) for name in sorted(lines)]


def title(base: str, numbers: int, exhibits: int) -> str:
    """The heading: how much changed since which version."""
    if not numbers and not exhibits:
        return f"## Geen enkel getal en geen enkele figuur verschilt van `{base}`\n"
    counted = [
        _count(numbers, "getal", "getallen") if numbers else "",
        _count(exhibits, "figuur of tabel", "figuren of tabellen") if exhibits else "",
    ]
    what, verb = " en ".join(filter(None, counted)), "verschilt" if numbers + exhibits == 1 else "verschillen"
    return f"## {what} {verb} van `{base}`\n"


def statuses(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Which claims have another status, before all else: it is what a reviewer must not miss."""
    from ledger.claim import STATUS_LABELS

    both = sorted(before.keys() & after.keys())
    moved = [(name, before[name].get("status"), after[name].get("status")) for name in both]
    lines = [
        f"- `{name}`: {STATUS_LABELS.get(old, old)} → **{STATUS_LABELS.get(new, new)}**"
        for name, old, new in moved
        if old != new
    ]
    return ["Een andere status:\n", *lines, ""] if lines else []


def table(rows: list[str]) -> list[str]:
    """The table of `make diff`, if it has a row."""
    return [difference.HEAD, *rows, ""] if rows else []


def pairs(exhibits: Iterable[Drawn]) -> list[str]:
    """Each figure's two pictures side by side; of a table only that it changed."""
    return [line for each in exhibits for line in (each.line, "", *_pair(each))]


def listing(exhibits: Iterable[Drawn]) -> list[str]:
    """The same where no picture can be shown."""
    lines = [each.line for each in exhibits]
    return [difference.FIGURES, "", *lines, "", ELSEWHERE, ""] if lines else []


def write(folder: Path, text: str, exhibits: Iterable[Drawn]) -> None:
    """The text, the page and the pictures, in place of an earlier summary."""
    from markdown_it import MarkdownIt

    shutil.rmtree(folder, ignore_errors=True)
    for each in exhibits:
        for moment, picture in (("before", each.before), ("after", each.after)):
            if picture is not None:
                (folder / moment).mkdir(parents=True, exist_ok=True)
                (folder / moment / f"{each.name}.png").write_bytes(picture)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TEXT).write_text(text, encoding="utf-8")
    body = MarkdownIt("commonmark").enable("table").render(text)
    head = f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>Wat verandert</title><style>{STYLE}</style>'
    (folder / PAGE).write_text(f"{head}<body>{body}</body></html>\n", encoding="utf-8")


def _pair(each: Drawn) -> list[str]:
    if each.before is None and each.after is None:
        return []
    old, new = _picture(each, "before", each.before), _picture(each, "after", each.after)
    return ["| Voor | Na |", "|---|---|", f"| {old} | {new} |", ""]


def _picture(each: Drawn, moment: str, picture: bytes | None) -> str:
    said = "Voor" if moment == "before" else "Na"
    return f"![{said}: {escape(each.name)}]({moment}/{each.name}.png)" if picture is not None else "geen beeld"


def _count(number: int, one: str, more: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {more}"
