"""What Macro shows in its table, its figure and its headings, once more from the data files, by code that shares nothing with it."""

from __future__ import annotations

import csv
import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from leerwerk.macro import exhibits

ROOT = Path(__file__).parents[2]
TOPICS = [
    *("Erkenning", "Overeenkomsten", "Vergoeding", "Financiering", "Opleidingsplan"),
    *("Begeleiding op de leerwerkplek", "Begeleiding door opleidingsverstrekker", "Vroegtijdige beëindiging"),
]
SLIDES = {"recognition": 18, "contracts": 19, "compensation": 21, "financing": 22, "training_plan": 23} | {
    **{"guidance_at_work": 24, "guidance_by_provider": 25, "ending": 26},
}


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "published" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    """What each claim prints."""
    return {row["id"]: row["published"] for row in rows("claims.csv")}


def plain(text: str) -> str:
    return text.replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_the_overview_has_a_row_per_topic_in_the_order_of_the_slides():
    table = exhibits.overview().printed()
    assert list(table) == ["Onderwerp", "Vaststelling", "Wat knelt", "Voorstel"]
    assert list(table["Onderwerp"]) == TOPICS


@pytest.mark.parametrize(("column", "heading"), [("good", "Vaststelling"), ("stuck", "Wat knelt")])
def test_what_goes_well_and_where_it_sticks_is_the_table_with_the_claims_figures(column, heading, printed):
    written = {row["topic"]: row["text"] for row in rows("overview.csv") if row["column"] == column}
    expected = [re.sub(r"\{([\w.]+)\}", lambda found: printed[found[1]], written[topic]) for topic in SLIDES]
    assert [plain(cell) for cell in exhibits.overview().printed()[heading]] == expected


def test_the_proposals_are_the_explicit_recommendations_of_the_topics_slide():
    expected = []
    for slide in SLIDES.values():
        explicit = [
            row for row in rows("recommendations.csv") if row["force"] == "uitdrukkelijk" and int(row["slide"]) == slide
        ]
        assert explicit
        expected.append(
            " ".join(
                f"{row['recommendation'][:-1]} ({row['reservation']})." if row["reservation"] else row["recommendation"]
                for row in explicit
            )
        )
    assert list(exhibits.overview().printed()["Voorstel"]) == expected
    said = sum(1 for row in rows("recommendations.csv") if row["force"] == "uitdrukkelijk")
    assert sum(cell.count(".") for cell in expected) == said - 1  # the mandate is of another chapter


def test_the_dots_are_the_published_shares(printed):
    ids = {
        "Erkenning goedgekeurd": "macro.recognition.approved_share",
        "Stopzetting verloopt vlot": "macro.ending.smooth",
        "Begeleiden is een zware taak": "macro.guidance.heavy_task",
        "Ervaring met een stopzetting": "macro.ending.experience",
        "Problemen bij het begeleiden": "macro.guidance.problems",
    }
    frame = exhibits.shares().frame
    assert list(frame["what"]) == list(ids)
    assert list(frame["printed"]) == [printed[claim_id] for claim_id in ids.values()]
    values = [float(text.rstrip("%").replace(",", ".")) / 100 for text in frame["printed"][:-1]]
    assert list(frame["share"]) == pytest.approx([*values, 1 / 5])
    assert [who for who in frame["who"] if "mentor" in who] == []  # no slide says whom it asked


def test_the_title_of_the_dots_says_two_of_them(printed):
    assert exhibits.shares().title == (
        f"Voor {printed['macro.guidance.heavy_task']} is begeleiden een zware taak, voor"
        f" {printed['macro.ending.smooth']} verloopt een stopzetting vlot"
    )


def test_a_group_gives_a_percentage_where_a_count_of_it_is_printed_so(printed):
    table, found = exhibits.possible_groups().printed(), 0
    offered = {(row["claim"], row["group"]): row["sizes"].split("+") for row in rows("groups.csv")}
    for claim_id in ("macro.guidance.heavy_task", "macro.ending.experience", "macro.ending.smooth"):
        figure = printed[claim_id]
        for group, size, cell in zip(table["groep"], table["grootte"], table[figure], strict=True):
            n = sum(int(printed[part].replace(" ", "")) for part in offered[claim_id, group])
            assert plain(size).replace(" ", "") == str(n)
            counts = [k for k in range(n + 1) if figure in as_percentage(k, n)]
            assert plain(cell).replace(" ", "") == ("of".join(map(str, counts)) if counts else "geenaantal")
            found += len(counts)
    assert found == 4  # 675 and 838, 432, 920


def as_percentage(k: int, n: int) -> set[str]:
    share = Decimal(100 * k) / Decimal(n)
    steps = Decimal("0.01")
    return {f"{share.quantize(steps, rule)}%".replace(".", ",") for rule in (ROUND_HALF_UP, ROUND_HALF_EVEN)}


def test_headings_with_a_number_in_words_hold(printed):
    macro = (ROOT / "chapters" / "macro.md").read_text(encoding="utf-8")
    approved, heavy = (
        Decimal(printed[name].rstrip("%").replace(",", "."))
        for name in ("macro.recognition.approved_share", "macro.guidance.heavy_task")
    )
    assert "## Zeven op de acht aanvragen zijn goedgekeurd\n" in macro
    assert abs(approved / 100 - Decimal(7) / 8) < Decimal("0.005")
    assert "## Begeleiden is voor een meerderheid een zware taak; een op de vijf heeft problemen\n" in macro
    assert heavy > 50
    assert printed["macro.guidance.problems"] == "1 op 5"
    assert printed["meso.mentoring.parties"] == "3"
