"""The fold at the end of a chapter: how each of its published claims was recomputed, or why it was not."""

from __future__ import annotations

import pandas as pd
from IPython import get_ipython

from bookbuild.page import show
from bookbuild.page.table import table_html
from ledger.claim import STATUS_LABELS
from ledger.evaluated import Evaluated
from ledger.ledger import Ledger

TITLE = "Hoe deze cijfers zijn nagerekend"
COLUMNS = ["uitspraak", "gepubliceerd", "nagerekend", "status", "functie", "toelichting"]


def fold(book: Ledger, chapter: str) -> None:
    """Every claim of a chapter: what was published, what was recomputed, by which function, its status and the reason.

    A chapter without claims has no fold.
    """
    numbers = book.answered(chapter)
    if get_ipython() is None:
        show.numbers(numbers)
        return
    if not numbers:
        return
    table = table_html(pd.DataFrame(map(_row, numbers), columns=COLUMNS), TITLE, "")
    show.show_html(show.fold_html(TITLE, table, on_paper=False))  # which has the whole ledger


def _row(number: Evaluated) -> list[str]:
    claim, status = number.claim, number.status
    assert claim is not None and status is not None  # it was asked for claims
    function = str(number.source or "")
    return [claim.statement, claim.published, number.text, STATUS_LABELS[status], function, number.explanation]
