"""Every page by the accessibility rules of axe-core, by keyboard, narrow and enlarged."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, ViewportSize

AXE = Path(os.environ.get("BOOK_AXE", Path(axe_playwright_python.__file__).with_name("axe.min.js")))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
BUT_CONTRAST = ALL | {"rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}}}
# Contrast is six sevenths of the work. It is judged in both schemes on the narrowest screen with all folds open; no wider one
# gives a colour to what stands in an article (a test), so there one page of each kind does. Rows of the ledger differ in colour
# by their status only: in the dark one of each is judged.
RUNS: dict[int, list[tuple[Literal["light", "dark"], dict[str, Any]]]] = {
    390: [("light", ALL), ("dark", CONTRAST)],
    768: [("light", BUT_CONTRAST)],
    1280: [("light", BUT_CONTRAST)],
}
ONE_OF_EACH = """() => {
  const seen = new Set();
  for (const row of document.querySelectorAll("#ledger > li")) {
    if (seen.has(row.dataset.status)) row.remove();
    seen.add(row.dataset.status);
  }
}"""
KINDS = ("index", "chapters/macro", "chapters/claims", "search")
START = """(options) => {
  window.finding = axe.run({ ...options, resultTypes: ["violations"], preload: false, iframes: false })
    .then((found) => found.violations.flatMap((rule) => rule.nodes.map(
      (node) => [rule.id, node.target.join(" "), ...node.any.concat(node.all, node.none).map((check) => check.message)].join(" | "))));
  return true;
}"""
FOCUSED = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const boxes = [...element.getClientRects()];
  const seen = boxes.some((box) => {
    const middle = (from, to, size) => (Math.max(from, 0) + Math.min(to, size)) / 2;  // of what is in view
    const hit = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
    return hit && (element.contains(hit) || hit.contains(element));
  });
  return {
    place: window.places.get(element),
    name: element.outerHTML.slice(0, 120),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen,
  };
}"""
TABBABLE = """() => {
  window.places = new Map([...document.querySelectorAll("*")].map((element, place) => [element, place]));
  return [...document.querySelectorAll("a[href], button, input, select, summary, textarea, [tabindex]")]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !element.disabled)
    .length;
}"""


def start_axe(page: Page, options: dict[str, Any]) -> None:
    """Let axe-core begin with the page as it stands."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(START, options)


def violations(page: Page) -> list[str]:
    """What axe-core found: rule, element and reasons."""
    return page.evaluate("window.finding")


def show(page: Page, url: str) -> None:
    """Open a page and let its scripts finish; a search has finished when its summary speaks."""
    page.goto(url, wait_until="load")
    if "?q=" in url:
        page.locator("#search-results .search-summary", has_text=re.compile(r"gevonden plaatsen: \d")).wait_for()
        page.locator("#search-results ul.search > li p.context").first.wait_for()


@pytest.mark.parametrize("width", RUNS)
def test_axe_finds_no_violation(chromium: Browser, pages: dict[str, str], width: int) -> None:
    size: ViewportSize = {"width": width, "height": 900}
    views = [(chromium.new_page(viewport=size, color_scheme=scheme), run) for scheme, run in RUNS[width]]
    found = []
    for name, url in pages.items():
        for page, run in views:  # one process each: they work at the same time
            show(page, url)
            if width == 390:  # on the narrowest screen all folds are open, on the others closed, as readers find them
                page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
            if run is CONTRAST:
                page.evaluate(ONE_OF_EACH)
            start_axe(page, run)
        found += [f"{name}: {problem}" for page, _ in views for problem in violations(page)]
    for page, _ in views:
        page.close()
    assert "\n".join(found) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_wide_screen_adds_has_contrast(
    chromium: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    found = []
    for name in KINDS:
        show(page, f"{address}/{name}.html")
        start_axe(page, CONTRAST)
        found += violations(page)
    page.close()
    assert found == []


def test_a_wider_screen_colours_nothing_but_what_stands_beside_the_article(root: Path) -> None:
    style = re.sub(r"/\*.*?\*/", "", (root / "_static" / "book.css").read_text(encoding="utf-8"), flags=re.S)
    rules = [
        (selector.strip(), declared)
        for block in re.findall(r"@media \(min-width[^)]*\)\s*\{((?:[^{}]*\{[^{}]*\})*)", style)
        for selector, declared in re.findall(r"([^{}]*)\{([^{}]*)\}", block)
    ]
    assert len(rules) > 3
    coloured = {selector for selector, declared in rules if re.search(r"color|background|opacity|shadow", declared)}
    assert coloured == {".book-nav", ".page-nav"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_menu(chromium: Browser, address: str, scheme: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    page.goto(f"{address}/chapters/macro.html")
    page.get_by_role("button", name="Inhoud").click()
    page.get_by_role("navigation", name="Inhoud").wait_for(state="visible")
    start_axe(page, ALL)
    found = violations(page)
    page.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_scrolls_sideways_when_narrow_or_enlarged(chromium: Browser, pages: dict[str, str], width: int) -> None:
    # 640 is a screen of 1280 enlarged to 200%; 320 one enlarged to 400%, or the narrowest phone.
    page = chromium.new_page(viewport={"width": width, "height": 256 if width == 320 else 450})
    wide = {}
    for name, url in pages.items():
        show(page, url)
        page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert {name: found for name, found in wide.items() if found > width} == {}


def test_the_tab_key_reaches_everything_in_order_and_one_sees_where(chromium: Browser, pages: dict[str, str]) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    for name, url in pages.items():
        show(page, url)
        wanted = page.evaluate(TABBABLE)
        steps = []
        for _ in range(wanted):
            page.keyboard.press("Tab")
            steps.append(page.evaluate(FOCUSED))
        assert [step["name"] for step in steps if not (step["outlined"] and step["seen"])] == [], name
        places = [step["place"] for step in steps]
        assert places == sorted(places), name
        assert len(set(places)) == wanted > 10, name
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_tab_offers_to_skip_to_the_content(chromium: Browser, address: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    page.goto(f"{address}/chapters/macro.html")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Naar de inhoud"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.close()


def test_the_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(chromium: Browser, address: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/chapters/macro.html")
    menu = page.get_by_role("navigation", name="Inhoud")
    button = page.get_by_role("button", name="Inhoud")
    assert menu.is_hidden()
    button.focus()
    page.keyboard.press("Enter")
    menu.wait_for(state="visible")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('boek').contains(document.activeElement)")
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert button.evaluate("button => button === document.activeElement")
    page.close()


def test_whoever_wants_less_motion_gets_none(chromium: Browser, pages: dict[str, str]) -> None:
    moving = """() => [...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.scrollBehavior === "smooth" || [style.transitionDuration, style.animationDuration]
        .some((times) => times.split(", ").some((time) => parseFloat(time) > 0));
    }).map((element) => element.outerHTML.slice(0, 100))"""
    page = chromium.new_page(reduced_motion="reduce")
    for name, url in pages.items():
        show(page, url)
        assert page.evaluate(moving) == [], name
    page.close()
