"""The book in a browser: on a phone and a desk, with and without JavaScript, and without anyone else's server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from leerwerk import sources


@pytest.fixture
def phone(chromium: Browser) -> Page:
    """A narrow page."""
    return chromium.new_page(viewport={"width": 390, "height": 844})


def test_the_address_opens_on_the_cover(phone: Page, address: str) -> None:
    phone.goto(address)
    assert phone.locator("article h1").inner_text().startswith("Alternerend leren in Vlaanderen")
    phone.get_by_role("button", name="Inhoud").click()
    phone.get_by_role("navigation", name="Hoofdstukken").get_by_role("link", name="Inleiding").click()
    phone.wait_for_url("**/chapters/introduction.html")


def test_searching_knows_dutch_word_forms_and_speaks_dutch(phone: Page, address: str) -> None:
    found = {}
    for word in ("overeenkomst", "overeenkomsten", "xyzzy"):
        phone.goto(f"{address}/search.html?q={word}")
        phone.locator(".search-summary:not(:empty)").wait_for()
        phone.wait_for_load_state("networkidle")
        found[word] = phone.locator("#search-results ul.search > li > a").all_inner_texts()
        spoken = phone.locator("#search-results").inner_text()
        assert ("Gevonden" in spoken, "Search" in spoken, "page(s)" in spoken) == (True, False, False)
    assert "Macro: het decreet in de praktijk" in found["overeenkomst"]
    assert set(found["overeenkomst"]) == set(found["overeenkomsten"])
    assert found["xyzzy"] == []


def test_the_reader_chooses_light_or_dark_and_the_choice_stays(phone: Page, address: str) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    phone.goto(f"{address}/chapters/meso.html")
    light = phone.evaluate(paper)
    phone.get_by_role("button", name="Donkere weergave").click()
    dark = phone.evaluate(paper)
    assert dark != light
    phone.goto(f"{address}/chapters/macro.html")
    assert phone.evaluate(paper) == dark
    phone.get_by_role("button", name="Lichte weergave").click()
    assert phone.evaluate(paper) == light


def test_figures_fill_a_phone_and_load(phone: Page, address: str) -> None:
    phone.goto(f"{address}/chapters/macro.html")
    image = phone.locator("figure.exhibit img").first
    image.scroll_into_view_if_needed()
    phone.wait_for_function("document.querySelector('figure.exhibit img').naturalWidth > 0")
    box = image.bounding_box()
    assert box is not None
    assert 300 < box["width"] <= 390


def test_the_ledger_filters_and_counts(phone: Page, address: str) -> None:
    phone.goto(f"{address}/chapters/claims.html")
    claims = sources.claims()
    macro = int((claims["level"] == "macro").sum())
    phone.get_by_role("combobox", name="Hoofdstuk").select_option("macro")
    assert phone.locator("#ledger > .claim:visible").count() == macro
    assert phone.locator("#ledger-filters output").inner_text() == f"{macro} uitspraken"
    phone.get_by_role("combobox", name="Status").select_option("inconsistent")
    shown = phone.locator("#ledger > .claim:visible")
    assert 0 < shown.count() < macro
    assert set(shown.evaluate_all("rows => rows.map(row => row.dataset.status)")) == {"inconsistent"}


def test_a_number_leads_to_its_row_even_when_filtered_away(phone: Page, address: str) -> None:
    phone.goto(f"{address}/chapters/claims.html")
    phone.get_by_role("combobox", name="Hoofdstuk").select_option("meso")
    phone.evaluate("location.hash = 'macro.survey.mentors'")
    row = phone.locator("[id='macro.survey.mentors']")
    row.wait_for(state="visible")
    assert "vragenlijsten van mentoren" in row.inner_text()
