"""Which links lead nowhere, and which published files nobody asks for."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bookbuild.checks import links
from bookbuild.project import state


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site in which everything is right."""
    files = {
        "index.html": '<h1 id="a.b">t</h1><a href="b/page.html#x">b</a><a href="#a.b">a</a><a href="https://x.be/">x</a>',
        "b/page.html": '<p id="x">t</p><a href="../">up</a><a href="../index.html#a%2Eb">a</a><img src="../_static/i.svg">'
        '<link href="../_static/book.css?v=1"><source srcset="../_static/i.svg 1x, ../_static/j.svg 2x">',
        "_static/book.css": "@font-face { src: url(fonts/f.woff2) } @import 'more.css';",
        "_static/more.css": 'p { background: url("i.svg#part") }',
        "_static/fonts/f.woff2": "font",
        "_static/i.svg": "<svg/>",
        "_static/j.svg": "<svg/>",
        "_static/icons/all.js": "icons",
        "_static/icons/LICENSE": "terms",
        "_static/old.html": '<script src="icons/all.js"></script>',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_whole_site_has_no_broken_link(site: Path) -> None:
    assert links.broken(site) == []


@pytest.mark.parametrize(
    ("element", "problem"),
    [
        ('<a href="gone.html">', "bestaat niet"),
        ('<a href="#gone">', "heeft dat anker niet"),
        ('<a href="b/page.html#a.b">', "heeft dat anker niet"),
        ('<a href="b">', "bestaat niet"),
        ('<img src="_static/gone.svg">', "bestaat niet"),
        ('<img srcset="_static/i.svg 1x, _static/gone.svg 2x">', "bestaat niet"),
        ('<link href="_static/gone.css">', "bestaat niet"),
        ('<form action="gone.html">', "bestaat niet"),
        ('<a href="">', "is geen adres"),
        ('<a href="http://x.be/">', "is geen https"),
        ('<script src="//x.be/x.js">', "is geen https"),
        ('<a href="javascript:go()">', "is geen https"),
        ('<a href="/index.html">', "bestaat niet"),
    ],
)
def test_a_dead_link_is_named_with_its_page(site: Path, element: str, problem: str) -> None:
    with (site / "index.html").open("a", encoding="utf-8") as page:
        page.write(element)
    (message,) = links.broken(site)
    assert message.startswith("index.html: ")
    assert message.endswith(problem)


def test_an_anchor_that_occurs_twice_is_named(site: Path) -> None:
    assert links.repeated(site) == []
    (site / "index.html").write_text('<p id="x"><b id="y"><i id="x">', encoding="utf-8")
    assert links.repeated(site) == ["index.html: #x"]


def test_what_pages_styles_and_scripts_ask_for_is_used(site: Path) -> None:
    unused = {path.relative_to(site).as_posix() for path in links.unused(site)}
    assert unused == {f"_static/{name}" for name in ("icons/all.js", "icons/LICENSE", "old.html")}
    kept = {path.relative_to(site).as_posix() for path in links.unused(site, ["icons/LICENSE"])}
    assert kept == {f"_static/{name}" for name in ("icons/all.js", "old.html")}


def test_a_build_notes_what_nobody_asks_for_but_not_the_books_own(site: Path, tmp_path: Path) -> None:
    own, doctrees = tmp_path / "project", tmp_path / "doctrees"
    (own / "_static" / "icons").mkdir(parents=True)
    (own / "_static" / "icons" / "LICENSE").touch()
    builder = SimpleNamespace(format="html")
    app: Any = SimpleNamespace(builder=builder, confdir=own, outdir=site, doctreedir=doctrees)
    links.note(app, RuntimeError("a build that failed"))
    assert state.read(doctrees) == {}
    links.note(app, None)
    assert state.read(doctrees) == {"unused": ["_static/icons/all.js", "_static/old.html"]}
