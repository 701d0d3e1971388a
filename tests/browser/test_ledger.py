"""The ledger in a browser: every filter with the keyboard alone, and everything without JavaScript and on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ledger.claim import STATUS_LABELS
from leerwerk import study
from leerwerk.tables import published

SHOWN = "#ledger > .claim:visible"


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The ledger: one row per claim."""
    return study.ledger()


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    """The ledger on a narrow screen."""
    page = chromium.new_page(viewport={"width": 320, "height": 720})
    page.goto(f"{address}/chapters/claims.html")
    yield page
    page.close()


def shown(page: Page) -> list[str]:
    """The ids of the claims that are there, in the order of the page."""
    return page.locator(SHOWN).evaluate_all("rows => rows.map(row => row.querySelector('section').id)")


def field(page: Page, name: str) -> Locator:
    """A field of the form, found by its label."""
    labels = {"search": "Zoek in de uitspraken", "level": "Hoofdstuk", "status": "Status", "order": "Sorteer volgens"}
    return page.get_by_role("searchbox" if name == "search" else "combobox", name=labels[name])


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab does not reach {name}")


@pytest.mark.parametrize(
    ("name", "typed", "column", "value"),
    [
        ("level", "Mac", "level", "macro"),
        ("basis", "leer", "basis", "microdata"),
        ("status", "pas", "status", "consistent"),
    ],
)
def test_the_keyboard_alone_sets_each_filter(
    phone: Page, rows: pd.DataFrame, name: str, typed: str, column: str, value: str
) -> None:
    tab_to(phone, name)
    phone.keyboard.type(typed)
    expected = list(rows.loc[rows[column] == value, "id"])
    assert 0 < len(expected) < len(rows)
    assert shown(phone) == expected
    assert phone.get_by_role("status").inner_text() == f"{len(expected)} van {len(rows)} uitspraken"


def test_filters_work_together_and_the_button_undoes_them(phone: Page, address: str, rows: pd.DataFrame) -> None:
    field(phone, "level").select_option("macro")
    field(phone, "status").select_option("taken over")
    fits = (rows["level"] == "macro") & (rows["status"] == "taken over")
    assert shown(phone) == list(rows.loc[fits, "id"])
    field(phone, "search").fill("geen van deze woorden")
    assert shown(phone) == []
    assert phone.get_by_role("status").inner_text() == f"0 van {len(rows)} uitspraken"
    phone.get_by_role("button", name="Toon alles").press("Enter")
    expect(phone.locator(SHOWN)).to_have_count(len(rows))
    expect(phone).to_have_url(f"{address}/chapters/claims.html")


def test_the_search_finds_words_in_any_order_and_case(phone: Page) -> None:
    tab_to(phone, "search")
    phone.keyboard.type("BEGELEIDEN zware")
    assert shown(phone) == ["macro.guidance.heavy_task"]
    field(phone, "search").fill("macro.survey.ment")
    assert shown(phone) == ["macro.survey.mentors"]


def test_the_ledger_sorts(phone: Page, rows: pd.DataFrame) -> None:
    assert shown(phone) == list(rows["id"])
    tab_to(phone, "order")
    phone.keyboard.type("stat")
    rank = rows["status"].map(list(STATUS_LABELS).index)
    assert shown(phone) == list(rows.loc[rank.sort_values(kind="stable").index, "id"])
    field(phone, "order").select_option("id")
    assert shown(phone) == sorted(rows["id"])
    field(phone, "order").select_option("slides")
    assert shown(phone) == list(rows["id"])


def test_the_address_keeps_the_choice_for_who_gets_it(phone: Page, address: str) -> None:
    field(phone, "level").select_option("micro")
    field(phone, "order").select_option("id")
    field(phone, "search").fill("motivatie")
    kept, found = phone.evaluate("location.href"), shown(phone)
    assert 0 < len(found) < len(published.claims())
    phone.goto(f"{address}/chapters/macro.html")
    phone.goto(kept)
    assert shown(phone) == found
    assert field(phone, "search").input_value() == "motivatie"


def test_a_wrong_address_shows_everything(phone: Page, address: str, rows: pd.DataFrame) -> None:
    phone.goto(f"{address}/chapters/claims.html?level=mega&onzin=1&order=")
    assert shown(phone) == list(rows["id"])
    assert phone.get_by_role("status").inner_text() == f"{len(rows)} van {len(rows)} uitspraken"
    assert [field(phone, name).input_value() for name in ("level", "order")] == ["", "slides"]


@pytest.mark.parametrize("target", ["macro.survey.mentors", "micro.bonus.e_value"])
def test_a_link_to_a_row_opens_it(phone: Page, target: str) -> None:
    facts = phone.locator(f"[id='{target}'] dl")
    expect(facts).to_be_hidden()
    phone.evaluate(f"location.hash = '{target}'")
    expect(facts).to_be_in_viewport()


def test_a_row_that_was_filtered_away_comes_back_for_a_link(phone: Page, address: str, rows: pd.DataFrame) -> None:
    phone.goto(f"{address}/chapters/claims.html?level=meso#macro.survey.mentors")
    expect(phone.locator("[id='macro.survey.mentors'] dl")).to_be_in_viewport()
    assert shown(phone) == list(rows["id"])
    expect(phone).to_have_url(f"{address}/chapters/claims.html#macro.survey.mentors")


def test_enter_leads_to_the_first_claim_found_and_opens_it(phone: Page) -> None:
    tab_to(phone, "search")
    phone.keyboard.type("zware")
    phone.keyboard.press("Enter")
    phone.keyboard.press("Enter")
    expect(phone.locator("[id='macro.guidance.heavy_task'] dl")).to_be_in_viewport()


def test_tab_leads_from_the_form_to_the_rows(phone: Page) -> None:
    tab_to(phone, "order")
    for key in ("Tab", "Tab", "Tab", "Enter"):
        phone.keyboard.press(key)
    expect(phone.locator("#ledger dl").first).to_be_visible()


def test_folded_the_ledger_is_short_on_a_phone(phone: Page) -> None:
    assert phone.evaluate("document.getElementById('ledger').scrollHeight") < 12_000
    assert phone.evaluate("document.documentElement.scrollWidth") == 320


def test_paper_shows_every_fact(phone: Page, rows: pd.DataFrame) -> None:
    assert phone.locator("#ledger dl:visible").count() == 0
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert phone.locator("#ledger dl:visible").count() == len(rows)
    phone.evaluate("dispatchEvent(new Event('afterprint'))")
    assert phone.locator("#ledger dl:visible").count() == 0


def test_without_javascript_the_ledger_is_whole_opens_and_has_no_dead_form(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/chapters/claims.html")
    assert page.locator(SHOWN).count() == len(published.claims())
    assert page.locator("#ledger-filters").is_hidden()
    page.locator("#ledger summary").first.click()
    expect(page.locator("#ledger dl").first).to_be_visible()
    page.emulate_media(media="print")
    assert page.locator("#ledger dl:visible").count() == len(published.claims())
    context.close()
