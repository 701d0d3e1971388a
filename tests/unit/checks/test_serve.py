"""The server on this machine answers as the public host does."""

from __future__ import annotations

import gzip
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookbuild.checks import serve
from bookbuild.checks.serve import serving

TEXT = "<p>alternerend leren</p>" * 100


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A site of a page and a font, with a secret beside it."""
    site = tmp_path / "site"
    (site / "chapters").mkdir(parents=True)
    (site / "index.html").write_text(TEXT, encoding="utf-8")
    (site / "404.html").write_text("<p>Niet gevonden</p>", encoding="utf-8")
    (site / "font.woff2").write_bytes(b"font" * 100)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with serving(site) as where:
        yield where


def get(url: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; urllib itself asks for no compression."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, dict(answer.headers), answer.read()


def test_text_is_compressed_and_fonts_are_as_they_are(address: str) -> None:
    status, headers, body = get(f"{address}/?q=1")
    assert (status, headers["Content-Encoding"], headers["Content-Type"]) == (200, "gzip", "text/html; charset=utf-8")
    assert len(body) < len(TEXT) / 10
    assert gzip.decompress(body).decode() == TEXT
    _, headers, body = get(f"{address}/font.woff2")
    assert ("Content-Encoding" in headers, len(body)) == (False, 400)


@pytest.mark.parametrize("path", ["gone.html", "chapters/", "../secret.txt", "%2e%2e/secret.txt", "index.html/x"])
def test_what_is_not_there_is_the_error_page(address: str, path: str) -> None:
    status, _, body = get(f"{address}/{path}")
    assert (status, gzip.decompress(body)) == (404, b"<p>Niet gevonden</p>")


@pytest.mark.parametrize(
    ("problem", "told"), [(ConnectionResetError(), False), (BrokenPipeError(), False), (KeyError("x"), True)]
)
def test_a_reader_who_goes_away_is_no_error_and_another_error_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], problem: Exception, told: bool
) -> None:
    with serve._Server(("127.0.0.1", 0), type("Handler", (serve._Handler,), {"folder": tmp_path})) as server:
        try:
            raise problem
        except type(problem):
            server.handle_error(None, ("127.0.0.1", 1))
    assert bool(capsys.readouterr().err) == told
