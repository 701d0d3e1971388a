"""One issue with what is overdue, for as long as anything is."""

from __future__ import annotations

from bookbuild.github import api

MARKER = "<!-- boek: nakijken -->"
TITLE = "Openbare cijfers nakijken"
DONE = "Alles is weer op tijd nagekeken."
AROUND = """\
Deze bronnen zijn langer niet nagekeken dan `data/context/sources.csv` toelaat (`make overdue`):

{}

Zoek elk cijfer op, verbeter wat veranderd is en pas `looked_up` aan (CONTRIBUTING, *Een nieuwer jaar*). \
Elke maand wordt deze lijst bijgewerkt; is ze leeg, dan wordt ze gesloten.

"""


def body(late: str) -> str:
    """What the issue says of a list in Markdown."""
    return api.fitting(late.strip(), AROUND) + MARKER


def remind(late: str) -> str:
    """Open the issue, bring it up to date, or close it if nothing is late any more.

    Returns
    -------
    str
        What was done.

    Raises
    ------
    GitHubError
        If GitHub refuses.
    """
    known = api.own(api.entries("issues?state=open"), MARKER)
    if not late.strip():
        return _closed(known) if known else "Alles is op tijd nagekeken: er is niets te melden."
    if known:
        return api.kept("De lijst", "PATCH", f"issues/{known['number']}", body=body(late))
    return api.kept("De lijst", "POST", "issues", title=TITLE, body=body(late))


def _closed(known: api.Entry) -> str:
    path = f"issues/{known['number']}"
    api.send("POST", f"{path}/comments", body=DONE)
    issue = api.send("PATCH", path, state="closed", state_reason="completed")
    return f"{DONE} Gesloten: {issue['html_url']}"
