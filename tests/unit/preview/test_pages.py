"""What the preview's server answers: pages with its script, nothing beside the book, and nobody else's requests."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bookbuild.preview import pages
from bookbuild.preview.news import News

PAGE = "<html><head><title>Boek</title></head><body>alternerend leren</body></html>"
SECRET = b"secret"


@dataclass(frozen=True)
class Site:
    """A served book: its folder and its port."""

    folder: Path
    port: int

    def ask(self, path: str, method: str = "GET", host: str = "127.0.0.1") -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer; the path goes as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A book of a page, an error page and a style, with a secret beside it and a link that leads there."""
    folder = tmp_path / "_build" / "html"
    folder.mkdir(parents=True)
    for name, text in {"index.html": PAGE, "404.html": PAGE, "book.css": "a {}"}.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "_build" / "published.json").write_bytes(SECRET)
    (folder / "link.txt").symlink_to(tmp_path / "_build" / "published.json")
    with socket.create_server(("127.0.0.1", 0)) as place:
        server = pages.server(tmp_path, News(tmp_path / "_build" / "published.json"))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[place])))
        thread.start()
        yield Site(folder, place.getsockname()[1])
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/index.html", 200), ("/nowhere.html", 404)])
def test_every_page_has_the_script_and_no_file_has(site: Site, path: str, status: int) -> None:
    answer, headers, body = site.ask(path)
    assert (answer, headers["cache-control"]) == (status, "no-store")
    assert body.count(b'<script src="/_preview/preview.js"') == 1
    assert b"alternerend leren" in body
    assert (site.folder / "index.html").read_text(encoding="utf-8") == PAGE


def test_other_files_are_as_they_are_and_asked_for_again(site: Site) -> None:
    status, headers, body = site.ask("/book.css")
    assert (status, headers["cache-control"], body) == (200, "no-cache", b"a {}")
    assert site.ask("/_preview/preview.css")[0] == 200


def test_before_the_first_book_there_is_a_page_that_waits_for_it(site: Site) -> None:
    site.folder.rename(site.folder.with_name("html.old"))
    status, _, body = site.ask("/chapters/meso.html")
    assert status == 503
    assert b"/_preview/preview.js" in body
    site.folder.with_name("html.old").rename(site.folder)
    assert site.ask("/index.html")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/../published.json", "/%2e%2e/published.json", "/..%2fpublished.json", "/%2e%2e%2fpublished.json"),
        *("/x/../../published.json", "//etc/passwd", "/link.txt", "/_preview/../pages.py", "/_preview/%2e%2e/pages.py"),
    ],
)
def test_nothing_beside_the_book_is_served(site: Site, path: str) -> None:
    status, _, body = site.ask(path)
    assert status == 404
    assert SECRET not in body
    assert b"import" not in body


@pytest.mark.parametrize("path", ["/index.html", "/_preview/preview.js", "/_preview/events"])
@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost.elsewhere.example", ""]
)
def test_under_another_name_there_is_nothing(site: Site, path: str, host: str) -> None:
    status, _, body = site.ask(path, host=host)
    assert status == 400
    assert b"alternerend" not in body


def test_this_machine_is_called_localhost_too(site: Site) -> None:
    assert site.ask("/index.html", host=f"localhost:{site.port}")[0] == 200


@pytest.mark.parametrize("path", ["/index.html", "/_preview/preview.js", "/_preview/events"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_reading_is_answered(site: Site, path: str, method: str) -> None:
    assert site.ask(path, method)[0] == 405
