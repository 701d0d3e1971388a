"""When a page in a browser has come to rest: not after a time, but when nothing is left to wait for."""

from __future__ import annotations

from playwright.sync_api import Page, Request

# An observer is told once the page has been laid out and painted; by then images near the view have begun to load.
PAINTED = """async () => {
  await document.fonts.ready;
  await new Promise((done) => new IntersectionObserver((_, observer) => { observer.disconnect(); done(); })
    .observe(document.documentElement));
}"""
EAGER = "document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })"
LATER = 60_000  # milliseconds


class Traffic:
    """What a page asks for, from the moment that this is made.

    The page's clock is in the hands of the test from then on, so that what a timer would ask a minute later is asked now.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[Request] = []
        page.on("request", lambda request: self.asked.append(request))
        page.clock.install()

    def settle(self) -> None:
        """Return once the page has all that it asks for, now and in the coming minute."""
        self._answered(0)
        self.page.clock.run_for(LATER)
        self._answered(0)

    def _answered(self, seen: int) -> None:
        self.page.evaluate(PAINTED)
        while seen < len(self.asked):
            for request in self.asked[seen : (seen := len(self.asked))]:
                answer = request.response()
                if answer is not None:
                    answer.finished()
            self.page.evaluate(PAINTED)  # what came may ask for more
