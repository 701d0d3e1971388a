"""What `make audit` makes of measurements, and of the configuration for the stock theme."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from bookbuild.checks import audit, stock
from bookbuild.checks.audit import Measured


def page(performance: int = 100, seo: int = 100, size: int = 90_000, name: str = "index") -> Measured:
    """A page as measured once."""
    return Measured(name, (performance, 100, 100, seo), size, ("largest-contentful-paint (9 s)",))


@pytest.mark.parametrize(
    ("measured", "passes"),
    [
        (page(), True),
        (page(performance=95), True),
        (page(performance=94), False),
        (page(seo=94), False),
        (page(size=250_000), True),
        (page(size=250_001), False),
    ],
)
def test_limits_hold_for_every_score_and_for_the_transfer(measured: Measured, passes: bool) -> None:
    assert measured.passes is passes


def test_the_median_counts_and_says_of_how_many_runs() -> None:
    runs = [page(performance=60), page(performance=97), page(performance=96)]
    assert audit.median(runs).scores == (96, 100, 100, 100)
    assert audit.median(runs).runs == 3


def test_a_slow_page_is_measured_again_whatever_the_second_run_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "chapters").mkdir()
    for name in ("a", "b"):
        (tmp_path / "chapters" / f"{name}.html").touch()
    answers = {"index": [100], "chapters/a": [40, 98, 97], "chapters/b": [90, 100, 94]}
    asked: list[list[str]] = []

    def measure(root: Path, book: Path, names: list[str]) -> list[Measured]:
        asked.append(names)
        return [page(performance=answers[name].pop(0), name=name) for name in names]

    monkeypatch.setattr(audit, "measure", measure)
    found = audit.until_sure(tmp_path, tmp_path)
    assert asked == [["index", "chapters/a", "chapters/b"], ["chapters/a", "chapters/b"], ["chapters/a", "chapters/b"]]
    assert [(each.page, each.scores[0], each.runs) for each in found] == [
        ("index", 100, 1),
        ("chapters/a", 97, 3),
        ("chapters/b", 94, 3),
    ]


def test_the_table_shows_both_books_and_what_fails() -> None:
    text = audit.table([page(performance=90, size=83_400)], [page(performance=41, size=1_234_000)])
    row = next(line for line in text.splitlines() if line.startswith("index"))
    assert row.replace("|", "").split()[1:] == ["90", "100", "100", "100", "83", "41", "100", "100", "100", "1234"]
    assert "haalt de grenzen niet; wat punten kost: largest-contentful-paint (9 s)" in text


def test_the_stock_book_has_the_themes_dress_and_none_of_ours(root: Path, tmp_path: Path) -> None:
    for name in ("_static", "_templates"):
        shutil.copytree(root / name, tmp_path / name)
    (tmp_path / "audit").mkdir()
    shutil.copy(root / stock.THEME, tmp_path / stock.THEME)
    shutil.copy(root / "_config.yml", tmp_path)
    stock.undress(tmp_path)
    assert not {"layout.html", "search.html"} & {path.name for path in (tmp_path / "_templates").iterdir()}
    assert [path.name for path in (tmp_path / "_static").rglob("*") if path.suffix in {".css", ".js", ".woff2"}] == []
    settings = yaml.safe_load((tmp_path / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]
    assert settings["html_theme_options"]["home_page_in_toc"] is True
    assert "sphinx_book_theme" in settings["extensions"]
