"""The HTML of a table: readable as a grid on a desk, and as one block per row on a phone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

PHONE = 36  # letters side by side on a screen of 320 pixels, with room between the columns
_NUMBER = re.compile(r"[−\d][\d\s,]*%?")


def table_html(frame: pd.DataFrame, title: str, words: str) -> str:
    """A table whose first column heads its row; on a phone one block per row, unless it is narrow enough for a grid.

    Parameters
    ----------
    frame
        What to print, cell by cell; its columns' names become the headings.
    title, words
        The caption: what the table shows, and what else there is to say.
    """
    names = [str(column) for column in frame]
    cells = [[str(cell) for cell in row] for row in frame.to_numpy()]
    classes = [_class(column) for column in zip(*cells, strict=True)]
    head = "".join(f'<th scope="col"{kind}>{escape(column)}</th>' for column, kind in zip(names, classes, strict=True))
    rows = "".join(f"<tr>{_row(names, classes, row)}</tr>" for row in cells)
    caption = f"<strong>{escape(title)}</strong>" + (f" {escape(words)}" if words else "")
    kind = "table-frame" if _is_narrow(names, cells) else "table-frame stacks"
    return (
        f'<div class="{kind}"><table>'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _is_narrow(names: list[str], cells: list[list[str]]) -> bool:
    columns = zip(names, *cells, strict=True)
    widths = [max(len(word) for text in column for word in re.split("[ -]", text)) + 1 for column in columns]
    return sum(widths) <= PHONE


def _class(cells: Sequence[str]) -> str:
    return ' class="numeric"' if any(map(_is_number, cells)) and all(not c or _is_number(c) for c in cells) else ""


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell))


def _row(names: list[str], classes: list[str], row: list[str]) -> str:
    # Stacked on a phone, each cell stands under its column's name; a row's head needs it only if it is a bare number.
    label = f' data-label="{escape(names[0])}"' if _is_number(row[0]) else ""
    return f'<th scope="row"{label}{classes[0]}>{escape(row[0])}</th>' + "".join(
        f'<td data-label="{escape(name)}"{kind}>{escape(cell)}</td>'
        for name, kind, cell in zip(names[1:], classes[1:], row[1:], strict=True)
    )
