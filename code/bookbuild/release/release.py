"""`make release VERSION=1.1.0`, `make archive`: a version is made whole, or not at all."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from bookbuild.citation import work as citation
from bookbuild.project import git
from bookbuild.release import archive, changelog, commit
from bookbuild.release.version import BRANCH, ReleaseError, last_tag, refuse, tag
from ledger import dutch


def release(root: Path, version: str) -> int:
    """Change the version and the changelog, build and pack the book of that commit, and only then commit and tag it.

    Returns
    -------
    int
        0 if the version is there; 1 if not, and then the repository is as it was.
    """
    try:
        refuse(root, version)
        made = _made(root, version, date.today())
    except (ReleaseError, git.GitError, citation.CitationError) as problem:
        print(f"{problem}\nEr is geen versie gemaakt: alles staat zoals het stond.", file=sys.stderr)
        return 1
    print(
        f"Versie {version} staat in {made.relative_to(root)} en heet {tag(version)}. Nog niets is verstuurd; dat doet:"
    )
    print(f"  git push origin {BRANCH} {tag(version)}")
    return 0


def _made(root: Path, version: str, day: date) -> Path:
    files = {
        citation.SOURCE: commit.cited(root, version, day),
        changelog.FILE: changelog.updated(root, changelog.section(root, version, day, last_tag(root))),
    }
    prepared = commit.prepare(root, files, f"Release {version}")
    made = archive.write(root, prepared)
    try:
        commit.take(root, prepared, tag(version), f"{version} ({dutch.long_date(day)})")
    except BaseException:
        made.unlink()
        raise
    return made


def pack(root: Path) -> int:
    """Write the archive of the version that is checked out, which must have its tag; 1 if it cannot, else 0."""
    try:
        name = tag(citation.read(root).version)
        if name not in git.line(root, "tag", "--points-at", "HEAD").split():
            raise ReleaseError(
                f"Deze commit is geen versie: hij heeft niet de tag {name}.\n  herstel: git switch --detach {name}"
            )
        print(f"Het archief staat in {archive.write(root, 'HEAD').relative_to(root)}")
    except (ReleaseError, git.GitError, citation.CitationError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0
