"""What a chapter rests on: which changes give it another digest, and how that digest reaches the cache."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bookbuild.execution import chapter
from bookbuild.execution.chapter import Chapter, InputsError
from bookbuild.execution.imports import Seen
from bookbuild.project import digest, settings

ONE = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"  # printf 1 | sha256sum


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two data files and a package of two modules."""
    monkeypatch.delenv("LEERWERK_RELEASED", raising=False)
    for name, text in {
        "data/a.csv": "1",
        "data/b.csv": "2",
        "data/sub/c.csv": "3",
        "_build/old.csv": "4",
        ".venv/x.csv": "4",
        "code/proj/__init__.py": "",
        "code/proj/near.py": "",
        "code/proj/late.py": "",
        "ledger/style/fonts/f.ttf": "f",
        "_config.yml": "bookbuild: {records: {released: LEERWERK_RELEASED}}\n",
        "requirements.txt": "",
    }.items():
        write(tmp_path / name, text)
    monkeypatch.setattr(settings, "fonts_folder", lambda: tmp_path / "ledger" / "style" / "fonts")
    return tmp_path


def write(path: Path, text: str) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def made(
    root: Path, *patterns: str, cells: tuple[str, ...] = ("from proj import near",), learned: tuple[str, ...] = ()
) -> Chapter:
    """A chapter that has read nothing of the disk yet."""
    return Chapter(root, root / "code", "chapters/a", patterns, cells, learned)


def found(root: Path, *patterns: str) -> list[str]:
    """The files that patterns declare, from the root."""
    return [path.relative_to(root).as_posix() for path in made(root, *patterns).files]


def test_chapters_that_look_together_see_the_same_and_one_that_looks_alone_sees_what_is_there(root: Path) -> None:
    seen = Seen()
    text = "---\ninputs: [data/a.csv, data/n*.csv]\n---\n"
    cells = ["from proj import near"]

    def look(seen: Seen | None) -> Chapter:
        return chapter.parse("chapters/a", text, cells, root, root / "code", seen)

    before = look(seen).digest
    write(root / "data" / "a.csv", "2")
    write(root / "data" / "new.csv", "1")
    write(root / "code" / "proj" / "near.py", "import proj.late")
    assert look(seen).digest == before
    assert chapter.with_learned(look(seen), ["code/proj/late.py"], seen).read == look(seen).read
    alone = look(None)
    assert alone.read != look(seen).read
    assert "code/proj/late.py" in alone.modules
    assert chapter.changed(look(seen)) == ["code/proj/late.py", "code/proj/near.py", "data/a.csv", "data/new.csv"]


def test_patterns_declare_files_once_and_in_order(root: Path) -> None:
    assert found(root, "data/b.csv", "data/?.csv", "data/*") == ["data/a.csv", "data/b.csv"]
    assert found(root, "data/**/*.csv") == ["data/a.csv", "data/b.csv", "data/sub/c.csv"]
    assert found(root) == []
    assert found(root, "data/geen*.csv", "data/[xy].csv", "data/geen?") == []


def test_what_the_build_and_python_make_is_no_input(root: Path) -> None:
    write(root / "_builds" / "x.csv", "")
    write(root / "data" / "_build" / "x.csv", "")
    assert found(root, "*/*.csv") == ["_builds/x.csv", "data/a.csv", "data/b.csv"]
    assert found(root, "data/_build/x.csv") == ["data/_build/x.csv"]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("/etc/passwd", "chapters/a: inputs staan in het project, geteld vanaf de wortel: /etc/passwd"),
        ("~/x.csv", "chapters/a: inputs staan in het project, geteld vanaf de wortel: ~/x.csv"),
        ("data/../../x.csv", "chapters/a: inputs staan in het project, geteld vanaf de wortel: data/../../x.csv"),
        ("data/geen.csv", "chapters/a noemt data/geen.csv onder inputs, maar dat bestand is er niet"),
        ("data", "chapters/a noemt data onder inputs, maar dat bestand is er niet"),
        (".venv/x.csv", "chapters/a.md, regel 1: .venv/x.csv onder inputs is geen deel van het boek"),
        ("_build/*.csv", "chapters/a.md, regel 1: _build/*.csv onder inputs is geen deel van het boek"),
        ("", "chapters/a: geen patroon voor inputs: ''"),
        ("data/**x", "chapters/a: geen patroon voor inputs: 'data/**x'"),
    ],
)
def test_a_wrong_pattern_is_explained(root: Path, pattern: str, message: str) -> None:
    with pytest.raises(InputsError) as problem:
        made(root, pattern).files  # noqa: B018
    assert str(problem.value).startswith(message)


def test_an_input_that_is_a_link_is_known_by_the_name_that_the_chapter_sees(root: Path) -> None:
    write(root / "data" / "deep" / "x.csv", "1")
    (root / "data" / "l-1.csv").symlink_to(root / "data" / "deep" / "x.csv")
    assert made(root, "data/l*.csv").read == {"data/l-1.csv": ONE}
    before = made(root, "data/l*.csv").digest
    (root / "data" / "l-1.csv").rename(root / "data" / "l-2.csv")
    assert made(root, "data/l*.csv").digest != before


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("../disk/x.csv", "data/l-1.csv onder inputs ligt buiten het project"),
        ("_build/x.csv", "data/l-1.csv onder inputs ligt in _build, en dat is geen deel van het boek"),
    ],
)
def test_an_input_that_leads_to_where_the_book_may_not_read_is_refused_with_its_line(
    root: Path, target: str, said: str
) -> None:
    write(root / target, "1")
    write(root / "chapters" / "a.md", "---\ninputs:\n  - data/a.csv\n  - data/l*.csv\n---\n")
    (root / "data" / "l-1.csv").symlink_to(root / target)
    with pytest.raises(InputsError) as problem:
        made(root, "data/l*.csv").files  # noqa: B018
    assert str(problem.value).startswith(f"chapters/a.md, regel 4: {said}\n  herstel: ")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data/a.csv", "9"),
        ("code/proj/near.py", "x = 1"),
        ("code/proj/__init__.py", "x = 1"),
        ("ledger/style/fonts/f.ttf", "g"),
        ("ledger/style/fonts/g.otf", "g"),  # everything in that folder may be read
        ("requirements.txt", "numpy==2"),
        ("data/sub/new.csv", "9"),
    ],
)
def test_each_of_these_changes_the_digest(root: Path, name: str, text: str) -> None:
    patterns = ("data/a.csv", "data/sub/*.csv")
    before = made(root, *patterns)
    key, taken = before.key, before.digest
    write(root / name, text)
    after = made(root, *patterns)
    assert after.digest != taken
    assert after.key != key
    assert before.digest == taken


def test_nothing_else_changes_it(root: Path) -> None:
    before = made(root, "data/a.csv").digest
    for name in ("data/b.csv", "code/proj/late.py", "_build/old.csv", "chapters/a.md"):
        write(root / name, "anders")
    assert made(root, "data/a.csv").digest == before
    assert made(root, "data/?.csv").digest != before


def test_the_programs_around_a_kernel_change_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(root).digest
    names = ["guard.py", "ipython.py", "kernels.py", "nursery.py"]
    taken = digest.of_file
    seen = set()
    for name in names:
        monkeypatch.setattr(digest, "of_file", lambda path, name=name: taken(path) + ("x" if path.name == name else ""))
        seen.add(made(root).digest)
    assert len(seen - {before}) == len(names)


def test_a_higher_format_changes_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(root).digest
    monkeypatch.setattr(chapter, "FORMAT", chapter.FORMAT + 1)
    assert made(root).digest != before


def test_what_was_released_changes_it(
    root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    released = tmp_path_factory.mktemp("room") / "released.json"
    seen = [made(root).digest]
    monkeypatch.setenv("LEERWERK_RELEASED", str(released))
    for text in ("1", "2"):
        write(released, text)
        seen.append(made(root).digest)
    assert len(set(seen)) == 3
    monkeypatch.setenv("LEERWERK_RELEASED", "")
    assert settings.released_file(root) is None
    assert made(root).digest == seen[0]


def test_what_a_run_taught_changes_the_digest_but_not_the_key(root: Path) -> None:
    plain = made(root)
    taught = chapter.with_learned(plain, ["code/proj/late.py", "code/gone.py"])
    assert taught.learned == ("code/gone.py", "code/proj/late.py")
    assert set(taught.modules) == {"code/proj/__init__.py", "code/proj/near.py", "code/proj/late.py"}
    assert taught.key == plain.key
    assert taught.digest != plain.digest
    assert (taught.docname, taught.patterns, taught.cells) == (plain.docname, plain.patterns, plain.cells)
    write(root / "code" / "proj" / "late.py", "import proj.far")
    write(root / "code" / "proj" / "far.py", "")
    assert "code/proj/far.py" in chapter.with_learned(plain, taught.learned).modules


def test_other_cells_have_another_key_but_the_digest_leaves_them_to_the_cache(root: Path) -> None:
    one, other = made(root, cells=("1",)), made(root, cells=("2",))
    assert one.digest == other.digest
    assert one.key != other.key


def test_what_changed_since_the_digests_were_taken_is_named(root: Path) -> None:
    taken = made(root, "data/*.csv", learned=("code/proj/late.py",))
    assert chapter.changed(taken) == []
    write(root / "data" / "a.csv", "9")
    write(root / "data" / "new.csv", "9")
    (root / "data" / "b.csv").unlink()
    write(root / "code" / "proj" / "late.py", "x = 1")
    write(root / "data" / "sub" / "c.csv", "9")
    assert chapter.changed(taken) == ["code/proj/late.py", "data/a.csv", "data/b.csv", "data/new.csv"]


@pytest.mark.parametrize(
    ("text", "metadata"),
    [
        ("---\ntitle: x\ninputs: [a]\n---\n# Kop\n", {"title": "x", "inputs": ["a"]}),
        ("---\ntitle: x\n...\n# Kop\n", {"title": "x"}),
        ("---\n- x\n---\n", {}),
        ("---\n---\ntekst", {}),
        ("---\ntitle: x\n", {}),
        ("# Kop\n---\ntitle: x\n---\n", {}),
        ("", {}),
        ('\n{"metadata": {"title": "x"}, "cells": []}', {"title": "x"}),
        ('{"cells": []}', {}),
    ],
)
def test_front_matter(text: str, metadata: dict) -> None:
    assert chapter.front_matter(text) == metadata


@pytest.mark.parametrize("inputs", ["data/a.csv", "3", "[1, 2]", "{a: b}"])
def test_inputs_are_a_list_of_patterns(root: Path, inputs: str) -> None:
    with pytest.raises(InputsError, match="chapters/a: inputs is een lijst van patronen"):
        chapter.parse("chapters/a", f"---\ninputs: {inputs}\n---\n", [], root, root / "code")


def test_a_page_becomes_a_chapter(root: Path) -> None:
    text = "---\ninputs: [data/a.csv]\n---\n"
    assert chapter.parse("chapters/a", text, ["1"], root, root / "code") == made(root, "data/a.csv", cells=("1",))
    assert chapter.parse("chapters/a", "tekst", [], root, root / "code").patterns == ()


def test_the_digest_is_folded_into_the_kernelspec_and_every_line_keeps_its_number() -> None:
    text = "---\ntitle: x\nkernelspec:\n  name: python3\n  language: python\n---\n\n# Kop\n"
    folded = chapter.fold(text, "abc")
    head, body = folded.removeprefix("---\n").split("---\n")
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python", "inputs": "abc"}
    assert yaml.safe_load(head) == {"title": "x", "kernelspec": kernelspec}
    assert body == "\n# Kop\n"
    assert folded.splitlines().index("# Kop") == text.splitlines().index("# Kop")
    assert chapter.fold(text, "abd") != folded


def test_a_notebook_takes_the_digest_too() -> None:
    folded = json.loads(
        chapter.fold('{"cells": [1], "metadata": {"inputs": ["a"], "kernelspec": {"name": "r"}}}', "abc")
    )
    assert folded == {
        "cells": [1],
        "metadata": {"inputs": ["a"], "kernelspec": {"name": "r", "display_name": "Python 3", "inputs": "abc"}},
    }
