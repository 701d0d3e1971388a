"""One comment with the summary of a pull request, the same one after every push."""

from __future__ import annotations

from bookbuild.github import api

MARKER = "<!-- boek: samenvatting -->"
UNKNOWN = "Wat dit verandert, kon niet berekend worden: de reden staat bij {run}."
AROUND = "{}\n\nBijgewerkt door {run}.\n"


def body(summary: str) -> str:
    """What the comment says of a summary in Markdown; an empty one could not be computed."""
    said = summary.strip() or UNKNOWN.format(run=api.run())
    return api.fitting(said, AROUND.replace("{run}", api.run())) + MARKER


def comment(pull: str, summary: str) -> str:
    """Put the summary under pull request number `pull`, or bring the comment that is there up to date.

    Returns
    -------
    str
        What was done.

    Raises
    ------
    GitHubError
        If GitHub refuses.
    """
    known = api.own(api.entries(f"issues/{pull}/comments"), MARKER)
    where = ("PATCH", f"issues/comments/{known['id']}") if known else ("POST", f"issues/{pull}/comments")
    return api.kept("De samenvatting", *where, body=body(summary))
