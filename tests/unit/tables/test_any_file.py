"""Any file that someone may put in the folder: a frame that keeps every rule, or a DataError; never another exception.

Hypothesis draws bytes, tables that are nearly right, Parquet of odd types, codebooks and words of the holder. `EXAMPLES`
says how many: few for `make test`, always the same ones, and many for `make nightly`, others every night.
"""

from __future__ import annotations

import csv
import io
import os
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.tables import records
from ledger.tables.codebook import Codebook
from ledger.tables.dates import PATTERNS
from ledger.tables.layout import AS_OURS, Layout, Origin
from ledger.tables.reading import DataError, Problem, typed_table
from ledger.tables.rules import Records, RowRule, Table, one_of, whole
from leerwerk.tables import calendar, holder, pupils

FEW = 100
EXAMPLES = int(os.environ.get("EXAMPLES", FEW))
DRAWN = settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES <= FEW,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)

# Every kind of column that the tables of pupils have, in a table small enough to be drawn whole.
RULES = Records(
    columns={
        "id": (whole(1, 10_000_000),),
        "cohort": (one_of("2014", "2015"),),
        "sex": (one_of("m", "f"),),
        "age": (whole(14, 25),),
        "vsv": (one_of("0", "1"),),
        "months": (whole(1, 48),),
        "start": (whole(1, 48, or_empty=True),),
    },
    key=("id",),
    numeric=("id", "cohort", "age", "vsv", "months", "start"),
    across=(RowRule("start", lambda table: ~(table["start"] > table["months"]), "start voor het einde", "Kijk na."),),
    optional=("start",),
    names=("id",),
    dated={
        "cohort": calendar.COHORT,
        "age": calendar.AGE,
        "months": calendar.MONTHS,
        "start": calendar.MONTH,
    },
)
NAMES = tuple(RULES.columns)
SOUND: dict[str, st.SearchStrategy[str]] = {
    "id": st.integers(1, 10_000_000).map(str),
    "cohort": st.sampled_from(["2014", "2015"]),
    "sex": st.sampled_from(["m", "f"]),
    "age": st.integers(14, 25).map(str),
    "vsv": st.sampled_from(["0", "1"]),
    "months": st.integers(1, 48).map(str),
    "start": st.sampled_from(["", "1", "2"]),
}
ODD = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            *(
                "",
                " ",
                "\0",
                "1\0",
                "٣",
                "１４",
                "²",
                "1e400",
                "9" * 30,
                "-" + "9" * 400,
                "nan",
                "inf",
                "-inf",
                "0x1",
                "1_0",
                "+1",
            ),
            *(
                "-0",
                "None",
                "1,5",
                "1.0",
                "2014.00",
                '"',
                "'",
                "a\nb",
                "a\r\nb",
                ";",
                "\t",
                "|",
                "=1+1",
                "\ufeff",
                "\u202e",
            ),
            *(
                "\ud7ff",
                "31/02/2014",
                "2014-09-01",
                "2014-09-01 00:00:00",
                "01/09/2014",
                "20140901",
                "0000-00-00",
                "99999999",
            ),
            *("2015-01-01T00:00:00Z", "ja", "x" * 140_000),
        ]
    ),
    st.integers(-(10**30), 10**30).map(str),
    st.floats().map(str),
    st.dates().map(str),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1", "utf-32", "cp037")
ORIGINS = {
    "id": [Origin("id"), Origin("id", numbered=True), Origin("id", decimal=",")],
    "cohort": [Origin("cohort"), *(Origin("cohort", date=pattern) for pattern in PATTERNS)],
    "sex": [Origin("sex"), Origin("sex", (("1", "m"), ("2", "f"), ("", "m"))), Origin("geslacht")],
    "age": [Origin("age"), Origin("age", date="JJJJ-MM-DD"), Origin("age", date="DD/MM/JJJJ", at=20160901)],
    "vsv": [Origin("vsv"), Origin("vsv", (("ja", "1"), ("", "0")))],
    "months": [Origin("months"), Origin("months", decimal=".", rounded=True), Origin("months", date="JJJJ-MM-DD")],
    "start": [Origin("start"), Origin("start", (("x", ""), ("1", "1"))), Origin("start", date="JJJJMMDD")],
}
LAYOUTS = st.one_of(
    st.just(AS_OURS),
    st.builds(
        Layout,
        st.sampled_from([None, ",", ";", "\t", "|"]),
        st.sampled_from([None, "utf-8", "windows-1252", "utf-16"]),
        st.tuples(*(st.tuples(st.just(name), st.sampled_from(origins)) for name, origins in ORIGINS.items())),
    ),
)


DAYS = {
    "cohort": st.dates(date(2014, 9, 1), date(2016, 8, 31)),
    "age": st.dates(date(1996, 1, 1), date(1998, 9, 1)),
    "months": st.dates(date(2016, 9, 1), date(2017, 8, 31)),
    "start": st.dates(date(2015, 9, 1), date(2016, 8, 31)),
}
WRITTEN = {
    "JJJJ-MM-DD": "%Y-%m-%d",
    "JJJJ/MM/DD": "%Y/%m/%d",
    "DD/MM/JJJJ": "%d/%m/%Y",
    "DD-MM-JJJJ": "%d-%m-%Y",
    "DD.MM.JJJJ": "%d.%m.%Y",
    "JJJJMMDD": "%Y%m%d",
}


def sound(name: str, origin: Origin) -> st.SearchStrategy[str]:
    """Cells that are right in such a column, or nearly always."""
    if origin.codes:
        return st.sampled_from([theirs for theirs, _ in origin.codes])
    if origin.date:
        pattern = WRITTEN[origin.date]
        return DAYS[name].map(lambda day: day.strftime(pattern))
    if origin.decimal:
        return SOUND[name].map(lambda cell: f"{cell}{origin.decimal}0")
    return st.text(st.characters(codec="ascii", categories=["L"]), min_size=1) if origin.numbered else SOUND[name]


@st.composite
def rows(draw: st.DrawFn, odds: float, layout: Layout = AS_OURS) -> tuple[list[str], list[list[str]]]:
    """A header and rows: of the rules, with now and then another name, another cell or another width."""

    def may(other: st.SearchStrategy[Any], right: st.SearchStrategy[Any]) -> Any:
        return draw(other if draw(st.floats(0, 1)) < odds else right)

    columns = [(name, layout.origin(name)) for name in draw(st.permutations(NAMES))]
    header = [may(st.one_of(st.sampled_from(NAMES), ODD), st.just(origin.name)) for _, origin in columns]
    count = draw(st.integers(0 if odds else 1, 6))
    body = [[may(ODD, sound(name, origin)) for name, origin in columns] for _ in range(count)]
    if draw(st.booleans()):
        header.append("x")
        body = [[*row, draw(st.text(max_size=3))] for row in body]
    if body and draw(st.floats(0, 1)) < odds:
        draw(st.sampled_from(body)).append("x")
    return header, body


@st.composite
def texts(draw: st.DrawFn) -> tuple[bytes, Layout]:
    """A CSV file and its layout, with another encoding, separator or byte now and then."""
    layout, odds = draw(LAYOUTS), draw(st.sampled_from([0.0, 0.02, 0.3]))
    header, body = draw(rows(odds, layout))
    text = io.StringIO()
    is_odd = draw(st.floats(0, 1)) < 2 * odds
    told = {"windows-1252": ["cp1252"], "utf-16": ["utf-16"], "utf-8": ["utf-8", "utf-8-sig"]}
    known = told.get(layout.encoding or "", ["utf-8", "utf-8-sig", "utf-16"])
    csv.writer(
        text,
        delimiter=draw(st.sampled_from(",;\t|")) if is_odd or layout.separator is None else layout.separator,
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"])),
    ).writerows([header, *body])
    content = text.getvalue().encode(draw(st.sampled_from(ENCODINGS if is_odd else known)), errors="replace")
    if content and is_odd:
        place, length = draw(st.integers(0, len(content))), draw(st.integers(0, 3))
        content = content[:place] + draw(st.binary(max_size=3)) + content[place + length :]
    return content, layout


def read(content: bytes, name: str, layout: Layout) -> pd.DataFrame | list[Problem]:
    """What becomes of a file."""
    with TemporaryDirectory() as place:
        file = Path(place) / name
        file.write_bytes(content)
        try:
            return records.read(file, RULES, name, layout)
        except DataError as refused:
            tell(refused)
            return refused.problems


def tell(refused: DataError) -> None:
    """What is said of it, open and sealed."""
    assert refused.problems
    sealed = DataError([problem.sealed() for problem in refused.problems])
    for error in (refused, sealed):
        assert len(str(error).splitlines()) < 40
        assert error.every_rule()
        assert error.with_rows()
    # Only columns of ours, and counts: nothing that stood in the file.
    assert {problem.column for problem in sealed.problems} <= {None, *NAMES}
    assert all(problem.found is None for problem in sealed.problems)


def check(frame: pd.DataFrame) -> None:
    """Whether a frame keeps every rule: without the code that is tested."""
    assert [name for name in NAMES if name in frame] == list(frame)
    assert set(NAMES) - set(frame) <= {"start"}
    assert len(frame)
    assert sorted(set(frame["id"])) == sorted(frame["id"])
    assert set(frame["cohort"]) <= {2014, 2015}
    assert set(frame["sex"]) <= {"m", "f"}
    assert set(frame["vsv"]) <= {0, 1}
    for name, low, high in (("id", 1, 10_000_000), ("age", 14, 25), ("months", 1, 48)):
        assert frame[name].between(low, high).all()
    if "start" in frame:
        began = frame[frame["start"].notna()]
        assert began["start"].between(1, 48).all()
        assert (began["start"] <= began["months"]).all()
        assert (began["start"] % 1 == 0).all()


# --- CSV ---


@DRAWN
@given(file=st.one_of(texts(), texts(), st.tuples(st.binary(max_size=60), LAYOUTS)))
def test_any_text_file_is_a_frame_that_keeps_the_rules_or_an_error(file):
    content, layout = file
    found = read(content, "a.csv", layout)
    if isinstance(found, pd.DataFrame):
        check(found)


@DRAWN
@given(table=rows(0.03))
def test_a_text_file_gives_the_rows_and_messages_of_the_reader_of_small_tables(table):
    names, body = table
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *body])
    # A NUL is told of the file as a whole.
    if sorted(names) != sorted(NAMES) or not body or "\0" in text.getvalue():
        return
    found = read(text.getvalue().encode(errors="replace"), "a.csv", AS_OURS)
    small = Table(dict(RULES.columns), RULES.key)
    try:
        plain = typed_table(text.getvalue().encode(errors="replace").decode(), small, "a.csv")
    except DataError as refused:
        assert isinstance(found, list)
        ours = {problem for problem in found if problem.demand != "start voor het einde"}
        theirs = {problem for problem in refused.problems if problem.column != "id" or "sleutel" not in problem.demand}
        assert {each for each in ours if "sleutel" not in each.demand} == theirs
        return
    if isinstance(found, pd.DataFrame):
        for name in NAMES:
            cells = [None if cell == "" else cell for cell in plain[name]]
            values = [None if pd.isna(value) else value for value in found[name].tolist()]
            numeric = name in RULES.numeric
            assert values == [int(cell) if numeric and cell is not None else cell for cell in cells]
    else:
        assert {problem.demand for problem in found} <= {"start voor het einde"}


# --- Parquet ---

KINDS = st.sampled_from(
    [
        *(pa.int8(), pa.int16(), pa.int64(), pa.uint8(), pa.uint64(), pa.float16(), pa.float32(), pa.float64()),
        *(pa.string(), pa.large_string(), pa.string_view(), pa.bool_(), pa.null(), pa.binary(), pa.decimal128(38, 4)),
        *(pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ns"), pa.timestamp("us", "UTC"), pa.time32("s")),
        *(pa.duration("ms"), pa.list_(pa.int8()), pa.struct([("a", pa.int8())]), pa.dictionary(pa.int8(), pa.string())),
        *(pa.dictionary(pa.int32(), pa.int64()), pa.decimal256(70, 0), pa.map_(pa.string(), pa.int8())),
    ]
)
VALUES = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**64 - 1),
    st.integers(0, 50),
    st.sampled_from(
        [
            2014,
            2015,
            20140901,
            0,
            1,
            "m",
            "f",
            "",
            "2014-09-01",
            "16",
            True,
            False,
            1.0,
            2.5,
            float("nan"),
            float("inf"),
        ]
    ),
    st.floats(),
    st.text(max_size=5),
    st.binary(max_size=3),
    st.dates(),
    st.datetimes(),
    st.sampled_from(
        [Decimal("1.0000"), Decimal("-0.5"), Decimal(10) ** 30, datetime(1, 1, 1), date(9999, 12, 31), [1], {"a": 1}]
    ),
)


@st.composite
def columnar(draw: st.DrawFn) -> tuple[bytes, Layout]:
    """A Parquet file and its layout: of sound values or odd ones, of one type or another, whole or cut."""
    layout, odds, count = draw(LAYOUTS), draw(st.sampled_from([0.0, 0.1, 0.5])), draw(st.integers(1, 5))
    columns: dict[str, pa.Array] = {"x": pa.array(["x"] * count)}
    for name in NAMES:
        origin, is_odd = layout.origin(name), draw(st.floats(0, 1)) < odds
        values: list[Any] = draw(st.lists(VALUES if is_odd else sound(name, origin), min_size=count, max_size=count))
        if not is_odd and name in RULES.numeric and origin == Origin(name) and draw(st.booleans()):
            values = [int(value) if value else None for value in values]
        if not is_odd and origin.date == "JJJJ-MM-DD" and draw(st.booleans()):
            values = [date.fromisoformat(value) for value in values]
        columns[origin.name] = array(values, draw(KINDS) if is_odd else None)
    dropped = draw(st.sampled_from(NAMES)) if draw(st.floats(0, 1)) < odds / 2 else None
    table = pa.table({name: column for name, column in columns.items() if name != dropped})
    sink = io.BytesIO()
    try:
        pq.write_table(
            table, sink, row_group_size=draw(st.sampled_from([1, 3, 100])), use_dictionary=draw(st.booleans())
        )
    except pa.ArrowException:  # what Parquet cannot hold is in no file
        return b"PAR1", layout
    content = sink.getvalue()
    if draw(st.floats(0, 1)) < odds / 2:
        place = draw(st.integers(0, len(content)))
        content = content[:place] + draw(st.binary(max_size=4)) + content[place + draw(st.integers(0, 4)) :]
    return content, layout


def array(values: list[Any], kind: pa.DataType | None) -> pa.Array:
    """The values that are of that type together; another is missing."""
    kept: list[Any] = []
    for value in values:
        kept.append(value if fits([*kept, value], kind) else None)
    return pa.array(kept, kind)


def fits(values: list[Any], kind: pa.DataType | None) -> bool:
    """Whether Arrow makes a column of them: it takes an empty text for an empty map, unless it has met a dictionary."""
    try:
        pa.array(values, kind)
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        return False
    return True


@DRAWN
@given(file=st.one_of(columnar(), columnar(), st.tuples(st.binary(max_size=30), LAYOUTS)))
def test_any_parquet_is_a_frame_that_keeps_the_rules_or_an_error(file):
    content, layout = file
    found = read(content, "a.parquet", layout)
    if isinstance(found, pd.DataFrame):
        check(found)


@DRAWN
@given(table=rows(0.0))
def test_the_same_rows_are_the_same_frame_in_either_form(table):
    names, body = table
    frame = pd.DataFrame(body, columns=names)[list(NAMES)]
    text = frame.to_csv(index=False).encode()
    sink = io.BytesIO()
    whole_numbers = {name: [int(cell) if cell else None for cell in frame[name]] for name in RULES.numeric}
    pq.write_table(pa.table({"sex": frame["sex"].tolist(), **whole_numbers}), sink)
    found, columns = read(text, "a.csv", AS_OURS), read(sink.getvalue(), "a.parquet", AS_OURS)
    if isinstance(found, pd.DataFrame):
        assert isinstance(columns, pd.DataFrame)
        pd.testing.assert_frame_equal(found, columns)
        np.testing.assert_array_equal(found["id"], [int(cell) for cell in frame["id"]])
    else:
        assert isinstance(columns, list)
        assert {each.demand for each in found} == {each.demand for each in columns}


# --- Codebooks, and what the holder says ---

WORDS = st.sampled_from(
    [
        *(
            "learners",
            "abo_learners",
            "file",
            "separator",
            "encoding",
            "decimal",
            "columns",
            "column",
            "codes",
            "date",
            "at",
        ),
        *(
            "round",
            "numbered",
            "sex",
            "id",
            "age",
            "cohort",
            "months",
            "brug_start",
            "m",
            "f",
            "1",
            "2014",
            "yes",
            "no",
            "~",
        ),
        *(
            "JJJJ-MM-DD",
            "DD/MM/JJJJ",
            "2016-09-01",
            "a.csv",
            "a.parquet",
            "../a.csv",
            "windows-1252",
            "utf-8",
            "tab",
            "','",
        ),
        *(
            "holder",
            "period",
            "extracted",
            "coverage",
            "2026-11-24",
            "Alle leerlingen.",
            "'x'",
            '"\\0"',
            '"\\uD800"',
            "''",
        ),
        *(
            "&a",
            "*a",
            "!!binary x",
            "!x",
            "- x",
            "[x]",
            "|",
            ">",
            "#",
            "---",
            "...",
            "? x",
            "<<",
            "%YAML 9.9",
            "\t",
            "@",
            "`",
        ),
    ]
)


@st.composite
def outlines(draw: st.DrawFn) -> bytes:
    """Nested names and values, in the forms that YAML has."""

    def entry(depth: int) -> str:
        if depth == 4 or draw(st.integers(0, 3)) == 0:
            return " " + draw(st.one_of(WORDS, st.text(max_size=8))) + "\n"
        names = draw(st.lists(WORDS, min_size=1, max_size=3))
        if draw(st.booleans()):
            return "\n" + "".join(f"{'  ' * depth}{name}:{entry(depth + 1)}" for name in names)
        return " {" + ", ".join(f"{name}: {draw(WORDS)}" for name in names) + "}\n"

    return entry(0).encode(draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "latin-1"])), errors="replace")


OUTLINES = st.one_of(
    outlines(), st.text(max_size=40).map(lambda text: text.encode(errors="replace")), st.binary(max_size=40)
)


@DRAWN
@given(content=OUTLINES)
def test_any_codebook_is_one_or_an_error(content):
    with TemporaryDirectory() as place:
        file = Path(place) / "codebook.yml"
        file.write_bytes(content)
        try:
            book = Codebook(file, ["learners", "abo_learners"], "codebook.yml")
            for name, rules in (("learners", pupils.LEARNERS), ("abo_learners", pupils.ABO_LEARNERS)):
                layout = book.layout(name, pupils.TABLES[rules])
                assert {column for column, _ in layout.columns} <= set(pupils.TABLES[rules].columns)
                told = book.file(name)
                assert told is None or (Path(place) / told).resolve().parent == Path(place).resolve()
        except DataError as refused:
            assert len(refused.problems) == 1
            assert refused.problems[0].found is None


@DRAWN
@given(content=OUTLINES)
def test_whatever_the_holder_says_is_plain_text_or_an_error(content):
    with TemporaryDirectory() as place:
        (Path(place) / "records.yml").write_bytes(content)
        try:
            about = holder.read(Path(place))
        except DataError as refused:
            assert len(refused.problems) == 1
        else:
            assert all(text.isprintable() for text in (about.holder, about.period, about.coverage))
