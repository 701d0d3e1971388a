"""Small books with known inputs, to see which of their pages execute."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from warm import Build

HEADER = """---
file_format: mystnb
kernelspec:
  display_name: Python 3
  language: python
  name: python3
inputs: {inputs}
---

# {title}

"""
LONG_AGO = 1_000_000_000
EXECUTED = re.compile(r"^chapters/(\S+)\s+(uitgevoerd|faalt)", re.MULTILINE)
CONFIG = """\
title: Klein
only_build_toc_files: true
execute: {execute_notebooks: cache, raise_on_error: true, stderr_output: error, timeout: 60}
bookbuild: {records: {variable: LEERWERK_MICRODATA, released: LEERWERK_RELEASED, results: proj.results, folder: data/synthetic, name: Leerlingengegevens}}
sphinx:
  config:
    extensions: [myst_nb, jupyter_book, sphinx_external_toc, sphinx_comments, witness, bookbuild.execution.inputs]
    html_theme: basic
    html_theme_options: {}
    language: nl
"""
PACKAGE = {
    "__init__.py": '"""A package."""\n',
    "near.py": "from proj.deep import factor\n\n\ndef total(path):\n    return factor() * sum(int(x) for x in open(path).read().split())\n",
    "deep.py": "def factor():\n    return 1\n",
    "style.py": 'COLOUR = "blue"\n',
    "chosen_x.py": 'WORD = "gekozen"\n',
}
# A build shows one failure in full and names the other chapters; this notes how each of them ended.
WITNESS = """
import json
from bookbuild.execution import run as execution
run = execution.run

def witnessed(jobs, settings):
    outcomes = run(jobs, settings)
    with open("_build/failures.json", "w") as file:
        json.dump({outcome.job.chapter.docname.removeprefix("chapters/"): outcome.failure for outcome in outcomes}, file)
    return outcomes

def setup(app):
    execution.run = witnessed
    return {"parallel_read_safe": True}
"""
CHAPTERS = {
    "a": (["data/a.csv"], "from proj import near\nprint('a is', near.total('../data/a.csv'))"),
    "b": (
        ["data/b*.csv"],
        "from pathlib import Path\nfrom proj.style import COLOUR\n"
        "print('b is', COLOUR, [f'{p.name}={p.read_text().strip()}' for p in sorted(Path('../data').glob('b*.csv'))])",
    ),
    "c": (
        [],
        "from importlib import import_module\nname = 'x'\nprint('c is', import_module(f'proj.chosen_{name}').WORD)",
    ),
}
DATA = {"a.csv": "1\n2\n", "b-1.csv": "4\n"}


@dataclass
class Book:
    """A small book on disk.

    Parameters
    ----------
    environment
        Variables for its builds.
    """

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str) -> None:
        """Write one file, by its path from the root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def chapter(self, name: str, inputs: list[str], *cells: str) -> None:
        """Write a chapter with these code cells."""
        body = "\n".join(f"```{{code-cell}} ipython3\n{cell}\n```\n" for cell in cells)
        text = HEADER.format(inputs=inputs, title=name) + f"Tekst van {name}.\n\n{body}"
        self.write(f"chapters/{name}.md", text)

    def contents(self, *names: str) -> None:
        """Write the table of contents: the first page is the root."""
        rest = "".join(f"  - file: chapters/{name}\n" for name in names[1:])
        self.write("_toc.yml", f"format: jb-book\nroot: chapters/{names[0]}\n" + (f"chapters:\n{rest}" if rest else ""))

    def env(self) -> dict[str, str]:
        """The environment of a build."""
        own = {"PYTHONPATH": str(self.root / "code"), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}
        return os.environ | own | self.environment

    def start(self, **more: str) -> Build:
        """Start `make book` and do not wait."""
        return Build(self.root, self.env() | more)

    def build(self, **more: str) -> Result:
        """Run `make book` to its end."""
        witnessed = self.root / "_build" / "failures.json"
        witnessed.unlink(missing_ok=True)
        process = self.start(**more)
        try:
            output = process.communicate()
        finally:
            if process.returncode is None:  # the test's time is up
                os.killpg(process.pid, signal.SIGKILL)
        failures = json.loads(witnessed.read_text(encoding="utf-8")) if witnessed.is_file() else {}
        return Result(process.returncode, output, self, failures)

    def keep(self, folder: Path) -> None:
        """Copy what authors wrote, to come back to."""
        shutil.copytree(self.root, folder, ignore=shutil.ignore_patterns("_build"))

    def restore(self, kept: Path) -> None:
        """Go back to what was kept, with times older than anything that was built since."""
        for entry in [entry for entry in self.root.iterdir() if entry.name != "_build"]:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        shutil.copytree(kept, self.root, dirs_exist_ok=True)
        for path in self.root.rglob("*"):
            if "_build" not in path.parts and path.is_file():
                os.utime(path, (LONG_AGO, LONG_AGO))

    def page(self, name: str) -> str:
        """The published page of a chapter."""
        return (self.root / "_build" / "html" / "chapters" / f"{name}.html").read_text(encoding="utf-8")

    def published(self) -> dict[str, str]:
        """SHA-256 of every published file by its name."""
        folder = self.root / "_build" / "html"
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@dataclass(frozen=True)
class Result:
    """A build that has ended.

    Parameters
    ----------
    failures
        What each chapter that ran had to say of its failing, empty if it did not fail.
    """

    status: int
    output: str
    book: Book
    failures: dict[str, str]

    @property
    def executed(self) -> set[str]:
        """The chapters that ran, whether or not they reached their end."""
        return {match[1] for match in EXECUTED.finditer(self.output)}

    def succeeded(self) -> Result:
        """Itself, if the build succeeded."""
        assert self.status == 0, self.output[-4000:]
        return self


def small_book(root: Path, environment: dict[str, str] | None = None) -> Book:
    """A book of chapters a, b and c and a page without code, with the package proj, two data files and a lock."""
    book = Book(root, environment or {})
    book.write("_config.yml", CONFIG)
    book.write("requirements.txt", "pandas==1\n")
    book.write("code/witness.py", WITNESS)
    for name, text in PACKAGE.items():
        book.write(f"code/proj/{name}", text)
    for name, text in DATA.items():
        book.write(f"data/{name}", text)
    for name, (inputs, cell) in CHAPTERS.items():
        book.chapter(name, inputs, cell)
    book.write("chapters/plain.md", "# Alleen tekst\n\nGeen code.\n")
    book.contents("plain", *CHAPTERS)
    return book


def book_of(root: Path, *cells: str, inputs: list[str] | None = None, **environment: str) -> Book:
    """A small book in which chapter a has these cells and these inputs; b and c are as ever."""
    book = small_book(root, environment)
    book.chapter("a", inputs or [], *cells)
    return book


def commit(root: Path, message: str = "a") -> None:
    """Put everything into the history."""
    author = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "--quiet"], ["add", "--all"], [*author, "commit", "--quiet", "--message", message]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
