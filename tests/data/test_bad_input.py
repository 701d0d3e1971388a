"""Bad input: one mistake, one message that says where, what was found, what is asked and how to mend it."""

import pytest

from ledger.tables import claims as claims_rules
from ledger.tables.reading import DataError
from leerwerk import study
from leerwerk.tables import published
from leerwerk.tables.folder import DATA

CLAIMS, SERIES = "published/claims.csv", "context/series.csv"
SOURCES, FEEDS, CHANGES = "context/sources.csv", "context/feeds.csv", "context/changes.csv"
RECOMMENDATIONS, BULLETS = "published/recommendations.csv", "published/bullets.csv"
STATEMENTS, GUIDANCE, GROUPS = "published/statements.csv", "published/guidance.csv", "published/groups.csv"
TRIALS = "trials/results.csv"
SCREEN = 25  # lines of a small terminal


def swap(table, old, new):
    return lambda desk: desk.replace(table, old, new)


def cell(table, key, **cells):
    return lambda desk: desk.edit(table, key, **cells)


def write(table, change):
    def apply(desk):
        path = desk.path(table)
        path.write_bytes(change(path.read_bytes()))

    return apply


def without_last_column(content):
    return b"\n".join(line.rsplit(b",", 1)[0] for line in content.splitlines())


def with_last_column(name):
    return write(GUIDANCE, lambda content: content.replace(b"\n", f",{name}\n".encode()))


BRUG, OAO, LAST = "micro.brug.participation", "macro.contracts.oao", "conclusion.macro.guarantees"
# how to break it, and what the message must say: file, line, column, part of the rule, part of the remedy
CASES = {
    "missing column": (
        write(GUIDANCE, without_last_column),
        GUIDANCE,
        1,
        "slide",
        "de kolom bestaat",
        "koprij is part,",
    ),
    "unknown column": (
        with_last_column("x"),
        GUIDANCE,
        1,
        "x",
        "een bekende kolom",
        "koprij is part,text,partner,slide",
    ),
    "column missing in the header only": (
        swap(CLAIMS, "id,level", "id"),
        CLAIMS,
        1,
        "level",
        "bestaat",
        "koprij is id,",
    ),
    "repeated column": (
        with_last_column("slide"),
        GUIDANCE,
        1,
        "slide",
        "kolom komt een keer voor",
        "dubbele kolom weg",
    ),
    "unknown basis": (
        cell(CLAIMS, BRUG, basis="hearsay"),
        CLAIMS,
        23,
        "basis",
        "een van published,",
        "de regels van deze tabel, onder code/",
    ),
    "unknown unit": (
        cell(CLAIMS, BRUG, unit="procent"),
        CLAIMS,
        23,
        "unit",
        "een van share,",
        "de regels van deze tabel, onder code/",
    ),
    "no claim is measured in points": (cell(CLAIMS, BRUG, unit="points"), CLAIMS, 23, "unit", "een van share", "Kies"),
    "unknown level": (cell(CLAIMS, BRUG, level="nano"), CLAIMS, 23, "level", "een van introduction", "Kies"),
    "level of another id": (cell(CLAIMS, BRUG, level="macro"), CLAIMS, 23, "level", "eerste deel van het id", "zelfde"),
    "malformed id": (
        cell(CLAIMS, BRUG, id="micro.BRUG"),
        CLAIMS,
        23,
        "id",
        "niveau.onderwerp.maat",
        "introduction.mijn_",
    ),
    "reason without a sentence": (
        cell(CLAIMS, BRUG, explanation=""),
        *(CLAIMS, 23, "explanation", "een zin bij elke reden", "waarom niemand dit narekent"),
    ),
    "sentence without a reason": (
        cell(CLAIMS, OAO, explanation="Een zin."),
        *(CLAIMS, 57, "explanation", "een zin bij elke reden", "waarom niemand dit narekent"),
    ),
    "empty statement": (cell(CLAIMS, BRUG, statement=" "), CLAIMS, 23, "statement", "ingevuld", "Vul de cel in"),
    "unknown kind": (swap(STATEMENTS, ",bottleneck,", ",obstacle,"), STATEMENTS, 11, "kind", "bottleneck", "Kies een"),
    "unknown actor": (swap(STATEMENTS, ",learner,", ",pupil,"), STATEMENTS, 9, "actor", "een van learner", "Kies een"),
    "recommendation for nobody": (
        cell(RECOMMENDATIONS, "better-matching", actors=""),
        *(RECOMMENDATIONS, 17, "actors", "een of meer van policy, school", "puntkomma"),
    ),
    "recommendation for a stranger": (
        cell(RECOMMENDATIONS, "better-matching", actors="school;pupils"),
        *(RECOMMENDATIONS, 17, "actors", "pupil en research", "puntkomma"),
    ),
    "recommendation for one twice": (
        cell(RECOMMENDATIONS, "better-matching", actors="school;school"),
        *(RECOMMENDATIONS, 17, "actors", "elk een keer", "puntkomma"),
    ),
    "recommendation without a point": (
        cell(RECOMMENDATIONS, "better-matching", recommendation="Verbeter de matching"),
        *(RECOMMENDATIONS, 17, "recommendation", "een hoofdletter en een punt", "gewone zin"),
    ),
    "recommendation of another force": (
        cell(RECOMMENDATIONS, "better-matching", force="vermoeden"),
        *(RECOMMENDATIONS, 17, "force", "een van uitdrukkelijk, voorwaarde of gevolgtrekking", "Kies een"),
    ),
    "recommendation with a Dutch name": (
        cell(RECOMMENDATIONS, "better-matching", id="Betere matching"),
        *(RECOMMENDATIONS, 17, "id", "kleine letters", "share-successes"),
    ),
    "key in four parts": (
        swap(BULLETS, ",opzegtermijn;conflicten", ",geen;opzegtermijn;verdere;conflicten"),
        *(BULLETS, 171, "key", "een tot drie sleutelwoorden", "mentor;tijd|uren"),
    ),
    "key with spaces around a word": (
        swap(BULLETS, ",opzegtermijn;conflicten", ",opzegtermijn; conflicten"),
        *(BULLETS, 171, "key", "een tot drie sleutelwoorden", "zonder spaties"),
    ),
    "key with an empty alternative": (
        swap(BULLETS, ",opzegtermijn;conflicten", ",opzegtermijn|;conflicten"),
        *(BULLETS, 171, "key", "een tot drie sleutelwoorden", "rechte streep"),
    ),
    "point on a page that is not there": (
        swap(BULLETS, "verdere conflicten,macro,", "verdere conflicten,makro,"),
        *(BULLETS, 171, "page", "een van index, introduction", "Kies een"),
    ),
    "point left out": (
        swap(BULLETS, "29,2,sofie", "29,3,sofie"),
        *(BULLETS, 186, "bullet", "geen enkele overgeslagen", "vanaf 1"),
    ),
    "slide left out": (
        swap(BULLETS, "\n27,1,Besluit,", "\n26,14,Besluit,"),
        *(BULLETS, 179, "bullet", "geen enkele overgeslagen", "vanaf 1"),
    ),
    "unknown unit of a series": (swap(SERIES, ",percent,", ",%,"), SERIES, 2, "unit", "een van percent", "Kies een"),
    "claim above 100": (cell(CLAIMS, BRUG, published="127%"), CLAIMS, 23, "published", "hoogstens 100%", "87,51%"),
    "unreadable figure": (cell(CLAIMS, BRUG, published="veel"), CLAIMS, 23, "published", "schrijfwijze", "README.md"),
    "series above 100": (swap(SERIES, "2024,16.8", "2024,116.8"), SERIES, 2, "value", "van 0 tot 100", "in de bron"),
    "series below 0": (swap(SERIES, "2024,16.8", "2024,-16.8"), SERIES, 2, "value", "van 0 tot 100", "in de bron"),
    "span above 100": (swap(SERIES, "2024,16.8,", "2024,16.8,168"), SERIES, 2, "value", "van 0 tot 100", "in de bron"),
    "a day that does not exist": (
        cell(SOURCES, "ctg-youth", looked_up="2026-02-30"),
        *(SOURCES, 2, "looked_up", "een datum die bestaat", "2026-11-24"),
    ),
    "a day in Belgian order": (
        cell(SOURCES, "ctg-youth", looked_up="24/11/2026"),
        *(SOURCES, 2, "looked_up", "een datum die bestaat", "2026-11-24"),
    ),
    "a term in words": (
        cell(SOURCES, "ctg-youth", warn_after="een jaar"),
        *(SOURCES, 2, "warn_after", "een aantal dagen", "Schrijf 400"),
    ),
    "refused before it is warned of": (
        cell(SOURCES, "ctg-youth", error_after="400"),
        *(SOURCES, 2, "error_after", "error_after na warn_after", "twee termijnen"),
    ),
    "one term of two": (
        cell(SOURCES, "ctg-youth", error_after=""),
        *(SOURCES, 2, "error_after", "allebei leeg", "twee termijnen"),
    ),
    "a day without a fingerprint": (
        cell(FEEDS, "eurostat-unemployment", fetched="2027-01-05", sha256=""),
        *(FEEDS, 2, "sha256", "allebei ingevuld", "make context vult"),
    ),
    "codes with commas": (
        cell(FEEDS, "eurostat-unemployment", sexes="T,M"),
        *(FEEDS, 2, "sexes", "puntkomma's ertussen", "zonder spaties"),
    ),
    "a change that is neither": (
        swap(CHANGES, ",correction,", ",update,"),
        *(CHANGES, 2, "kind", "een van revision of correction", "Kies een"),
    ),
    "a place nobody named": (swap(SERIES, ",report,", ",hearsay,"), SERIES, 2, "seen", "een van own page,", "Kies een"),
    "a certainty nobody named": (swap(SERIES, ",high,", ",sure,"), SERIES, 2, "certainty", "een van high,", "Kies een"),
    "a doubt without a word": (
        swap(SERIES, "16.1,,percent,ctg-youth,report,high,", "16.1,,percent,ctg-youth,report,low,"),
        SERIES,
        3,
        "note",
        "twijfel met uitleg",
        "waarom",
    ),
    "not seen again, without a word": (
        swap(SERIES, "16.1,,percent,ctg-youth,report,high,", "16.1,,percent,ctg-youth,not again,high,"),
        *(SERIES, 3, "note", "twijfel met uitleg", "waarom"),
    ),
    "span the wrong way": (swap(SERIES, "2024,16.8,", "2024,16.8,6"), SERIES, 2, "value_to", "groter dan value", "Zet"),
    "trial rate above 100": (
        cell(TRIALS, "bam-transfers", treated_rate="620"),
        *(TRIALS, 5, "treated_rate", "van 0 tot 100", "Kijk het getal na"),
    ),
    "arms that do not add up": (
        cell(TRIALS, "challenge-36", n_treated="721"),
        *(TRIALS, 4, "arms", "samen n_total", "als de bron ze allebei afdrukt"),
    ),
    "arms beside a split of our own": (
        cell(TRIALS, "cpb-coaching", n_treated="225", n_control="225"),
        *(TRIALS, 2, "arms", "equal split met n_total alleen", "als de bron ze allebei afdrukt"),
    ),
    "a total that is not there to be split": (
        cell(TRIALS, "cpb-coaching", n_total=""),
        *(TRIALS, 2, "arms", "equal split met n_total alleen", "als de bron ze allebei afdrukt"),
    ),
    "a trial of something else that counts": (
        cell(TRIALS, "leap", measure="other"),
        *(TRIALS, 31, "pooled", "uitkomst over de school", "schrijf in reason"),
    ),
    "a trial without lots that counts": (
        cell(TRIALS, "leap", design="quasi-experiment"),
        *(TRIALS, 31, "pooled", "enkel met loting", "schrijf in reason"),
    ),
    "nobody at all, whose error would be zero": (
        cell(TRIALS, "leap", control_rate="0"),
        *(TRIALS, 31, "pooled", "percentages tussen 0 en 100", "schrijf in reason"),
    ),
    "a trial not seen again that counts": (
        cell(TRIALS, "leap", seen="partly"),
        *(TRIALS, 31, "pooled", "seen yes", "schrijf in reason"),
    ),
    "a trial left out without a reason": (
        cell(TRIALS, "bam-transfers", reason=""),
        *(TRIALS, 5, "reason", "als pooled no is", "Zeg waarom"),
    ),
    "duplicate id": (
        cell(CLAIMS, "micro.study.end", id="micro.study.start"),
        CLAIMS,
        8,
        "id",
        "een keer",
        "dubbele rij",
    ),
    "duplicate group": (
        swap(GROUPS, "heavy_task,niet-erkende", "heavy_task,erkende"),
        *(GROUPS, 3, "claim+group", "een keer", "dubbele rij"),
    ),
    "decimal comma": (cell(CLAIMS, BRUG, lower="0,265"), CLAIMS, 23, "lower", "decimale punt", "87.51 en niet 87,51"),
    "decimal comma in a series": (swap(SERIES, "16.8", '"16,8"'), SERIES, 2, "value", "decimale punt", "87.51 en niet"),
    "decimal comma between columns": (swap(SERIES, "16.8", "16,8"), SERIES, 2, None, "12 kolommen", "met een punt"),
    "bounds that do not fit": (cell(CLAIMS, BRUG, lower="0.26"), CLAIMS, 23, "lower", "toelaat", "make ranges"),
    "bounds the wrong way": (cell(CLAIMS, BRUG, lower="0.275", upper="0.265"), CLAIMS, 23, "lower", "toelaat", "make"),
    "no upper bound": (cell(CLAIMS, BRUG, upper=""), CLAIMS, 23, "upper", "decimale punt", "87.51"),
    "latin-1": (
        write(CLAIMS, lambda content: content.decode().replace("“", "").replace("”", "").encode("latin-1")),
        *(CLAIMS, 37, None, "UTF-8", "CSV UTF-8"),
    ),
    "empty file": (write(CLAIMS, lambda _: b""), CLAIMS, None, None, "een koprij en minstens een rij", "uit git"),
    "blank file": (write(CLAIMS, lambda _: b"\n \n"), CLAIMS, None, None, "een koprij en minstens een rij", "uit git"),
    "header only": (write(CLAIMS, lambda c: c.splitlines(True)[0]), CLAIMS, None, None, "minstens een rij", "uit git"),
    "short row": (
        swap(CLAIMS, "hoger,1,1,direction,context,", "hoger,1,1"),
        CLAIMS,
        2,
        None,
        "12 kolommen",
        "vul rijen",
    ),
    "long row": (
        swap(CLAIMS, "direction,context,", "direction,context,,"),
        CLAIMS,
        2,
        None,
        "12 kolommen",
        "tussen aan",
    ),
    "open quote": (swap(CLAIMS, '"77,6%"', '"77,6%'), CLAIMS, 38, None, "leesbare CSV", "Sluit elk aanhalingsteken"),
    "line number after blank lines": (
        swap(CLAIMS, "\nmicro.brug.participation,micro", "\n\n\nmicro.brug.participation,nano"),
        *(CLAIMS, 25, "level", "een van introduction", "Kies"),
    ),
    "line number after a line break in a cell": (
        lambda desk: (desk.edit(CLAIMS, BRUG, statement="a\n27%"), desk.edit(CLAIMS, LAST, unit="procent")),
        *(CLAIMS, 70, "unit", "een van share", "Kies"),
    ),
    "missing file": (lambda desk: desk.path(CLAIMS).unlink(), CLAIMS, None, None, "bestaat", "Zet het bestand terug"),
}


@pytest.mark.parametrize(("spoil", "table", "row", "column", "demand", "remedy"), CASES.values(), ids=CASES)
def test_one_clear_error(desk, spoil, table, row, column, demand, remedy):
    spoil(desk)
    with pytest.raises(DataError) as caught:
        DATA.table(table, study.tables()[table])
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column) == (f"data/{table}", row, column)
    assert demand in problem.demand
    assert remedy in problem.remedy
    assert not problem.demand[0].isupper()
    assert (problem.remedy[0].isupper(), problem.remedy[-1]) == (True, ".")
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None

    assert DATA.problems(study.tables()) == [problem]
    told = str(caught.value)
    assert len(told.splitlines()) < SCREEN
    assert "Traceback" not in told


def test_good_input_has_no_problems(desk):
    assert DATA.problems(study.tables()) == []


def test_a_table_full_of_mistakes_still_fits_on_a_screen(desk):
    desk.path(CLAIMS).write_text(desk.path(CLAIMS).read_text().replace(",design,", ",x,"))
    told = str(DataError(DATA.problems(study.tables()))).splitlines()
    assert told[-1] == "(en nog 27 andere)"  # 30 parameters and aims, three of them shown
    assert len(told) < SCREEN


def test_problems_come_in_the_order_of_the_file(desk):
    desk.edit(CLAIMS, LAST, unit="procent")
    desk.edit(CLAIMS, BRUG, lower="0.26")
    desk.edit(CLAIMS, "micro.study.end", id="micro.study.start")
    with pytest.raises(DataError) as caught:
        published.claims()
    assert [problem.row for problem in caught.value.problems] == [8, 23, 69]


def test_a_table_with_only_bad_rows_reports_each(desk):
    desk.path(GUIDANCE).write_text("part,text,partner,slide\nx,a,,11\ny,c,,11\n")
    with pytest.raises(DataError) as caught:
        published.guidance("aim")
    assert [(problem.row, problem.found) for problem in caught.value.problems] == [(2, "x"), (3, "y")]


def test_a_claims_table_with_only_bad_rows_reports_each(desk):
    lines = desk.path(CLAIMS).read_text().splitlines()[:2]
    desk.path(CLAIMS).write_text("\n".join(lines).replace(",context,", ",hearsay,"))
    with pytest.raises(DataError) as caught:
        published.claims()
    assert [(problem.row, problem.found) for problem in caught.value.problems] == [(2, "hearsay")]


# how to break it; then file, line, column, what was found, the column that has it not, and the remedy
DANGLING = {
    "a group of a claim that is not there": (
        swap(GROUPS, "macro.guidance.heavy_task,erkende", "macro.guidance.heavy_tas,erkende"),
        *(GROUPS, 2, "claim", "id", "claims.csv", "Het lijkt op macro.guidance.heavy_task. Herstel"),
    ),
    "the second term of a sum": (
        swap(GROUPS, "+macro.survey.", "+macro.survei."),
        *(GROUPS, None, "sizes", "id", "claims.csv", "Het lijkt op macro.survey."),
    ),
    "a trial's source without a trial": (
        lambda desk: desk.path("trials/sources.csv").write_text(
            desk.path("trials/sources.csv").read_text().rstrip("\n") + "\nzzz,a,b,2020,c.org\n"
        ),
        *("trials/sources.csv", None, "source", "source", "results.csv", "Verwijder de bron als geen proef"),
    ),
    "a claim in braces that is not there": (
        swap("published/overview.csv", "{macro.", "{makro."),
        *("published/overview.csv", None, "text", "id", "claims.csv", "Het lijkt op macro."),
    ),
}


@pytest.mark.parametrize(("spoil", "table", "row", "column", "other", "at", "remedy"), DANGLING.values(), ids=DANGLING)
def test_what_one_table_names_another_must_have(desk, spoil, table, row, column, other, at, remedy):
    spoil(desk)
    (problem,) = DATA.problems(study.tables())
    assert (problem.file, problem.column) == (f"data/{table}", column)
    assert row in (None, problem.row)
    assert desk.path(table).read_text().splitlines()[problem.row - 1].count(problem.found)
    assert f"kolom {other} van data/" in problem.demand
    assert problem.demand.endswith(at)
    assert remedy in problem.remedy


def test_tables_are_held_against_each_other_once_each_is_sound(desk):
    """A row that breaks a rule of its own may be the one that is missed."""
    swap(GROUPS, "macro.guidance.heavy_task,erkende", "macro.guidance.heavy_tas,erkende")(desk)
    desk.edit(CLAIMS, BRUG, unit="procent")
    assert [problem.file for problem in DATA.problems(study.tables())] == [f"data/{CLAIMS}"]


def test_semicolons_are_told_apart_from_a_missing_column(desk):
    path = desk.path(GUIDANCE)
    path.write_text(path.read_text().replace(",", ";"))
    (problem,) = DATA.problems(study.tables())
    assert (problem.file, problem.row, problem.found) == (f"data/{GUIDANCE}", 1, "part;text;partner;slide")
    assert "Bewaar met komma's" in problem.remedy


@pytest.mark.parametrize(
    ("statement", "published_as"),
    [
        ("27,5% neemt deel.", "27%"),
        ("127% neemt deel.", "27%"),
        ("Van de leerlingen neemt een deel.", "27%"),
        ("Een op de zes.", "1 op 5"),
        ("De driehoek.", "3"),
    ],
)
def test_a_statement_without_its_figure_is_refused(desk, statement, published_as):
    unit = "count" if published_as == "3" else "share"
    desk.edit(CLAIMS, BRUG, statement=statement, published=published_as, unit=unit)
    claims_rules.fill(desk.path(CLAIMS))
    (problem,) = DATA.problems(study.tables())
    assert (problem.column, problem.found) == ("statement", statement)


@pytest.mark.parametrize(
    ("statement", "published_as"),
    [
        ("Het is 27%, meer niet.", "27%"),
        ("BIJNA 7% neemt deel.", "bijna 7%"),
        ("Een op de vijf.", "1 op 5"),
        ("Drie.", "3"),
    ],
)
def test_a_statement_says_its_figure_as_printed_or_in_words(desk, statement, published_as):
    unit = "count" if published_as == "3" else "share"
    desk.edit(CLAIMS, BRUG, statement=statement, published=published_as, unit=unit)
    claims_rules.fill(desk.path(CLAIMS))
    assert DATA.problems(study.tables()) == []


@pytest.mark.parametrize(
    ("figure", "unit"), [("27%", "count"), ("27", "share"), ("lager", "share"), ("27", "direction")]
)
def test_the_unit_is_that_of_the_figure(desk, figure, unit):
    desk.edit(CLAIMS, BRUG, statement=f"Het is {figure}.", published=figure, unit=unit)
    claims_rules.fill(desk.path(CLAIMS))
    (problem,) = DATA.problems(study.tables())
    assert (problem.column, problem.found) == ("unit", unit)


def test_a_cell_that_a_spreadsheet_would_compute_is_refused_and_a_negative_number_is_not(desk):
    """The tables are published as they are: what is in a cell is opened in a reader's spreadsheet."""
    assert study.LEDGER.problems(study.tables()) == []
    swap(GUIDANCE, "partner,organisator,", 'partner,"=HYPERLINK(""https://example.org"")",')(desk)
    swap(TRIALS, ",-7 pp,", ",-1+1|x,")(desk)
    problems = study.LEDGER.problems(study.tables())
    assert [(each.file, each.row, each.column) for each in problems] == [
        (f"data/{GUIDANCE}", 3, "text"),
        (f"data/{TRIALS}", 2, "effect"),
    ]
    assert "geen formule" in problems[0].demand
    assert "Begin de cel met een woord" in problems[0].remedy


@pytest.mark.parametrize("figure", ["８7,51%", "٨٧,٥١%", "1 op ５", "５0 à 60%", "१३ mei 2016", "34 70１"])
def test_digits_of_another_script_are_no_figure(desk, figure):
    desk.edit(CLAIMS, BRUG, published=figure, statement=f"Het is {figure}.")
    (first, *_) = DATA.problems(study.tables())
    assert (first.file, first.column, first.found) == (f"data/{CLAIMS}", "published", figure)
