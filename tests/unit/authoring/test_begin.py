"""What an author is given to begin with: in its place, refused until it is written, and never over what is there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bookbuild.authoring import chapter, claim, unfinished
from bookbuild.authoring.unfinished import AuthorError
from ledger.tables import claims
from ledger.tables.reading import DataError, typed_table
from leerwerk import study
from leerwerk.tables import published

ROOT = Path(__file__).parents[3]
TABLE = "data/published/claims.csv"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What authors write, and where chapters are listed."""
    for name in ("_config.yml", "_toc.yml", "pyproject.toml", "index.md"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("chapters", "data/published", "code/leerwerk"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def ids(project: Path) -> list[str]:
    return [line.partition(",")[0] for line in (project / TABLE).read_text(encoding="utf-8").splitlines()[1:]]


def begin_claim(project: Path, claim_id: str) -> str:
    return claim.begin(project, study, project / TABLE, claim_id)


@pytest.mark.parametrize(
    ("claim_id", "after"),
    [("introduction.new.share", "introduction"), ("macro.new.share", "macro"), ("conclusion.new.share", "conclusion")],
)
def test_a_claim_stands_last_of_its_chapter(project: Path, claim_id: str, after: str) -> None:
    before = ids(project)
    begin_claim(project, claim_id)
    last = max(number for number, each in enumerate(before) if each.startswith(f"{after}."))
    assert ids(project) == [*before[: last + 1], claim_id, *before[last + 1 :]]


def test_the_rest_of_the_table_keeps_every_byte(project: Path) -> None:
    before = (project / TABLE).read_text(encoding="utf-8").splitlines()
    begin_claim(project, "macro.new.share")
    after = (project / TABLE).read_text(encoding="utf-8").splitlines()
    assert [line for line in after if not line.startswith("macro.new.share,")] == before


def test_a_claim_is_refused_until_it_is_filled_in(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert unfinished.check(project) == 0
    told = begin_claim(project, "macro.new.share")
    claims.fill(project / TABLE)  # make ranges has nothing to say of it yet
    line = ids(project).index("macro.new.share") + 2
    assert f"{TABLE}, regel {line}:" in told
    assert '@recomputes("macro.new.share")\ndef new_share() -> Quantity:' in told
    assert unfinished.check(project) == 1
    assert f"{TABLE}, regel {line}: INVULLEN staat er nog" in capsys.readouterr().out
    rules = published.TABLES["published/claims.csv"]
    with pytest.raises(DataError) as refused:
        typed_table((project / TABLE).read_text(encoding="utf-8"), rules, TABLE)
    assert {problem.row for problem in refused.value.problems} == {line}
    assert {"published", "unit", "basis"} <= {problem.column for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("claim_id", "why"),
    [
        ("", "geen id van de vorm niveau.onderwerp.maat"),
        ("macro.new", "geen id van de vorm"),
        ("nano.new.share", "geen id van de vorm"),
        ("macro.New.share", "geen id van de vorm"),
        ("macro.contracts.oao", "staat al in data/published/claims.csv"),
    ],
)
def test_an_id_that_is_none_or_is_taken_changes_nothing(project: Path, claim_id: str, why: str) -> None:
    before = (project / TABLE).read_bytes()
    with pytest.raises(AuthorError, match=why):
        begin_claim(project, claim_id)
    assert (project / TABLE).read_bytes() == before


def test_a_chapter_comes_before_the_last_in_every_list(project: Path) -> None:
    chapter.begin(project, study, "gewesten")
    names: dict[str, dict[str, str]] = {}
    exec((project / "code/leerwerk/chapters.py").read_text(encoding="utf-8"), names)
    assert list(names["CHAPTERS"]) == [*list(study.CHAPTERS)[:-1], "gewesten", "conclusion"]
    contents = (project / "_toc.yml").read_text(encoding="utf-8")
    assert (
        "      - file: chapters/macro\n      - file: chapters/gewesten\n      - file: chapters/conclusion\n" in contents
    )
    layers = (project / "pyproject.toml").read_text(encoding="utf-8")
    assert '"introduction | micro | meso | macro | gewesten | conclusion | cohort"' in layers
    assert '"code/{introduction,micro,meso,macro,gewesten,conclusion}.py"' in layers


def test_a_chapter_is_refused_until_it_is_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = chapter.begin(project, study, "gewesten")
    assert unfinished.check(project) == 1
    open_in = {line.partition(",")[0] for line in capsys.readouterr().out.splitlines()}
    assert open_in == {"chapters/gewesten.md", "code/leerwerk/chapters.py", "code/leerwerk/gewesten/numbers.py"}
    assert all(path in told for path in ("chapters/gewesten.md", "code/leerwerk/chapters.py", "code/leerwerk/gewesten"))


@pytest.mark.parametrize(
    "name", ["", "Steun", "twee woorden", "../steun", "a-b", "macro", "methods", "effects", "random"]
)
def test_a_name_that_is_none_or_is_taken_changes_nothing(project: Path, name: str) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}

    before = files()
    with pytest.raises(AuthorError, match=r"^NAME="):
        chapter.begin(project, study, name)
    assert files() == before


def test_a_list_that_is_not_where_it_was_is_named_and_nothing_is_written(project: Path) -> None:
    contents = project / "_toc.yml"
    contents.write_text(
        contents.read_text(encoding="utf-8").replace("chapters/conclusion", "chapters/slot"), encoding="utf-8"
    )
    with pytest.raises(AuthorError, match=r"_toc\.yml: .*Zet er zelf bij"):
        chapter.begin(project, study, "gewesten")
    assert not (project / "chapters" / "gewesten.md").exists()
    assert "gewesten" not in (project / "code/leerwerk/chapters.py").read_text(encoding="utf-8")
