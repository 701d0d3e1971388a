"""Where the preview listens."""

from __future__ import annotations

import socket

import pytest

from bookbuild.preview import serve


def test_the_next_port_is_taken_where_one_is_taken_and_never_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(serve, "FIRST", port)
        monkeypatch.setattr(serve, "LAST", port + 50)
        with serve.listener() as found:
            host, chosen = found.getsockname()
            assert host == "127.0.0.1"
            assert port < chosen <= port + 50


def test_some_port_is_taken_where_all_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(serve, "FIRST", port)
        monkeypatch.setattr(serve, "LAST", port)
        with serve.listener() as found:
            assert found.getsockname()[0] == "127.0.0.1"
            assert found.getsockname()[1] != port
