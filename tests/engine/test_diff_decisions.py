"""`make diff`, decision by decision: which rows, which words in them, which exit code, and when it computes again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from smallbook import HEADER, commit

from bookbuild.checks import difference

HARD, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
BEFORE: dict[str, Any] = {
    "published": "7%",
    "recomputed": "7,0%",
    "value": 0.07,
    "interval": [0.06, 0.08],
    "unit": "share",
    "status": "given",
    "statement": "Een zin.",
    "inputs": [{"path": "data/x.csv", "sha256": "1"}],
}
AFTER = BEFORE | {"recomputed": "9,5%", "value": 0.095, "inputs": [{"path": "data/x.csv", "sha256": "2"}]}


def test_a_row_in_full() -> None:
    rows = list(difference.number_rows({"a.b": BEFORE}, {"a.b": AFTER}))
    assert rows == [f"| `a.b` | 7,0% | 9,5% | +2,5{HARD}procentpunt | gegeven | gegeven | `data/x.csv` |"]


def test_what_synthetic_records_gave_is_called_so() -> None:
    synthetic = {"microdata": "synthetic"}
    rows = list(difference.number_rows({"a": BEFORE | synthetic}, {"a": AFTER | synthetic, "b": AFTER | synthetic}))
    assert [row.split(" | ")[0] for row in rows] == ["| `a` (synthetisch)", "| `b` (synthetisch)"]
    assert next(difference.number_rows({"a": BEFORE | synthetic}, {})).startswith("| `a` (synthetisch) |")


def test_a_new_row_and_a_lost_one_in_full_and_in_order() -> None:
    rows = list(difference.number_rows({"b": BEFORE, "c": BEFORE}, {"a": AFTER, "c": dict(BEFORE)}))
    assert rows == [
        "| `a` |  | 9,5% | nieuw |  | gegeven | `data/x.csv` |",
        "| `b` | 7,0% |  | weg | gegeven |  | `data/x.csv` |",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "8%"),
        ("recomputed", "7,1%"),
        ("value", 0.071),
        ("interval", [0.06, 0.09]),
        ("unit", "ratio"),
        ("status", None),
    ],
)
def test_each_of_these_fields_makes_a_row(field: str, value: object) -> None:
    assert len(list(difference.number_rows({"a": BEFORE}, {"a": BEFORE | {field: value}}))) == 1
    assert len(list(difference.number_rows({"a": BEFORE | {field: value}}, {"a": BEFORE}))) == 1


@pytest.mark.parametrize(("field", "value"), [("statement", "Anders."), ("inputs", []), ("slide", "x")])
def test_no_other_field_does(field: str, value: object) -> None:
    assert list(difference.number_rows({"a": BEFORE}, {"a": BEFORE | {field: value}})) == []


@pytest.mark.parametrize(
    ("field", "old", "new", "rows"),
    [
        ("value", 0.07, 0.07 * (1 + 1e-14), 0),
        ("value", 1e6, 1e6 * (1 + 1e-13), 0),
        ("value", 0.0, 1e-14, 0),
        ("value", 0.07, 0.07 + 1e-9, 1),
        ("value", 0.0, 1e-9, 1),
        ("interval", [0.06, 0.08], [0.06, 0.08 * (1 + 1e-14)], 0),
        ("interval", [0.06, 0.08], [0.06 + 1e-9, 0.08], 1),
        ("interval", [0.06, 0.08], [0.06, 0.08 + 1e-9], 1),
        ("interval", [0.06, 0.08], [0.06], 1),
    ],
)
def test_only_what_another_order_of_sums_may_change_is_no_difference(
    field: str, old: object, new: object, rows: int
) -> None:
    found = difference.number_rows({"a": BEFORE | {field: old}}, {"a": BEFORE | {field: new}})
    assert len(list(found)) == rows


def test_a_bar_does_not_end_a_cell() -> None:
    (row,) = difference.number_rows({"a": BEFORE}, {"a": BEFORE | {"recomputed": "7|8"}})
    assert r"| 7\|8 |" in row


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (None, ""),
        ({"recomputed": "7,0%", "published": "7%"}, "7,0%"),
        ({"recomputed": "", "published": "7%"}, "7%"),
        ({"recomputed": None, "published": "7%"}, "7%"),
        ({"recomputed": "7,0%"}, "7,0%"),
        ({"recomputed": None}, ""),
    ],
)
def test_the_text_is_what_was_recomputed_or_else_what_was_printed(row: dict[str, Any] | None, text: str) -> None:
    assert difference._text(row) == text


def number(value: float | None, unit: str = "count") -> dict[str, Any]:
    """A number of which only value and unit matter."""
    return {"value": value, "unit": unit}


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (None, number(1), "nieuw"),
        (number(1), None, "weg"),
        (number(None), number(1), ""),
        (number(1), number(None), ""),
        (number(1), number(1), ""),
        (number(1), number(1, "hours"), ""),
        (number(1), number(2, "hours"), ""),
        (number(-1.0, "direction"), number(1.0, "direction"), ""),
        (number(0), number(3), "+3"),
        (number(3), number(0), f"{MINUS}3"),
        (number(700, "hours"), number(710, "hours"), f"+10{HARD}uur"),
        (number(0.5, "ratio"), number(0.8, "ratio"), "+0,3"),
        (number(0.07, "share"), number(0.095, "share"), f"+2,5{HARD}procentpunt"),
        (number(0.095, "share"), number(0.07, "share"), f"{MINUS}2,5{HARD}procentpunt"),
        (number(0.07, "share"), number(0.0701, "share"), f"+0,01{HARD}procentpunt"),
        (number(0.02, "points"), number(0.05, "points"), f"+3{HARD}procentpunt"),
        (number(1999, "year"), number(4001, "year"), "+2002"),
        (number(0, "euro"), number(0.125, "euro"), f"+0,1{HARD}euro"),
    ],
)
def test_the_step_stands_in_its_own_unit(old: dict[str, Any] | None, new: dict[str, Any] | None, change: str) -> None:
    assert difference._change(old, new) == change


@pytest.mark.parametrize(
    ("step", "unit", "decimals"),
    [
        (2.0, "count", 0),
        (-2.0, "count", 0),
        (0.5, "ratio", 1),
        (-0.5, "ratio", 1),
        (0.049, "ratio", 2),
        (0.04, "ratio", 2),
        (0.06, "ratio", 1),
        (0.02, "points", 0),
        (0.025, "points", 1),
        (0.0004, "points", 2),
        (0.1 + 0.2 - 0.3 + 1, "count", 0),  # what adding leaves behind is no difference
        (0.0000001, "count", 7),
        (0.00000001, "count", 8),
        (1.04, "ratio", 1),
    ],
)
def test_as_many_decimals_as_show_a_difference(step: float, unit: Any, decimals: int) -> None:
    assert difference._decimals(step, unit) == decimals


def inputs(**digests: str) -> dict[str, Any]:
    """A number with these inputs."""
    return {"inputs": [{"path": path, "sha256": sha256} for path, sha256 in digests.items()]}


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        (inputs(a="1"), inputs(a="1"), "de code"),
        (inputs(), inputs(), "de code"),
        (inputs(a="1", b="1"), inputs(a="1", b="2"), "`b`"),
        (inputs(c="1", a="1"), inputs(c="2", a="2"), "`a`, `c`"),
        (inputs(a="1"), inputs(), "`a`"),
        (inputs(), inputs(a="1"), "`a`"),
        (None, inputs(a="1"), "`a`"),
        (inputs(a="1"), None, "`a`"),
        (None, inputs(), "de code"),
    ],
)
def test_the_cause_is_the_files_that_differ_or_else_the_code(
    old: dict[str, Any] | None, new: dict[str, Any] | None, cause: str
) -> None:
    assert difference._cause(old, new) == cause


@pytest.mark.parametrize(
    ("row", "label"), [(None, ""), ({}, ""), ({"status": None}, ""), ({"status": "given"}, "gegeven")]
)
def test_the_status_is_the_readers_word(row: dict[str, Any] | None, label: str) -> None:
    assert difference._status(row) == label


def test_figures_that_differ_are_new_or_are_gone_in_order() -> None:
    def figure(data: str, title: str = "T") -> dict[str, str]:
        return {"data": data, "title": title}

    before = {"z": figure("1"), "gone": figure("1"), "same": figure("1"), "titled": figure("1")}
    after = {"z": figure("2", "Z stijgt"), "fresh": figure("1"), "same": figure("1"), "titled": figure("1", "Anders")}
    assert list(difference.figure_rows(before, after)) == ["- `fresh`: nieuw", "- `gone`: weg", "- `z`: Z stijgt"]


NUMBERS = {"numbers": {"a": BEFORE}, "figures": {"f": {"title": "F", "data": "1"}}}
OTHER_NUMBER = NUMBERS | {"numbers": {"a": AFTER}}
OTHER_FIGURE = NUMBERS | {"figures": {"f": {"title": "F", "data": "2"}}}
ROW = f"| `a` | 7,0% | 9,5% | +2,5{HARD}procentpunt | gegeven | gegeven | `data/x.csv` |"
HEAD = "| Getal | Voor | Na | Verschil | Status voor | Status na | Door |\n|---|---|---|---|---|---|---|"
NONE = "Geen enkel getal verschilt van v1."
FIGURE = "Figuren en tabellen met andere gegevens:\n\n- `f`: F"


@pytest.mark.parametrize(
    ("after", "status", "printed"),
    [
        (NUMBERS, 0, f"{NONE}\n"),
        (OTHER_NUMBER, 2, f"Verschillen met v1:\n\n{HEAD}\n{ROW}\n"),
        (OTHER_FIGURE, 2, f"{NONE}\n\n{FIGURE}\n"),
        (OTHER_NUMBER | {"figures": OTHER_FIGURE["figures"]}, 2, f"Verschillen met v1:\n\n{HEAD}\n{ROW}\n\n{FIGURE}\n"),
    ],
)
def test_what_is_printed_and_how_it_ends(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    after: dict[str, Any],
    status: int,
    printed: str,
) -> None:
    unpacked: list[tuple[Path, str]] = []

    def unpack(root: Path, base: str, target: Path) -> Path:
        unpacked.append((root, base))
        return target

    monkeypatch.setattr(difference, "_unpacked", unpack)
    monkeypatch.setattr(difference, "snapshot", lambda version, root: after if version == tmp_path else NUMBERS)
    assert difference.difference(tmp_path, "v1") == status
    assert capsys.readouterr().out == printed
    assert unpacked == [(tmp_path, "v1")]


def test_a_version_that_cannot_be_computed_is_told_on_the_other_stream(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "x.py").touch()
    commit(tmp_path)
    assert difference.difference(tmp_path, "HEAD") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Deze versie is niet te berekenen:\n")
    assert "chapters" in said.err


@pytest.mark.parametrize("base", ["nergens", "HEAD"])
def test_what_is_no_version_of_the_book_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], base: str) -> None:
    (tmp_path / "code.txt").touch()  # a history without a book in it
    commit(tmp_path)
    assert difference.difference(tmp_path, base) == 1
    assert capsys.readouterr().err.startswith(f"{base} is geen versie van dit boek: ")


def test_what_an_older_version_did_not_have_yet_is_not_asked_of_it(tmp_path: Path) -> None:
    for name in ("code", "data"):
        (tmp_path / "boek" / name).mkdir(parents=True)
        (tmp_path / "boek" / name / "x").touch()
        commit(tmp_path / "boek", name)
    found = difference._unpacked(tmp_path / "boek", "HEAD~1", tmp_path / "oud")
    assert sorted(path.name for path in found.iterdir()) == ["code"]


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A project whose versions are computed by counting how often that happened."""
    for name in ("chapters/a.md", "code/p/m.py", "data/d/x.csv", "requirements.txt", "script.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    computed: list[Path] = []

    def compute(version: Path) -> dict[str, Any]:
        computed.append(version)
        return {"n": len(computed), "é": 1}

    monkeypatch.setattr(difference, "_computed", compute)
    monkeypatch.setattr(difference, "SCRIPT", tmp_path / "script.py")
    monkeypatch.delenv("LEERWERK_RELEASED", raising=False)
    assert difference.snapshot(tmp_path, tmp_path) == {"n": 1, "é": 1}
    return computed


def test_the_same_content_is_computed_once(tmp_path: Path, counted: list[Path]) -> None:
    (tmp_path / "code" / "p" / "__pycache__").mkdir()
    (tmp_path / "code" / "p" / "__pycache__" / "m.pyc").touch()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "t.py").touch()
    (tmp_path / "data" / "d" / "x.csv").touch()
    assert difference.snapshot(tmp_path, tmp_path) == {"n": 1, "é": 1}
    assert counted == [tmp_path]


@pytest.mark.parametrize(
    "name", ["chapters/a.md", "code/p/m.py", "data/d/x.csv", "data/d/y.csv", "requirements.txt", "script.py"]
)
def test_other_content_is_computed_again(tmp_path: Path, counted: list[Path], name: str) -> None:
    (tmp_path / name).write_text("2", encoding="utf-8")
    assert difference.snapshot(tmp_path, tmp_path)["n"] == 2
    (tmp_path / name).write_text("1", encoding="utf-8")
    assert difference.snapshot(tmp_path, tmp_path)["n"] == (3 if name.endswith("y.csv") else 1)


def test_real_records_are_computed_again_and_a_torn_file_too(
    tmp_path: Path, counted: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    config = tmp_path / "_config.yml"
    config.write_text("bookbuild: {records: {released: LEERWERK_RELEASED}}\n", encoding="utf-8")
    assert difference.snapshot(tmp_path, tmp_path)["n"] == 2
    released = tmp_path_factory.mktemp("room") / "released.json"
    released.touch()
    monkeypatch.setenv("LEERWERK_RELEASED", str(released))
    assert difference.snapshot(tmp_path, tmp_path)["n"] == 3
    monkeypatch.delenv("LEERWERK_RELEASED")
    for kept in (tmp_path / "_build" / "snapshots").glob("*.json"):
        kept.write_text("{", encoding="utf-8")
    assert difference.snapshot(tmp_path, tmp_path)["n"] == 4


def test_a_version_is_computed_by_its_own_script_and_always_in_the_same_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")  # sets would come in another order, and differ
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "snapshot.py").touch()
    (tmp_path / "code" / "own").mkdir(parents=True)
    assert difference._script(tmp_path) == difference.SCRIPT
    own = tmp_path / "code" / "own" / "snapshot.py"
    own.write_text("import json, os, sys\nprint(json.dumps([os.environ['PYTHONHASHSEED'], sys.argv[1]]))\n")
    assert difference._computed(tmp_path) == ["0", str(tmp_path)]
    own.write_text("raise SystemExit('x' * 3000 + 'de oorzaak')\n")
    with pytest.raises(difference.VersionError, match=r"de oorzaak$"):
        difference._computed(tmp_path)


PLAIN = "{'index': False, 'lineterminator': '\\n'}"  # how a figure's data are written
# A study in a few lines, with the names that the snapshot asks for.
STUDY = {
    "code/study.py": "LEDGER, CHAPTERS = 'het register', {'micro': 'Micro', 'macro': 'Macro'}\n",
    "code/ledger/__init__.py": "",
    "code/ledger/publication.py": """
import hashlib, json
from pathlib import Path
def claims(ledger):
    assert ledger == 'het register'
    data = Path('../data/hours.csv').read_bytes()
    print('niet in de tabel')
    return [dict(id='a.hours', published='7', recomputed=data.decode().strip(), value=int(data), interval=None,
                 unit='hours', status='given', inputs=[dict(path='data/hours.csv', sha256=hashlib.sha256(data).hexdigest())])]
def own_numbers(ledger):
    return [claims(ledger)[0] | dict(id='own', value=3, recomputed='3', inputs=[])]
def as_json(rows):
    return json.dumps(rows)
""",
    "code/bookbuild/__init__.py": "",
    "code/bookbuild/page.py": "def figure(x, width=1): raise RuntimeError('drawn')\ntable = numbers = figure\n",
    "code/bookbuild/project/settings.py": "from types import SimpleNamespace\ndef of(root): return SimpleNamespace(study='study')\n",
    "code/show.py": """
from pathlib import Path
class Exhibit:
    def __init__(self, name):
        self.name, self.title = name, name.title()
    def table(self):
        return self
    def to_csv(self, **how):
        return f"{how} {Path('../data/hours.csv').read_text()}"
""",
    "chapters/micro.md": "from bookbuild import page\nfrom show import Exhibit\npage.numbers(1)\npage.figure(Exhibit('uren'), 2)",
    "chapters/macro.md": "assert 'Exhibit' not in globals()\nfrom bookbuild import page\nimport show\npage.table(show.Exhibit('tabel'))",
    "data/hours.csv": "700\n",
}


def test_two_versions_of_a_small_study(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, text in STUDY.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        cell = f"{HEADER.format(inputs=[], title=name)}Tekst.\n\n```{{code-cell}} ipython3\n{text}\n```\n\n```{{raw-cell}}\nis geen code\n```\n"
        (tmp_path / name).write_text(cell if name.endswith(".md") else text, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("_build\n__pycache__\n", encoding="utf-8")
    commit(tmp_path)
    (tmp_path / "data" / "hours.csv").write_text("710\n", encoding="utf-8")
    assert difference.difference(tmp_path, "HEAD") == 2
    row = f"| `a.hours` | 700 | 710 | +10{HARD}uur | gegeven | gegeven | `data/hours.csv` |"
    drawn = "Figuren en tabellen met andere gegevens:\n\n- `tabel`: Tabel\n- `uren`: Uren\n"
    assert capfd.readouterr().out == f"Verschillen met HEAD:\n\n{HEAD}\n{row}\n\n{drawn}"
    commit(tmp_path, "b")
    assert difference.difference(tmp_path, "HEAD") == 0
    assert len(list((tmp_path / "_build" / "snapshots").iterdir())) == 2
    kept = [json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "_build" / "snapshots").iterdir()]
    assert {found["figures"]["uren"]["data"] for found in kept} == {f"{PLAIN} 700\n", f"{PLAIN} 710\n"}
    assert {found["numbers"]["own"]["value"] for found in kept} == {3}
