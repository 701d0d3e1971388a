"""Warnings whose words depend on the data: as many as there are, each with its paragraphs, and all of it text."""

from __future__ import annotations

import pytest
from lxml import html

from bookbuild.page import show

FOUND = [("Titel", "Een <b>zin</b>.", "Nog een."), ("Tweede", "Zin.")]


def test_each_has_its_title_and_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[html.HtmlElement] = []
    monkeypatch.setattr(show, "get_ipython", lambda: object())
    monkeypatch.setattr(show, "show_html", lambda text: shown.append(html.fromstring(text)))
    show.notices(FOUND)
    assert [each.get("class") for each in shown] == ["admonition warning"] * 2
    assert [tuple(part.text for part in each) for each in shown] == FOUND


def test_a_script_prints_each_on_its_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(show, "get_ipython", lambda: None)
    show.notices(FOUND)
    assert capsys.readouterr().out == "Titel: Een <b>zin</b>. Nog een.\nTweede: Zin.\n"
