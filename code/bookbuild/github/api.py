"""GitHub's REST API, through `gh`: it is on every runner, and finds the token and the repository itself.

Not `gh pr edit` and its like: they ask for more than a workflow's token may read (projects, teams).
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from typing import Any

Entry = dict[str, Any]
LONGEST = 65_000  # characters; GitHub refuses a body above 65536
_SHORTENED = "\n\n*Hier ingekort; alles staat in de artefacten van de run.*\n"
_SETTING = (
    "Zet in het depot onder Settings, Actions, General, Workflow permissions ‘Allow GitHub Actions to create and approve "
    "pull requests’ aan."
)
_REMEDIES = {
    "not permitted to create or approve pull requests": _SETTING,
    "Resource not accessible by integration": "Kijk `permissions` van de job na, in .github/workflows.",
}


class GitHubError(Exception):
    """What GitHub refuses, or must not be asked, with the remedy; the message is what a maintainer reads."""


def entries(path: str) -> list[Entry]:
    """All entries of a list of this repository, over as many pages as it has.

    Raises
    ------
    GitHubError
        If GitHub does not give it.
    """
    return [entry for page in _asked([path, "--paginate", "--slurp"]) for entry in page]


def send(method: str, path: str, **fields: object) -> Entry:
    """Make (`POST`) or change (`PATCH`) something in this repository; what it is then.

    Raises
    ------
    GitHubError
        If GitHub refuses.
    """
    changed: Entry = _asked([path, "--method", method, "--input", "-"], json.dumps(fields))
    return changed


def kept(what: str, method: str, path: str, **fields: object) -> str:
    """Send, and say in a sentence where `what` now stands, or that it was brought up to date; see `send`."""
    done = "staat op" if method == "POST" else "is bijgewerkt:"
    return f"{what} {done} {send(method, path, **fields)['html_url']}"


def own(found: Iterable[Entry], marker: str) -> Entry | None:
    """The entry that a workflow wrote earlier under a marker; what anyone else writes is never ours to change."""
    ours = (entry for entry in found if marker in (entry["body"] or "") and entry["user"]["type"] == "Bot")
    return next(ours, None)


def fitting(text: str, around: str) -> str:
    """`text` in the place of `{}` in what stands `around` it, cut after a line if GitHub would refuse it all."""
    room = LONGEST - len(around) - len(_SHORTENED)
    if len(text) > room:
        text = text[: text.rfind("\n", 0, room)] + _SHORTENED
    return around.replace("{}", text, 1)


def run() -> str:
    """The run in which this is said, as a link; outside a workflow only its name."""
    said = [os.environ.get(name) for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID")]
    return "[de run]({}/{}/actions/runs/{})".format(*said) if all(said) else "de run"


def _asked(arguments: list[str], fields: str | None = None) -> Any:
    path, *options = arguments
    command = ["gh", "api", f"repos/{{owner}}/{{repo}}/{path}", *options]
    try:
        answer = subprocess.run(command, input=fields, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise GitHubError("gh ontbreekt: op GitHub staat het klaar, elders komt het van cli.github.com") from None
    if answer.returncode:
        said = answer.stderr.strip()
        remedy = next((remedy for words, remedy in _REMEDIES.items() if words in said + answer.stdout), "")
        raise GitHubError(f"GitHub weigert {path.partition('?')[0]}: {said}. {remedy}".rstrip())
    return json.loads(answer.stdout)
