"""What the page's skeleton (_templates/layout.html) prints around a page: the book's parts and the page's sections."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from jinja2 import FileSystemBytecodeCache
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookbuild.project import settings

LOST = "404"


def keep_templates(app: Sphinx) -> None:
    """Keep what Jinja makes of the templates for the next build; it compares their text."""
    if app.builder.format == "html":
        folder = Path(app.doctreedir, "templates")
        folder.mkdir(exist_ok=True)
        app.builder.templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def add(app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give the template `parts` and `sections`, the language of a page in another one, and whether it is the ledger."""
    context["is_ledger"] = docname == settings.of(Path(app.srcdir)).pages.ledger
    context["page_language"] = app.env.metadata[docname].get("language", "")
    context["parts"] = parts(app.env)
    context["sections"] = sections(app.env, docname)
    if docname == LOST and app.config.html_baseurl:
        context["pathto"] = from_anywhere(context["pathto"], app.config.html_baseurl)


def from_anywhere(pathto: Callable[..., str], base: str) -> Callable[..., str]:
    """`pathto` with full addresses: a server shows the error page under whatever address was not found."""
    return lambda target, *rest: urljoin(base, pathto(target, *rest))


def lost(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """The error page, which servers such as GitHub Pages show for an address that is not there."""
    return [(LOST, {"title": "Pagina niet gevonden"}, "404.html")]


def parts(env: BuildEnvironment) -> list[tuple[str, list[tuple[str, Markup]]]]:
    """Caption, and name and title of each page, per part of `_toc.yml`; the root comes first, without a caption."""
    root = env.external_site_map.root  # type: ignore[attr-defined]
    trees = [(tree.caption or "", [str(item) for item in tree.items]) for tree in root.subtrees]
    return [
        (caption, [(name, title(env, name)) for name in names]) for caption, names in [("", [root.docname]), *trees]
    ]


def title(env: BuildEnvironment, docname: str) -> Markup:
    """A page's title, in which English stays marked as English."""
    return _as_html(env.titles[docname])


def sections(env: BuildEnvironment, docname: str) -> list[tuple[str, Markup]]:
    """Anchor and title of a page's second-level headings."""
    if docname not in env.tocs:
        return []
    links = [item[0].next_node(nodes.reference) for item in _second_level(env.tocs[docname])]
    return [(link["anchorname"], _as_html(link)) for link in links if link is not None]


def _as_html(heading: nodes.Element) -> Markup:
    """The text of a heading, in which English stays marked as English."""
    return Markup("").join(_in_its_language(child) for child in heading.children)


def _in_its_language(child: nodes.Node) -> Markup:
    classes: list[str] = child.get("classes", []) if isinstance(child, nodes.Element) else []
    languages = [name.removeprefix("language-") for name in classes if name.startswith("language-")]
    text = escape(child.astext())
    return Markup('<span lang="{}">{}</span>').format(languages[0], text) if languages else text


def _second_level(toc: nodes.bullet_list) -> list[nodes.list_item]:
    return [
        item
        for page in toc.children
        for part in page.children
        if isinstance(part, nodes.bullet_list)
        for item in part.children
        if isinstance(item, nodes.list_item)
    ]
