"""What everything from synthetic pupil records carries: that word, and what the estimators warned of."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.effects.errors import EffectsWarning

PROGRAMMES = {"none": "geen programma", "brug": "BRUG", "ibal": "IBAL", "both": "BRUG en IBAL"}


def noted(function: Callable[[], pd.DataFrame]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A frame of estimates, and what the estimators warned of on the way, in words for readers."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", EffectsWarning)
        frame = function()
    return frame, tuple(dict.fromkeys(_for_readers(str(warning.message)) for warning in caught))


def _for_readers(warning: str) -> str:
    """A warning in the book's words and figures: the estimators know only rows and the codes of arms."""
    named = re.sub(
        r"(g|G)roep '(\w+)'",
        lambda match: f"{'De' if match[1] == 'G' else 'de'} groep '{PROGRAMMES.get(match[2], match[2])}'",
        warning,
    )
    peopled = re.sub(r"\bclusters\b", "centra", re.sub(r"\brij(en)?\b", r"leerling\1", named))
    return re.sub(r"\b\d{4,}\b", lambda match: dutch.number(int(match[0])), peopled)


def labelled(
    name: str,
    title: str,
    alt: str,
    caption: str,
    found: tuple[pd.DataFrame, tuple[str, ...]],
    columns: Mapping[str, str | Column],
    description: str = "",
) -> Exhibit:
    """An exhibit of a frame with its notes; title, origin and mark say that the records are synthetic."""
    frame, notes = found
    return Exhibit(
        name=name,
        title=f"Synthetisch: {title[0].lower()}{title[1:]}",
        alt=alt,
        caption=caption,
        frame=frame,
        columns=columns,
        origin="synthetische gegevens, gemaakt voor dit boek",
        synthetic=True,
        notes=notes,
        description=description,
    )
