"""The archive of `make room`: what is in it, and that a book is built from it where there is no network."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, TARGETS
from smallbook import commit
from tests import holder

from bookbuild.checks import verify
from bookbuild.release import offline, wheels
from bookbuild.release.version import ReleaseError

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
UNUSED = re.findall(r"^UNUSED := (.+)$", MAKEFILE, re.MULTILINE)[0].split()
CITED = 'title: Een boek\nversion: 1.0.0\ndate-released: "2026-11-23"\nlicense: [MIT, CC-BY-4.0]\nauthors: [{name: Groep X}]\n'


def wheel(folder: Path, name: str, tag: str = "py3-none-any") -> Path:
    """A package of which there is nothing but its name."""
    path = folder / f"{name}-1.0-{tag}.whl"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        packed.writestr(f"{name}-1.0.dist-info/WHEEL", f"Wheel-Version: 1.0\nTag: {tag}\n")
        packed.writestr(f"{name}-1.0.dist-info/RECORD", "")
    return path


def pin(name: str, sha256: str) -> dict[str, str]:
    return {name: f"{name}==1.0 \\\n    --hash=sha256:{sha256}\n"}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip looks."""
    for name, value in {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(tmp_path / "shelf"),
        "PIP_CONFIG_FILE": os.devnull,
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path / "shelf"


def test_the_folder_of_wheels_holds_those_of_the_lock_and_no_older_ones(shelf: Path, tmp_path: Path) -> None:
    for name, tag in {"een": "py3-none-any", "twee": "cp311-cp311-manylinux_2_28_x86_64"}.items():
        wheel(shelf, name, tag)
    pins = {}
    for path in shelf.iterdir():
        pins |= pin(path.name.partition("-")[0], hashlib.sha256(path.read_bytes()).hexdigest())
    stale = wheel(tmp_path / "wheels", "oud")
    found = wheels.fetch(pins, tmp_path / "wheels")
    assert [path.name for path in found] == sorted(path.name for path in shelf.iterdir())
    assert not stale.exists()


@pytest.mark.parametrize(
    ("tag", "is_same"), [("py3-none-any", False), ("cp311-cp311-macosx_11_0_arm64", True), ("cp312-cp312-manylinux_2_17_x86_64", True)]
)  # fmt: skip
def test_another_hash_or_a_wheel_of_another_machine_is_refused(
    shelf: Path, tmp_path: Path, tag: str, is_same: bool
) -> None:
    sha256 = hashlib.sha256(wheel(shelf, "een", tag).read_bytes()).hexdigest()
    with pytest.raises(ReleaseError, match="pip kan niet alle pakketten halen"):
        wheels.fetch(pin("een", sha256 if is_same else "0" * 64), tmp_path / "wheels")


def test_what_is_no_wheel_is_refused_and_none_of_its_code_runs(shelf: Path, tmp_path: Path) -> None:
    files = {"PKG-INFO": "Metadata-Version: 2.1\nName: een\nVersion: 1.0\n"}
    files["setup.py"] = (
        f"open({str(tmp_path / 'ran')!r}, 'w')\nfrom setuptools import setup\nsetup(name='een', version='1.0')\n"
    )
    shelf.mkdir()
    with tarfile.open(shelf / "een-1.0.tar.gz", "w:gz") as packed:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
            packed.add(tmp_path / name, f"een-1.0/{name}")
    sha256 = hashlib.sha256((shelf / "een-1.0.tar.gz").read_bytes()).hexdigest()
    with pytest.raises(ReleaseError, match="pip kan niet alle pakketten halen"):
        wheels.fetch(pin("een", sha256), tmp_path / "wheels")
    assert not (tmp_path / "ran").exists()


# --- What is packed ---


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a history, and a wheel that is its only package."""
    root = tmp_path / "boek"
    files = {
        "CITATION.cff": CITED,
        "requirements.txt": "",
        "a.md": "1",
        ".gitignore": "_build\n",
        "b/run": "#!/bin/sh\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    (root / "b" / "run").chmod(0o755)
    commit(root)
    (root / offline.FOLDER).mkdir(parents=True)
    (root / "_build" / "secret").write_text("1", encoding="utf-8")
    monkeypatch.setattr(wheels, "needed", lambda *_: set())
    monkeypatch.setattr(wheels, "fetch", lambda _, folder: [wheel(tmp_path / "elsewhere", "een")])
    return root


def test_the_archive_holds_the_commit_its_history_the_wheels_and_how_to_build(project: Path) -> None:
    made, _ = offline.write(project)
    (head,) = re.findall(r"^book-room-([0-9a-f]{12})\.tar$", made.name)
    with tarfile.open(made) as packed:
        members = {member.name: member for member in packed}
        record = json.load(packed.extractfile(f"{made.stem}/history.json"))
    names = {"CITATION.cff", "requirements.txt", "a.md", ".gitignore", "b/run", "history.json", "LEESMIJ.txt"}
    assert set(members) == {f"{made.stem}/{name}" for name in names | {"wheels/een-1.0-py3-none-any.whl"}}
    assert {name for name, member in members.items() if member.mode & 0o111} == {f"{made.stem}/b/run"}
    assert record["commits"][0][0].startswith(head)


def test_the_same_commit_gives_the_same_bytes(project: Path) -> None:
    first = offline.write(project)[0].read_bytes()
    for path in project.rglob("*"):
        os.utime(path, (1, 1))
    assert offline.write(project)[0].read_bytes() == first


def test_what_is_not_committed_is_told_and_nothing_is_packed(project: Path, capsys: pytest.CaptureFixture) -> None:
    (project / "a.md").write_text("2", encoding="utf-8")
    assert offline.pack(project) == 1
    said = capsys.readouterr().err
    assert "M a.md" in said
    assert "herstel: " in said
    assert not list(project.rglob("*.tar"))


# --- How to build ---


def test_what_to_type_is_what_make_knows() -> None:
    text = offline.readme(ROOT, "x-room-1")
    assert set(re.findall(r"\bmake (\.?[a-z/-]+)", text)) == {"microdata-check", "book", "pdf", ".venv/records"}
    assert {"microdata-check", "book", "pdf"} <= TARGETS
    assert "tar xf x-room-1.tar\n     cd x-room-1\n" in text
    assert re.findall(r"\bFOLDER\b", MAKEFILE)
    for name in ("LEERWERK_MICRODATA=<map> make book", "_build/room/closed/checklist.csv", "libpango-1.0-0"):
        assert name in text
    assert "{" not in text


@pytest.mark.parametrize("target", ["book", ".venv/records"])
def test_where_the_wheels_lie_beside_the_sources_make_looks_nowhere_else(tmp_path: Path, target: str) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    assert {"--no-index" in line for line in installs(tmp_path, target)} == {False}
    (tmp_path / "wheels").mkdir()
    found = installs(tmp_path, target)
    assert len(found) >= 2
    for line in found:
        assert "--no-index --find-links wheels " in line
        assert "--require-hashes" in line
    assert all(f"printf '%s\\n' {' '.join(UNUSED)})" in line for line in found if "--exact" in line)


def installs(folder: Path, target: str) -> list[str]:
    """The commands with which make would install packages there."""
    printed = subprocess.run(["make", "-n", target], cwd=folder, capture_output=True, text=True, check=True)
    lines = printed.stdout.replace("\\\n", "").splitlines()
    return [line for line in lines if "pip install" in line and "--editable" not in line]


# --- Where there is no network ---


def sealed(folder: Path, home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder, without a network, with nobody's settings and nothing kept from before."""
    own = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **environment}
    user = ["setpriv", f"--reuid={os.getuid()}", f"--regid={os.getgid()}", "--clear-groups"]
    become = [] if os.getuid() == 0 else ["sudo", "-n"]
    command = [
        *become,
        "unshare",
        "--net",
        *user,
        "env",
        "-i",
        *(f"{name}={value}" for name, value in own.items()),
        *words,
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.network
def test_without_a_network_the_archive_alone_builds_the_book_with_records_and_without(tmp_path: Path) -> None:
    copy = verify.copied(ROOT, tmp_path / "boek")
    if subprocess.run(["git", "status", "--porcelain"], cwd=copy, capture_output=True, check=True).stdout:
        commit(copy)
    command = [sys.executable, "-m", "bookbuild", "room"]
    own = os.environ | {"PYTHONPATH": str(copy / "code")}
    subprocess.run(command, cwd=copy, env=own, check=True)
    (archive,) = copy.glob("_build/room-archive/*.tar")
    (tmp_path / "kamer").mkdir()
    subprocess.run(["tar", "xf", str(archive)], cwd=tmp_path / "kamer", check=True)
    room, home, records = tmp_path / "kamer" / archive.stem, tmp_path / "home", tmp_path / "echt"
    for folder in (home, records):
        folder.mkdir()
    holder.write_folder(records)
    reach = sealed(room, home, sys.executable, "-c", "import socket; socket.create_connection(('192.0.2.1', 80), 5)")
    assert "Network is unreachable" in reach.stderr

    done = sealed(room, home, "make", "book")
    assert done.returncode == 0, done.stdout + done.stderr
    assert verify.build_copy(copy, {"BOOK_URL": ""}, pdf=False)
    assert list(verify.differences(room / "_build" / "html", copy / "_build" / "html")) == []

    done = sealed(room, home, "make", "microdata-check", f"FOLDER={records}")
    assert done.returncode == 0, done.stdout + done.stderr
    packed = {path.name.partition("-")[0].lower().replace("_", "-") for path in (room / "wheels").iterdir()}
    listed = sealed(room, home, ".venv/bin/uv", "pip", "list", "--format=json", "--python", ".venv").stdout
    installed = {each["name"].lower().replace("_", "-").replace(".", "-") for each in json.loads(listed)}
    assert installed - {"pip", "leerwerk"} == {name.replace(".", "-") for name in packed}

    done = sealed(room, home, "make", "pdf", LEERWERK_MICRODATA=str(records))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (room / "_build" / "html" / "alternerend-leren.pdf").stat().st_size > 100_000
    claims = json.loads((room / "_build" / "html" / "claims.json").read_text(encoding="utf-8"))
    assert any(claim["microdata"] == "restricted" and claim["value"] is not None for claim in claims)
    assert (room / "_build" / "room" / "closed" / "checklist.csv").is_file()
