"""The cards in a browser: with a mouse, a keyboard or a finger, on a narrow screen, and not at all without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from leerwerk.chapters import CHAPTERS

NAMES = [f"chapters/{name}" for name in CHAPTERS]
OPEN = ".card:not([hidden])"
FOCUSED = """() => {
  const at = document.activeElement;
  const all = [...document.querySelectorAll("a.number")];
  return [all.indexOf(at), at.className, at.id];
}"""


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A page with a mouse and a keyboard."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    yield page
    page.close()


def number(page: Page, number_id: str) -> str:
    """The selector of the first link of a number."""
    return f"a.number[href$='#{number_id}'] >> nth=0"


@pytest.mark.parametrize("name", NAMES)
def test_the_keyboard_alone_opens_and_closes_every_card(desk: Page, address: str, name: str) -> None:
    desk.goto(f"{address}/{name}.html")
    ids = desk.locator("a.number").evaluate_all("links => links.map(link => link.hash.slice(1))")
    assert ids
    reached = []
    for _ in range(desk.locator("a, button, summary, input, select, [tabindex]").count()):
        if len(reached) == len(ids):
            break
        desk.keyboard.press("Tab")
        at, *_ = desk.evaluate(FOCUSED)
        if at < 0:
            continue
        reached.append(at)
        card = f"card-{ids[at]}"
        assert desk.locator(OPEN).get_attribute("id") == card  # the focus shows it
        desk.keyboard.press("Enter" if at % 2 else "Space")
        assert desk.evaluate(FOCUSED) == [-1, "card", card]  # a press moves the focus into it
        desk.keyboard.press("Escape")
        assert desk.locator(OPEN).count() == 0
        assert desk.evaluate(FOCUSED)[0] == at  # and back
    assert reached == list(range(len(ids)))


def test_tab_goes_through_a_card_and_on_to_what_follows_its_number(desk: Page, address: str) -> None:
    desk.goto(f"{address}/chapters/macro.html")
    desk.locator(number(desk, "macro.contracts.da")).focus()
    desk.keyboard.press("Enter")
    seen = []
    for _ in range(4):
        desk.keyboard.press("Tab")
        seen.append(desk.evaluate("document.activeElement.textContent.trim()"))
    assert seen == ["code/leerwerk/macro/numbers.py", "Naar de rij in de Verantwoording", "Sluiten", "100,01%"]
    assert desk.locator(OPEN).get_attribute("id") == "card-macro.contracts.sum"


def test_shift_tab_leaves_a_card_for_its_number(desk: Page, address: str) -> None:
    desk.goto(f"{address}/chapters/macro.html")
    desk.locator(number(desk, "macro.guidance.heavy_task")).focus()
    for steps in (0, 1):
        desk.keyboard.press("Enter")
        for _ in range(steps):
            desk.keyboard.press("Tab")
        desk.keyboard.press("Shift+Tab")
        assert desk.evaluate("document.activeElement.textContent") == "65,47%"
        assert desk.locator(OPEN).count() == 0


def test_the_close_button_closes_and_gives_the_focus_back(desk: Page, address: str) -> None:
    desk.goto(f"{address}/chapters/macro.html")
    desk.click(number(desk, "macro.guidance.heavy_task"))
    desk.get_by_role("button", name="Sluiten").click()
    assert desk.locator(OPEN).count() == 0
    assert desk.evaluate("document.activeElement.textContent") == "65,47%"


def test_a_hovered_card_stays_while_the_pointer_is_on_it_and_escape_dismisses_it(desk: Page, address: str) -> None:
    desk.clock.install()
    desk.goto(f"{address}/chapters/macro.html")
    desk.hover(number(desk, "macro.guidance.heavy_task"))
    card = desk.locator("[id='card-macro.guidance.heavy_task']")
    expect(card).to_be_visible()
    desk.evaluate("window.went = false")
    desk.evaluate(
        "new MutationObserver(() => (window.went = true))"
        ".observe(document.querySelector('.card:not([hidden])'), {attributeFilter: ['hidden']})"
    )
    desk.hover("[id='card-macro.guidance.heavy_task'] dl")
    desk.clock.run_for(700)  # longer than a card waits before it goes
    assert desk.evaluate("window.went") is False
    desk.keyboard.press("Escape")
    expect(card).to_be_hidden()
    desk.mouse.move(5, 5)
    desk.hover(number(desk, "macro.guidance.heavy_task"))
    expect(card).to_be_visible()
    desk.mouse.move(5, 5)
    expect(card).to_be_hidden()


def test_a_passing_pointer_opens_nothing(desk: Page, address: str) -> None:
    desk.clock.install()
    desk.goto(f"{address}/chapters/macro.html")
    desk.evaluate(
        "new MutationObserver(() => (window.opened = true))"
        ".observe(document.body, {subtree: true, attributeFilter: ['hidden']})"
    )
    desk.hover(number(desk, "macro.guidance.heavy_task"))
    desk.mouse.move(5, 5)
    desk.clock.run_for(700)  # longer than a card waits before it shows
    assert desk.evaluate("window.opened") is None


def test_the_focus_that_moves_on_takes_the_card_along(desk: Page, address: str) -> None:
    desk.goto(f"{address}/chapters/macro.html")
    desk.locator(number(desk, "macro.survey.mentors")).focus()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Shift+Tab")
    assert desk.locator(OPEN).get_attribute("id") == "card-macro.survey.mentors"
    desk.evaluate("document.activeElement.blur()")
    assert desk.locator(OPEN).count() == 0


def test_a_finger_opens_a_card_and_a_tap_elsewhere_closes_it(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(f"{address}/chapters/macro.html")
    page.tap(number(page, "macro.guidance.heavy_task"))
    assert page.locator(OPEN).get_attribute("id") == "card-macro.guidance.heavy_task"
    assert page.url.endswith("/chapters/macro.html")
    page.tap("h2 >> nth=0")
    assert page.locator(OPEN).count() == 0
    page.close()


def test_control_and_click_follow_the_link(desk: Page, address: str) -> None:
    desk.goto(f"{address}/chapters/macro.html")
    with desk.context.expect_page() as opened:
        desk.click(number(desk, "macro.guidance.heavy_task"), modifiers=["Control"])
    opened.value.wait_for_url("**/claims.html#macro.guidance.heavy_task")
    assert desk.locator(f"{OPEN}:focus").count() == 0
    opened.value.close()


def test_a_cards_link_leads_to_the_opened_row(desk: Page, address: str) -> None:
    desk.goto(f"{address}/chapters/macro.html")
    desk.click(number(desk, "macro.guidance.heavy_task"))
    desk.get_by_role("dialog", name="Voor 65,47% is begeleiden een zware taak.").get_by_role(
        "link", name="Verantwoording"
    ).click()
    desk.wait_for_url("**/claims.html#macro.guidance.heavy_task")
    expect(desk.locator("[id='macro.guidance.heavy_task']")).to_be_in_viewport()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "height"), [(320, 640), (1280, 800)])
def test_a_card_fits_beside_its_number(chromium: Browser, address: str, name: str, width: int, height: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}/{name}.html")
    outside = page.evaluate(
        """() => [...document.querySelectorAll("a.number")].filter((link) => {
          link.scrollIntoView({ block: "center", behavior: "instant" });
          link.click();
          const card = document.querySelector(".card:not([hidden])").getBoundingClientRect();
          const number = link.getBoundingClientRect();
          const width = document.documentElement.clientWidth;
          const fits = card.left >= 0 && card.right <= width && card.top >= 0 && card.bottom <= innerHeight;
          const apart = card.top >= number.bottom || card.bottom <= number.top;
          return !fits || !apart || document.documentElement.scrollWidth > width;
        }).map((link) => link.hash)"""
    )
    assert outside == []
    page.close()


def test_cards_are_not_printed(desk: Page, address: str) -> None:
    desk.goto(f"{address}/chapters/macro.html")
    desk.click(number(desk, "macro.guidance.heavy_task"))
    desk.emulate_media(media="print")
    assert desk.locator(".card:visible").count() == 0
    assert desk.locator("a.number .mark:visible").count() == desk.locator("a.number .mark").count() > 0


@pytest.mark.parametrize("name", NAMES)
def test_without_javascript_a_number_is_a_link_to_its_opened_row(chromium: Browser, address: str, name: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{name}.html")
    assert page.locator(".card:visible").count() == 0
    link = page.locator("a.number").last
    target = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_url(f"**/chapters/claims.html#{target}")
    expect(page.locator(f"[id='{target}'] dl")).to_be_in_viewport()
    context.close()
