"""The ledger as a whole: rows and functions match one to one, and statuses are worked out, never typed."""

import csv
import json

import pytest
from jsonschema import Draft202012Validator

from ledger import dutch, publication
from ledger.claim import ClaimError
from ledger.quantity import Quantity
from ledger.schema import schema
from ledger.tables.reading import DataError
from leerwerk import study
from leerwerk.conclusion.exhibits import summary, totals
from leerwerk.conclusion.numbers import findings
from leerwerk.tables import published
from leerwerk.tables.folder import DATA

# Every status without real records, and the bases of which a claim may have it.
STATUSES = {
    "reproduced": {"published", "context"},
    "consistent": {"published"},
    "differs": {"published", "context"},
    "taken over": {"published", "microdata", "qualitative"},
    "given": {"design"},
}
COLUMNS = (
    "id level slide statement published recomputed value interval unit basis status reason check computed_by inputs"
    " microdata rehearsal"
)
CONTRACTS = [f"macro.contracts.{name}" for name in ("oao", "da_sm", "sao", "da")]
# What is recomputed or checked; every other row rests on nothing that could turn its status.
RESTING = ["introduction.unemployment.youth", *CONTRACTS]
UNKNOWN_BASE = [
    "macro.guidance.heavy_task",
    "macro.guidance.problems",
    "macro.ending.experience",
    "macro.ending.smooth",
]


@pytest.fixture(scope="module")
def ledger():
    return study.ledger()


def test_the_ledger_holds_every_claim_once_as_the_file_has_it(ledger, root):
    with (root / "data" / "published" / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(ledger) == len(rows) >= 45
    for column in ("id", "level", "slide", "statement", "published", "unit", "basis"):
        assert list(ledger[column]) == [row[column] for row in rows], column
    for reason, row in zip(ledger["reason"], rows, strict=True):
        assert not row["reason"] or reason == f"{row['reason']}: {row['explanation']}"


def test_it_is_what_its_published_schema_says(ledger):
    described = schema(study.LEDGER.chapters)
    Draft202012Validator.check_schema(described)
    rows = json.loads(publication.as_json(ledger))
    assert [error.message for error in Draft202012Validator(described).iter_errors(rows)] == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("micro.ibal.vsv", {"status": "reproduced"}),
        ("micro.ibal.vsv", {"status": "differs"}),
        ("micro.ibal.vsv", {"rehearsal": None}),
        ("micro.ibal.vsv", {"microdata": "synthetic"}),
        ("micro.ibal.vsv", {"value": -1}),
        ("micro.ibal.vsv", {"reason": "Daarom."}),
        ("macro.guidance.heavy_task", {"reason": "base unknown"}),
        ("macro.guidance.heavy_task", {"status": "differs"}),
        ("macro.contracts.da", {"check": None}),
        ("macro.contracts.da", {"status": "differs", "check": None}),
        ("macro.survey.mentors", {"status": "taken over"}),
        ("macro.survey.mentors", {"unit": "people"}),
        ("macro.survey.mentors", {"extra": 1}),
    ],
)
def test_the_schema_refuses_what_the_statuses_forbid(ledger, name, wrong):
    (row,) = (row for row in json.loads(publication.as_json(ledger)) if row["id"] == name)
    assert not Draft202012Validator(schema(study.LEDGER.chapters)).is_valid([row | wrong])


def test_the_ledger_has_the_columns_that_are_published(ledger):
    assert list(ledger) == COLUMNS.split()


def test_no_table_types_a_status():
    for name in study.tables():
        if name.startswith("published/"):
            assert "status" not in DATA.table(name, study.tables()[name])


def test_each_row_has_what_its_basis_asks_for(ledger):
    has_function, has_reason = ledger["computed_by"] != "", published.claims()["reason"] != ""
    records = ledger["basis"] == "microdata"
    assert (has_function & has_reason)[records].all()
    assert (has_function ^ has_reason)[~records].all()
    assert not has_function[ledger["basis"].isin(["design", "qualitative"])].any()


def test_statuses_are_known_and_agree_with_their_basis(ledger):
    for row in ledger.itertuples():
        assert row.basis in STATUSES[row.status], row.id
    assert (ledger.loc[ledger["basis"] == "design", "status"] == "given").all()


def test_what_is_taken_over_says_why(ledger):
    """Pupil records and an administrative count; percentages of nobody knows how many; what was not measured."""
    taken = ledger[ledger["status"] == "taken over"]
    codes = taken["reason"].str.partition(": ")
    assert codes[0].value_counts().to_dict() == {"records not public": 21, "base unknown": 4, "not measured": 8}
    assert list(taken.loc[codes[0] == "base unknown", "id"]) == UNKNOWN_BASE
    assert (codes[2].str.len() > 30).all()


def test_synthetic_records_give_a_rehearsal_and_no_status(ledger):
    from_records = ledger[ledger["basis"] == "microdata"]
    assert len(from_records) == 20
    assert set(from_records["status"]) == {"taken over"}
    assert from_records["value"].isna().all()
    assert set(from_records["recomputed"]) == {""}
    assert {(row["inside"], row["microdata"]) for row in from_records["rehearsal"]} == {(True, "synthetic")}
    assert ledger.loc[ledger["basis"] != "microdata", "rehearsal"].isna().all()
    assert set(ledger["microdata"]) == {"none"}


def test_what_differs_quotes_the_base_of_its_source(desk):
    desk.publish("macro.contracts.oao", "92,28%")
    rows = study.ledger().set_index("id").loc[CONTRACTS]
    assert (published.claims().set_index("id").loc[RESTING, "base"] != "").all()
    assert set(rows["status"]) == {"differs"}
    assert rows["check"].isna().all()
    assert rows["reason"].str.startswith("De bron noemt zelf de basis: “Type overeenkomst Percentage”. De vier").all()


@pytest.mark.parametrize("claim_id", RESTING)
def test_no_figure_is_held_against_a_base_that_its_source_does_not_name(desk, claim_id):
    desk.edit("published/claims.csv", claim_id, base="")
    with pytest.raises(ClaimError, match=rf"{claim_id} wordt berekend zonder basis die de bron zelf noemt"):
        study.ledger()


def test_the_four_contract_shares_are_one_check_and_one_finding(ledger):
    assert ledger.loc[ledger["check"].notna(), "id"].tolist() == CONTRACTS
    assert set(ledger.loc[ledger["check"].notna(), "check"]) == {"macro.contracts.whole"}
    found = findings()
    assert (found["check"] != "").sum() == 1
    assert set(found["id"]) == set(ledger["id"][ledger["status"] != "given"]) - set(CONTRACTS[1:])


def test_an_example_of_how_many_answers_fit_is_one(ledger):
    """The reader is told of a number of answers with which the printed percentage is possible."""
    said = ledger["reason"].str.extract(r"Met ([\d ]+) antwoorden kan (\d+,\d+%) bijvoorbeeld wel").dropna()
    assert len(said) == 3
    for size, figure in said.itertuples(index=False):
        n = int(size.replace(" ", ""))
        assert any(dutch.percent(count / n, 2) == figure for count in range(n + 1)), (size, figure)


def test_everything_computed_says_from_what(ledger):
    computed = ledger[ledger["computed_by"] != ""]
    assert computed["inputs"].map(len).gt(0).all()
    assert ledger.loc[ledger["computed_by"] == "", "inputs"].map(len).eq(0).all()


def test_json_is_a_list_of_objects_with_every_column(ledger):
    rows = json.loads(publication.as_json(ledger))
    assert [set(row) for row in rows] == [set(COLUMNS.split())] * len(ledger)
    assert all(row["value"] is None or isinstance(row["value"], float | int) for row in rows)


def test_statuses_and_ledger_agree(ledger):
    found = study.statuses()
    assert list(found["status"]) == list(ledger["status"])
    assert list(found["level"]) == list(ledger["level"])


def test_the_totals_are_computed_and_count_a_check_once(ledger):
    given, checked = (ledger["status"] == "given").sum(), (ledger["status"] == "consistent").sum()
    assert (given, checked) == (30, 4)
    assert len(findings()) == len(ledger) - given - checked + 1 == 35
    assert totals() == (
        "Van de 35 bevindingen konden we er 1 narekenen en 1 toetsen aan andere cijfers. De andere 33 nemen we over; meestal zijn"
        " de gegevens niet openbaar. Dat zegt niets over hun juistheid."
    )
    assert summary().printed().to_numpy().tolist() == [["nagerekend", "1"], ["past", "1"], ["overgenomen", "33"]]


def test_the_totals_follow_when_something_differs(desk):
    desk.publish("macro.contracts.da", "2,27%")
    desk.edit("published/claims.csv", "micro.brug.hours", basis="qualitative")
    assert totals().startswith(
        "Van de 36 bevindingen konden we er 1 narekenen en 1 toetsen aan andere cijfers. Bij 1 wijkt de uitkomst af van wat"
        " gepubliceerd is. De andere 34 nemen we over;"
    )


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_own_numbers_of_a_chapter_have_its_name_and_a_label(level):
    own = [number for number in study.numbers(level) if number.claim is None]
    assert all(number.id.split(".")[0] == level and number.label and number.text for number in own)
    assert not {number.id for number in own} & set(published.claims()["id"])


@pytest.mark.parametrize(
    ("claim_id", "cells", "lacking"),
    [
        ("meso.workplace_learning.skills", {"reason": "", "explanation": ""}, "een reden .* en geen functie"),
        ("micro.ibal.vsv", {"reason": "", "explanation": ""}, "een functie .* en een reden"),
        ("micro.ibal.vsv", {"basis": "design"}, "een reden .* en geen functie"),
        ("macro.ending.smooth", {"reason": "", "explanation": ""}, "ofwel een functie .* ofwel een reden"),
        ("macro.contracts.da", {"reason": "base unknown", "explanation": "Een zin."}, "ofwel een functie .* ofwel een"),
        ("macro.ending.smooth", {"basis": "microdata"}, "een functie .* en een reden"),
    ],
)
def test_a_row_without_what_its_basis_asks_for_fails(desk, claim_id, cells, lacking):
    desk.edit("published/claims.csv", claim_id, **cells)
    with pytest.raises(ClaimError, match=rf"{claim_id} heeft {lacking}"):
        study.ledger()


def test_a_reason_without_a_sentence_is_refused(desk):
    desk.edit("published/claims.csv", "macro.ending.smooth", explanation="")
    with pytest.raises(DataError, match="een zin bij elke reden"):
        study.ledger()


def test_a_function_without_a_row_fails(desk):
    text = desk.path("published/claims.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in text if not line.startswith("micro.ibal.vsv,")]
    desk.path("published/claims.csv").write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ClaimError, match=r"micro\.ibal\.vsv wordt berekend, maar staat niet in"):
        study.numbers("micro")


def test_a_function_of_a_claim_that_never_was_fails(monkeypatch):
    monkeypatch.setitem(study.LEDGER._answers, "meso.no.claim", lambda: Quantity(1, "count"))
    with pytest.raises(ClaimError, match=r"meso\.no\.claim wordt berekend, maar staat niet in"):
        study.numbers("meso")


# Claim, figure printed instead, and the status then: the smallest steps that the check can see.
TURNED = [
    # 92,26 + 3,24 + 2,26 + 2,25 = 100,01: four figures are off by at most 4 x 0,005 = 0,02
    *((name, step, status) for name in CONTRACTS for step, status in ((1, "consistent"), (2, "differs"))),
    *((name, step, status) for name in CONTRACTS[:3] for step, status in ((-2, "consistent"), (-3, "differs"))),
    # with 2,22 all four figures are even: exact halves rounded to even add up to 100 after all
    *((CONTRACTS[3], step, status) for step, status in ((-3, "consistent"), (-4, "differs"))),
]


@pytest.mark.parametrize(("claim_id", "step", "after"), TURNED)
def test_the_smallest_step_that_the_check_can_see_turns_the_four_rows(desk, ledger, claim_id, step, after):
    printed = ledger.set_index("id").loc[claim_id, "published"]
    desk.publish(claim_id, f"{(int(printed.replace(',', '').rstrip('%')) + step) / 100:.2f}%".replace(".", ","))
    assert set(study.statuses().set_index("id").loc[CONTRACTS, "status"]) == {after}


@pytest.mark.parametrize(("figure", "after"), [("lager", "differs"), ("geen verschil", "differs")])
def test_another_printed_direction_turns_the_row_that_was_recomputed(desk, figure, after):
    desk.publish("introduction.unemployment.youth", figure)
    assert study.statuses().set_index("id").loc["introduction.unemployment.youth", "status"] == after


def test_the_rows_on_which_nothing_rests_are_listed(ledger):
    """The other rows are taken over or given, whatever figure is printed: 20 have a rehearsal that turns instead."""
    computed = ledger[(ledger["computed_by"] != "") & (ledger["basis"] != "microdata")]
    assert list(computed["id"]) == RESTING
    others = ledger[~ledger["id"].isin(RESTING)]
    assert set(others["status"]) == {"taken over", "given"}
    assert list(others.loc[(others["status"] == "taken over") & (others["computed_by"] == ""), "id"]) == [
        *("meso.workplace_learning.skills", "meso.workplace_learning.wellbeing", "meso.guidance.learning_results"),
        *("macro.motives.demands", "macro.recognition.approved_share", "macro.contracts.counsellor_demands"),
        "macro.training_plan.competences",
        *UNKNOWN_BASE,
        *("conclusion.micro.run_up", "conclusion.meso.early_leaving"),
    ]


@pytest.mark.parametrize("youth_2004", ["8.4", "8.0"])  # the total rate of 2004 is 8.4
def test_one_year_without_excess_is_enough_to_leave_the_direction_undecided(desk, youth_2004):
    desk.replace("context/series.csv", "T,15-24,2004,17.5", f"T,15-24,2004,{youth_2004}")
    assert study.statuses().set_index("id").loc["introduction.unemployment.youth", "status"] == "unsettled"


def test_findings_explain_themselves(ledger):
    reasons = ledger.set_index("id")["reason"]
    assert reasons["macro.guidance.heavy_task"] == (
        "base unknown: Op de slide staat niet hoeveel mensen deze vraag beantwoordden. Met 921 antwoorden kan 65,47%"
        " bijvoorbeeld wel. In de fragmenten van het rapport die wij online vonden, staat het niet. Het volledige rapport kan"
        " dit uitwijzen."
    )
    assert reasons["macro.contracts.da"] == "De vier aandelen tellen op tot 100,01%: dat kan door afronding alleen."
    assert "telling van de administratie" in reasons["macro.recognition.approved_share"]
    assert reasons["introduction.unemployment.youth"] == ""


def test_a_sound_ledger_has_no_problems():
    assert study.LEDGER.problems(study.tables()) == []


def test_tables_come_before_claims_and_functions(desk):
    desk.edit("published/claims.csv", "macro.ending.smooth", reason="", explanation="", unit="procent")
    (problem,) = study.LEDGER.problems(study.tables())
    assert problem.column == "unit"
