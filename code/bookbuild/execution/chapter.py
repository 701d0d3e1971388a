"""A chapter as the build sees it: its notebook, what it may read, and the digest of everything that its outputs rest on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from sphinx.errors import SphinxError

from bookbuild.execution import imports
from bookbuild.project import digest, inside, settings, texts
from bookbuild.project.settings import NEVER
from ledger import plain_yaml

FORMAT = 1  # raise it when the meaning of an execution changes in a way that no digest shows
KEY = "inputs"


class InputsError(SphinxError):
    """A chapter's list of inputs is wrong."""

    category = "Fout in de inputs"


@dataclass(frozen=True)
class Chapter:
    """One executing page.

    Parameters
    ----------
    docname
        Sphinx's name: the path from the root without its ending.
    patterns
        What its front matter lists under `inputs`.
    cells
        The sources of its code cells.
    learned
        Project modules that an earlier run loaded and that following the imports does not find.
    plain
        The same chapter without them.
    seen
        Where its digests are taken: of what others saw just now, or, without others, of what is there when they are asked for.
    """

    root: Path
    code: Path
    docname: str
    patterns: tuple[str, ...]
    cells: tuple[str, ...]
    learned: tuple[str, ...] = ()
    plain: Chapter | None = field(default=None, compare=False, repr=False)
    seen: imports.Seen = field(default_factory=imports.Seen, compare=False, repr=False)

    @cached_property
    def files(self) -> list[Path]:
        """The declared files, under the names by which the chapter finds them.

        Raises
        ------
        InputsError
            If a pattern leaves the project, or names one file that is not there.
        """
        return sorted({path for pattern in self.patterns for path in self.matches(pattern)})

    @cached_property
    def followed(self) -> imports.Followed:
        """The project's modules that the cells import, and what they import from elsewhere."""
        return imports.follow(self.cells, (self.code, settings.ENGINE.parent), self._learned_files(), self.seen)

    @cached_property
    def read(self) -> dict[str, str]:
        """SHA-256 of each declared file, by its path from the root."""
        return digest.of_files(self.root, self.files, self.seen.sha256)

    @cached_property
    def modules(self) -> dict[str, str]:
        """SHA-256 of each of the project's modules that the chapter runs, by its path from the root."""
        ours = (path for path in self.followed.files if path.is_relative_to(self.root))
        return digest.of_files(self.root, ours, self.seen.sha256)

    @cached_property
    def _engine(self) -> dict[str, str]:
        """The same of what it runs of an engine that is installed elsewhere."""
        elsewhere = (path for path in self.followed.files if not path.is_relative_to(self.root))
        return digest.of_files(settings.ENGINE.parent, elsewhere, self.seen.sha256)

    @cached_property
    def digest(self) -> str:
        """Of everything that the outputs rest on, the code cells excepted (jupyter-cache hashes those itself)."""
        fonts = digest.of_files(settings.fonts_folder(), digest.below(settings.fonts_folder()), self.seen.sha256)
        rests_on = [self.read, self.modules, self._engine, settings.surroundings(self.root)]
        return digest.of_value([FORMAT, self._kernel_side(), fonts, *rests_on])

    @cached_property
    def key(self) -> str:
        """Names the list of learned modules: what a run loads is settled by cells, files and modules found without it."""
        return digest.of_value([(self.plain or self).digest, self.cells])

    def _kernel_side(self) -> list[str]:
        # What every kernel runs before the first cell changes outputs as much as a chapter's own modules do.
        here = [*sorted((settings.ENGINE / "kernel").glob("*.py")), settings.ENGINE / "execution" / "kernels.py"]
        return [self.seen.sha256(path) for path in here]

    def _learned_files(self) -> Iterable[Path]:
        return (path for name in self.learned if (path := self.root / name).is_file())

    def matches(self, pattern: str) -> list[Path]:
        """The files that one pattern declares."""
        if pattern.startswith(("/", "~")) or ".." in Path(pattern).parts:
            raise InputsError(f"{self.docname}: inputs staan in het project, geteld vanaf de wortel: {pattern}")
        if Path(pattern).parts[:1] and Path(pattern).parts[0] in NEVER:
            raise InputsError(
                f"{self._place(pattern)}: {pattern} onder inputs is geen deel van het boek\n  {inside.REMEDY}"
            )
        try:
            found = self.seen.matches(self.root, pattern)
        except ValueError as problem:
            raise InputsError(f"{self.docname}: geen patroon voor inputs: {pattern!r} ({problem})") from None
        for path, said in found:
            if said:
                name = path.relative_to(self.root).as_posix()
                raise InputsError(f"{self._place(pattern)}: {name} onder inputs {said}\n  {inside.REMEDY}")
        if not found and not set(pattern) & set("*?["):
            raise InputsError(f"{self.docname} noemt {pattern} onder inputs, maar dat bestand is er niet")
        return [path for path, _ in found]

    def _place(self, pattern: str) -> str:
        """The page with the line of a pattern."""
        page = self.root / f"{self.docname.removesuffix('.md')}.md"
        lines = page.read_text(encoding="utf-8").splitlines() if page.is_file() else []
        line = next((number for number, said in enumerate(lines, 1) if pattern in said), 1)
        return f"{digest.relative(self.root, page)}, regel {line}"


def parse(
    docname: str, text: str, cells: Iterable[str], root: Path, code: Path, seen: imports.Seen | None = None
) -> Chapter:
    """The chapter behind a page's text.

    Raises
    ------
    InputsError
        If `inputs` is not a list of patterns, or the front matter is no YAML.
    """
    try:
        patterns = front_matter(text).get(KEY) or []
    except InputsError as problem:
        raise InputsError(f"{docname}: {problem}") from None
    if not isinstance(patterns, list) or not all(isinstance(pattern, str) for pattern in patterns):
        raise InputsError(
            f"{docname}: inputs is een lijst van patronen, bijvoorbeeld\n  inputs:\n    - data/published/*.csv"
        )
    return Chapter(root, code, docname, tuple(patterns), tuple(cells), seen=seen or imports.Seen())


def front_matter(text: str) -> dict[str, Any]:
    """The metadata of a page: of a text from its front matter, of a notebook from its own.

    Raises
    ------
    InputsError
        If the front matter is no YAML.
    """
    if text.lstrip().startswith("{"):
        return json.loads(text).get("metadata", {})
    head, _ = texts.head(text)
    try:
        found = plain_yaml.load(head)
    except plain_yaml.YamlError as problem:
        raise InputsError(
            f"regel {problem.line + 1}: {problem.said} in de kop tussen --- en ---\n  herstel: {problem.remedy}"
        ) from None
    return found if isinstance(found, dict) else {}


def fold(text: str, sha256: str) -> str:
    """The page's text with a digest in its kernelspec, where jupyter-cache's hash includes it; lines keep their numbers."""
    metadata = front_matter(text)
    kernelspec = {"name": "python3", "display_name": "Python 3"} | (metadata.get("kernelspec") or {}) | {KEY: sha256}
    if text.lstrip().startswith("{"):
        notebook = json.loads(text)
        return json.dumps(notebook | {"metadata": metadata | {"kernelspec": kernelspec}})
    head, body = texts.head(text)
    one_line = json.dumps(metadata | {"kernelspec": kernelspec}, default=str)  # JSON is YAML
    return f"---\n{one_line}" + "\n" * head.count("\n") + body


def with_learned(chapter: Chapter, learned: Iterable[str], seen: imports.Seen | None = None) -> Chapter:
    """The same chapter with digests of its own, knowing which modules a run loaded under computed names."""
    known = tuple(sorted(learned))
    plain = (chapter.plain or chapter) if known else None
    return replace(chapter, learned=known, plain=plain, seen=seen or imports.Seen())


def changed(chapter: Chapter) -> list[str]:
    """The files that a chapter rests on and that are not what they were when their digests were taken, by path."""
    now = with_learned(chapter, chapter.learned)
    before, after = chapter.read | chapter.modules, now.read | now.modules
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
