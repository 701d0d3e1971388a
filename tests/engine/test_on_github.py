"""What the workflows say on GitHub, by their own make targets, against a `gh` of the tests and a repository on this disk."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT
from eurostat_by_hand import Api, Server, unfetched
from fake_gh import GitHub
from smallbook import commit

from bookbuild.github import api, comment, proposal, reminder
from leerwerk.feeds import __main__ as feeds
from leerwerk.tables.folder import DATA

UNEMPLOYMENT, LEAVERS = "lfst_r_lfu3rt", "edat_lfse_16"
SUMMARY = "## 1 getal verschilt van `HEAD`\n\n| `a` | 1 | 2 |\n"
LATE = "- `ctg-youth`, iets: nagekeken op 2026-11-24, te laat sinds 2028-05-27\n"


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    return GitHub.on_path(tmp_path / "github")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout of main of a repository on this disk, in which no series was ever fetched."""
    project = tmp_path / "boek"
    shutil.copytree(ROOT / "code" / "bookbuild" / "github", project / "code" / "bookbuild" / "github")
    asks_git = [f"code/bookbuild/project/{name}.py" for name in ("__init__", "git")]
    for name in ("Makefile", "pyproject.toml", ".gitignore", "code/bookbuild/__init__.py", *asks_git):
        (project / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    unfetched(project / "data" / "context")
    commit(project)
    git(project, "branch", "--move", "--force", "main")
    git(tmp_path, "init", "--quiet", "--bare", "depot.git")
    git(project, "remote", "add", "origin", str(tmp_path / "depot.git"))
    git(project, "push", "--quiet", "origin", "main")
    return project


@pytest.fixture
def context(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`make context` on a day, of answers over a real connection."""
    monkeypatch.setattr(DATA, "path", project / "data")

    def fetched(day: str, given: Api, *options: str) -> int:
        server = Server()
        server.script = [(200, given.body(name), {}) for name in (UNEMPLOYMENT, LEAVERS)]
        try:
            keep = ("--keep", str(project / "_build" / "answers"))
            return feeds.main(["fetch", "--on", day, "--address", server.address, *keep, *options])
        finally:
            server.close()

    return fetched


def git(folder: Path, *arguments: str) -> str:
    author = ("-c", "user.name=Iemand", "-c", "user.email=iemand@example.org")
    done = subprocess.run(["git", *author, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.rstrip()


def make(project: Path, github: GitHub, *target: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", *target, f"PYTHON={sys.executable}"]
    env = github.environment() | more
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def say(project: Path, summary: str = SUMMARY) -> None:
    """What `make summary` would have written."""
    (project / "_build" / "summary").mkdir(parents=True, exist_ok=True)
    (project / "_build" / "summary" / "plain.md").write_text(summary, encoding="utf-8")


def test_nothing_moved_and_nothing_happens(project: Path, github: GitHub) -> None:
    say(project)
    result = make(project, github, "propose")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "In data/context veranderde niets: er is niets voor te stellen.\n"
    assert github.read()["written"] == []
    assert git(project, "ls-remote", "--heads", "origin", "reeksen") == ""


def test_what_moved_is_one_branch_with_one_commit_and_one_pull_request(
    project: Path, github: GitHub, context: Callable[..., int]
) -> None:
    assert context("2027-01-05", Api()) == 0
    say(project)
    (project / "data" / "los.csv").write_text("niet van hier\n", encoding="utf-8")
    before = git(project, "status", "--porcelain"), git(project, "rev-parse", "HEAD")
    result = make(project, github, "propose")
    assert result.returncode == 0, result.stderr
    assert result.stdout == "Het voorstel staat op https://voorbeeld/1\n"
    assert (git(project, "status", "--porcelain"), git(project, "rev-parse", "HEAD")) == before
    git(project, "fetch", "--quiet", "origin", "reeksen")
    assert git(project, "log", "--format=%s, %an", "main..FETCH_HEAD") == f"{proposal.MESSAGE}, github-actions[bot]"
    assert git(project, "rev-parse", "FETCH_HEAD^") == git(project, "rev-parse", "main")
    assert git(project, "diff", "--name-only", "main", "FETCH_HEAD").splitlines() == [
        "data/context/feeds.csv",
        "data/context/series.csv",
        f"data/context/snapshots/{LEAVERS}-2027-01-05.json",
        f"data/context/snapshots/{UNEMPLOYMENT}-2027-01-05.json",
    ]
    (pull,) = github.read()["pulls"]
    assert (pull["title"], pull["head"], pull["base"]) == ("Openbare reeksen: nieuwe cijfers", "reeksen", "main")
    assert "data/context/series.csv" in pull["body"]
    assert SUMMARY.strip() in pull["body"]
    assert "GitHub controleert niet vanzelf wat een workflow voorstelt" in pull["body"]


def test_the_next_month_updates_the_pull_request_that_is_open(
    project: Path, github: GitHub, context: Callable[..., int]
) -> None:
    answers = Api()
    context("2027-01-05", answers)
    say(project)
    make(project, github, "propose")
    git(project, "reset", "--quiet", "--hard")  # the checkout of another run
    git(project, "clean", "--quiet", "--force", "-d")
    answers.add_year(UNEMPLOYMENT, 9.9)
    context("2027-02-05", answers)
    say(project, "## 3 getallen verschillen van `HEAD`\n")
    result = make(project, github, "propose")
    assert result.stdout == "Het voorstel is bijgewerkt: https://voorbeeld/1\n", result.stderr
    (pull,) = github.read()["pulls"]
    assert "3 getallen" in pull["body"]
    git(project, "fetch", "--quiet", "origin", "reeksen")
    assert git(project, "rev-list", "--count", "main..FETCH_HEAD") == "1"
    assert ",2024," in git(project, "show", "FETCH_HEAD:data/context/series.csv").rpartition("eurostat-")[0]


def test_a_proposal_that_was_closed_is_made_anew(project: Path, github: GitHub, context: Callable[..., int]) -> None:
    context("2027-01-05", Api())
    make(project, github, "propose")
    state = github.read()
    state["pulls"][0]["state"] = "closed"
    github.write(state)
    assert make(project, github, "propose").stdout == "Het voorstel staat op https://voorbeeld/2\n"


def test_work_of_someone_else_on_the_branch_is_never_overwritten(
    project: Path, github: GitHub, context: Callable[..., int]
) -> None:
    context("2027-01-05", Api())
    make(project, github, "propose")
    git(project, "fetch", "--quiet", "origin", "reeksen")
    theirs = git(project, "commit-tree", "FETCH_HEAD^{tree}", "-p", "FETCH_HEAD", "-m", "Een zin")
    git(project, "push", "--quiet", "origin", f"{theirs}:refs/heads/reeksen")
    written = github.read()["written"]
    result = make(project, github, "propose")
    assert result.returncode == 2  # make's own, for 1 of its command
    assert "Op de tak reeksen staat werk van Iemand <iemand@example.org>, dat niet overschreven wordt" in result.stderr
    assert git(project, "ls-remote", "origin", "reeksen").startswith(theirs)
    assert github.read()["written"] == written


def test_a_refusal_changes_nothing_keeps_the_answer_and_leaves_nothing_to_propose(
    project: Path, github: GitHub, context: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    answers = Api()
    context("2027-01-05", answers)
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "taken over")
    answers.cell(UNEMPLOYMENT, 17.9, age="Y15-24", geo="BE2", time="2022")
    assert context("2027-02-05", answers) == 1
    assert "werkloosheidsgraad van jongeren, Vlaanderen, 2022: was 17,6%, nu 17,9%" in capsys.readouterr().err
    kept = project / "_build" / "answers" / f"{UNEMPLOYMENT}.json"
    assert kept.read_bytes() == answers.body(UNEMPLOYMENT)
    assert "er is niets voor te stellen" in make(project, github, "propose").stdout
    # The same with the box of the workflow ticked: applied, listed and proposed.
    assert context("2027-02-05", answers, "--revisions") == 0
    make(project, github, "propose")
    assert "data/context/changes.csv" in github.read()["pulls"][0]["body"]


def test_a_dry_run_shows_the_proposal_and_says_nothing(
    project: Path, github: GitHub, context: Callable[..., int]
) -> None:
    context("2027-01-05", Api())
    result = make(project, github, "propose", DRY="yes")
    assert result.stdout.startswith("Openbare reeksen: nieuwe cijfers\n\nDe maandelijkse `make context`")
    assert proposal.UNKNOWN in result.stdout  # nobody ran make summary
    assert github.read()["written"] == []
    assert git(project, "ls-remote", "--heads", "origin", "reeksen") == ""


@pytest.mark.parametrize(
    ("refused", "remedy"),
    [
        (
            "GitHub Actions is not permitted to create or approve pull requests (HTTP 403)",
            "‘Allow GitHub Actions to create and approve pull requests’ aan.",
        ),
        ("Resource not accessible by integration (HTTP 403)", "Kijk `permissions` van de job na"),
        ("Server Error (HTTP 502)", "(HTTP 502)."),
    ],
)
def test_what_github_refuses_is_told_with_the_remedy(
    project: Path, github: GitHub, context: Callable[..., int], refused: str, remedy: str
) -> None:
    context("2027-01-05", Api())
    result = make(project, github, "propose", FAKE_GH_REFUSES=refused)
    assert result.returncode == 2
    assert f"GitHub weigert pulls: gh: {refused}." in result.stderr
    assert remedy in result.stderr
    assert "Traceback" not in result.stderr


def test_what_git_refuses_is_told_in_its_words(
    project: Path, github: GitHub, context: Callable[..., int], tmp_path: Path
) -> None:
    context("2027-01-05", Api())
    shutil.rmtree(tmp_path / "depot.git")
    result = make(project, github, "propose")
    assert result.returncode == 2
    assert "git weigert: fatal: " in result.stderr
    assert "depot.git" in result.stderr
    assert "Traceback" not in result.stderr
    assert github.read()["written"] == []


def test_git_is_given_the_token_of_gh_for_one_command(github: GitHub, tmp_path: Path) -> None:
    asked = "protocol=https\nhost=github.com\n\n"
    command = ["git", *proposal.TOKEN, "credential", "fill"]
    done = subprocess.run(command, cwd=tmp_path, env=github.environment(), input=asked, capture_output=True, text=True)
    assert "password=geheim" in done.stdout.splitlines()


@pytest.fixture
def at_hand(github: GitHub, monkeypatch: pytest.MonkeyPatch) -> GitHub:
    """The same, for code in this process."""
    for name, value in github.environment().items():
        monkeypatch.setenv(name, value)
    return github


def test_without_gh_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(api.GitHubError, match="gh ontbreekt"):
        reminder.remind(LATE)


def test_what_is_overdue_is_one_issue_that_follows_the_list_and_is_closed_when_it_is_empty(at_hand: GitHub) -> None:
    for number in (1, 2, 3):  # more than a page
        at_hand.add("issues", number=number, id=number, body=None)
    assert reminder.remind(LATE) == "De lijst staat op https://voorbeeld/4"
    assert at_hand.read()["issues"][-1]["title"] == "Openbare cijfers nakijken"
    assert LATE.strip() in at_hand.read()["issues"][-1]["body"]
    assert reminder.remind(LATE.replace("ctg-youth", "fpb-i39")) == "De lijst is bijgewerkt: https://voorbeeld/4"
    (ours,) = (issue for issue in at_hand.read()["issues"] if issue["user"]["type"] == "Bot")
    assert "fpb-i39" in ours["body"]
    assert "ctg-youth" not in ours["body"]
    assert reminder.remind("\n") == "Alles is weer op tijd nagekeken. Gesloten: https://voorbeeld/4"
    (ours,) = (issue for issue in at_hand.read()["issues"] if issue["user"]["type"] == "Bot")
    assert (ours["state"], ours["state_reason"]) == ("closed", "completed")
    assert [said["body"] for said in at_hand.read()["comments"]] == ["Alles is weer op tijd nagekeken."]
    written = at_hand.read()["written"]
    assert reminder.remind("") == "Alles is op tijd nagekeken: er is niets te melden."
    assert at_hand.read()["written"] == written
    assert reminder.remind(LATE) == "De lijst staat op https://voorbeeld/6"


@pytest.mark.parametrize(("day", "said"), [("2040-01-01", "De lijst staat op"), ("2026-11-25", "Alles is op tijd")])
def test_the_target_reminds_of_what_is_overdue_on_a_day(project: Path, github: GitHub, day: str, said: str) -> None:
    installed = ("--old-file=.venv/book", f"BIN={Path(sys.executable).parent}", f"DATE={day}")
    result = make(project, github, "remind", *installed)
    assert result.stdout.startswith(said), result.stderr
    assert [("`ctg-youth`" in issue["body"]) for issue in github.read()["issues"]] == [True] * (day == "2040-01-01")


def test_the_list_of_what_is_overdue(capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds.main(["overdue", "--list", "--on", "2026-11-25"]) == 0
    assert capsys.readouterr().out.strip() == ""
    assert feeds.main(["overdue", "--list", "--on", "2040-01-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(",")[0] for line in lines if "ctg-youth" in line] == ["- `ctg-youth`"]
    assert all(line.startswith("- `") and ": nagekeken op 20" in line for line in lines)


def test_a_pull_request_has_one_summary_that_follows_every_push(project: Path, at_hand: GitHub) -> None:
    at_hand.add("comments", issue="7", id=90, body="Mooi.")
    at_hand.add("comments", issue="8", id=91, body=f"Elders. {comment.MARKER}", user={"type": "Bot"})
    at_hand.add("comments", issue="7", id=89, body="Een andere workflow.", user={"type": "Bot"})
    # Someone quotes ours, with its marker: theirs stays theirs.
    at_hand.add("comments", issue="7", id=92, body=f"> {SUMMARY}{comment.MARKER}")
    say(project)
    run = {"GITHUB_SERVER_URL": "https://voorbeeld", "GITHUB_REPOSITORY": "eigenaar/boek", "GITHUB_RUN_ID": "5"}
    assert make(project, at_hand, "comment", PULL="7", **run).stdout == "De samenvatting staat op https://voorbeeld/5\n"
    say(project, "## Geen enkel getal verschilt\n")
    assert make(project, at_hand, "comment", PULL="7").stdout == "De samenvatting is bijgewerkt: https://voorbeeld/5\n"
    said = at_hand.read()["comments"]
    assert [each["id"] for each in said if each["issue"] == "7"] == [90, 89, 92, 5]
    assert said[-1]["body"].startswith("## Geen enkel getal verschilt\n")
    assert [each["body"] for each in said[:2]] == ["Mooi.", f"Elders. {comment.MARKER}"]
    assert said[3]["body"] == f"> {SUMMARY}{comment.MARKER}"
    assert at_hand.read()["written"] == [
        ["POST", "issues/7/comments", ["body"]],
        ["PATCH", "issues/comments/5", ["body"]],
    ]


def test_the_run_is_a_link_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SERVER_URL", "https://voorbeeld"), ("REPOSITORY", "eigenaar/boek"), ("RUN_ID", "5")):
        monkeypatch.setenv(f"GITHUB_{name}", value)
    assert "Bijgewerkt door [de run](https://voorbeeld/eigenaar/boek/actions/runs/5)." in comment.body(SUMMARY)
    monkeypatch.delenv("GITHUB_RUN_ID")
    assert "Bijgewerkt door de run." in comment.body(SUMMARY)


@pytest.mark.parametrize("text", [proposal.AROUND, reminder.AROUND, comment.AROUND])
def test_no_line_breaks_within_a_sentence(text: str) -> None:
    """GitHub keeps every line break of a body."""
    lines = [line for line in text.splitlines() if line]
    assert all(re.match(r"[A-Z{`*-]", line) and re.search(r"[.:*}`]$", line) for line in lines)


def test_what_github_would_refuse_as_too_long_is_cut_after_a_line(at_hand: GitHub) -> None:
    rows = [f"| `getal-{number:05}` | 1 | 2 |" for number in range(4000)]
    comment.comment("7", "\n".join(rows))
    (said,) = at_hand.read()["comments"]
    kept, _, note = said["body"].partition("\n\n*Hier ingekort")
    assert kept.splitlines() == rows[: len(kept.splitlines())]
    assert 60_000 < len(said["body"]) < 65_536
    assert "Bijgewerkt door" in note
    assert note.endswith(comment.MARKER)
