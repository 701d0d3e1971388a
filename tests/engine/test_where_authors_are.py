"""VS Code, the dev container and Binder: each runs make's own targets, and VS Code finds the place that a message names."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from conftest import COPIED, ROOT, TARGETS
from packaging.requirements import Requirement

TASKS = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
CONTAINER = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
BINDER = ROOT / ".binder"
GROUPS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
COMMANDS = [task["command"] for task in TASKS] + [CONTAINER["postCreateCommand"]]
COMMANDS += [line for line in (BINDER / "postBuild").read_text(encoding="utf-8").splitlines() if "make" in line.split()]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_a_target_that_there_is(command: str) -> None:
    make, target = command.split()
    assert make == "make"
    assert target in TARGETS | {f".venv/{group}" for group in GROUPS}


def test_what_an_author_needs_daily_is_a_task_with_its_name() -> None:
    assert {task["label"]: task["command"] for task in TASKS} == {
        name: f"make {name}" for name in ("book", "check", "twins", "serve", "test")
    }


def matchers() -> list[dict[str, Any]]:
    """The matchers of the tasks that say where something is wrong, which are the same in each."""
    found = [task["problemMatcher"] for task in TASKS if task["problemMatcher"]]
    assert len(found) == 3
    assert all(each == found[0] for each in found)
    return found[0]


def problems(output: str) -> list[tuple[str, int, str]]:
    """File, line and message of each problem, as VS Code finds them.

    It reads a terminal's lines without their colours, and the patterns of one matcher hold for lines in a row.
    """
    found = []
    lines = re.sub(r"\x1b\[[0-9;]*m", "", output).splitlines()
    for matcher in matchers():
        patterns = matcher["pattern"] if isinstance(matcher["pattern"], list) else [matcher["pattern"]]
        for at in range(len(lines) - len(patterns) + 1):
            each = [re.search(pattern["regexp"], line) for pattern, line in zip(patterns, lines[at:], strict=False)]
            if all(each):
                said = {
                    name: match[pattern[name]]
                    for pattern, match in zip(patterns, each, strict=True)
                    if match is not None
                    for name in ("file", "line", "message")
                    if name in pattern
                }
                found.append((said["file"], int(said["line"]), said["message"]))
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy that check can read."""
    for name in (*COPIED, "_toc.yml", "index.md", "chapters"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    return tmp_path


def checked(project: Path) -> str:
    """What `make check` says of the book."""
    env = os.environ | {"PYTHONPATH": str(project / "code")}
    command = [sys.executable, "-m", "bookbuild", "check"]
    result = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stdout + result.stderr
    return result.stdout + result.stderr


def line_of(path: Path, text: str) -> int:
    return next(number for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if text in line)


def test_vs_code_finds_the_line_of_a_page_that_check_names(project: Path) -> None:
    page = project / "chapters" / "macro.md"
    text = page.read_text(encoding="utf-8").replace("`macro.guidance.heavy_task`", "`macro.guidance.heavy_tsk`", 1)
    page.write_text(f"{text}\nNog 87,3% ingetikt.\n", encoding="utf-8")
    found = {(file, line): message for file, line, message in problems(checked(project))}
    assert "heavy_tsk` bestaat niet" in found["chapters/macro.md", line_of(page, "heavy_tsk")]
    assert "'87,3%' is ingetikt" in found["chapters/macro.md", line_of(page, "87,3%")]


def test_vs_code_finds_the_row_of_a_table_that_check_names(project: Path) -> None:
    table = project / "data" / "context" / "series.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",16.8,", ",veel,", 1), encoding="utf-8")
    (found,) = problems(checked(project))
    assert found[:2] == ("data/context/series.csv", line_of(table, ",veel,"))
    assert found[2] == "gevonden: 'veel'"


@pytest.mark.parametrize("line", ["Het boek staat in /x/_build/html/index.html", "  herstel: Kijk regel 3: hier.", ""])
def test_what_is_no_problem_is_none(line: str) -> None:
    assert problems(f"{line}\n{line}") == []


def test_the_container_forwards_the_preview() -> None:
    from bookbuild.preview import serve

    assert CONTAINER["forwardPorts"] == [serve.FIRST]


def test_binder_opens_chapters_with_the_jupytext_and_the_python_of_the_lock() -> None:
    (asked,) = (BINDER / "requirements.txt").read_text(encoding="utf-8").split()
    assert f"\n{asked} \\\n" in (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert Requirement(asked).name == "jupytext"
    python = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["python_version"]
    assert (BINDER / "runtime.txt").read_text(encoding="utf-8") == f"python-{python}\n"


def test_binder_runs_cells_on_the_packages_of_the_lock(tmp_path: Path) -> None:
    """Its script, with a make that only notes what it was asked: the kernel that is found is ours."""
    make = tmp_path / "bin" / "make"
    make.parent.mkdir()
    make.write_text(f'#!/bin/sh\necho "$@" >> asked\nln -s {Path(sys.executable).parents[1]} .venv\n', encoding="utf-8")
    make.chmod(0o755)
    shutil.copytree(BINDER, tmp_path / ".binder")
    path = f"{make.parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "NB_PYTHON_PREFIX": str(tmp_path / "server")}
    subprocess.run([tmp_path / ".binder" / "postBuild"], cwd=tmp_path, env=env, check=True, capture_output=True)
    assert (tmp_path / "asked").read_text(encoding="utf-8") == ".venv/notebook\n"
    kernel = tmp_path / "server" / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    assert json.loads(kernel.read_text(encoding="utf-8"))["argv"][0] == str(tmp_path / ".venv" / "bin" / "python")
