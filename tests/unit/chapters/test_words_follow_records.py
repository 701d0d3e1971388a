"""Words beside what real records give: each is turned here, by answers that no study found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.text import Text
from tests import holder
from tests.records import NO_ESTIMATE, WITHHELD, give, number, say, sign

from leerwerk.conclusion import exhibits as conclusion
from leerwerk.micro import exhibits, figures, findings, records, scale
from leerwerk.micro.pupils import released
from leerwerk.tables.folder import DATA

VSV, IBAL, ABO, BONUS = "micro.ibal.vsv", "micro.ibal.nec", "micro.abo.nec", "micro.bonus.nec"
TOGETHER = "micro.brug_ibal.priorities"
UP, DOWN, OPEN = (0.2, 0.1, 0.3), (-0.2, -0.3, -0.1), (0.01, -0.2, 0.22)
# Half a point more, and no more than a point: real, and within the margin of "no difference".
SLIGHT = (0.005, 0.002, 0.008)
# An answer and the size behind it, and the word for both.
CASES = [
    (sign(1.0), UP, "meer kans"),
    (sign(-1.0), DOWN, "minder kans"),
    (sign(None), OPEN, "niet uit te maken"),
    (WITHHELD, None, "afgeschermd"),
    (NO_ESTIMATE, None, "geen schatting mogelijk"),
]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Gives the study answers and sizes."""

    def tell(*given, **more):
        say(
            tmp_path,
            monkeypatch,
            {name: answer for name, answer, _ in given},
            {name: size for name, _, size in given if size},
            **more,
        )

    return tell


@pytest.mark.parametrize(("answer", "size", "word"), CASES)
def test_the_table_says_more_or_less_or_why_it_does_not(told, answer, size, word) -> None:
    told(*((name, answer, size) for name in (VSV, IBAL, TOGETHER, ABO, BONUS)))
    cells = list(findings.summary().frame["size"][:5])
    assert cells == [cells[0]] * 5
    assert cells[0].partition(": ")[0] == word
    if size:
        assert cells[0].partition(": ")[2].startswith({UP: "20,0", DOWN: "−20,0", OPEN: "1,0"}[size])


def test_both_programmes_may_do_better_than_none_where_the_claim_is_not_settled(told) -> None:
    """The claim is about BRUG alone too; the size is against none."""
    told((TOGETHER, sign(None), UP))
    assert findings.summary().frame["size"][2].startswith("meer kans: 20,0")


@pytest.mark.parametrize(
    ("size", "word"),
    [
        ((0.01, -0.02, 0.04), "minder dan 10\N{NO-BREAK SPACE}procentpunt verschil"),
        (SLIGHT, "meer kans"),
    ],
)
def test_no_difference_is_never_said_of_one_that_is_there(told, size, word) -> None:
    told((BONUS, sign(0.0) | {"lower": 0.0, "upper": 0.0}, size))
    assert findings.summary().frame["size"][4].partition(": ")[0] == word
    (table,) = records.beside_published()
    row = table.frame.set_index("statement").loc["De motivatiebonus heeft geen bijkomend effect op die kans."]
    assert row["here"] == "minder dan 10\N{NO-BREAK SPACE}procentpunt verschil", "and not that there is none"


@pytest.mark.parametrize(
    ("ibal", "abo", "ending"),
    [
        (0, 0, "in deze leerlingengegevens voor allebei: meer kans"),
        (1, 1, "in deze leerlingengegevens voor allebei: minder kans"),
        (1, 3, "in deze leerlingengegevens met IBAL: minder kans, met het ABO-jaar: afgeschermd"),
        (2, 4, "in deze leerlingengegevens met IBAL: niet uit te maken, met het ABO-jaar: geen schatting mogelijk"),
    ],
)
def test_the_title_says_what_was_published_and_what_the_records_give(told, ibal, abo, ending) -> None:
    told((IBAL, *CASES[ibal][:2]), (ABO, *CASES[abo][:2]))
    published = "De onderzoekers vonden met IBAL en met het ABO-jaar meer kans op werk in het NEC; "
    assert findings.summary().title == published + ending


def test_an_estimate_that_the_estimators_warned_of_says_so(told) -> None:
    told((VSV, sign(1.0), UP), (IBAL, sign(1.0), UP), cautious=[VSV])
    leaving, work = findings.summary().frame["size"][:2]
    assert leaving.endswith("); rust op weinig vergelijkbare leerlingen of centra")
    assert work.endswith(")")
    assert scale.sizes().frame["note"][0].endswith("; onze schatting rust op weinig vergelijkbare leerlingen of centra")
    (table,) = records.beside_published()
    assert table.frame["more"].str.endswith("rust op weinig vergelijkbare leerlingen of centra").sum() == 1


def test_the_title_follows_what_was_published(desk) -> None:
    desk.publish(ABO, "lager")
    assert findings.summary().title == (
        "De onderzoekers vonden met IBAL meer kans op werk in het NEC, en met het ABO-jaar minder kans;"
        " de grootte is niet vermeld"
    )


@pytest.mark.parametrize(
    ("case", "begin"),
    [
        (0, "IBAL: in deze gegevens 20,0\N{NO-BREAK SPACE}procentpunt meer kans op vroegtijdig schoolverlaten; "),
        (1, "IBAL: in deze gegevens 20,0\N{NO-BREAK SPACE}procentpunt minder kans op vroegtijdig schoolverlaten; "),
        (2, "Vroegtijdig schoolverlaten met IBAL: in deze gegevens niet uit te maken; "),
        (3, "Vroegtijdig schoolverlaten met IBAL: in deze gegevens afgeschermd; "),
        (4, "Vroegtijdig schoolverlaten met IBAL: in deze gegevens geen schatting mogelijk; "),
    ],
)
def test_the_scale_says_more_or_less_early_leaving(told, case, begin) -> None:
    told((VSV, *CASES[case][:2]))
    shown = scale.sizes()
    assert shown.title.startswith(begin)
    assert shown.title.endswith("proeven elders: gemiddeld 5\N{NO-BREAK SPACE}procentpunt gunstiger")
    assert len(f"{shown.title}. {shown.alt}") <= 300


def test_on_the_scale_more_early_leaving_is_left_of_zero(told) -> None:
    told((VSV, sign(1.0), UP))
    row = scale.sizes().frame.iloc[0]
    assert (row["difference"], row["lower"], row["upper"]) == (-0.2, -0.3, -0.1)


def test_absence_on_the_scale_says_that_it_is_not_from_the_records(told) -> None:
    told((VSV, sign(1.0), UP))
    assert scale.sizes().frame["what"][5] == "Motivatiebonus: problematische afwezigheid (gepubliceerd)"
    assert " Van 4 Vlaamse bevindingen is de grootte afgeschermd of niet te schatten." in scale.sizes().alt


def test_one_finding_is_not_plural(told) -> None:
    told(*((name, sign(1.0), UP) for name in (VSV, IBAL, TOGETHER, ABO)))
    assert " Van 1 Vlaamse bevinding is " in scale.sizes().alt


@pytest.mark.parametrize("size", [None, (-0.3, -0.4, -0.2), (-0.1, -0.23, 0.03), (0.6, 0.5, 0.7)])
def test_what_has_no_size_is_written_inside_the_figure(told, size) -> None:
    told((ABO, sign(1.0) if size else NO_ESTIMATE, size))
    drawn = figures.sizes(scale.sizes())
    drawn.canvas.draw()
    notes = [text for text in drawn.findobj(Text) if text.get_text().startswith("onderzoekers: ")]
    assert len(notes) == 5 - bool(size)
    ends = [text.get_window_extent() for text in notes]
    assert min(each.x0 for each in ends) > 0
    assert max(each.x1 for each in ends) < drawn.bbox.x1


def test_shares_of_the_records_stand_apart_from_the_published_ones(told) -> None:
    told(
        ("micro.bonus.absence_with", number("share", 0.244, 0.226, 0.263), None),
        ("micro.bonus.absence_without", WITHHELD, None),
    )
    found, size = findings.summary().frame.iloc[-1][["found", "size"]]
    assert found == "1,37% tegenover 9,38% in de controlegroep"
    assert size == "met bonus 24,4%, zonder afgeschermd; niet gecorrigeerd"
    (table,) = records.beside_published()
    row = table.frame.set_index("statement").loc["Met motivatiebonus is 1,37% problematisch afwezig."]
    assert list(row[["here", "more"]]) == ["24,4%", "22,6% tot 26,3%"], "three digits were released"


def test_shares_that_are_both_withheld_are_said_once(told) -> None:
    told()
    assert findings.summary().frame.iloc[-1]["size"] == "afgeschermd"


def test_published_hours_have_their_unit_and_titles_say_whose_figures_they_are(told) -> None:
    told()
    (table,) = records.beside_published()
    assert "250\N{NO-BREAK SPACE}uur" in set(table.frame["published"])
    assert exhibits.hours().title.startswith("Gepubliceerd: jongeren volgen")
    title = exhibits.participation().title
    assert title.startswith("Gepubliceerd: van elke 100")
    assert title.endswith("; 4 à 5 deden beide (onze berekening)")


def test_what_is_known_of_the_records_is_said(told) -> None:
    told(start_months=False)
    ((title, *paragraphs),) = records.notices()
    text = " ".join(paragraphs)
    assert title == "Dit boek rekent ook met echte leerlingengegevens"
    for part in ("Departement Voorbeeld", "2014 tot 2018", "24 november 2026", "Enkelen.", "andere leerlingen"):
        assert part in text
    ((_, english),) = records.notices_in_english()
    assert "Departement Voorbeeld" in english


@pytest.mark.parametrize(
    ("start_months", "said"),
    [
        (False, "De gegevens zeggen niet in welke maand een programma begon. Wie vroeg vertrok, kon er niet meer aan"),
        (True, "telt een leerling pas vanaf dan als deelnemer; de andere verschillen houden daar geen rekening mee."),
    ],
)
def test_it_says_whether_the_months_are_known_in_which_programmes_began(told, start_months, said) -> None:
    told(start_months=start_months)
    ((_, *paragraphs),) = records.notices()
    assert said in " ".join(paragraphs)


@pytest.mark.parametrize("known", [True, False])
def test_captions_say_from_when_a_pupil_counts_where_the_months_are_known(told, known) -> None:
    told(start_months=known)
    (beside,) = records.beside_published()
    for caption in (findings.summary().caption, beside.caption):
        assert ("als wie er nog is in de gebruikelijke maand met IBAL begint" in caption) is known


@pytest.mark.parametrize(
    ("named", "known"),
    [(("brug", "ibal"), True), (("brug",), False), ((), False)],
)
def test_the_step_tells_whether_every_programme_has_its_months(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: tuple[str, ...], known: bool
) -> None:
    shipped = Path(DATA.path) / "synthetic"
    learners = pd.read_csv(shipped / "learners.csv", nrows=3_000)
    learners = learners.assign(
        **{f"{name}_start": holder.start_months(learners, name).astype("Int64") for name in named}
    )
    (tmp_path / "echt").mkdir()
    learners.to_csv(tmp_path / "echt" / "learners.csv", index=False)
    pd.read_csv(shipped / "abo_learners.csv", nrows=3_000).to_csv(tmp_path / "echt" / "abo_learners.csv", index=False)
    give(tmp_path / "echt", monkeypatch)
    assert released.start_months() is known


def test_without_records_nothing_is_said() -> None:
    assert records.notices() == records.notices_in_english() == records.beside_published() == []


def test_beside_what_was_published_a_direction_has_its_size(told) -> None:
    told((VSV, sign(1.0), UP), (IBAL, sign(None), OPEN))
    (table,) = records.beside_published()
    rows = table.frame.set_index("statement")
    leaving = rows.loc["Leerlingen in IBAL hebben significant minder kans op vroegtijdig schoolverlaten."]
    assert list(leaving[["published", "here", "status"]]) == ["lager", "hoger", "wijkt af"]
    assert leaving["more"].startswith("20,0\N{NO-BREAK SPACE}procentpunt (95%-interval 10,0 tot 30,0")
    work = rows.loc["Leerlingen in IBAL hebben significant meer kans op werk in het normaal economisch circuit."]
    assert list(work[["here", "status"]]) == ["niet uit te maken", "niet uit te maken"]
    assert set(rows.drop([leaving.name, work.name])["here"]) == {"afgeschermd"}


# --- Verantwoording ---


def test_findings_that_are_withheld_are_not_called_checked(told) -> None:
    told()
    assert conclusion.summary().title == "Minstens de helft van de bevindingen kon niet worden nagegaan"
    assert "konden we er 1 narekenen en 1 toetsen" in conclusion.totals()
    assert "Bij 20 mag de uitkomst niet naar buiten" in conclusion.totals()


def test_what_no_estimate_answers_was_not_recomputed(told) -> None:
    told((IBAL, NO_ESTIMATE, None), (VSV, sign(None), OPEN))
    said = conclusion.totals()
    assert "konden we er 2 zelf berekenen en 1 toetsen" in said
    assert "Bij 1 is niet uit te maken of de uitkomst past." in said
    assert "Bij 1 is in de leerlingengegevens geen schatting te maken." in said
