"""Of real records a message tells rules, columns of ours and numbers of rows: no row, no cell, no name of the holder's."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from pathlib import Path

import holder
import pytest

from ledger.tables.reading import DataError, Problem
from leerwerk.tables import __main__ as check
from leerwerk.tables import folder, pupils

SHIPPED = folder.DATA.path / "synthetic"
SECRET = "zzgeheim"
LINE = re.compile(r"regel \d")


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a name that is nobody's business, with records by the example of the documentation."""
    place = tmp_path / SECRET
    place.mkdir()
    holder.write_folder(place, rows=60)
    monkeypatch.setenv(folder.MICRODATA, str(place))
    return place


def in_learners(old: str, new: str) -> Callable[[Path], None]:
    def change(place: Path) -> None:
        file = place / "leerlingen.txt"
        file.write_bytes(file.read_bytes().replace(old.encode("cp1252"), new.encode("cp1252")))

    return change


def in_codebook(old: str, new: str) -> Callable[[Path], None]:
    def change(place: Path) -> None:
        file = place / "codebook.yml"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    return change


def write(name: str, content: bytes) -> Callable[[Path], None]:
    return lambda place: (place / name).write_bytes(content) and None


BROKEN = {
    "a code": in_learners(";nee;", f";{SECRET};"),
    "a code in the key": in_learners("p7919;", "p0;"),
    "a date": in_learners("/2015;", f"/{SECRET};"),
    "a number": in_learners(",0;", f"{SECRET};"),
    "rows of another width": in_learners("school 32", f"school 32;{SECRET}"),
    "a header": in_learners("geslacht;", f"{SECRET};"),
    "a header twice": in_learners("naam;", "geslacht;"),
    "an open quote": in_learners("school", f'"{SECRET}'),
    "another encoding": in_codebook("encoding: windows-1252", "encoding: utf-8"),
    "no text": write("leerlingen.txt", f"{SECRET}\0".encode("utf-16-le")),
    "nothing": write("leerlingen.txt", b""),
    "a name in the codebook": in_codebook("geslacht", SECRET),
    "a file in the codebook": in_codebook("leerlingen.txt", f"{SECRET}.txt"),
    "a word in the codebook": in_codebook("numbered:", f"{SECRET}:"),
    "a code in the codebook": in_codebook("codes: {1: m", f"codes: {{1: {SECRET}"),
    "no codebook": in_codebook("learners:", f"{SECRET}:"),
    "no Parquet": write("buso.parquet", SECRET.encode()),
    "the holder": write("records.yml", f"{SECRET}: {SECRET}".encode()),
}


@pytest.mark.parametrize("spoil", BROKEN.values(), ids=BROKEN)
def test_no_message_tells_a_cell_a_row_or_a_name(real, capsys, spoil):
    spoil(real)
    with pytest.raises(DataError) as refused:
        (pupils.learners(), pupils.abo_learners())
    told, error = str(refused.value), refused.value
    traced = "".join(traceback.format_exception(error))
    assert SECRET not in told + error.every_rule() + error.with_rows() + traced + repr(error)
    assert (error.__cause__, error.__context__) == (None, None)
    assert len(told.splitlines()) < 25
    assert check.main(str(real)) == 1
    out, err = capsys.readouterr()
    assert SECRET not in out + err
    # The lines of what the holder wrote about the records are told.
    for line in (told + out + err).splitlines():
        assert ".yml, regel" in line or "van codebook.yml" in line or not LINE.search(line)


def test_rows_that_break_a_rule_are_counted_and_in_the_log_of_the_room_listed(real):
    file = real / "leerlingen.txt"
    head, *rows = file.read_text(encoding="cp1252").splitlines()
    place = head.split(";").index("geslacht")
    cells = [row.replace("Noël; of Zoë", "x").split(";") for row in rows]
    spoiled = [
        ";".join(["9" if number % 2 and at == place else cell for at, cell in enumerate(row)])
        for number, row in enumerate(cells * 5)
    ]
    file.write_text("\n".join([head, *spoiled]), encoding="cp1252")
    with pytest.raises(DataError) as refused:
        pupils.learners()
    by_rule = str(refused.value).splitlines()
    # 150 of 300 rows; and as every pupil stands there five times, 240 of 300 keys return.
    assert "LEERWERK_MICRODATA/learners.csv, 150 rijen, kolom sex" in by_rule
    assert "LEERWERK_MICRODATA/learners.csv, 240 rijen, kolom id" in by_rule
    log = refused.value.with_rows()
    assert log.count("kolom sex") == log.count("kolom id") == 100
    assert "LEERWERK_MICRODATA/learners.csv, regel 3, kolom sex" in log
    assert "(en nog 50 rijen)" in log
    assert "gevonden" not in log


def test_what_is_wrong_with_a_file_as_a_whole_has_no_rows():
    header = Problem("a", "de kolom bestaat", "Voeg ze toe.", 1, "sex").sealed()
    assert str(header).splitlines()[0] == "a, kolom sex"
    assert str(Problem("a", "tekst in UTF-8", "x").sealed()).splitlines()[0] == "a"
    assert str(Problem("a", "b", "c", 9, "sex", "m").sealed()).splitlines()[0] == "a, 1 rij, kolom sex"


def test_the_same_of_the_synthetic_ones_is_told_with_row_and_cell(desk):
    desk.path("synthetic").unlink()  # a link to the real folder
    desk.path("synthetic").mkdir()
    text = (SHIPPED / "abo_learners.csv").read_text().replace("3,51,ovl,m", "3,51,ovl,x")
    desk.path(pupils.ABO_LEARNERS).write_text(text)
    with pytest.raises(DataError) as refused:
        pupils.shipped(pupils.ABO_LEARNERS)
    assert str(refused.value).splitlines()[:2] == [
        "data/synthetic/abo_learners.csv, regel 4, kolom sex",
        "  gevonden: 'x'",
    ]


# --- make microdata-check ---


def test_sound_records_are_told_by_their_number(real, capsys):
    assert check.main(str(real)) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "LEERWERK_MICRODATA/codebook.yml: in orde",
        "LEERWERK_MICRODATA/records.yml: in orde",
        "LEERWERK_MICRODATA/learners.csv: in orde, 60 rijen",
        "LEERWERK_MICRODATA/abo_learners.csv: in orde, 60 rijen",
    ]
    assert err == ""


def test_both_tables_are_told_of(real, capsys):
    BROKEN["a number"](real)
    BROKEN["no Parquet"](real)
    assert check.main(str(real)) == 1
    err = capsys.readouterr().err
    assert "learners.csv, 60 rijen, kolom ibal_hours" in err
    assert "abo_learners.csv\n  vereist:  leesbare Parquet" in err


def test_a_wrong_codebook_comes_first_and_alone(real, capsys):
    BROKEN["a code in the codebook"](real)
    BROKEN["no Parquet"](real)
    (real / "records.yml").unlink()
    assert check.main(str(real)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "codebook.yml, regel" in err
    assert "records.yml" in err
    assert "learners.csv" not in err


@pytest.mark.parametrize("place", ["", SECRET])
def test_no_folder_is_told_without_its_name(tmp_path, capsys, place):
    assert check.main(place and str(tmp_path / place)) == 1
    assert capsys.readouterr().err == "Zeg in welke map de gegevens staan: make microdata-check FOLDER=<map>.\n"
