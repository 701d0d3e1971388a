"""The workflows: what they run anyone can run, what they use is pinned, and what they cache serves another checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import COPIED, ROOT, TARGETS, run_build
from smallbook import EXECUTED

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yml"))}
PINNED = re.compile(r"actions/[\w-]+(/restore)?@[0-9a-f]{40} # v\d+(\.\d+\.\d+)?$")  # as far as its version was seen
TABLE = "data/trials/results.csv"


def jobs(name: str) -> dict[str, Any]:
    """The jobs of a workflow."""
    return yaml.safe_load(WORKFLOWS[name])["jobs"]


def cached(name: str, job: str) -> list[str]:
    """The folders of the project that a job caches."""
    found = [step["with"]["path"].split() for step in jobs(name)[job]["steps"] if "cache" in step.get("uses", "")]
    return [path for paths in found for path in paths if not path.startswith("~")]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_step_is_a_target_that_there_is(name: str) -> None:
    runs = [step["run"] for job in jobs(name).values() for step in job["steps"] if "run" in step]
    assert [run for run in runs if not run.startswith("make ") or run.removeprefix("make ") not in TARGETS] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_pinned_by_commit_with_its_version(name: str) -> None:
    uses = re.findall(r"uses: (.*)", WORKFLOWS[name])
    assert [each for each in uses if not PINNED.match(each)] == []


def test_one_commit_for_each_action() -> None:
    found = {match for text in WORKFLOWS.values() for match in re.findall(r"(actions/[\w-]+)\S*(@\S+)", text)}
    assert len(found) == len(dict(found))


def test_every_change_is_built_and_what_is_being_published_comes_to_its_end() -> None:
    book = yaml.safe_load(WORKFLOWS["book.yml"])
    assert book[True] == {"push": {"branches": ["main"]}, "pull_request": None, "workflow_dispatch": None}
    assert book["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"


def test_nothing_but_the_tested_book_stands_before_publishing() -> None:
    assert jobs("book.yml")["publish"]["needs"] == "book"
    steps = [step.get("run") or step["uses"].partition("@")[0] for step in jobs("book.yml")["book"]["steps"]]
    assert steps.index("make test") < steps.index("actions/upload-pages-artifact")
    assert sum(step in ("make pdf", "make book") for step in steps) == steps.count("make test") == 1


def test_a_token_is_given_only_to_the_steps_that_ask_something_of_github() -> None:
    steps = [step for name in WORKFLOWS for job in jobs(name).values() for step in job["steps"]]
    given = {step["run"] for step in steps if "GH_TOKEN" in step.get("env", {})}
    assert given == {"make propose", "make remind", "make comment", "make releases", "make publish"}
    assert sum(text.count("github.token") for text in WORKFLOWS.values()) == len(given)
    kept = [
        step["with"]["persist-credentials"] for step in steps if step.get("uses", "").startswith("actions/checkout")
    ]
    assert set(kept) == {False}


def test_the_job_that_comments_runs_nothing_of_the_change_and_nothing_for_a_fork() -> None:
    job = jobs("book.yml")["comment"]
    assert job["steps"][0]["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert [step.get("run") or step["uses"].partition("@")[0] for step in job["steps"]] == [
        *("actions/checkout", "actions/download-artifact", "make comment")
    ]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in job["if"]
    others = [each for key, each in jobs("book.yml").items() if key != "comment"]
    assert all("pull-requests" not in each["permissions"] for each in others)


def test_the_lock_is_held_every_week_against_what_is_known_of_its_packages() -> None:
    weekly = yaml.safe_load(WORKFLOWS["weekly.yml"])
    (when,) = weekly[True]["schedule"]
    assert when["cron"].split()[2:] == ["*", "*", "1"]
    assert weekly["jobs"]["advisories"]["steps"][-1] == {"run": "make advisories"}
    # Of every package in the lock, and a failure where one cannot be looked up.
    recipe = re.search(r"^advisories:.*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    assert {"--strict", "--require-hashes", "requirements.txt"} <= set(recipe[1].split())


def test_what_speaks_on_github_needs_no_package() -> None:
    """The target of the job that comments asks for no .venv, and its modules import Python's own library alone."""
    assert re.search(r"^comment:  ##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    command = [sys.executable, "-S", "-P", "-c", "import bookbuild.github.__main__"]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(ROOT / "code")}, check=True)


def test_a_refusal_of_make_context_proposes_nothing() -> None:
    steps = jobs("monthly.yml")["series"]["steps"]
    (fetch,) = (step for step in steps if step.get("run") == "make context")
    assert "continue-on-error" not in fetch
    assert steps[-1]["run"] == "make propose"
    assert "if" not in steps[-1]


def test_a_restored_cache_in_another_checkout_executes_only_who_reads_the_changed_table(
    book: Path, tmp_path: Path
) -> None:
    checkout = tmp_path / "elders" / "boek"
    checkout.mkdir(parents=True)
    for name in (*COPIED, "_toc.yml", "index.md", "chapters"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, checkout / name)
    for name in cached("book.yml", "book"):
        if (book.parents[1] / name).exists():
            shutil.copytree(book.parents[1] / name, checkout / name)
    assert (checkout / "_build" / ".jupyter_cache").is_dir()
    table = checkout / TABLE
    rows = table.read_text(encoding="utf-8")
    assert ",10,17,,,450," in rows
    table.write_text(rows.replace(",10,17,,,450,", ",10,18,,,450,", 1), encoding="utf-8")
    result = run_build(checkout)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    readers = {page.stem for page in (checkout / "chapters").glob("*.md") if reads(page, TABLE)}
    everyone = {page.stem for page in (checkout / "chapters").glob("*.md") if "{code-cell}" in page.read_text("utf-8")}
    assert {match[1] for match in EXECUTED.finditer(result.stdout)} == readers
    assert set() < readers < everyone


def reads(page: Path, table: str) -> bool:
    """Whether a page's front matter declares a file."""
    head = yaml.safe_load(page.read_text(encoding="utf-8").split("---\n")[1])
    return any(fnmatch(table, pattern) for pattern in head.get("inputs", []))
