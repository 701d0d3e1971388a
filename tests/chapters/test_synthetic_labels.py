"""What synthetic records yield is labelled wherever it shows, and never stands where a published figure should."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from leerwerk import study
from leerwerk.micro.pupils import exhibits
from leerwerk.tables.folder import DATA


@pytest.fixture(scope="module")
def micro(book: Path) -> html.HtmlElement:
    return html.fromstring((book / "chapters" / "micro.html").read_bytes())


def test_every_synthetic_number_in_the_prose_is_followed_by_its_label(micro) -> None:
    links = micro.xpath("//a[contains(@class, 'number ') and contains(@href, '#micro.pupils.')]")
    assert len(links) >= 10
    unlabelled = [
        link.get("href") for link in links if (link.getnext() is None or link.getnext().get("class") != "synthetic")
    ]
    assert unlabelled == []


def test_claims_answered_by_synthetic_records_show_the_published_figure(micro) -> None:
    synthetic = {
        number.id: number for number in study.numbers("micro") if number.claim and number.microdata == "synthetic"
    }
    assert len(synthetic) == 20
    for claim_id, number in synthetic.items():
        links = micro.xpath(f"//a[contains(@class, 'number ') and @href='claims.html#{claim_id}']")
        assert links
        for link in links:
            assert number.shown in link.text_content()
            assert link.get("class") == "number kind-published"


def test_synthetic_figures_say_so_in_caption_alternative_text_and_image(book: Path, micro) -> None:
    figures = [figure for figure in micro.xpath("//figure") if figure.xpath(".//*[@class='synthetic']")]
    assert len(figures) == 6
    for figure in figures:
        (image,) = figure.xpath(".//img")
        assert image.get("alt").startswith("Synthetisch: ")
        assert "synthetische gegevens" in figure.text_content()
        drawn = (book / "chapters" / image.get("src")).read_text(encoding="utf-8")
        assert "<!-- SYNTHETISCH -->" in drawn


def test_the_published_ledger_never_reproduces_from_synthetic_records(book: Path) -> None:
    rows = json.loads((book / "claims.json").read_text(encoding="utf-8"))
    synthetic = [row for row in rows if row["microdata"] == "synthetic"]
    assert len(synthetic) == 20
    assert {row["status"] for row in synthetic} == {"calibrated"}
    assert all("nagemaakte gegevens" in row["reason"] for row in synthetic)


def test_the_warning_above_the_records_says_which_they_are(
    micro, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "nagemaakte gegevens: 10" in micro.text_content()
    for name in ("learners.csv", "abo_learners.csv"):
        (tmp_path / name).write_bytes((DATA.path / "synthetic" / name).read_bytes())
    monkeypatch.setenv("LEERWERK_MICRODATA", str(tmp_path))
    title, text = exhibits.notice()
    assert "echte" in title
    assert "nagemaakte gegevens: " not in text
