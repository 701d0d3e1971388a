"""`make chapter NAME=`: a chapter before the last one, with all that a chapter needs, in words that are left open."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bookbuild.authoring.unfinished import OPEN, AuthorError

PAGE = """\
{header}description: {open}
inputs:
  - data/published/claims.csv
  - data/context/*.csv
---

# {open}

```{{code-cell}} ipython3
:tags: [remove-input]

from bookbuild import page
from {package} import study

page.numbers(study.numbers("{name}"))
```

**In het kort.** {open}

({name}-level)=
## {open}

{open}

```{{code-cell}} ipython3
:tags: [remove-input]

from bookbuild.page import recomputed

recomputed.fold(study.LEDGER, "{name}")
```
"""
ROOM = '"""{title}: its numbers, exhibits and figures. Knows no other chapter."""\n'
NUMBERS = (
    '"""{open}: in English, what these numbers are and what they rest on."""\n\nfrom __future__ import annotations\n'
)
TOLD = """\
{page} staat er, vóór {last}, met haar kamer {room}. Schrijf wat opengelaten is ({open}): de naam in {listed},
de beschrijving, de titel en de tekst van de pagina, en de eerste regel van numbers.py. Draai dan make twins.
Tot alles geschreven is, weigert make check."""


def begin(root: Path, study: Any, name: str) -> str:
    """Write a chapter's page and room, and name it wherever chapters are listed.

    Returns
    -------
    str
        What the author has to do.

    Raises
    ------
    AuthorError
        If the name is no word, or taken; or a list is not where it was.
    """
    package = study.LEDGER.package
    page, room = root / "chapters" / f"{name}.md", root / "code" / package / name
    _refuse(name, page, room)
    *_, last = study.CHAPTERS
    listed = root / "code" / package / "chapters.py"
    header = (root / "chapters" / f"{last}.md").read_text(encoding="utf-8").partition("description:")[0]
    words = {"open": OPEN, "name": name, "title": name.capitalize(), "package": package, "header": header}
    written = {
        listed: _before(listed, f'    "{last}":', f'    "{name}": "{OPEN}",\n'),
        root / "_toc.yml": _before(
            root / "_toc.yml", f"      - file: chapters/{last}\n", f"      - file: chapters/{name}\n"
        ),
        root / "pyproject.toml": _layers(root / "pyproject.toml", name, last),
        page: PAGE.format(**words),
        room / "__init__.py": ROOM.format(**words),
        room / "numbers.py": NUMBERS.format(**words),
    }
    for path, text in written.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    told = {"page": page, "room": room, "listed": listed}
    return TOLD.format(last=last, open=OPEN, **{key: path.relative_to(root) for key, path in told.items()})


def _refuse(name: str, page: Path, room: Path) -> None:
    if not re.fullmatch("[a-z]+", name):
        raise AuthorError(f"NAME={name}: neem een woord in kleine letters, zonder cijfers of tekens.")
    if page.exists() or room.exists() or find_spec(name):
        raise AuthorError(
            f"NAME={name}: er is al een pagina, een kamer of een module die zo heet; neem een ander woord."
        )


def _before(path: Path, line: str, new: str) -> str:
    """A file with a line put before the only one that starts like this."""
    text = path.read_text(encoding="utf-8")
    if text.count(line) != 1:
        raise AuthorError(
            f"{path.name}: {line.strip()!r} staat er niet precies een keer. Zet er zelf bij: {new.strip()}"
        )
    return text.replace(line, new + line)


def _layers(path: Path, name: str, last: str) -> str:
    """pyproject.toml, where the layers and the linter name every chapter."""
    text = path.read_text(encoding="utf-8")
    for found, new in ((f" | {last} |", f" | {name} | {last} |"), (f",{last}}}.py", f",{name},{last}}}.py")):
        if text.count(found) != 1:
            raise AuthorError(f"{path.name}: {found!r} staat er niet precies een keer. Zet {name} er zelf bij.")
        text = text.replace(found, new)
    return text
