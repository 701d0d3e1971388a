"""A number's link and card: what they say for each kind of number, and where they lead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from bookbuild.page import facts, number, show
from bookbuild.page.number import Ways
from ledger.evaluated import Evaluated
from ledger.quantity import Released
from leerwerk import study

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def numbers() -> dict[str, Evaluated]:
    return {each.id: each for level in ("micro", "macro") for each in study.numbers(level)}


def ways(folder: str) -> Ways:
    return Ways(folder, "chapters/claims.html", "chapters/claims.html#reading-marks")


def link_of(each: Evaluated, folder: str = "chapters") -> html.HtmlElement:
    sent = show.payload(each.shown, each)
    return html.fragment_fromstring(number.number_html(sent, ways(folder)), create_parent="p")


def card_of(each: Evaluated, folder: str = "chapters") -> html.HtmlElement:
    return html.fromstring(number.card_html(show.payload(each.shown, each), ways(folder)))


def told(card: html.HtmlElement) -> dict[str, str]:
    rows = [row for row in card.iter("div") if row.find("dt") is not None]
    return {row.findtext("dt"): row.find("dd").text_content().replace("\N{NO-BREAK SPACE}", " ") for row in rows}


def test_a_number_is_one_link_without_a_mark(numbers) -> None:
    (link,) = link_of(numbers["macro.contracts.oao"])
    assert (link.tag, link.text, list(link)) == ("a", "92,26%", [])
    assert link.get("href") == "claims.html#macro.contracts.oao"
    assert link.get("aria-describedby") is None


def test_a_result_that_asks_for_it_has_a_silent_mark_and_is_described_by_it(numbers) -> None:
    sent = show.payload("92,26%", numbers["macro.contracts.oao"], marked=True)
    (link,) = html.fragment_fromstring(number.number_html(sent, ways("chapters")), create_parent="p")
    assert (link.text, link.get("aria-describedby")) == ("92,26%", "mark-tested")
    assert [child.get("aria-hidden") for child in link] == ["true"]


class Glued(list):
    """The names that are glued, instead of a kernel's display."""

    def __call__(self, bundle, *, raw, metadata) -> None:
        self.append(metadata["scrapbook"]["name"])


def test_only_a_tested_or_own_result_can_have_a_mark(numbers, monkeypatch) -> None:
    glued = Glued()
    monkeypatch.setattr(show, "get_ipython", lambda: object())
    monkeypatch.setattr(show, "display", glued)
    show.numbers(numbers.values())
    marked = {name.removesuffix(".marked") for name in glued if name.endswith(".marked")}
    assert {name for name in marked if numbers[name].claim} == {
        f"macro.contracts.{one}" for one in ("oao", "da_sm", "sao", "da")
    }
    assert {"micro.bonus.difference", "macro.recognition.approved_count"} < marked
    assert not {"micro.abo.total_hours", "micro.bonus.absence"} & marked  # hours, and a word
    assert not [name for name in marked if name.startswith("micro.pupils.")]
    assert len(glued) == len(set(glued))


@pytest.mark.parametrize(
    ("status", "word"), [("differs", "wijkt af"), ("unsettled", "niet uit te maken"), ("withheld", "afgeschermd")]
)
def test_what_was_not_confirmed_has_its_word_beside_it(numbers, status, word) -> None:
    each = replace(numbers["micro.ibal.participation"], status=status)
    link, said = link_of(each)
    assert (link.text, said.text, said.get("class")) == ("bijna 7%", word, "status kind-worded")
    assert card_of(each).findtext("p[@class='card-kind kind-worded']").strip() == word


def test_outside_the_chapters_the_link_leads_into_them(numbers) -> None:
    (link,) = link_of(numbers["macro.guidance.heavy_task"], folder="")
    assert link.get("href") == "chapters/claims.html#macro.guidance.heavy_task"
    assert card_of(numbers["macro.contracts.sum"], folder="").xpath(".//dd/a/@href") == [
        "code/leerwerk/macro/numbers.py"
    ]


def test_a_direction_is_a_word(numbers) -> None:
    (link,) = link_of(numbers["micro.ibal.vsv"])
    assert (link.text, list(link)) == ("lager", [])


def test_an_own_synthetic_number_carries_its_label_beside_it_and_in_its_card(numbers) -> None:
    each = numbers["micro.pupils.adjusted.brug_vsv"]
    link, label = link_of(each)
    assert (label.text, label.get("class"), link.get("aria-describedby")) == ("synthetisch", "synthetic", None)
    card = told(card_of(each))
    assert card["Waarde"] == "−9,2 procentpunt synthetisch"
    assert card["Interval"] == "−11,9 tot −6,5 procentpunt synthetisch"
    assert card["Soort bewijs"] == "synthetische gegevens"
    assert card["Bestanden"] == "data/synthetic/learners.csv"


def test_a_card_of_a_claim_says_nothing_of_its_rehearsal(numbers) -> None:
    each = numbers["micro.ibal.participation"]
    assert [child.tag for child in link_of(each)] == ["a"]
    card = told(card_of(each))
    assert card["Gepubliceerd"] == "bijna 7%, op de slide 'Resultaten'"
    assert card["Status"] == "overgenomen"
    assert card["Toelichting"].startswith("De leerlingengegevens achter dit onderzoek zijn vertrouwelijk.")
    assert card["Soort bewijs"] == "leerlingengegevens (aandeel)"
    assert not {"Nagerekend", "Interval"} & set(card)


def test_the_prose_prints_what_was_published_and_marks_what_real_records_reproduce(numbers) -> None:
    """Published: almost 7%; the records give 6,8%, which stands on the card and in the ledger."""
    made_up = numbers["micro.ibal.participation"]
    answer = Released(0.0675, "share", evidence="restricted")
    real = replace(made_up, answer=answer, rehearsal=None, text="6,8%", status="reproduced")
    ((link,), (other,)) = link_of(made_up), link_of(real)
    assert (link.text, link.get("class")) == ("bijna 7%", "number kind-published")
    assert (other.text, other.get("class")) == ("bijna 7%", "number kind-tested")
    card = told(card_of(real))
    assert card["Nagerekend"] == "6,8%"
    assert card["Soort bewijs"] == "leerlingengegevens, hier echt (aandeel)"


def test_a_claim_that_nothing_recomputes_has_no_function_and_gives_its_reason(numbers) -> None:
    card = told(card_of(numbers["macro.survey.mentors"]))
    assert card["Toelichting"].startswith("Omvang of opzet van het onderzoek")
    assert not {"Functie", "Nagerekend", "Interval"} & set(card)


def test_a_card_is_a_named_dialog_that_is_not_there_without_a_script(numbers) -> None:
    card = card_of(numbers["macro.guidance.heavy_task"])
    assert (card.get("role"), card.get("hidden"), card.get("tabindex")) == ("dialog", "", "-1")
    (title,) = card.xpath(f"//*[@id='{card.get('aria-labelledby')}']")
    assert title.text == "Voor 65,47% is begeleiden een zware taak."


def test_text_from_the_data_is_escaped(numbers) -> None:
    each = replace(numbers["macro.contracts.sum"], label="<b>som</b>", text="<i>1</i>", inputs=("<u>",))
    assert not card_of(each).xpath(".//b | .//i | .//u")
    assert not link_of(each).xpath(".//i")


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_the_function_stands_on_the_line_that_is_told(level: str) -> None:
    evaluated = study.numbers(level)
    assert evaluated
    assert [each.id for each in evaluated if not is_told_where_it_stands(each)] == []


def is_told_where_it_stands(each: Evaluated) -> bool:
    """Whether the card leads to the first line of its function; without one there is no answer either."""
    source = facts.source(each)
    if source is None:
        return each.answer is None and each.rehearsal is None
    name, path, line = source
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()[line - 1 :]
    definition = next(text for text in lines if text.strip().startswith("def "))
    return definition.strip().startswith(f"def {name.split('.')[-1]}(") and lines[0].strip().startswith(("@", "def "))


def test_the_legend_names_the_kinds_that_occur_in_their_own_order() -> None:
    legend = html.fromstring(number.legend_html(["own", "tested", "own"], ways("chapters")))
    assert legend.xpath(".//span/@id") == ["mark-tested", "mark-own"]
    assert legend.xpath(".//a/@href") == ["claims.html#reading-marks"]
