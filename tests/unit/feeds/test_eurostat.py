"""Asking, over a real connection with a server of our own: what passes is tried again, what stays is told in Dutch."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import pytest
from eurostat_by_hand import Answer, Server

from leerwerk.feeds import eurostat
from leerwerk.feeds.errors import FeedError

DATA: Answer = (200, b'{"class": "dataset"}', {})
BUSY: Answer = (429, b"", {"Retry-After": "0"})
DOWN: Answer = (500, b"<html>oops</html>", {})
CUT: Answer = (200, b'{"class": ', {"Content-Length": "500"})


@pytest.fixture
def server() -> Iterator[Server]:
    found = Server()
    yield found
    found.close()


def ask(server: Server, script: list[Answer]) -> bytes:
    server.script = script
    return eurostat.fetch(f"{server.address}/data/some_table?geo=BE", backoff=0)


@pytest.mark.parametrize(
    "script", [[DATA], [BUSY, DATA], [DOWN, DOWN, DATA], [CUT, DATA], [BUSY, CUT, DOWN, BUSY, DATA]]
)
def test_what_passes_is_tried_again(server: Server, script: list[Answer]) -> None:
    tries = len(script)
    assert ask(server, script) == DATA[1]
    assert server.asked == ["/data/some_table?geo=BE"] * tries


def error(status: int, label: str) -> Answer:
    return status, json.dumps({"error": [{"status": status, "id": 150, "label": label}]}).encode(), {}


@pytest.mark.parametrize(
    ("answer", "told", "tries"),
    [
        (BUSY, "te veel vragen na elkaar: probeer over een uur opnieuw (429)", eurostat.TRIES),
        (DOWN, "storing bij Eurostat: probeer later opnieuw (500)", eurostat.TRIES),
        (CUT, "geen volledig antwoord na 5 pogingen (ProtocolError): kijk het netwerk na", eurostat.TRIES),
        (error(400, "Unknown geo"), "aanvaardt de vraag niet: kijk de codes in feeds.csv na (400, ‘Unknown geo’)", 1),
        (error(404, "Unknown table"), "kent deze tabel niet: kijk de code in feeds.csv na (404, ‘Unknown table’)", 1),
        ((413, b"<S:Fault>EXTRACTION_TOO_BIG</S:Fault>", {}), "te groot: zet meer filters in feeds.csv (413)", 1),
        ((418, b"[1]", {}), "onverwacht antwoord van Eurostat (418)", 1),
    ],
)
def test_what_stays_is_told(server: Server, answer: Answer, told: str, tries: int) -> None:
    with pytest.raises(FeedError) as caught:
        ask(server, [answer])
    assert told in str(caught.value)
    assert len(server.asked) == tries
    assert caught.value.__suppress_context__ or caught.value.__context__ is None, "the library's own words would show"


def test_offline() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # taken, and nobody listens
        address = f"http://127.0.0.1:{free.getsockname()[1]}/"
        with pytest.raises(FeedError, match=r"geen volledig antwoord na 5 pogingen \(NewConnectionError\)"):
            eurostat.fetch(address, backoff=0)
