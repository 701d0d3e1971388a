"""Finds results that were typed into a chapter's text instead of glued."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from bookbuild.project.texts import pages

# What is not prose: front matter, code, roles with their content, link targets, labels, raw HTML tags.
_NOT_PROSE = (
    re.compile(r"\A---\n.*?\n---\n", re.S),
    re.compile(r"^```\{code-cell\}.*?^```$", re.S | re.M),
    re.compile(r"\{[\w:]+\}`[^`]*`"),
    re.compile(r"(?<!`)`[^`\n]+`(?!`)"),  # on one line: between the fences of a note stands prose
    re.compile(r"\]\([^)]*\)"),
    re.compile(r"^\([\w-]+\)=$", re.M),
    re.compile(r"<[^>]+>"),
)

# Digits that are no results: dates and school years, the level of an interval, definitions and names.
_ALLOWED = re.compile(
    r"\b(?:\d{1,2} (?:mei|juni|november|december) )?(?:19|20)\d\d(?:-(?:19|20)\d\d)?\b"
    r"|95%-interval(?:len)?"
    r"|\b(?:15|18) tot 24 jaar\b"
    r"|\bOV3\b|\bopleidingsvorm 3\b|\bCC BY 4\.0|\bWCAG 2\.2\b|\bEN 301 549\b|\(EU\) 20\d\d/\d+"
)


class Stray(NamedTuple):
    """A number in the text of a chapter, with the line it stands on."""

    line: int
    digits: str


def stray_digits(text: str) -> list[Stray]:
    """Every number in the prose of a chapter that is neither glued nor on the short list of what may be typed."""
    prose = text
    for pattern in (*_NOT_PROSE, _ALLOWED):
        prose = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), prose)
    return [
        Stray(number, match[0])
        for number, line in enumerate(prose.splitlines(), 1)
        for match in re.finditer(r"\d(?:[\d.,]*\d)?%?", line)
    ]


def check(root: Path) -> int:
    """1 if a chapter has a typed number, else 0; says where."""
    found = 0
    for chapter in pages(root):
        for line, digits in stray_digits(chapter.read_text(encoding="utf-8")):
            print(
                f"{chapter.relative_to(root)}, regel {line}: '{digits}' is ingetikt; laat het berekenen en gebruik {{glue:}}"
            )
            found = 1
    return found
