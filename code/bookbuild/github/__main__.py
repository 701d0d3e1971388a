"""`python -m bookbuild.github COMMAND`: what `make propose`, `make remind` and `make comment` run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bookbuild.github import comment, proposal, reminder
from bookbuild.github.api import GitHubError
from bookbuild.project.git import GitError


def main(arguments: list[str]) -> int:
    """Run one command; 1 if git or GitHub refuses."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild.github")
    parser.add_argument("command", choices=("propose", "remind", "comment"))
    parser.add_argument("about", nargs="?", default="", help="propose: the folder; comment: the pull request's number")
    parser.add_argument("--text", type=Path, help="the Markdown to say; a file that is not there says nothing")
    parser.add_argument("--dry", action="store_true", help="show it, and leave GitHub alone")
    options = parser.parse_args(arguments)
    text = _read(options.text)
    try:
        print(_done(options.command, options.about, text, options.dry))
    except GitHubError as problem:
        print(problem, file=sys.stderr)
        return 1
    except GitError as problem:
        print(f"git weigert: {problem}", file=sys.stderr)
        return 1
    return 0


def _done(command: str, about: str, text: str, dry: bool) -> str:
    if command == "propose":
        return proposal.propose(Path.cwd(), about, text, dry=dry)
    if command == "remind":
        return reminder.body(text) if dry else reminder.remind(text)
    return comment.body(text) if dry else comment.comment(about, text)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path and path.is_file() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
