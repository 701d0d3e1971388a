"""The ledger as a whole: rows and functions match one to one, and statuses are worked out, never typed."""

import csv
import json

import pytest

from ledger import publication
from ledger.claim import ClaimError
from ledger.quantity import Quantity
from leerwerk import study
from leerwerk.tables import published
from leerwerk.tables.folder import DATA
from leerwerk.tables.published import LEVELS

# Every status, and the bases of which a claim may have it; synthetic records leave two.
STATUSES = {
    "reproduced": {"published", "context", "microdata"},
    "calibrated": {"microdata"},
    "consistent": {"published"},
    "inconsistent": {"published", "context", "microdata"},
    "given": {"design"},
    "not recomputable": {"published", "microdata", "qualitative"},
}
COLUMNS = (
    "id level slide statement published recomputed value interval unit basis status reason computed_by inputs microdata"
)


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
        assert not row["reason"] or reason == row["reason"]


def test_the_ledger_has_the_columns_that_are_published(ledger):
    assert list(ledger) == COLUMNS.split()


def test_no_table_types_a_status():
    for name in study.tables():
        if name.startswith("published/"):
            assert "status" not in DATA.table(name, study.tables()[name])


def test_each_row_has_a_function_or_a_reason(ledger):
    assert ((ledger["computed_by"] != "") ^ (published.claims()["reason"] != "")).all()
    assert (ledger.loc[ledger["status"] != "reproduced", "reason"] != "").all()


def test_statuses_are_known_and_agree_with_their_basis(ledger):
    for row in ledger.itertuples():
        assert row.basis in STATUSES[row.status], row.id
    from_records = ledger[ledger["microdata"] == "synthetic"]
    assert set(from_records["basis"]) == {"microdata"}
    assert from_records["status"].isin(["calibrated", "inconsistent"]).all()
    assert (ledger.loc[ledger["basis"] == "microdata", "microdata"] == "synthetic").all()
    assert (ledger.loc[ledger["basis"] == "design", "status"] == "given").all()
    assert (ledger.loc[ledger["basis"] == "qualitative", "status"] == "not recomputable").all()


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


def test_the_conclusion_counts_the_ledger(ledger):
    numbers = publication.own_numbers(study.LEDGER).set_index("id")["value"]
    assert numbers["conclusion.claims.all"] == len(ledger)
    for status in STATUSES:
        name = f"conclusion.claims.{status.replace(' ', '_')}"
        assert numbers[name] == (ledger["status"] == status).sum()


@pytest.mark.parametrize("level", LEVELS)
def test_own_numbers_of_a_chapter_have_its_name_and_a_label(level):
    own = [number for number in study.numbers(level) if number.claim is None]
    assert all(number.id.split(".")[0] == level and number.label and number.text for number in own)
    assert not {number.id for number in own} & set(published.claims()["id"])


def test_a_row_without_function_or_reason_fails(desk):
    desk.edit("published/claims.csv", "meso.workplace_learning.skills", reason="")
    with pytest.raises(
        ClaimError, match=r"meso\.workplace_learning\.skills heeft ofwel een functie .* ofwel een reden"
    ):
        study.ledger()


def test_a_row_with_both_fails(desk):
    desk.edit("published/claims.csv", "macro.ending.smooth", reason="Een reden.")
    with pytest.raises(ClaimError, match=r"macro\.ending\.smooth heeft ofwel een functie .* ofwel een reden"):
        study.ledger()


def test_a_function_without_a_row_fails(desk):
    text = desk.path("published/claims.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in text if not line.startswith("macro.ending.smooth,")]
    desk.path("published/claims.csv").write_text("".join(kept), encoding="utf-8")
    with pytest.raises(ClaimError, match=r"macro\.ending\.smooth wordt berekend, maar staat niet in"):
        study.numbers("macro")


def test_a_function_of_a_claim_that_never_was_fails(monkeypatch):
    monkeypatch.setitem(study.LEDGER._answers, "meso.no.claim", lambda: Quantity(1, "count"))
    with pytest.raises(ClaimError, match=r"meso\.no\.claim wordt berekend, maar staat niet in"):
        study.numbers("meso")


# Claim, figure printed instead, status before, status after. The arithmetic: which counts could be behind it.
TURNED = [
    # 614 of 938 mentors is 65.458%
    ("macro.guidance.heavy_task", "65,46%", "inconsistent", "consistent"),
    ("macro.guidance.heavy_task", "65,48%", "inconsistent", "inconsistent"),
    # 475 of 1031 workplaces is 46.072%
    ("macro.ending.experience", "46,07%", "inconsistent", "consistent"),
    ("macro.ending.experience", "46,05%", "inconsistent", "inconsistent"),
    # the slide gives no size for who had an ending
    ("macro.ending.smooth", "71,90%", "not recomputable", "not recomputable"),
    # 92,26 + 3,24 + 2,26 + 2,25 = 100,01: four figures are off by at most 4 x 0,005 = 0,02
    ("macro.contracts.oao", "92,27%", "consistent", "consistent"),
    ("macro.contracts.oao", "92,28%", "consistent", "inconsistent"),
    ("macro.contracts.oao", "92,24%", "consistent", "consistent"),
    ("macro.contracts.oao", "92,23%", "consistent", "inconsistent"),
    ("macro.contracts.da", "2,27%", "consistent", "inconsistent"),
    # with 34 701 requests every percentage fits
    ("macro.recognition.approved_share", "87,52%", "not recomputable", "not recomputable"),
    # 1,37 against 9,38
    ("micro.bonus.absence", "hoger", "reproduced", "inconsistent"),
    ("micro.bonus.absence", "geen verschil", "reproduced", "inconsistent"),
    # in every year since 2000 the youth rate exceeds the total rate
    ("introduction.unemployment.youth", "lager", "reproduced", "inconsistent"),
    # the synthetic records hold 27%, 77,6% and 1,37% exactly
    ("micro.brug.participation", "28%", "calibrated", "inconsistent"),
    ("micro.abo.bonus_share", "77,7%", "calibrated", "inconsistent"),
    ("micro.bonus.absence_with", "1,38%", "calibrated", "inconsistent"),
    # what nobody recomputes has no opinion on another figure
    ("micro.brug.hours", "801", "given", "given"),
]


@pytest.mark.parametrize(("claim_id", "figure", "before", "after"), TURNED)
def test_a_printed_figure_turns_its_status(desk, ledger, claim_id, figure, before, after):
    desk.publish(claim_id, figure)
    assert ledger.set_index("id").loc[claim_id, "status"] == before
    assert study.statuses().set_index("id").loc[claim_id, "status"] == after


# A claim whose status depends on another row: 603 of 921 is 65.472%; 614 of 939 is 65.389%, 615 is 65.495%;
# 304 of 347 is 87.608%; 9,37 and 9,38 allow ranges that touch and do not overlap.
@pytest.mark.parametrize(
    ("claim_id", "other", "figure", "after"),
    [
        ("macro.guidance.heavy_task", "macro.survey.mentors", "921", "consistent"),
        ("macro.guidance.heavy_task", "macro.survey.mentors", "939", "inconsistent"),
        ("macro.contracts.oao", "macro.contracts.da", "2,27%", "inconsistent"),
        ("macro.recognition.approved_share", "macro.recognition.requests", "347", "inconsistent"),
        ("micro.bonus.absence", "micro.bonus.absence_with", "9,37%", "reproduced"),
        ("micro.bonus.absence", "micro.bonus.absence_with", "9,38%", "inconsistent"),
        ("micro.bonus.absence", "micro.bonus.absence_with", "9,4%", "inconsistent"),
        ("micro.bonus.absence", "micro.bonus.absence_with", "9,39%", "inconsistent"),
    ],
)
def test_another_figure_turns_the_status(desk, claim_id, other, figure, after):
    desk.publish(other, figure)
    assert study.statuses().set_index("id").loc[claim_id, "status"] == after


def test_a_check_that_can_fail_may_pass(desk):
    desk.publish("macro.recognition.requests", "347")
    desk.publish("macro.recognition.approved_share", "87,61%")
    assert study.statuses().set_index("id").loc["macro.recognition.approved_share", "status"] == "consistent"


@pytest.mark.parametrize("youth_2004", ["8.4", "8.0"])  # the total rate of 2004 is 8.4
def test_one_year_without_excess_is_enough_to_turn_the_direction(desk, youth_2004):
    desk.replace("context/series.csv", "T,15-24,2004,17.5", f"T,15-24,2004,{youth_2004}")
    assert study.statuses().set_index("id").loc["introduction.unemployment.youth", "status"] == "inconsistent"


def test_findings_explain_themselves(ledger):
    reasons = ledger.set_index("id")["reason"]
    assert reasons["macro.guidance.heavy_task"] == (
        "Geen enkel aantal op 938 mentoren wordt afgerond 65,47%, als iedereen antwoordde. Wel bij"
        " 1\N{NARROW NO-BREAK SPACE}031 erkende vestigingen en 1\N{NARROW NO-BREAK SPACE}280 vestigingen samen."
    )
    assert "geen grootte van de groep" in reasons["macro.ending.smooth"]
    assert "nagemaakte gegevens" in reasons["micro.brug.participation"]
    assert reasons["macro.contracts.da"] == "De vier aandelen tellen op tot 100,01%: dat kan door afronding alleen."
    assert "de toets kan niet falen" in reasons["macro.recognition.approved_share"]
    assert "'1 op 5' is zo ruim" in reasons["macro.guidance.problems"]
    assert reasons["micro.bonus.absence"] == ""
