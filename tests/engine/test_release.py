"""A version of a small book: made whole or not at all, its archive an RO-Crate from which the same book is built again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from referee_crate import problems
from smallbook import commit
from workers import once

from bookbuild.checks.verify import differences

ROOT = Path(__file__).parents[2]
SOURCES = Path(__file__).with_name("second_book")
WHO = {f"GIT_{role}_{what}": "t@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
# What the specifications recommend and CITATION.cff does not know, or nobody can know of a build that is to be repeated.
UNKNOWN = {
    "Action agent",
    "Action endTime",
    "Application url",
    "Organization: RECOMMENDED url property",
    "Root Data Entity: `publisher` property",
    "SoftwareApplication id",
}


@dataclass(frozen=True)
class Project:
    """A small project with a history."""

    root: Path

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """One of the commands behind make, as nobody's environment would change it."""
        own = WHO | {"PYTHONPATH": str(self.root / "code"), "BOOK_URL": "", "LEERWERK_MICRODATA": ""}
        env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"} | own | environment
        command = [sys.executable, "-m", "bookbuild", *arguments]
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, check=False)

    def git(self, *arguments: str) -> str:
        """What git prints."""
        command = ["git", "-c", "core.quotepath=off", *arguments]
        return subprocess.run(
            command, cwd=self.root, env=os.environ | WHO, capture_output=True, text=True, check=True
        ).stdout

    def state(self) -> list[str]:
        """All that a release which fails may not touch."""
        archives = sorted(path.name for path in self.root.glob("_build/release/*"))
        asked = (["rev-parse", "HEAD"], ["tag"], ["status", "--porcelain"], ["stash", "list"])
        return [*(self.git(*each) for each in asked), *archives]

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file, and commit."""
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        (self.root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        commit(self.root)


def start(root: Path) -> Project:
    """The sources of the second book, committed."""
    shutil.copytree(SOURCES, root, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_static", "_templates"):
        shutil.copytree(ROOT / name, root / name)
    for name in (".gitignore", "Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, root)
    commit(root)
    project = Project(root)
    project.git("branch", "--move", "main")
    return project


def make(folder: Path) -> None:
    """A version, after one that nobody archived and a table that was corrected since."""
    folder.mkdir()
    project = start(folder / "trees")
    project.git("tag", "v0.1.0")
    project.edit("data/streets.csv", "Mill Lane,500,480", "Mill Lane,500,470")
    done = project.run("release", "0.2.0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "git push origin main v0.2.0" in done.stdout
    with zipfile.ZipFile(project.root / "_build" / "release" / "street-trees-0.2.0.zip") as archive:
        archive.extractall(folder / "elsewhere" / "archive")


@pytest.fixture(scope="module")
def made(shared_folder: Path) -> Path:
    """The folder with the project and, below another one, its archive unpacked."""
    return once(shared_folder / "release", make)


@pytest.fixture(scope="module")
def project(made: Path) -> Project:
    return Project(made / "trees")


@pytest.fixture(scope="module")
def archive(made: Path) -> Path:
    return made / "elsewhere" / "archive"


def test_the_commit_its_tag_and_its_changelog(project: Project) -> None:
    assert project.git("log", "-1", "--format=%s").strip() == "Release 0.2.0"
    assert project.git("diff", "--name-only", "HEAD~1").split() == ["CHANGELOG.md", "CITATION.cff"]
    assert project.git("cat-file", "-t", "v0.2.0").strip() == "tag"
    assert project.git("rev-parse", "v0.2.0^{commit}") == project.git("rev-parse", "main")
    assert project.git("status", "--porcelain") == ""
    text = (project.root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert text.startswith("# Wijzigingen\n\n## 0.2.0 (")
    assert "Verschillen met v0.1.0" in text
    assert {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")} == {
        "first.trees.alive_share",
        "first.trees.lost",
    }
    assert "\nversion: 0.2.0\n" in (project.root / "CITATION.cff").read_text(encoding="utf-8")


def test_the_archive_holds_the_files_of_the_tag_and_the_book_of_that_commit(project: Project, archive: Path) -> None:
    for name in project.git("ls-tree", "-r", "--name-only", "v0.2.0").splitlines():
        assert (archive / name).read_bytes() == (project.root / name).read_bytes(), name
    others = {path.name for path in archive.iterdir()} - {path.name for path in project.root.iterdir()}
    assert others == {"book", "history.json", "ro-crate-metadata.json", "sbom.cdx.json", "licences.csv"}
    assert "Versie 0.2.0" in (archive / "book" / "index.html").read_text(encoding="utf-8")
    assert (archive / "book" / "street-trees.pdf").stat().st_size > 10_000


def test_the_archive_alone_gives_the_same_book_in_every_byte(project: Project, archive: Path, tmp_path: Path) -> None:
    # In a folder of another repository, whose commits are none of the book's.
    (tmp_path / "one.txt").write_text("1", encoding="utf-8")
    commit(tmp_path)
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    done = Project(copy).run("build", "--pdf")
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(differences(copy / "book", copy / "_build" / "html")) == []
    page = (copy / "book" / "chapters" / "first.html").read_text(encoding="utf-8")
    assert f"<code>{project.git('rev-parse', 'HEAD~1')[:12]}</code>" in page  # when the table was corrected


def test_whoever_has_the_tag_packs_the_same_archive(project: Project, tmp_path: Path) -> None:
    subprocess.run(["git", "clone", "--quiet", str(project.root), str(tmp_path / "clone")], check=True)
    clone = Project(tmp_path / "clone")
    done = clone.run("archive", TZ="Pacific/Kiritimati")
    assert done.returncode == 0, done.stdout + done.stderr
    name = Path("_build", "release", "street-trees-0.2.0.zip")
    assert (clone.root / name).read_bytes() == (project.root / name).read_bytes()


def test_no_archive_of_what_is_no_version(tmp_path: Path) -> None:
    project = start(tmp_path / "trees")
    done = project.run("archive")
    assert done.returncode == 1
    assert done.stderr == (
        "Deze commit is geen versie: hij heeft niet de tag v0.1.0.\n  herstel: git switch --detach v0.1.0\n"
    )


def test_the_archive_is_an_ro_crate(archive: Path, tmp_path: Path) -> None:
    assert problems(archive, tmp_path) == set()
    assert problems(archive, tmp_path, "RECOMMENDED") == UNKNOWN


@pytest.mark.parametrize(
    ("entity", "field", "check"),
    [
        ("./", "license", "Root Data Entity: `license` property"),
        ("./", "conformsTo", "Root Data Entity conformsTo"),
        ("#first.trees.planted.run", "instrument", "Action instrument"),
    ],
)
def test_the_referee_sees_what_is_missing(archive: Path, tmp_path: Path, entity: str, field: str, check: str) -> None:
    copy = tmp_path / "archive"
    shutil.copytree(archive, copy)
    crate = json.loads((copy / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    (found,) = (each for each in crate["@graph"] if each["@id"] == entity)
    del found[field]
    (copy / "ro-crate-metadata.json").write_text(json.dumps(crate), encoding="utf-8")
    assert check in problems(copy, tmp_path)


def test_each_claim_has_its_provenance_or_its_reason(archive: Path) -> None:
    graph = json.loads((archive / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    things: dict[str, Any] = {thing["@id"]: thing for thing in graph}
    claims = json.loads((archive / "book" / "claims.json").read_text(encoding="utf-8"))
    assert {thing["name"] for thing in graph if "Claim" in thing["@type"]} == {claim["id"] for claim in claims}
    # From data/claims.csv: two are counted again, one is a given.
    assert {name for name in things if name.endswith(".run")} == {
        "#first.trees.planted.run",
        "#first.trees.alive_share.run",
    }
    run, value = things["#first.trees.planted.run"], things["#first.trees.planted.result"]
    assert things[run["instrument"]["@id"]]["isPartOf"] == {"@id": "code/demo/first/numbers.py"}
    assert {"@id": "data/streets.csv"} in run["object"]
    assert (value["value"], value["unitText"]) == (1250, "count")  # 500 + 450 + 300
    (claim,) = (claim for claim in claims if claim["id"] == "first.trees.planted")
    for file in claim["inputs"]:
        assert things[file["path"]]["sha256"] == file["sha256"]
    given = things["#first.trees.promised"]
    assert given["creativeWorkStatus"] == "gegeven"
    assert given["abstract"].startswith("given: ")


def test_a_version_that_cannot_be_built_leaves_everything_as_it_was(tmp_path: Path) -> None:
    project = start(tmp_path / "trees")
    project.edit("chapters/first.md", "first.trees.lost", "first.trees.lots")
    before = project.state()
    done = project.run("release", "0.2.0")
    assert done.returncode == 1
    assert "first.trees.lots" in done.stderr
    assert done.stderr.endswith("Er is geen versie gemaakt: alles staat zoals het stond.\n")
    assert project.state() == before
