"""`make ranges`: fills the columns lower and upper of claims.csv from the printed figures."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from leerwerk.schemas import allowed_cells


def fill(root: Path) -> int:
    """Rewrite both columns; the wordings and their ranges are in data/published/README.md."""
    path = root / "data" / "published" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["lower"], row["upper"] = allowed_cells(row["published"], row["basis"])
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return 0
