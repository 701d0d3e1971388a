"""Refreshing data/context on answers made by hand: what is new is taken over; whatever is wrong leaves every byte as it was."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from eurostat_by_hand import Api, codes_of, contents, rearranged

from ledger.tables.reading import DataError
from leerwerk.feeds import refresh
from leerwerk.feeds.errors import FeedError
from leerwerk.feeds.feed import Row

UNEMPLOYMENT, LEAVERS = "lfst_r_lfu3rt", "edat_lfse_16"
FIRST, LATER = date(2027, 1, 5), date(2027, 2, 5)


def run(folder: Path, api: Callable[[str], bytes], on: date = FIRST, *, revisions: bool = False) -> None:
    refresh.take_over(folder, refresh.compare(folder, api), on, revisions=revisions)


def table(folder: Path, name: str) -> list[Row]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fetched(folder: Path, **cells: str) -> list[Row]:
    rows = [row for row in table(folder, "series.csv") if row["source"].startswith("eurostat-")]
    return [row for row in rows if all(row[name] == cell for name, cell in cells.items())]


def test_the_first_answers_become_rows_with_their_source(folder: Path, api: Api) -> None:
    before = (folder / "series.csv").read_bytes()
    run(folder, api)
    assert (folder / "series.csv").read_bytes().startswith(before)
    # two ages by four areas by three years, and three sexes by four areas by three years but one
    assert len(fetched(folder)) == 2 * 4 * 3 + 3 * 4 * 3 - 1
    (row,) = fetched(folder, indicator="youth_unemployment_rate", geo="Flanders", period="2022")
    assert row == {
        **{"indicator": "youth_unemployment_rate", "geo": "Flanders", "sex": "T", "age": "15-24", "period": "2022"},
        **{"value": "17.6", "value_to": "", "unit": "percent", "source": "eurostat-unemployment"},
        **{"seen": "own page", "certainty": "high", "note": "breaks in series: 2021"},
    }
    (doubted,) = fetched(folder, indicator="youth_unemployment_rate", geo="Brussels", period="2022")
    assert (doubted["certainty"], doubted["note"]) == ("low", "breaks in series: 2021; low reliability")
    assert not fetched(folder, indicator="early_leavers_lfs", geo="Brussels", sex="F", period="2021")


def test_an_answer_is_kept_as_it_came_with_its_day_and_fingerprint(folder: Path, api: Api) -> None:
    run(folder, api)
    for row in table(folder, "feeds.csv"):
        body = (folder / "snapshots" / f"{row['dataset']}-2027-01-05.json").read_bytes()
        assert body == api.body(row["dataset"])
        assert row["fetched"] == "2027-01-05"
        assert row["sha256"] == hashlib.sha256(body).hexdigest()
    assert list(refresh.unpinned(folder)) == []


def test_every_code_that_is_used_is_asked_for(folder: Path, api: Api) -> None:
    run(folder, api)
    assert api.asked[1] == (
        "edat_lfse_16?format=JSON&lang=EN&freq=A&unit=PC&age=Y18-24&sex=T&sex=M&sex=F"
        "&geo=BE&geo=BE1&geo=BE2&geo=BE3&sinceTimePeriod=2000"
    )


def test_the_same_answers_again_write_nothing(folder: Path, api: Api) -> None:
    run(folder, api)
    before = contents(folder)
    api.documents[UNEMPLOYMENT]["updated"] = "2027-02-01T23:00:00+0100"
    run(folder, api, LATER)
    assert contents(folder) == before


def test_another_order_of_dimensions_and_codes_gives_the_same_rows(folder: Path, api: Api) -> None:
    run(folder, api)
    before = contents(folder)
    for dataset, document in api.documents.items():
        turned = {name: codes[::-1] for name, codes in reversed(codes_of(document).items())}
        api.documents[dataset] = rearranged(document, turned)
        assert api.documents[dataset]["value"] != document["value"]
    run(folder, api, LATER)
    assert contents(folder) == before


def test_a_new_year_is_added_and_the_older_snapshot_goes(folder: Path, api: Api) -> None:
    run(folder, api)
    before = fetched(folder)
    api.add_year(UNEMPLOYMENT, 9.9)
    run(folder, api, LATER)
    assert len(fetched(folder, period="2024")) == 2 * 4
    assert [row for row in fetched(folder) if row["period"] != "2024"] == before
    names = sorted(path.name for path in (folder / "snapshots").iterdir())
    assert names == ["edat_lfse_16-2027-01-05.json", "lfst_r_lfu3rt-2027-02-05.json"]
    assert [row for row in table(folder, "changes.csv") if row["kind"] == "revision"] == []
    assert list(refresh.unpinned(folder)) == []


def test_a_revision_waits_and_is_then_applied_and_listed(folder: Path, api: Api) -> None:
    run(folder, api)
    before = contents(folder)
    api.cell(UNEMPLOYMENT, 17.9, age="Y15-24", geo="BE2", time="2022")
    with pytest.raises(FeedError, match=r"werkloosheidsgraad van jongeren, Vlaanderen, 2022: was 17,6%, nu 17,9%"):
        run(folder, api, LATER)
    assert contents(folder) == before

    run(folder, api, LATER, revisions=True)
    (row,) = fetched(folder, indicator="youth_unemployment_rate", geo="Flanders", period="2022")
    assert row["value"] == "17.9"
    corrections = [row for row in table(folder, "changes.csv") if row["kind"] == "correction"]
    assert table(folder, "changes.csv") == [
        *corrections,
        {
            **{"date": "2027-02-05", "kind": "revision", "source": "eurostat-unemployment"},
            **{"what": "werkloosheidsgraad van jongeren, Vlaanderen, 2022", "was": "17,6%", "now": "17,9%"},
            "reason": "Eurostat herzag het cijfer.",
        },
    ]
    assert list(refresh.unpinned(folder)) == []


def test_the_same_number_otherwise_printed_is_no_revision(folder: Path, api: Api) -> None:
    run(folder, api)
    api.cell(UNEMPLOYMENT, 11.10, geo="BE", age="Y15-74", time="2021")
    document = json.dumps(api.documents[UNEMPLOYMENT]).replace(": 11.1,", ": 11.10,").encode()
    assert b"11.10" in document
    moves = refresh.compare(folder, lambda query: document if query.startswith(UNEMPLOYMENT) else api(query))
    assert [move.revised for move in moves] == [[], []]


def lose_region(api: Api) -> None:
    codes = codes_of(api.documents[LEAVERS])
    codes["geo"].remove("BE3")
    api.documents[LEAVERS] = rearranged(api.documents[LEAVERS], codes)


def empty_region(api: Api) -> None:
    api.rearrange(LEAVERS, lambda place: place["geo"] != "BE3", codes_of(api.documents[LEAVERS]))


def other_codes(api: Api) -> None:
    text = json.dumps(api.documents[UNEMPLOYMENT]).replace('"BE2"', '"VLA"')
    api.documents[UNEMPLOYMENT] = json.loads(text)


def other_dimension(api: Api) -> None:
    codes = codes_of(api.documents[LEAVERS]) | {"wstatus": ["POP"]}
    document = api.documents[LEAVERS]
    dimension = {**document["dimension"], "wstatus": {"category": {"index": {"POP": 0}}}}
    size = [*document["size"], 1]
    api.documents[LEAVERS] = document | {"id": list(codes), "size": size, "dimension": dimension}


def more_codes(api: Api) -> None:
    codes = codes_of(api.documents[UNEMPLOYMENT])
    codes["sex"] = ["T", "M"]
    api.documents[UNEMPLOYMENT] = rearranged(api.documents[UNEMPLOYMENT], codes)


def quarters(api: Api) -> None:
    text = json.dumps(api.documents[LEAVERS]).replace('"2023"', '"2023-Q1"')
    api.documents[LEAVERS] = json.loads(text)


def lose_year(api: Api) -> None:
    api.cell(LEAVERS, None, sex="T", geo="BE2", time="2022")


def impossible(api: Api) -> None:
    api.cell(LEAVERS, 120, sex="T", geo="BE2", time="2022")


def postpone(api: Api) -> None:
    api.documents[LEAVERS] = {"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE."}}


WRONG = {
    "missing region": (lose_region, "edat_lfse_16: ontbreekt in geo: BE3"),
    "region without values": (empty_region, "edat_lfse_16: geen enkele waarde voor Y18-24, T, BE3"),
    "changed codes": (other_codes, "lfst_r_lfu3rt: ontbreekt in geo: BE2"),
    "another dimension": (other_dimension, "edat_lfse_16: andere dimensies dan gevraagd: .*wstatus"),
    "codes not asked for": (more_codes, "lfst_r_lfu3rt: niet gevraagd, toch gekregen in sex: M"),
    "no years": (quarters, "edat_lfse_16: geen jaar: 2023-Q1"),
    "a lost value": (lose_year, "edat_lfse_16: verdwenen: vroegtijdige schoolverlaters .*, Vlaanderen, 2022"),
    "postponed": (postpone, "edat_lfse_16: Eurostat gaf geen cijfers maar een bericht: 413"),
}


@pytest.mark.parametrize(("change", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_changes_nothing_also_where_the_other_answer_is_new(
    folder: Path, api: Api, change: Callable[[Api], None], told: str
) -> None:
    run(folder, api)
    before = contents(folder)
    # The other dataset has a new year: it waits as well.
    changed = UNEMPLOYMENT if told.startswith(UNEMPLOYMENT) else LEAVERS
    api.add_year(LEAVERS if changed == UNEMPLOYMENT else UNEMPLOYMENT, 9.9)
    change(api)
    for revisions in (False, True):
        with pytest.raises(FeedError, match=told):
            run(folder, api, LATER, revisions=revisions)
        assert contents(folder) == before


def test_what_breaks_the_rules_of_a_table_changes_nothing(folder: Path, api: Api) -> None:
    run(folder, api)
    before = contents(folder)
    impossible(api)
    with pytest.raises(DataError, match="een percentage van 0 tot 100"):
        run(folder, api, LATER, revisions=True)
    assert contents(folder) == before


def test_no_answer_or_half_of_one_changes_nothing(folder: Path, api: Api) -> None:
    def offline(query: str) -> bytes:
        raise FeedError("geen verbinding")

    before = contents(folder)
    with pytest.raises(FeedError, match="lfst_r_lfu3rt: geen verbinding"):
        run(folder, offline)
    with pytest.raises(FeedError, match="lfst_r_lfu3rt: het antwoord is afgebroken"):
        run(folder, lambda query: api(query)[:-100])
    assert contents(folder) == before


@pytest.mark.parametrize("cut", ["changes.csv", "series.csv"])
def test_a_run_that_was_cut_off_is_named_and_the_next_one_repeats_it(
    folder: Path, api: Api, monkeypatch: pytest.MonkeyPatch, cut: str
) -> None:
    run(folder, api)
    api.cell(UNEMPLOYMENT, 17.9, age="Y15-24", geo="BE2", time="2022")
    real = refresh._replace

    def stop(path: Path, content: bytes) -> None:
        if path.name == cut:
            raise KeyboardInterrupt
        real(path, content)

    monkeypatch.setattr(refresh, "_replace", stop)
    with pytest.raises(KeyboardInterrupt):
        run(folder, api, LATER, revisions=True)
    assert "draai make context opnieuw" in "".join(refresh.unpinned(folder))
    monkeypatch.setattr(refresh, "_replace", real)
    run(folder, api, LATER, revisions=True)
    assert list(refresh.unpinned(folder)) == []
    assert len([row for row in table(folder, "changes.csv") if row["kind"] == "revision"]) == 1


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: edit(folder / "series.csv", "2022,17.6", "2022,17.7"), "zijn niet die van lfst_r_lfu3rt-"),
        (lambda folder: edit(next((folder / "snapshots").glob("l*")), "BY HAND", "BY_HAND"), "is niet het bestand"),
        (lambda folder: next((folder / "snapshots").glob("e*")).unlink(), "edat_lfse_16-2027-01-05.json ontbreekt"),
        (lambda folder: (folder / "snapshots" / "old.json").touch(), "niet genoemd in feeds.csv: snapshots/old.json"),
    ],
)
def test_what_is_edited_by_hand_is_found(folder: Path, api: Api, spoil: Callable[[Path], None], told: str) -> None:
    run(folder, api)
    spoil(folder)
    (sentence,) = refresh.unpinned(folder)
    assert told in sentence


def test_rows_of_what_was_never_fetched_are_found(folder: Path, api: Api) -> None:
    run(folder, api)
    feeds = (folder / "feeds.csv").read_text(encoding="utf-8").splitlines()
    bare = [line if line.startswith("source,") else ",".join([*line.split(",")[:-2], "", ""]) for line in feeds]
    (folder / "feeds.csv").write_text("\n".join(bare) + "\n", encoding="utf-8")
    assert "eurostat-unemployment, die nog nooit opgehaald is" in next(refresh.unpinned(folder))


def test_what_is_committed_is_what_its_snapshots_give(root: Path) -> None:
    assert list(refresh.unpinned(root / "data" / "context")) == []


def test_what_was_really_fetched_has_the_shape_of_what_was_made_by_hand(root: Path, api: Api) -> None:
    """Nothing was fetched yet where this was written: from the first time on, real answers are held to the same shape."""
    snapshots = (root / "data" / "context" / "snapshots").glob("*.json")
    found = [*api.documents.items(), *((path.stem[:-11], json.loads(path.read_bytes())) for path in snapshots)]
    for dataset, document in found:
        made = api.documents[dataset]
        assert document.keys() >= made.keys() - {"status"}, dataset
        assert set(document["id"]) == set(made["id"]), dataset
        for name, codes in codes_of(document).items():
            assert name == "time" or set(codes) == set(codes_of(made)[name]), (dataset, name)
