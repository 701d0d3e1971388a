"""The HTML and the files of a figure: two drawings of which one is fetched, and everything that goes with it."""

from base64 import b64encode

import pytest
from lxml import html

from bookbuild.citation import formats, work
from bookbuild.render import figure

CFF = """
title: "Het boek: een rapport"
authors: [{name: De makers}, {family-names: Peeters, given-names: An}]
version: 1.2.0
date-released: "2026-11-23"
license: [MIT, CC-BY-4.0]
"""
MESSAGE = {
    "name": "twee-balken",
    "file": "synthetisch-twee-balken",
    "title": "Eén balk is <b>langer</b>",
    "alt": 'Eén balk is "langer". Twee balken.',
    "caption": "Aantallen.",
    "origin": "een bron & nog een",
    "synthetic": False,
    "description": "",
    "table": "<table></table>",
    "svg": '<svg xmlns="x" width="345.6pt" height="100.1pt"><path style="fill: #1f2933"/></svg>',
    "dark": '<svg xmlns="x"><path style="fill: #e4e9ee"/></svg>',
    "png": b64encode(b"beeld").decode(),
    "csv": "a,b\n",
}


def shown(**changes) -> html.HtmlElement:
    message = MESSAGE | changes
    reference = formats.apa_figure(work.parse(CFF), message["title"], "micro.html#figuur-twee-balken")
    return html.fromstring(f"<div>{figure.figure_html(message, '../', reference)}</div>")


def test_a_dark_drawing_for_whoever_wants_it():
    (source,), (image,) = (shown().xpath(f"//picture//{kind}") for kind in ("source", "img"))
    assert (source.get("srcset"), source.get("media"), source.get("class")) == (
        "../figures/synthetisch-twee-balken.dark.svg",
        "(prefers-color-scheme: dark)",
        "theme-dark",
    )
    assert image.get("src") == "../figures/synthetisch-twee-balken.svg"
    assert (image.get("width"), image.get("height")) == ("461", "133")
    assert image.get("alt") == MESSAGE["alt"]


def test_four_files_of_one_drawing():
    files = figure.files(MESSAGE)
    assert set(files) == set(figure.FILES)
    assert (files["png"], files["csv"]) == (b"beeld", b"a,b\n")
    assert b"#1f2933" in files["svg"]
    assert files["dark.svg"] == b'<svg xmlns="x"><path style="fill: #e4e9ee"/></svg>'


def test_downloads_say_what_they_are():
    links = shown().xpath("//a[@download]")
    assert [link.get("href") for link in links] == [
        f"../figures/synthetisch-twee-balken.{kind}" for kind in ("svg", "png", "csv")
    ]
    assert [link.text_content() for link in links] == [
        f"{kind} van figuur twee balken" for kind in ("SVG", "PNG", "CSV")
    ]


def test_the_figure_has_an_address_and_a_reference():
    tree = shown()
    (link,) = tree.xpath("//figure[@id='figuur-twee-balken']/following::a[starts-with(., 'Vaste link')]")
    assert (link.get("href"), link.text_content()) == ("#figuur-twee-balken", "Vaste link naar figuur twee balken")
    assert tree.xpath("//p[@class='reference']")[0].text_content() == (
        "De makers & Peeters, A. (2026). Eén balk is <b>langer</b> [Figuur]. In Het boek: een rapport. "
        "micro.html#figuur-twee-balken"
    )


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("", ""),
        ("https://example.org/boek", "https://example.org/boek/chapters/micro.html#figuur-x"),
    ],
)
def test_no_address_is_invented(monkeypatch, base, expected):
    monkeypatch.setenv("BOOK_URL", base)
    assert figure.address("chapters/micro", {"name": "x"}) == expected


def test_folds_are_there_when_they_hold_something():
    def folds(**changes) -> list[str]:
        return [summary.text for summary in shown(**changes).xpath("//summary")]

    assert folds() == ["Gegevens als tabel", "Citeer deze figuur"]
    assert folds(description="Een <lange> tekst.") == [
        "Gegevens als tabel",
        "Beschrijving in woorden",
        "Citeer deze figuur",
    ]


def test_what_is_synthetic_says_so_before_anything_else():
    assert shown().xpath("//*[@class='synthetic']") == []
    assert shown(synthetic=True).find(".//figcaption").text_content().startswith("synthetisch Aantallen.")


def test_a_drawing_without_a_size_is_refused():
    with pytest.raises(ValueError, match="maten"):
        figure.size('<svg width="100%">')
