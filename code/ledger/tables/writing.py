"""The text of a CSV file, as every table of a study is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence


def csv_text(rows: Sequence[Mapping[str, str]]) -> str:
    """The header and the rows, all with the columns of the first; commas, and quotes only where a cell needs them."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
