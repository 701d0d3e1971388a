"""A configuration that is not what it should be is refused in words, whatever stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookbuild.project import settings


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"bookbuild: [1]\n", "_config.yml: onder bookbuild staan namen met een waarde"),
        (b"bookbuild: {records: x}\n", "_config.yml: onder records staan namen met een waarde"),
        (b"sphinx: 3\n", "_config.yml: onder sphinx staan namen met een waarde"),
        (b"sphinx: {config: [a]}\n", "_config.yml: onder config staan namen met een waarde"),
        (b"bookbuild: {papier: x}\n", "_config.yml, bookbuild: 'papier' is onbekend"),
        (b"a: 1\nb: &x 1\n", "_config.yml, regel 2: een verwijzing"),
        (b"a: [\n", "_config.yml, regel 2: geen geldige YAML"),
        ("title: é\n".encode("utf-16"), "_config.yml, regel 1: geen tekst in UTF-8"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "_config.yml").write_bytes(content)
    with pytest.raises(settings.SettingsError) as problem:
        settings.of(tmp_path)
    assert str(problem.value).startswith(said)


@pytest.mark.parametrize("content", ["", "title: x\n", "bookbuild:\nsphinx:\n", "- a\n"])
def test_what_says_nothing_of_the_engine_is_as_it_comes(tmp_path: Path, content: str) -> None:
    (tmp_path / "_config.yml").write_text(content, encoding="utf-8")
    assert settings.of(tmp_path) == settings.Settings()
