"""What Sphinx, MyST and docutils complain of, in one form and in Dutch: page, line, what is wrong and how to mend it.

Their own English words stay only where we know no better, with ours in front.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.logging import NAMESPACE, SphinxInfoLogRecord, WarningStreamHandler

from bookbuild.execution.opened import OURS, SAID
from bookbuild.project import digest, settings

SUFFIXES = (".interval", ".word", ".marked")
Candidates = Callable[[Sphinx], Collection[str]]


def _numbers(app: Sphinx) -> Collection[str]:
    name = settings.of(Path(app.srcdir)).study
    return import_module(name).LEDGER.ids() if name else ()


def _keys(app: Sphinx) -> Collection[str]:
    files = (Path(app.srcdir, name) for name in app.config.bibtex_bibfiles)
    texts = (file.read_text(encoding="utf-8") for file in files if file.is_file())
    return [key for text in texts for key in re.findall(r"^@\w+\{([^,\s]+),", text, re.M)]


def _labels(app: Sphinx) -> Collection[str]:
    return list(app.env.get_domain("std").anonlabels)  # type: ignore[attr-defined]


def _terms(app: Sphinx) -> Collection[str]:
    return [name for kind, name in app.env.get_domain("std").objects if kind == "term"]  # type: ignore[attr-defined]


def _pages(app: Sphinx) -> Collection[str]:
    return app.env.found_docs


# What they say, what we say of it (the groups by number), the remedy, and among what the nearest name is sought.
KNOWN: tuple[tuple[str, str, str, Candidates | None], ...] = (
    (r"could not find bibtex key \"(.+?)\"", "de bron `{}` staat niet in references.bib", "Voeg ze daar toe.", _keys),
    (r"term not in glossary: '(.+?)'", "de term `{}` staat niet in de woordenlijst", "Voeg hem daar toe.", _terms),
    (
        r"(?:'myst' )?cross-reference target not found: '(.+?)'|undefined label: '(.+?)'|local id not found in doc .+?: '(.+?)'",
        "de verwijzing `{}` leidt nergens heen",
        "Verwijs naar een pagina, of naar een label dat met (naam)= boven een kop staat.",
        _labels,
    ),
    (r"unknown document: '(.+?)'", "de pagina `{}` bestaat niet", "Herstel de naam.", _pages),
    (
        r"duplicate label (\S+), other instance in (\S+)",
        "het label `{}` bestaat al in {}",
        "Geef elk label een eigen naam.",
        None,
    ),
    (r"[Uu]nknown interpreted text role \"(.+?)\"", "de rol {{{}}} bestaat niet", "Herstel de naam.", None),
    (r"[Uu]nknown directive type:? ['\"](.+?)['\"]", "de directive {{{}}} bestaat niet", "Herstel de naam.", None),
    (
        r"Non-consecutive header level increase; (H\d) to (H\d)",
        "na een kop {} volgt een kop {}",
        "Sla geen niveau over.",
        None,
    ),
    (
        r"Document headings start at (H\d), not H1",
        "de pagina begint met een kop {}",
        "Begin met één kop van het eerste niveau: # Titel.",
        None,
    ),
    (r"download file not readable: (.+)", "het bestand {} is er niet", "Herstel het pad.", None),
    (r"Pygments lexer name '(.+?)' is not known", "de programmeertaal `{}` is onbekend", "Herstel de naam.", None),
    (
        r"Malformed YAML|YAML|front.?matter",
        "de kop tussen --- en --- is geen geldige YAML",
        "Zet tekst met een dubbele punt tussen aanhalingstekens en spring in met spaties.",
        None,
    ),
)


class InDutch(logging.Filter):
    """Rewrites each warning just before it is shown."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__()
        self._app = app

    def filter(self, record: logging.LogRecord) -> bool:
        """Let it pass, in other words."""
        record.msg, record.args, record.location = told(self._app, record), (), None
        record.__class__ = SphinxInfoLogRecord  # which puts neither place nor "WARNING" in front
        return True


def told(app: Sphinx, record: logging.LogRecord) -> str:
    """A warning as the author reads it."""
    message = logging.LogRecord.getMessage(record)
    place = _place(Path(app.srcdir), str(getattr(record, "location", None) or ""))
    if getattr(record, "type", "") != OURS:
        message = _in_dutch(app, re.sub(r" \[[\w.]+\]$", "", message.replace(f"{app.srcdir}/", "")))
    return f"{place}: {message}" if place else message


def _in_dutch(app: Sphinx, message: str) -> str:
    if SAID in message:  # around it stand the words of the directive that was refused
        return message[message.index(SAID) :].removesuffix("..") + "." * message.endswith("..")
    if found := re.search(r"No key '(.+?)' found in glue data", message):
        return lost_number(found[1], _numbers(app))
    for pattern, ours, remedy, candidates in KNOWN:
        if match := re.search(pattern, message):
            groups = [group for group in match.groups() if group is not None]
            near = nearest(groups[0], candidates(app)) if groups and candidates else ""
            detail = "" if groups else f" ({message})"
            return f"{ours.format(*groups)}{detail}\n  herstel: {near}{remedy}"
    return f"dit wordt geweigerd: {message}"


def lost_number(name: str, known: Collection[str]) -> str:
    """What is wrong with a number that a page glues and that its cells do not give."""
    base = next((name.removesuffix(suffix) for suffix in SUFFIXES if name.endswith(suffix)), name)
    if base not in known:
        return f"het getal `{name}` bestaat niet\n  herstel: {nearest(base, known)}Een nieuw getal krijgt eerst een functie."
    if base != name:
        asked = name.removeprefix(f"{base}.")
        return f"het getal `{base}` heeft hier geen `.{asked}`\n  herstel: Schrijf {{glue:}}`{base}`."
    remedy = f'Voeg het toe aan de cel bovenaan: page.numbers(study.numbers(..., "{base}")).'
    return f"het getal `{name}` bestaat, maar deze pagina vraagt het niet op\n  herstel: {remedy}"


def nearest(name: str, known: Iterable[str]) -> str:
    """A sentence with what was perhaps meant; empty where nothing is near."""
    near = get_close_matches(name, list(known), n=2, cutoff=0.7)
    return f"Het lijkt op {' of '.join(f'`{each}`' for each in near)}. " if near else ""


def _place(root: Path, location: str) -> str:
    path, _, line = location.rpartition(":") if re.search(r":\d*$", location) else (location, "", "")
    if not path:
        return ""
    name = digest.relative(root.resolve(), Path(path)) if Path(path).is_absolute() else path
    return f"{name}, regel {line}" if line else name


def setup(app: Sphinx) -> dict[str, Any]:
    """Stand before what Sphinx shows."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.addFilter(InDutch(app))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
