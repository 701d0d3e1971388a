"""A `gh` for tests: the calls of GitHub's REST API that the book makes, answered from a file as GitHub documents them.

It refuses what GitHub refuses: a second pull request of one branch, a branch that was never pushed, a body that is too long, and
whatever `FAKE_GH_REFUSES` says. Lists come in pages of two, and the list of issues holds the pull requests too.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Entry = dict[str, Any]
BOT = {"login": "github-actions[bot]", "type": "Bot"}


@dataclass(frozen=True)
class GitHub:
    """What stands on GitHub, in a file: pulls, issues, comments, and every request that wrote."""

    file: Path

    @classmethod
    def on_path(cls, folder: Path) -> GitHub:
        """An empty one, with a `gh` in `folder/bin` that answers for it."""
        program = folder / "bin" / "gh"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!{sys.executable}\n" + Path(__file__).read_text(encoding="utf-8"), encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
        found = cls(folder / "github.json")
        found.write({"pulls": [], "issues": [], "comments": [], "written": []})
        return found

    def environment(self) -> dict[str, str]:
        """What a command needs to find it."""
        path = f"{self.file.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return os.environ | {"PATH": path, "FAKE_GH": str(self.file), "GH_TOKEN": "geheim"}

    def read(self) -> dict[str, Any]:
        return json.loads(self.file.read_text(encoding="utf-8"))

    def write(self, state: dict[str, Any]) -> None:
        self.file.write_text(json.dumps(state), encoding="utf-8")

    def add(self, kind: str, **entry: Any) -> None:
        """Something that is there already, by someone."""
        self.write(state := self.read())
        state[kind].append({"user": {"login": "iemand", "type": "User"}, "state": "open"} | entry)
        self.write(state)


class RefusedError(Exception):
    """What GitHub answers with a status above 400."""


def answer(state: dict[str, Any], method: str, path: str, fields: Entry) -> Any:
    """What GitHub answers; `state` changes with it."""
    where, _, query = path.removeprefix("repos/eigenaar/boek/").partition("?")
    if method == "GET":
        return listed(state, where, dict(pair.split("=") for pair in query.split("&") if pair))
    if refused := os.environ.get("FAKE_GH_REFUSES"):
        raise RefusedError(refused)
    if len(fields.get("body", "")) > 65536:
        raise RefusedError("Validation Failed: body is too long (HTTP 422)")
    state["written"].append([method, where, sorted(fields)])
    return written(state, method, where, fields)


def listed(state: dict[str, Any], where: str, asked: dict[str, str]) -> list[Entry]:
    match where.split("/"):
        case ["pulls"]:
            return [pull for pull in state["pulls"] if is_asked(pull, asked)]
        case ["issues"]:
            return [entry for entry in state["issues"] + state["pulls"] if entry["state"] == asked["state"]]
        case ["issues", number, "comments"]:
            return [comment for comment in state["comments"] if comment["issue"] == number]
    raise RefusedError("Not Found (HTTP 404)")


def written(state: dict[str, Any], method: str, where: str, fields: Entry) -> Entry:
    match method, *where.split("/"):
        case "POST", "pulls":
            return made(state, "pulls", checked(state, fields))
        case "POST", "issues":
            return made(state, "issues", fields)
        case "POST", "issues", number, "comments":
            return made(state, "comments", fields | {"issue": number})
        case "PATCH", "issues", "comments", number:
            return changed(state["comments"], "id", number, fields)
        case "PATCH", "pulls" | "issues" as kind, number:
            return changed(state[kind], "number", number, fields)
    raise RefusedError("Not Found (HTTP 404)")


def is_asked(pull: Entry, asked: dict[str, str]) -> bool:
    return (pull["state"], pull["base"], f"eigenaar:{pull['head']}") == (asked["state"], asked["base"], asked["head"])


def checked(state: dict[str, Any], fields: Entry) -> Entry:
    """The fields of a pull request that GitHub would open."""
    if any(pull["head"] == fields["head"] and pull["state"] == "open" for pull in state["pulls"]):
        raise RefusedError("A pull request already exists (HTTP 422)")
    if not subprocess.run(["git", "ls-remote", "--heads", "origin", fields["head"]], capture_output=True).stdout:
        raise RefusedError("Validation Failed: head invalid (HTTP 422)")
    return fields


def made(state: dict[str, Any], kind: str, fields: Entry) -> Entry:
    number = 1 + len(state["pulls"]) + len(state["issues"]) + len(state["comments"])
    entry = {"number": number, "id": number, "user": BOT, "state": "open", "html_url": f"https://voorbeeld/{number}"}
    state[kind].append(entry | fields)
    return state[kind][-1]


def changed(entries: list[Entry], key: str, number: str, fields: Entry) -> Entry:
    (entry,) = (entry for entry in entries if str(entry[key]) == number)
    entry.update(fields)
    return entry


def main(arguments: list[str]) -> int:
    github = GitHub(Path(os.environ["FAKE_GH"]))
    match arguments:
        case "auth", "git-credential", "get":
            print(f"username=x-access-token\npassword={os.environ['GH_TOKEN']}")
            return 0
        case "api", path, "--paginate", "--slurp":
            method, fields = "GET", {}
        case "api", path, "--method", method, "--input", "-":
            fields = json.load(sys.stdin)
        case _:
            print(f"unknown command or flag: {arguments}", file=sys.stderr)
            return 1
    state = github.read()
    try:
        found = answer(state, method, path.replace("{owner}", "eigenaar").replace("{repo}", "boek"), fields)
    except RefusedError as refused:
        print(json.dumps({"message": str(refused)}))
        print(f"gh: {refused}", file=sys.stderr)
        return 1
    github.write(state)
    print(json.dumps([found[at : at + 2] for at in range(0, len(found) or 1, 2)] if method == "GET" else found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
