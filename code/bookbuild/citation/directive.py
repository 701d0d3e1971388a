"""The directive {citation}: how to cite the book, in one of three formats, straight from CITATION.cff."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from bookbuild.citation import formats
from bookbuild.citation import work as citation
from bookbuild.project import address as site


def _format(argument: str) -> str:
    return directives.choice(argument, ("apa", "bibtex", "ris"))


class Citation(SphinxDirective):
    """`{citation} apa` shows the reference as text, `bibtex` and `ris` as code."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The reference as one node."""
        chosen = _format(self.arguments[0])
        work = citation.read(Path(self.env.srcdir))
        address = site.here().page(self.config.root_doc)
        if chosen == "apa":
            return [nodes.raw("", f'<p class="citation">{formats.apa(work, address)}</p>', format="html")]
        text = formats.bibtex(work, address) if chosen == "bibtex" else formats.ris(work, address)
        text = text.replace("\r\n", "\n").rstrip("\n")
        return [
            nodes.literal_block(text, text, language="bibtex" if chosen == "bibtex" else "text", classes=["cite-block"])
        ]
