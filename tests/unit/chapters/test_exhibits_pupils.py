"""Words around the figures of Micro that come from pupil records: they say what their frame holds, and what it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Decimal

import pandas as pd
import pytest
from tests import records as records_of_test

from ledger.exhibit import Exhibit
from leerwerk.micro.pupils import exhibits, numbers
from leerwerk.tables import folder

MADE_UP = (
    exhibits.selection_balance,
    exhibits.raw_and_adjusted,
    exhibits.leaving_over_time,
    exhibits.motivation_bias,
)
PROGRAMMES = {"none": "geen programma", "brug": "BRUG", "ibal": "IBAL", "both": "BRUG en IBAL"}
METHODS = {"difference": "ruw", "aipw": "gecorrigeerd"}
HARD, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folder.MICRODATA, raising=False)


@pytest.fixture(scope="module")
def made() -> dict[str, Exhibit]:
    """Every exhibit from the synthetic records, by the name of its function."""
    return {make.__name__: make() for make in MADE_UP}


def figure(value: float, decimals: int = 1) -> str:
    """As Dutch prints it: ties to an even digit, and no sign for what rounds to zero."""
    exact = Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)
    text = f"{exact}".replace(".", ",")
    return text.removeprefix("-") if not text.strip("-0,") else text.replace("-", "−")


def points(value: float) -> str:
    return f"{figure(100 * value)}{HARD}procentpunt"


def span(row: pd.Series) -> str:
    return f"{figure(100 * row['lower'])} tot {points(row['upper'])}"


Alter = Callable[[pd.DataFrame], pd.DataFrame]
Records = Callable[..., None]


@pytest.fixture
def records(desk, monkeypatch: pytest.MonkeyPatch) -> Records:
    """Puts changed records in the place of the synthetic ones, or says that they are real."""

    def put(*, real: bool = False, **changes: Alter) -> None:
        folder = desk.root / "records"
        shutil.copytree(desk.path("synthetic"), folder)
        for name, change in changes.items():
            table = change(pd.read_csv(folder / f"{name}.csv"))
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
        if real:
            records_of_test.give(folder, monkeypatch)
        else:
            desk.path("synthetic").unlink()
            folder.rename(desk.path("synthetic"))

    return put


# --- What each says ---


def test_balance_names_the_trait_that_differs_most_and_the_range_that_is_left(made) -> None:
    """Absence before differs most, by a third of a standard deviation."""
    found = made["selection_balance"]
    frame = found.frame
    pd.testing.assert_frame_equal(frame[["term", "before", "after"]], numbers.selection_balance())
    assert list(frame["trait"]) == [
        *("Man", "Leeftijd", "Laagopgeleide moeder", "Andere thuistaal", "Schoolse achterstand"),
        "Eerder problematisch afwezig",
    ]
    assert frame["before"].abs().idxmax() == 5
    assert found.title == "Synthetisch: in BRUG geldt 'eerder problematisch afwezig' minder vaak dan daarbuiten"
    assert found.alt == (
        "Per kenmerk twee punten, voor en na weging. Het grootste verschil gaat van"
        f" {figure(frame['before'][5], 2)} naar {figure(frame['after'][5], 2)};"
        f" na weging ligt elk kenmerk binnen {figure(max(abs(frame['after'])), 2)} van nul."
    )
    assert list(found.table()) == [
        *("kenmerk", "voor weging (in standaardafwijkingen)", "na weging (in standaardafwijkingen)")
    ]
    assert list(found.printed().iloc[5]) == ["Eerder problematisch afwezig", "−0,33", "0,01"]


@pytest.mark.parametrize(
    ("column", "low", "high", "title"),
    [
        ("age", 16, 18, "in BRUG ligt de leeftijd hoger dan daarbuiten"),
        ("age", 18, 16, "in BRUG ligt de leeftijd lager dan daarbuiten"),
        ("language", "nl", "other", "in BRUG geldt 'andere thuistaal' vaker dan daarbuiten"),
    ],
)
def test_the_title_of_balance_follows_the_records(
    records: Records, column: str, low: object, high: object, title: str
) -> None:
    """Two in three pupils of BRUG get one value, two in three others the other."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        chosen = table["id"] % 3 > 0
        brug = table["programme"] == "brug"
        values = table[column].mask(chosen & brug, high).mask(chosen & ~brug, low)
        return table.assign(**{column: values})

    records(learners=change)
    assert exhibits.selection_balance().title == f"Synthetisch: {title}"


def labels(frame: pd.DataFrame) -> list[str]:
    """What the description says of each row: programme and way, value and interval."""
    return [f"{row['programme_name']}, {row['view_name']}: {points(row['estimate'])}" for _, row in frame.iterrows()]


def test_raw_and_adjusted_counts_the_pairs_of_which_the_adjusted_is_nearer_to_zero(made) -> None:
    found = made["raw_and_adjusted"]
    frame = found.frame
    pd.testing.assert_frame_equal(frame[list(numbers.raw_and_adjusted())], numbers.raw_and_adjusted())
    assert list(frame["outcome_name"]) == ["Vroegtijdig schoolverlaten"] * 6 + ["Werk in het NEC"] * 6
    assert list(frame["programme_name"]) == [PROGRAMMES[name] for name in frame["programme"]]
    assert list(frame["view_name"]) == [METHODS[name] for name in frame["method"]]
    raw, adjusted = (
        frame[(frame["outcome"] == "vsv") & (frame["programme"] == "brug")].set_index("method")["estimate"].loc[name]
        for name in METHODS
    )
    assert abs(adjusted) < abs(raw)
    assert found.title == "Synthetisch: correctie brengt het verschil voor BRUG dichter bij nul"
    ways = frame.set_index("method")["estimate"].abs()
    assert all(ways["aipw"].to_numpy() < ways["difference"].to_numpy()), "all six, counted here"
    assert found.alt == (
        "12 intervallen, per uitkomst en programma een ruw en een gecorrigeerd."
        " In 6 van de 6 paren ligt het gecorrigeerde dichter bij nul."
    )
    assert found.description == " ".join(
        f"{row['outcome_name']}, {label} ({span(row)})."
        for label, (_, row) in zip(labels(frame), frame.iterrows(), strict=True)
    )
    assert list(found.table()) == [
        *("uitkomst", "programma", "wijze", "verschil (procentpunt)"),
        *("ondergrens (procentpunt)", "bovengrens (procentpunt)", "leerlingen"),
    ]
    assert list(found.printed().iloc[3])[3:] == ["−9,2", "−11,9", "−6,5", f"2{THIN}261"]


def test_a_pair_that_correction_takes_further_from_zero_is_not_counted(records: Records) -> None:
    """BRUG has few pupils who were absent before; here it brings work to half of those and takes it from others."""

    def change(table: pd.DataFrame) -> pd.DataFrame:
        brug, absent = table["programme"] == "brug", table["absence_before"] == 1
        hired = table["nec"].mask(brug & absent & (table["id"] % 2 == 1), 1)
        return table.assign(nec=hired.mask(brug & ~absent & (table["id"] % 4 == 1), 0))

    records(learners=change)
    found = exhibits.raw_and_adjusted()
    ways = found.frame.pivot(index=["outcome", "programme"], columns="method", values="estimate").abs()
    further = ways.index[ways["aipw"] > ways["difference"]]
    assert list(further) == [("nec", "brug")]
    assert "In 5 van de 6 paren ligt het gecorrigeerde dichter bij nul." in found.alt


def test_leaving_over_time_tells_where_each_line_ends(made) -> None:
    found = made["leaving_over_time"]
    frame = found.frame
    pd.testing.assert_frame_equal(frame[list(numbers.leaving_over_time())], numbers.leaving_over_time())
    ends = frame[frame["month"] == 36].set_index("programme_name")["risk"]
    assert list(ends.index) == list(PROGRAMMES.values())
    none, brug, ibal, both = (f"{figure(100 * share, 0)}%" for share in ends)
    assert ends["geen programma"] > ends["BRUG en IBAL"]
    assert found.title == "Synthetisch: zonder programma vertrekken meer leerlingen dan met beide"
    assert found.alt == (
        f"Vier stijgende lijnen. Aan het einde: geen programma {none}, BRUG {brug}, IBAL {ibal} en BRUG en IBAL {both}."
    )
    assert list(found.table()) == ["programma", "maand", "vertrokken (%)", "ondergrens (%)", "bovengrens (%)"]


def test_motivation_tells_the_truth_beside_the_estimates_and_warns_of_weak_overlap(made) -> None:
    found = made["motivation_bias"]
    frame = found.frame
    views = ["ruw", "gecorrigeerd", "ook voor motivatie", "werkelijk effect"]
    assert list(frame["view_name"]) == [view for view in views for _ in range(3)]
    assert list(frame["programme_name"]) == ["BRUG", "IBAL", "BRUG en IBAL"] * 4
    raw, adjusted, informed, true = (points(value) for value in frame.loc[frame["programme"] == "brug", "estimate"])
    assert found.title == "Synthetisch: ook gecorrigeerd lijkt BRUG sterker dan het is"
    assert found.alt == (
        f"Per programma de schattingen onder elkaar. Voor BRUG: ruw {raw}, gecorrigeerd {adjusted},"
        f" ook voor motivatie {informed} en werkelijk effect {true}."
    )
    assert found.description == " ".join(f"{label}." for label in labels(frame))
    assert "In synthetische gegevens kennen we ook de motivatie en het werkelijke effect" in found.caption
    (note,) = found.notes
    assert note.startswith("Zwakke overlap: voor sommige leerlingen is de groep 'BRUG en IBAL' zo onwaarschijnlijk")


def test_titles_turn_with_what_is_found(made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with the rows of two views or programmes exchanged."""
    for name, column, one, other in (
        ("raw_and_adjusted", "method", "difference", "aipw"),
        ("leaving_over_time", "programme", "none", "both"),
        ("motivation_bias", "view", "truth", "aipw"),
    ):
        frame = made[name].frame
        turned = frame.assign(**{column: frame[column].replace({one: other, other: one})})
        monkeypatch.setattr(numbers, name, lambda turned=turned: turned)
    assert exhibits.raw_and_adjusted().title == "Synthetisch: correctie brengt het verschil voor BRUG verder van nul"
    assert (
        exhibits.leaving_over_time().title
        == "Synthetisch: zonder programma vertrekken niet meer leerlingen dan met beide"
    )
    assert exhibits.motivation_bias().title == "Synthetisch: ook gecorrigeerd lijkt BRUG niet sterker dan het is"


def test_a_figure_without_a_warning_has_no_note(made) -> None:
    assert [name for name, exhibit in made.items() if exhibit.notes] == ["motivation_bias"]


# --- What it is: made up, or real ---


def test_made_up_records_are_told_in_title_source_and_flag(made) -> None:
    assert len(made) == len(MADE_UP)
    for found in made.values():
        assert found.synthetic is True
        assert found.title.startswith("Synthetisch: ")
        assert found.title[len("Synthetisch: ")].islower()
        assert found.origin == "synthetische gegevens, gemaakt voor dit boek"


def test_real_records_change_nothing(made, records: Records) -> None:
    turned = {"sex": {"m": "f", "f": "m"}}
    records(real=True, learners=lambda table: table[:-1], abo_learners=lambda table: table.replace(turned))
    assert exhibits.raw_and_adjusted().frame.equals(made["raw_and_adjusted"].frame)
    assert numbers.records("synthetic/learners.csv").value == 10_000
