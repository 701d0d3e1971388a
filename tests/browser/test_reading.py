"""The book in a browser: on a phone and a desk, with and without JavaScript, and without anyone else's server."""

from __future__ import annotations

import pytest
from browsing import Traffic
from playwright.sync_api import Browser, Page


@pytest.fixture
def phone(chromium: Browser) -> Page:
    """A narrow page."""
    return chromium.new_page(viewport={"width": 390, "height": 844})


def test_the_address_opens_on_the_cover(phone: Page, address: str) -> None:
    phone.goto(address)
    assert phone.locator("article h1").inner_text().startswith("Alternerend leren in Vlaanderen")
    phone.get_by_role("button", name="Inhoud").click()
    phone.get_by_role("navigation", name="Inhoud").get_by_role("link", name="Inleiding").click()
    phone.wait_for_url("**/chapters/introduction.html")


def test_searching_knows_dutch_word_forms_and_speaks_dutch(phone: Page, address: str) -> None:
    found, traffic = {}, Traffic(phone)
    for word in ("overeenkomst", "overeenkomsten", "xyzzy"):
        phone.goto(f"{address}/search.html?q={word}")
        phone.locator(".search-summary[role=status]:not(:empty)").wait_for()
        traffic.settle()
        found[word] = phone.locator("#search-results ul.search > li > a").all_inner_texts()
        spoken = phone.locator("#search-results").inner_text()
        assert ("Gevonden" in spoken, "Search" in spoken, "page(s)" in spoken) == (True, False, False)
    assert "Macro: ervaringen met het decreet over alternerende opleidingen" in found["overeenkomst"]
    assert set(found["overeenkomst"]) == set(found["overeenkomsten"])
    assert found["xyzzy"] == []


def test_the_reader_chooses_light_or_dark_and_the_choice_stays(phone: Page, address: str) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    phone.goto(f"{address}/chapters/meso.html")
    light = phone.evaluate(paper)
    phone.get_by_role("button", name="Donker scherm").click()
    dark = phone.evaluate(paper)
    assert dark != light
    phone.goto(f"{address}/chapters/macro.html")
    assert phone.evaluate(paper) == dark
    phone.get_by_role("button", name="Licht scherm").click()
    assert phone.evaluate(paper) == light


# Settles once the image shows a file with this ending. (Playwright's own waiting evaluates text, which the pages forbid.)
FOLLOWS = """(image, ending) => new Promise((done) => {
  const look = () => (image.currentSrc.endsWith(ending) ? done() : requestAnimationFrame(look));
  look();
})"""


def test_figures_fill_a_phone_and_load(phone: Page, address: str) -> None:
    phone.goto(f"{address}/chapters/macro.html")
    image = phone.locator("figure.exhibit img").first
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    box = image.bounding_box()
    assert box is not None
    assert 300 < box["width"] <= 390


def test_one_drawing_is_fetched_and_it_follows_the_theme(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    traffic = Traffic(page)
    page.goto(f"{address}/chapters/meso.html")
    image = page.locator("#figuur-drie-partners img")
    image.scroll_into_view_if_needed()
    traffic.settle()
    fetched = [request.url for request in traffic.asked if "/figures/" in request.url]
    assert fetched
    assert [url for url in fetched if not url.endswith(".dark.svg")] == []
    page.get_by_role("button", name="Licht scherm").click()
    image.evaluate(FOLLOWS, "partners.svg")
    page.close()


def test_figures_keep_their_place_while_they_load(phone: Page, address: str) -> None:
    phone.route("**/figures/*", lambda route: route.abort())
    phone.goto(f"{address}/chapters/meso.html")
    image = phone.locator("#figuur-drie-partners img")
    reserved = image.evaluate("image => getComputedStyle(image).aspectRatio")
    phone.unroute_all()
    phone.goto(f"{address}/chapters/meso.html")
    image.scroll_into_view_if_needed()
    image.evaluate("image => image.decode()")
    width, height = image.evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert reserved == f"auto {width} / {height}"


@pytest.mark.parametrize("name", ["introduction", "micro", "macro", "methods"])
def test_opened_data_stay_within_the_smallest_screen(chromium: Browser, address: str, name: str) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{address}/chapters/{name}.html")
    page.evaluate("document.querySelectorAll('.figure-more details').forEach(fold => { fold.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    frames = page.locator(".table-frame")
    assert frames.count() > 1
    wide = frames.evaluate_all("frames => frames.filter(frame => frame.scrollWidth > frame.clientWidth).length")
    assert wide == 0
    page.close()


def test_stacked_tables_are_still_tables_to_who_cannot_see_them(phone: Page, address: str) -> None:
    phone.goto(f"{address}/chapters/micro.html")
    table = phone.get_by_role("table", name="Met IBAL en met het ABO-jaar").first
    assert "stacks" in table.locator("..").get_attribute("class")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        *("programma", "uitkomst", "gevonden", "hoe groot", "opzet", "wat ontbreekt")
    ]
    assert table.get_by_role("rowheader", name="ABO-jaar").count() == 1
    assert table.get_by_role("row").count() == 7
