"""What may be said of a claim, and how functions and rows are kept together."""

import pytest

from ledger import claim as claims
from ledger import publication
from ledger.claim import Check, Claim, ClaimError, Range, Unsettled, Withheld
from ledger.evaluated import Evaluated
from ledger.memory import Memory
from ledger.quantity import Quantity, Released, direction, equivalence
from leerwerk import study
from leerwerk.study import derives, recomputes
from leerwerk.tables.folder import DATA

SHARE = Claim("macro.x.y", "macro", "Slide", "Zin.", "27%", 0.265, 0.275, "share", "published")
EXACT = Claim("macro.x.n", "macro", "Slide", "Zin.", "1 031", 1031, 1031, "persons", "design", "given", "Een gegeven.")
HIGHER = Claim(
    "micro.x.y", "micro", "Slide", "Zin.", "hoger", 1, 1, "direction", "microdata", "records not public", "Zin."
)
SAME = Claim(
    "micro.x.y", "micro", "Slide", "Zin.", "geen verschil", 0, 0, "direction", "microdata", "records not public"
)


def changed(claim: Claim, **fields) -> Claim:
    return Claim(**{name: getattr(claim, name) for name in Claim.__slots__} | fields)


@pytest.fixture
def registry(monkeypatch):
    """Registrations of one test, forgotten after it; those of the chapters are made before."""
    study.statuses()
    for name, kept in (("_answers", dict(study.LEDGER._answers)), ("_derivations", dict(study.LEDGER._derivations))):
        monkeypatch.setattr(study.LEDGER, name, kept)
    monkeypatch.setattr(study.LEDGER, "_memory", Memory())


@pytest.mark.parametrize(
    ("value", "allowed"), [(0.265, True), (0.27, True), (0.27499, True), (0.275, False), (0.26499, False)]
)
def test_the_lower_end_is_allowed_and_the_upper_is_not(value, allowed):
    assert SHARE.allows(value) is allowed


@pytest.mark.parametrize(("value", "allowed"), [(1031, True), (1030, False), (1032, False)])
def test_an_exact_figure_allows_itself_only(value, allowed):
    assert EXACT.allows(value) is allowed


def test_exact_value_and_middle():
    assert EXACT.value == 1031
    assert SHARE.middle == pytest.approx(0.27)
    with pytest.raises(ClaimError, match=r"macro\.x\.y: '27%' is afgerond"):
        _ = SHARE.value


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Range(-2, 1, 3) + Range(10, 12, 20), Range(8, 13, 23)),
        (Range(-2, 1, 3) - Range(10, 12, 20), Range(-22, -11, -7)),
        (Range(-2, 1, 3) * Range(-5, 2, 4), Range(-15, 2, 12)),
        (Range(-2, 1, 4) / Range(2, 4, 5), Range(-1, 0.25, 2)),
        (Range(-2, 1, 4) / 2, Range(-1, 0.5, 2)),
        (Range(1, 4, 9).increasing(lambda each: each**0.5), Range(1, 2, 3)),
    ],
)
def test_a_range_holds_every_combination_of_ends_and_the_middles_own(found, expected):
    assert found == expected
    assert found.quantity("share") == Quantity(found.middle, "share", found.lower, found.upper)


@pytest.mark.parametrize("divisor", [Range(-1, 1, 2), Range(0, 1, 2), Range(-2, -1, 0), 0])
def test_nothing_is_divided_by_what_may_be_zero(divisor):
    with pytest.raises(ZeroDivisionError, match="holds zero"):
        _ = Range(1, 2, 3) / divisor


def test_a_claim_reckons_with_what_its_figure_allows():
    assert SHARE.range == Range(0.265, SHARE.middle, 0.275)


@pytest.mark.parametrize(
    ("answer", "basis", "status"),
    [
        (Quantity(0.27, "share"), "published", "reproduced"),
        (Quantity(0.27, "share", evidence="context"), "context", "reproduced"),
        (Released(0.27, "share", evidence="restricted"), "microdata", "reproduced"),
        (Released(0.27, "share", 0.2, 0.4, evidence="restricted"), "microdata", "reproduced"),
        (Quantity(0.28, "share"), "published", "differs"),
        (Released(0.28, "share", evidence="restricted"), "microdata", "differs"),
        (Check(True, "past", "one"), "published", "consistent"),
        (Check(False, "past niet", "one"), "published", "differs"),
        (Withheld("te weinig"), "microdata", "withheld"),
        (Withheld("te weinig"), "published", "withheld"),
        (Unsettled("geen schatting"), "microdata", "unsettled"),
        (None, "design", "given"),
        (None, "published", "taken over"),
        (None, "microdata", "taken over"),
        (None, "qualitative", "taken over"),
    ],
)
def test_status(answer, basis, status):
    assert claims.status_of(changed(SHARE, basis=basis), answer) == status


@pytest.mark.parametrize(
    ("rounded", "status"),
    [
        ((0.265, 0.2749), "reproduced"),
        ((0.2649, 0.27), "unsettled"),
        ((0.27, 0.275), "unsettled"),  # 0.275 is printed as 28%
        ((0.2, 0.3), "unsettled"),
        ((0.275, 0.28), "differs"),
        ((0.25, 0.2649), "differs"),
    ],
)
def test_what_was_rounded_for_disclosure_is_held_with_its_whole_range(rounded, status):
    answer = Released(0.27, "share", evidence="restricted", rounded=rounded)
    assert claims.status_of(changed(SHARE, basis="microdata"), answer) == status


@pytest.mark.parametrize(
    ("rounded", "status"),
    [
        ((1026, 1035), "unsettled"),
        ((1031, 1035), "unsettled"),
        ((1026, 1031), "unsettled"),
        ((1032, 1035), "differs"),
        ((1031, 1031), "reproduced"),
    ],
)
def test_an_exact_figure_too(rounded, status):
    answer = Released(1030, "persons", evidence="restricted", rounded=rounded)
    assert claims.status_of(changed(EXACT, basis="microdata"), answer) == status


@pytest.mark.parametrize(
    ("ends", "higher", "same"),
    [
        ((0.01, 0.03), "reproduced", "unsettled"),
        ((0.2, 0.3), "reproduced", "differs"),
        ((-0.03, -0.01), "differs", "unsettled"),
        ((-0.01, 0.03), "unsettled", "unsettled"),
    ],
)
def test_a_direction_is_decided_by_its_interval(ends, higher, same):
    """`geen verschil` is an equivalence test, here with a margin of two points."""
    assert claims.status_of(HIGHER, direction(*ends, "context")) == higher
    assert claims.status_of(SAME, equivalence(*ends, 0.02, "context")) == same
    assert claims.status_of(SAME, equivalence(-0.01, 0.01, 0.02, "context")) == "reproduced"


@pytest.mark.parametrize("value", [0.264, 0.265, 0.27, 0.2749, 0.275, 1.0])
@pytest.mark.parametrize("basis", ["published", "context", "microdata", "qualitative"])
def test_synthetic_records_give_no_status(value, basis):
    answer = Quantity(value, "share", evidence="synthetic")
    assert claims.status_of(changed(SHARE, basis=basis), answer) == "taken over"


@pytest.mark.parametrize(
    ("answer", "microdata"),
    [
        (Quantity(0.27, "share", evidence="synthetic"), "synthetic"),
        (Released(0.27, "share", evidence="restricted"), "restricted"),
        (Withheld("te weinig"), "restricted"),
        (Unsettled("geen schatting"), "restricted"),
    ],
)
def test_microdata_says_which_records(answer, microdata):
    assert Evaluated("macro.x.y", "", answer, "", None, ()).microdata == microdata


@pytest.mark.parametrize(
    "answer", [None, Check(True, "", "one"), Quantity(1, "count"), Quantity(1, "count", evidence="context")]
)
def test_microdata_is_none_without_records(answer):
    assert Evaluated("macro.x.y", "", answer, "", None, ()).microdata == "none"


@pytest.mark.parametrize(
    ("claim", "text", "expected"),
    [
        (SHARE, "26,8%", "26,8%"),
        (SHARE, "", "27%"),
        (EXACT, "", "1\N{NARROW NO-BREAK SPACE}031"),
        (changed(SHARE, published="250", lower=249.5, upper=250.5, unit="hours"), "", "250\N{NO-BREAK SPACE}uur"),
        (changed(SHARE, published="251", lower=250.5, upper=251.5, unit="hours"), "", "251\N{NO-BREAK SPACE}uur"),
        (changed(EXACT, published="2016", lower=2016, upper=2016, unit="year"), "", "2016"),
        (changed(EXACT, published="13 mei 2016", lower=2016, upper=2016, unit="year"), "", "13 mei 2016"),
        (changed(SHARE, published="bijna 7%"), "", "bijna 7%"),
        (None, "2,4", "2,4"),
    ],
)
def test_prose_prints_the_recomputed_number_else_the_published_one(claim, text, expected):
    number = Evaluated("macro.x.y", "", None, text, None, (), claim, "reproduced")
    assert number.shown == expected


@pytest.mark.parametrize(
    ("status", "printed"),
    [("reproduced", "26,8%"), ("differs", "27%"), ("unsettled", "27%"), ("withheld", "27%"), ("taken over", "27%")],
)
def test_prose_prints_what_was_published_unless_it_was_reproduced(status, printed):
    number = Evaluated("macro.x.y", "", Quantity(0.268, "share"), "26,8%", None, (), SHARE, status)
    assert number.shown == printed
    assert number.quantity == Quantity(0.268, "share")
    own = Evaluated("macro.x.y", "", Quantity(0.268, "share"), "26,8%", None, ())
    assert own.shown == "26,8%", "a number of the book's own has nothing else to print"


def test_prose_prints_what_was_published_beside_records_that_reproduce_it():
    """They may be of other pupils than the sentence, which is the researchers'."""
    found = Released(0.268, "share", 0.26, 0.27, None, "restricted")
    number = Evaluated("macro.x.y", "", found, "26,8%", None, (), SHARE, "reproduced")
    assert (number.shown, number.text) == ("27%", "26,8%")


@pytest.mark.parametrize(
    ("claim", "answer", "unit"),
    [
        (EXACT, Quantity(1031, "count"), "persons"),
        (SHARE, None, "share"),
        (None, Quantity(0, "count"), "count"),
        (None, None, None),
    ],
)
def test_the_unit_is_the_claims_else_the_numbers(claim, answer, unit):
    assert Evaluated("macro.x.y", "", answer, "", None, (), claim).unit == unit


def test_an_interval_is_that_of_the_answer_and_as_precise_as_the_number():
    found = Quantity(0.268, "share", 0.25123, 0.28456)
    own = Evaluated("macro.x.y", "", found, "26,80%", None, (), decimals=2)
    assert own.interval == "25,12% tot 28,46%"
    made_up = Evaluated("macro.x.y", "", None, "", None, (), SHARE, "taken over", rehearsal=found)
    assert (made_up.shown, made_up.interval, made_up.word) == ("27%", "", "")


@pytest.mark.parametrize(("unit", "word"), [("count", "drie"), ("persons", "drie"), ("year", ""), ("ratio", "")])
def test_only_what_is_counted_can_be_a_word(unit, word):
    assert Evaluated("macro.x.y", "", Quantity(3, unit), "3", None, ()).word == word
    published = changed(EXACT, published="3", lower=3, upper=3, unit=unit)
    assert Evaluated("macro.x.y", "", None, "", None, (), published, "taken over").word == word


def test_a_claim_has_one_function(registry):
    register = recomputes("macro.x.y")
    register(lambda: Check(True, "", "one"))
    with pytest.raises(ClaimError, match=r"macro\.x\.y wordt tweemaal berekend"):
        register(lambda: Check(True, "", "one"))


def test_a_number_has_one_function(registry):
    register = derives("macro.x.y", "een getal")
    register(lambda: Quantity(1, "count"))
    with pytest.raises(ClaimError, match=r"macro\.x\.y wordt tweemaal berekend"):
        register(lambda: Quantity(1, "count"))


def test_an_unknown_claim_is_refused():
    with pytest.raises(ClaimError, match=r"macro\.x\.y staat niet in claims\.csv"):
        study.claim("macro.x.y")


def test_own_numbers_keep_label_decimals_and_arguments(registry):
    @derives("meso.x.third", "een derde", 3, decimals=2)
    def one_in(base: int) -> Quantity:
        return Quantity(1 / base, "share")

    (found,) = (number for number in study.numbers("meso") if number.id == "meso.x.third")
    assert (found.label, found.text, found.decimals) == ("een derde", "33,33%", 2)
    assert str(found.source) == f"{__name__}:{one_in.__qualname__}"
    assert found.quantity == Quantity(1 / 3, "share")


def test_a_number_of_one_chapter_stays_out_of_another(registry):
    derives("meso.x.one", "een")(lambda: Quantity(1, "count"))
    assert "meso.x.one" not in [number.id for number in study.numbers("macro")]


def test_ledger_knows_who_computed_what_from_which_files():
    row = study.ledger().set_index("id").loc["introduction.unemployment.youth"]
    assert row["computed_by"] == "leerwerk.introduction.numbers:youth_over_total"
    assert "data/context/series.csv" in [entry["path"] for entry in row["inputs"]]
    assert [entry["sha256"] for entry in row["inputs"]] == [DATA.fingerprint(e["path"]) for e in row["inputs"]]


def test_recomputed_figures_are_printed_as_precisely_as_published(registry, monkeypatch):
    id_ = "macro.contracts.oao"
    monkeypatch.setitem(study.LEDGER._answers, id_, lambda: Quantity(5218 / 5656, "share", 0.86, 0.93))
    row = study.ledger().set_index("id").loc[id_]
    assert (row["recomputed"], row["status"], row["interval"]) == ("92,26%", "reproduced", [0.86, 0.93])
    assert row["value"] == 5218 / 5656


def test_records_are_json_with_null_for_what_is_missing():
    frame = publication.own_numbers(study.LEDGER)[["id", "interval"]].head(1)
    assert publication.as_json(frame) == '[\n {\n  "id": "introduction.ratio.highest",\n  "interval": null\n }\n]'
