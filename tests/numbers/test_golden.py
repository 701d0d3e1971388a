"""Every number of the book as it was last changed on purpose: `golden.csv` against the evaluated ledger."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

import pytest

from ledger import dutch
from leerwerk import study

COLUMNS = ("id", "printed", "recomputed", "interval", "value", "status", "microdata", "commit")
VALUE = 1e-9  # the table has ten digits, of which the last is rounded
HOW = (
    "Meant? Commit the change, then write these rows into tests/numbers/golden.csv with the hash of that commit in the"
    " last column (and take out what is gone). Not meant? Then a number of the book moved by accident."
)

Rows = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def now() -> Rows:
    """The numbers as the code at hand has them, in the table's columns but the last."""
    return {
        number.id: {
            "id": number.id,
            "printed": number.shown,
            "recomputed": number.text,
            "interval": dutch.interval(number.quantity, number.decimals) if number.quantity else "",
            "value": f"{number.quantity.value:.10g}" if number.quantity else "",
            "status": number.status or "",
            "microdata": number.microdata,
        }
        for number in study.numbers()
    }


def same(column: str, before: str, after: str) -> bool:
    if column == "value" and before and after:
        return float(after) == pytest.approx(float(before), rel=VALUE, abs=0)
    return before == after


def differences(golden: Rows, now: Rows) -> list[str]:
    """What moved, what is new and what is gone, each with the row as it should be."""
    said = [f"gone: {name} (was {golden[name]['printed']!r})" for name in golden if name not in now]
    for name, row in now.items():
        old = golden.get(name)
        changed = [column for column in row if old and not same(column, old[column], row[column])]
        if old is None or changed:
            steps = ", ".join(f"{column} {old[column]!r} -> {row[column]!r}" for column in changed) if old else "no row"
            said += [f"{'moved' if old else 'new'}: {name}: {steps}", f"    {as_csv(row)}"]
    return said


def as_csv(row: dict[str, str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([*row.values(), "<commit>"])
    return text.getvalue()


def test_every_number_is_as_it_was_last_changed_on_purpose(golden: Rows, now: Rows) -> None:
    said = differences(golden, now)
    assert not said, "\n".join([f"{len(golden)} numbers in the table, {len(now)} in the book.", *said, HOW])


def test_the_table_stands_in_the_order_of_the_book_and_has_its_columns(golden: Rows, now: Rows) -> None:
    assert list(golden) == list(now)
    assert {tuple(row) for row in golden.values()} == {COLUMNS}


def test_each_commit_of_the_table_is_in_the_history(root: Path, golden: Rows) -> None:
    def git(*arguments: str) -> str:
        told = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
        assert told.returncode == 0, f"The history is needed: run the tests in a clone. git said: {told.stderr}"
        return told.stdout.strip()

    shallow = git("rev-parse", "--is-shallow-repository")
    assert shallow == "false", "This clone lacks its history: `git fetch --unshallow` (in a workflow `fetch-depth: 0`)."
    known = {commit[:7] for commit in git("rev-list", "HEAD").split()}
    unknown = {name: row["commit"] for name, row in golden.items() if row["commit"] not in known}
    assert unknown == {}, "Name the commit in which the number changed, by the first seven digits of its hash."


# --- The comparison itself ---


def table(**printed: str) -> Rows:
    same_in_all = {"recomputed": "", "interval": "", "value": "1", "status": "given", "microdata": "none"}
    return {name: {"id": name, "printed": text, **same_in_all} for name, text in printed.items()}


def test_what_moved_is_new_or_gone_is_named_with_its_row() -> None:
    assert differences(table(a="1%", b="2"), table(a="1%", b="2")) == []
    assert differences(table(a="1%", b="2"), table(a="1,5%", c="3")) == [
        "gone: b (was '2')",
        "moved: a: printed '1%' -> '1,5%'",
        '    a,"1,5%",,,1,given,none,<commit>',
        "new: c: no row",
        "    c,3,,,1,given,none,<commit>",
    ]


@pytest.mark.parametrize("column", ["printed", "recomputed", "interval", "value", "status", "microdata"])
def test_each_column_counts(column: str) -> None:
    before, after = table(a="1%"), table(a="1%")
    after["a"][column] = "2"
    assert differences(before, after)[0] == f"moved: a: {column} {before['a'][column]!r} -> '2'"


def test_a_value_counts_to_its_ninth_digit_and_no_further() -> None:
    assert same("value", "0.3333333333", "0.33333333334")
    assert not same("value", "0.3333333333", "0.333333334")
    assert not same("value", "", "0")
    assert not same("value", "0", "")
