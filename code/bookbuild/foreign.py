"""English phrases that the data quote, marked as English where a page shows them.

Chapters mark theirs themselves: `[it takes two]{.language-en}`.
"""

from __future__ import annotations

import re
from html import escape

ENGLISH = ("it takes three to tango",)  # on a slide
_PATTERN = re.compile("|".join(re.escape(phrase) for phrase in ENGLISH), re.I)


def marked(text: str) -> str:
    """A plain text as HTML, its English phrases in spans that say so."""
    return _PATTERN.sub(lambda match: f'<span lang="en">{match[0]}</span>', escape(text))
