"""The commands behind make context, overdue and check: over a real connection, on a day that is given, in Dutch."""

from __future__ import annotations

from pathlib import Path

import pytest
from eurostat_by_hand import Api, Server, contents

from ledger.tables import folder as tables
from leerwerk.feeds import __main__ as command
from leerwerk.feeds import eurostat
from leerwerk.feeds.errors import FeedError
from leerwerk.introduction import exhibits, figures, numbers
from leerwerk.tables.folder import DATA

UNEMPLOYMENT = "lfst_r_lfu3rt"


@pytest.fixture
def eurostat_answers(api: Api, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Api:
    monkeypatch.setattr(DATA, "path", folder.parent)
    monkeypatch.setattr(eurostat, "fetch", lambda url: api(url.rpartition("/")[2]))
    return api


def test_over_a_real_connection(folder: Path, api: Api, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr(DATA, "path", folder.parent)
    server = Server()
    server.script = [(200, api.body(UNEMPLOYMENT), {}), (200, api.body("edat_lfse_16"), {})]
    try:
        assert command.main(["fetch", "--on", "2027-01-05", "--address", f"{server.address}/data"]) == 0
    finally:
        server.close()
    assert [path.partition("?")[0] for path in server.asked] == ["/data/lfst_r_lfu3rt", "/data/edat_lfse_16"]
    assert capsys.readouterr().out.splitlines() == [
        "lfst_r_lfu3rt: 24 nieuw, 0 herzien, 24 in totaal",
        "edat_lfse_16: 35 nieuw, 0 herzien, 35 in totaal",
    ]
    assert command.main(["check", "--on", "2027-01-05"]) == 0


def test_comparing_writes_nothing(eurostat_answers: Api, folder: Path, capsys) -> None:
    before = contents(folder)
    assert command.main(["fetch", "--compare", "--on", "2027-01-05"]) == 0
    assert "24 nieuw" in capsys.readouterr().out
    assert contents(folder) == before


def test_a_refusal_says_what_and_that_nothing_changed(eurostat_answers: Api, monkeypatch, folder: Path, capsys) -> None:
    def fail(url: str) -> bytes:
        raise FeedError("geen netwerk")

    monkeypatch.setattr(eurostat, "fetch", fail)
    before = contents(folder)
    assert command.main(["fetch", "--on", "2027-01-05"]) == 1
    assert capsys.readouterr().err == "lfst_r_lfu3rt: geen netwerk\nEr is niets gewijzigd.\n"
    assert contents(folder) == before


def test_figures_extend_by_themselves(eurostat_answers: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the figure follows Eurostat's series, a new year is in its frame, its words, its years in prose and its drawing."""
    monkeypatch.setattr(numbers, "YOUTH_SOURCE", "eurostat-unemployment")
    monkeypatch.setattr(numbers, "TOTAL_SOURCE", "eurostat-unemployment")
    for name in ("YOUTH_SOURCE", "TOTAL_SOURCE"):
        monkeypatch.setattr(exhibits, name, "eurostat-unemployment")
    command.main(["fetch", "--on", "2027-01-05"])
    before = exhibits.youth_rates()
    assert list(before.frame["year"]) == [2021, 2022, 2023]
    eurostat_answers.add_year(UNEMPLOYMENT, 9.0)
    command.main(["fetch", "--on", "2027-02-05"])
    tables._read.cache_clear()
    after = exhibits.youth_rates()
    assert list(after.frame["year"]) == [2021, 2022, 2023, 2024]
    assert numbers.covered_year(-1).value == 2024
    assert "3,0 in 2024" in after.alt
    assert after.origin == "Eurostat (lfst_r_lfu3rt)"
    (line, _) = figures.youth_rates(after).axes[0].lines[:2]
    assert max(line.get_xdata()) == 2024


@pytest.mark.parametrize(
    ("day", "due", "refused"),
    [
        ("2027-12-28", False, False),
        ("2027-12-29", True, False),
        ("2028-05-26", True, False),
        ("2028-05-27", True, True),
    ],
)
def test_what_is_due_is_said_and_refused_only_by_the_monthly_run(desk, capsys, day, due, refused) -> None:
    # Looked up on 24 November 2026: 400 days later is 29 December 2027, 550 days later 27 May 2028.
    for source in ("ctg-total", "fpb-i39", "fpb-i25", "statbel-esl", "vl-stat-vsv", "cedefop-dual", "youthwiki-2025"):
        desk.edit("context/sources.csv", source, looked_up="2028-01-01")
    assert command.main(["check", "--on", day]) == 0
    assert ("Tijd om na te kijken: ctg-youth (sinds 2027-12-29)." in capsys.readouterr().err) == due
    assert command.main(["overdue", "--on", day]) == int(refused)
    assert ("Te lang niet nagekeken" in capsys.readouterr().err) == refused


def test_many_that_are_due_fill_one_line(capsys) -> None:
    assert command.main(["check", "--on", "2040-01-01"]) == 0
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Tijd")]
    assert line.count("sinds") == 3
    assert "andere." in line


def test_the_day_is_always_given(capsys) -> None:
    with pytest.raises(SystemExit):
        command.main(["check"])
    assert "--on" in capsys.readouterr().err
