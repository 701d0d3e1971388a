"""One pull request with what changed in a folder, from a branch of its own; the working tree stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bookbuild.github import api
from bookbuild.github.api import GitHubError
from bookbuild.project import git

BRANCH, BASE = "reeksen", "main"
TITLE = "Openbare reeksen: nieuwe cijfers"
MESSAGE = "The public series as their publishers give them now"
NAME, ADDRESS = "github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com"
TOKEN = ("-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential")
UNKNOWN = "Wat dat in het boek verandert, kon niet berekend worden: de reden staat bij `make summary`."
AROUND = """\
De maandelijkse `make context` haalde de openbare reeksen opnieuw op. In `{folder}` veranderde:

```
{files}
```

{}

**Voor u dit samenvoegt**

- Kijk de getallen hierboven na, en wijzig op de tak `{branch}` wat een zin nu verkeerd zegt (CONTRIBUTING, *Een nieuwer jaar*).
- GitHub controleert niet vanzelf wat een workflow voorstelt: keur de controles goed onderaan deze pagina \
(*Approve workflows to run*). Ontbreekt die knop, sluit dit voorstel dan en open het weer.
- Zolang er niets anders op de tak staat, vervangt de volgende maand dit voorstel. De antwoorden zelf staan bij {run}.
"""


def propose(root: Path, folder: str, summary: str, *, dry: bool) -> str:
    """Put what changed in `folder` since the last commit on the branch, and open its pull request or bring it up to date.

    Parameters
    ----------
    summary
        What the change moves in the book, as Markdown; empty if nobody could compute it.
    dry
        Only say what would be proposed.

    Returns
    -------
    str
        What was done.

    Raises
    ------
    GitHubError
        If GitHub refuses, or someone else's work stands on the branch.
    GitError
        If git refuses.
    """
    tree = _tree(root, folder)
    if tree == _git(root, "rev-parse", "HEAD^{tree}"):
        return f"In {folder} veranderde niets: er is niets voor te stellen."
    body = _body(_git(root, "diff", "--stat", "HEAD", tree), folder, summary)
    if dry:
        return f"{TITLE}\n\n{body}"
    _refuse_others(root)
    commit = _git(root, "commit-tree", tree, "-p", "HEAD", "-m", MESSAGE)
    _remote(root, "push", "--quiet", "--force", "origin", f"{commit}:refs/heads/{BRANCH}")
    known = api.entries(f"pulls?state=open&base={BASE}&head={{owner}}:{BRANCH}")
    if known:
        return api.kept("Het voorstel", "PATCH", f"pulls/{known[0]['number']}", title=TITLE, body=body)
    return api.kept("Het voorstel", "POST", "pulls", title=TITLE, body=body, head=BRANCH, base=BASE)


def _body(files: str, folder: str, summary: str) -> str:
    around = AROUND.format("{}", folder=folder, files=files, branch=BRANCH, run=api.run())
    return api.fitting(summary.strip() or UNKNOWN, around)


def _tree(root: Path, folder: str) -> str:
    """The last commit with the folder as it is now."""
    with git.own_index(root) as index:
        _git(root, "add", "--all", "--", folder, env=index)
        return _git(root, "write-tree", env=index)


def _refuse_others(root: Path) -> None:
    if not _remote(root, "ls-remote", "--heads", "origin", BRANCH):
        return
    _remote(root, "fetch", "--quiet", "--no-tags", "origin", f"refs/heads/{BRANCH}")
    authors = _git(root, "log", "--format=%an <%ae>", "HEAD..FETCH_HEAD").splitlines()
    if others := sorted({author for author in authors if author != f"{NAME} <{ADDRESS}>"}):
        raise GitHubError(
            f"Op de tak {BRANCH} staat werk van {', '.join(others)}, dat niet overschreven wordt: voeg het voorstel samen "
            "of sluit het, verwijder de tak, en start deze run opnieuw."
        )


def _remote(root: Path, *arguments: str) -> str:
    """With the token of gh, for this one command: it is kept nowhere."""
    return _git(root, *TOKEN, *arguments)


def _git(root: Path, *arguments: str, env: Mapping[str, str] | None = None) -> str:
    """What git prints to the one who commits here, its first line as it is: that of a `--stat` begins with a space."""
    bot = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", NAME), ("EMAIL", ADDRESS))
    }
    return git.ask(root, *arguments, environment={**bot, **(env or {})}).decode().rstrip()
