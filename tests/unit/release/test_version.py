"""Which version may follow, and what a repository must be for it; what is refused says what to do."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from smallbook import commit

from bookbuild.project import git
from bookbuild.release import changelog
from bookbuild.release import commit as commits
from bookbuild.release.version import ReleaseError, last_tag, parse, refuse

CITED = (
    'title: "Een boek"\nversion: 1.0.0\ndate-released: "2020-03-05"\nreferences:\n  - type: report\n    version: 7\n'
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on main, with one commit and three versions."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "t")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "t@example.org")
    monkeypatch.delenv("LEERWERK_MICRODATA", raising=False)
    (tmp_path / "_config.yml").write_text("bookbuild: {records: {variable: LEERWERK_MICRODATA}}\n", encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(CITED, encoding="utf-8")
    commit(tmp_path)
    subprocess.run(["git", "branch", "--move", "main"], cwd=tmp_path, check=True)
    for tag in ("v1.9.0", "v1.10.0", "v1.2.0", "voorbeeld", "v2-later"):
        git.ask(tmp_path, "tag", tag)
    return tmp_path


@pytest.mark.parametrize(
    "text", ["", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-rc.1", "1.0.x", " 1.0.0", "1.0.0\n"]
)
def test_a_version_is_three_numbers(text: str) -> None:
    with pytest.raises(ReleaseError, match=r"is geen versie\.\n  herstel: geef drie getallen"):
        parse(text)


def test_versions_are_compared_as_numbers(root: Path) -> None:
    assert last_tag(root) == "v1.10.0"
    refuse(root, "1.10.1")
    refuse(root, "2.0.0")


@pytest.mark.parametrize("version", ["1.10.0", "1.9.1", "0.11.0"])
def test_a_version_is_higher_than_the_last(root: Path, version: str) -> None:
    with pytest.raises(ReleaseError, match=rf"^{version} is niet hoger dan de laatste versie, 1\.10\.0\.\n  herstel: "):
        refuse(root, version)


def test_the_first_version_may_be_any(root: Path) -> None:
    git.ask(root, "tag", "--delete", "v1.9.0", "v1.10.0", "v1.2.0")
    assert last_tag(root) == ""
    refuse(root, "0.0.1")


def test_nothing_is_left_uncommitted(root: Path) -> None:
    (root / "nieuw.txt").write_text("1", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"Niet alles is vastgelegd:\n\?\? nieuw\.txt\n  herstel: "):
        refuse(root, "2.0.0")
    (root / "nieuw.txt").unlink()
    (root / "CITATION.cff").write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"M CITATION\.cff\n  herstel: "):
        refuse(root, "2.0.0")


def test_a_version_comes_from_main(root: Path) -> None:
    git.ask(root, "switch", "--quiet", "--create", "zijspoor")
    with pytest.raises(ReleaseError, match=r"U staat op zijspoor.*\n  herstel: git switch main"):
        refuse(root, "2.0.0")


def test_restricted_records_are_in_no_archive(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEERWERK_MICRODATA", "/elders")
    with pytest.raises(ReleaseError, match=r"LEERWERK_MICRODATA is gezet.*\n  herstel: unset LEERWERK_MICRODATA"):
        refuse(root, "2.0.0")


def test_a_version_and_its_day_are_written_where_they_stand(root: Path) -> None:
    text = commits.cited(root, "1.11.0", date(2026, 11, 28))
    assert text == CITED.replace("1.0.0", "1.11.0").replace("2020-03-05", "2026-11-28")
    (root / "CITATION.cff").write_text(CITED.replace("\nversion: 1.0.0", ""), encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"`version` staat er 0 keer als veld\.\n  herstel: "):
        commits.cited(root, "1.11.0", date(2026, 11, 28))


def test_a_prepared_commit_is_seen_nowhere_until_it_is_taken(root: Path) -> None:
    before = git.line(root, "rev-parse", "HEAD")
    prepared = commits.prepare(root, {"CITATION.cff": "a\n", "nieuw.md": "é\n"}, "Release 2.0.0")
    assert git.line(root, "rev-parse", "HEAD") == before
    assert git.line(root, "status", "--porcelain") == ""
    assert not (root / "nieuw.md").exists()
    commits.take(root, prepared, "v2.0.0", "2.0.0")
    assert git.line(root, "rev-parse", "HEAD") == git.line(root, "rev-parse", "v2.0.0^{commit}") == prepared
    assert git.line(root, "status", "--porcelain") == ""
    assert [(root / name).read_text(encoding="utf-8") for name in ("CITATION.cff", "nieuw.md")] == ["a\n", "é\n"]
    assert (root / "_config.yml").is_file()


@pytest.mark.parametrize("commits_it", [True, False])
def test_what_changed_meanwhile_is_kept_and_no_tag_stays(root: Path, commits_it: bool) -> None:
    prepared = commits.prepare(root, {"CITATION.cff": "a\n"}, "Release 2.0.0")
    (root / "CITATION.cff").write_text("intussen", encoding="utf-8")
    if commits_it:
        commit(root)
    head = git.line(root, "rev-parse", "HEAD")
    with pytest.raises(ReleaseError, match=r"herstel: begin opnieuw\."):
        commits.take(root, prepared, "v2.0.0", "2.0.0")
    assert git.line(root, "rev-parse", "HEAD") == head
    assert last_tag(root) == "v1.10.0"
    assert (root / "CITATION.cff").read_text(encoding="utf-8") == "intussen"


def test_the_newest_section_of_the_changelog_stands_on_top(tmp_path: Path) -> None:
    first = changelog.section(tmp_path, "1.0.0", date(2026, 11, 28), "")
    text = changelog.updated(tmp_path, first)
    assert (
        text
        == "# Wijzigingen\n\n## 1.0.0 (28 november 2026)\n\nDe eerste versie: er is geen oudere om mee te vergelijken.\n"
    )
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    assert changelog.updated(tmp_path, "## 1.1.0\n\nIets.\n") == text.replace("\n\n", "\n\n## 1.1.0\n\nIets.\n\n", 1)


def test_a_version_that_cannot_be_computed_any_more_stops_no_other(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = changelog.section(root, "2.0.0", date(2026, 11, 28), "v1.10.0")
    assert text.endswith(
        "\n\nDe getallen van v1.10.0 zijn met de pakketten van nu niet te berekenen: wat verschilt, is niet bekend.\n"
    )
    assert capsys.readouterr().err
