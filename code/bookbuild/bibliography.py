"""References in Dutch: "en" and "e.a.", and titles as their authors wrote them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pybtex.plugin import register_plugin as register_style
from pybtex.style.formatting.plain import Style as PlainStyle
from pybtex.style.template import field as entry_field
from pybtex.style.template import names, sentence
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference
from sphinxcontrib.bibtex.style.referencing import PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle


class DutchStyle(PlainStyle):
    """The list of references: pybtex's plain style without English words, and without lower-casing titles."""

    def format_names(self, role: str, as_sentence: bool = True) -> Any:
        """Names joined with "en"."""
        joined = names(role, sep=", ", sep2=" en ", last_sep=" en ")
        return sentence[joined] if as_sentence else joined

    def format_title(self, entry: Any, which_field: str, as_sentence: bool = True) -> Any:
        """The title as it is written in references.bib."""
        title = entry_field(which_field)
        return sentence[title] if as_sentence else title


@dataclass
class DutchReference(AuthorYearReferenceStyle):
    """A citation in the text: author and year."""

    person: PersonStyle = field(default_factory=lambda: PersonStyle(sep2=" en ", last_sep=" en ", other=" e.a."))


def register() -> None:
    """Make both styles known under the name `dutch`."""
    register_style("pybtex.style.formatting", "dutch", DutchStyle)
    register_reference("sphinxcontrib.bibtex.style.referencing", "dutch", DutchReference)
