"""A number's link and card: what they say for each kind of number, and where they lead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from bookbuild.page import facts, number, show
from bookbuild.page.number import Ways
from ledger.evaluated import Evaluated
from ledger.quantity import Quantity
from leerwerk import study
from leerwerk.tables.published import LEVELS

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def numbers() -> dict[str, Evaluated]:
    return {each.id: each for level in ("micro", "macro") for each in study.numbers(level)}


def ways(folder: str) -> Ways:
    return Ways(folder, "chapters/claims.html", "chapters/introduction.html#marks")


def link_of(each: Evaluated, folder: str = "chapters") -> html.HtmlElement:
    sent = show.payload(each.shown, each)
    return html.fragment_fromstring(number.number_html(sent, ways(folder)), create_parent="p")


def card_of(each: Evaluated, folder: str = "chapters") -> html.HtmlElement:
    return html.fromstring(number.card_html(show.payload(each.shown, each), ways(folder)))


def told(card: html.HtmlElement) -> dict[str, str]:
    rows = [row for row in card.iter("div") if row.find("dt") is not None]
    return {row.findtext("dt"): row.find("dd").text_content().replace("\N{NO-BREAK SPACE}", " ") for row in rows}


def test_a_number_is_one_link_with_its_text_first_and_a_silent_mark(numbers) -> None:
    (link,) = link_of(numbers["macro.guidance.heavy_task"])
    assert (link.tag, link.text) == ("a", "65,47%")
    assert [child.get("aria-hidden") for child in link] == ["true"]
    assert link.get("href") == "claims.html#macro.guidance.heavy_task"
    assert link.get("aria-describedby") == "mark-failed"


def test_outside_the_chapters_the_link_leads_into_them(numbers) -> None:
    (link,) = link_of(numbers["macro.guidance.heavy_task"], folder="")
    assert link.get("href") == "chapters/claims.html#macro.guidance.heavy_task"
    assert card_of(numbers["macro.contracts.sum"], folder="").xpath(".//dd/a/@href") == [
        "code/leerwerk/macro/numbers.py"
    ]


def test_a_direction_shows_an_arrow_and_is_heard_as_its_word(numbers) -> None:
    (link,) = link_of(numbers["micro.ibal.vsv"])
    arrow, word, _ = link
    assert (arrow.text, arrow.get("aria-hidden")) == ("↓", "true")
    assert (word.text, word.get("class")) == ("(gepubliceerd: lager)", "only-heard")


def test_an_own_synthetic_number_carries_its_label_beside_it_and_in_its_card(numbers) -> None:
    each = numbers["micro.pupils.adjusted.brug_vsv"]
    link, label = link_of(each)
    assert (label.text, label.get("class"), link.get("aria-describedby")) == (
        "synthetisch",
        "synthetic",
        "mark-synthetic",
    )
    card = told(card_of(each))
    assert card["Waarde"] == "−9,2 procentpunt synthetisch"
    assert card["Interval"] == "−11,6 tot −6,7 procentpunt synthetisch"
    assert card["Soort bewijs"] == "nagemaakte gegevens"
    assert card["Bestanden"] == "data/synthetic/learners.csv"


def test_a_claim_recomputed_from_synthetic_records_says_so_in_its_card_only(numbers) -> None:
    each = numbers["micro.bonus.absence_with"]
    assert [child.tag for child in link_of(each)] == ["a"]
    card = told(card_of(each))
    assert card["Gepubliceerd"] == "1,37%, op de slide 'Resultaten'"
    assert card["Herberekend"] == "1,37% synthetisch"
    assert card["Status"] == "gekalibreerd"
    assert card["Soort bewijs"] == "leerlingengegevens, hier nagemaakt (aandeel)"


def test_the_prose_prints_what_was_published_unless_real_records_recompute_it(numbers) -> None:
    """Published: almost 7%; the synthetic records give 6,8%."""
    made_up = numbers["micro.ibal.participation"]
    real = replace(made_up, answer=Quantity(0.0675, "share", evidence="restricted"), status="reproduced")
    ((link,), (other,)) = link_of(made_up), link_of(real)
    assert (link.text, link.get("class")) == ("bijna 7%", "number kind-published")
    assert (other.text, other.get("class")) == ("6,8%", "number kind-tested")
    assert told(card_of(made_up))["Herberekend"] == "6,8% synthetisch"
    assert told(card_of(real))["Herberekend"] == "6,8%"


def test_real_records_are_told_from_made_up_ones(numbers) -> None:
    made_up = numbers["micro.bonus.absence_with"]
    real = replace(made_up, answer=Quantity(0.0137, "share", evidence="restricted"), status="reproduced")
    card = told(card_of(real))
    assert card["Herberekend"] == "1,37%"
    assert card["Soort bewijs"] == "leerlingengegevens, hier echt (aandeel)"
    assert [child.tag for child in link_of(real)] == ["a"]


def test_a_claim_that_nothing_recomputes_has_no_function_and_gives_its_reason(numbers) -> None:
    card = told(card_of(numbers["macro.survey.mentors"]))
    assert card["Toelichting"].startswith("Omvang of opzet van het onderzoek")
    assert not {"Functie", "Herberekend", "Interval"} & set(card)


def test_a_card_is_a_named_dialog_that_is_not_there_without_a_script(numbers) -> None:
    card = card_of(numbers["macro.guidance.heavy_task"])
    assert (card.get("role"), card.get("hidden"), card.get("tabindex")) == ("dialog", "", "-1")
    (title,) = card.xpath(f"//*[@id='{card.get('aria-labelledby')}']")
    assert title.text == "Voor 65,47% is begeleiden een zware taak."


def test_text_from_the_data_is_escaped(numbers) -> None:
    each = replace(numbers["macro.contracts.sum"], label="<b>som</b>", text="<i>1</i>", inputs=("<u>",))
    assert not card_of(each).xpath(".//b | .//i | .//u")
    assert not link_of(each).xpath(".//i")


@pytest.mark.parametrize("level", LEVELS)
def test_the_function_stands_on_the_line_that_is_told(level: str) -> None:
    evaluated = study.numbers(level)
    assert evaluated
    assert [each.id for each in evaluated if not is_told_where_it_stands(each)] == []


def is_told_where_it_stands(each: Evaluated) -> bool:
    """Whether the card leads to the first line of its function; without one there is no answer either."""
    source = facts.source(each)
    if source is None:
        return each.answer is None
    name, path, line = source
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()[line - 1 :]
    definition = next(text for text in lines if text.strip().startswith("def "))
    return definition.strip().startswith(f"def {name.split('.')[-1]}(") and lines[0].strip().startswith(("@", "def "))


def test_the_legend_names_the_kinds_that_occur_in_their_own_order() -> None:
    legend = html.fromstring(number.legend_html(["own", "tested", "own"], ways("chapters")))
    assert legend.xpath(".//span/@id") == ["mark-tested", "mark-own"]
    assert legend.xpath(".//a/@href") == ["introduction.html#marks"]
