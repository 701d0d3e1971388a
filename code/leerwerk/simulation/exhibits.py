"""What Methoden shows: standard errors in two ways, and how the estimators do when the truth is known."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit, spans
from leerwerk.micro.pupils.labels import PROGRAMMES, labelled, noted
from leerwerk.simulation import numbers
from leerwerk.tables import simulation

SCENARIOS = {
    "observed": "Alles gemeten",
    "unobserved": "Motivatie niet gemeten",
    "treatment_wrong": "Deelnamemodel fout",
    "outcome_wrong": "Uitkomstmodel fout",
    "both_wrong": "Beide modellen fout",
}
ESTIMATORS = {
    "difference": "Ruw verschil",
    "regression": "Regressie",
    "ipw": "IPW",
    "aipw": "AIPW",
    "ipwra": "IPW-RA",
}
# Those of which the page shows how they do with few rows or centres; the others are in the file.
COMPARED = ("difference", "regression", "aipw")
# From this many treated clusters on the title says how often intervals hold.
HELD_FROM = 3
ORIGIN = "simulatie met synthetische gegevens, gemaakt voor dit boek"


def standard_errors() -> Exhibit:
    """Standard errors and intervals of the programmes' effects, by formula and by bootstrap: one row per programme."""
    frame, notes = noted(numbers.standard_errors)
    ratio = frame["drawn_std_error"] / frame["std_error"]
    gap = max(ratio.max(), 1 / ratio.min()) - 1
    shown = frame.assign(
        programme_name=frame["programme"].map(PROGRAMMES),
        interval=spans(frame["lower"], frame["upper"]),
        drawn_interval=spans(frame["drawn_lower"], frame["drawn_upper"]),
    )
    return labelled(
        "standaardfouten",
        f"De standaardfouten van formule en bootstrap verschillen hoogstens {dutch.percent(gap)}",
        "",
        "Gecorrigeerd verschil in vroegtijdig schoolverlaten met geen programma; standaardfout en 95%-interval volgens de"
        f" formule en volgens een bootstrap van {dutch.number(numbers.REPLICATES)} steekproeven. De modellen kennen minder"
        " kenmerken dan die in Micro.",
        (shown, notes),
        {
            "programme_name": "programma",
            "estimate": Column("verschil", "points", 2),
            "std_error": Column("standaardfout, formule", "points", 2),
            "drawn_std_error": Column("standaardfout, bootstrap", "points", 2),
            "interval": "95%-interval, formule (procentpunt)",
            "drawn_interval": "95%-interval, bootstrap (procentpunt)",
        },
    )


def _results() -> pd.DataFrame:
    rows = simulation.simulation_results()
    order = rows["scenario"].map(list(SCENARIOS).index) * 10 + rows["estimator"].map(list(ESTIMATORS).index)
    rows = rows.loc[order.sort_values().index].reset_index(drop=True)
    return rows.assign(scenario_name=rows["scenario"].map(SCENARIOS), estimator_name=rows["estimator"].map(ESTIMATORS))


def bias() -> Exhibit:
    """Bias by scenario and estimator, with two Monte Carlo errors to either side."""
    frame = _results()
    frame = frame.assign(lower=frame["bias"] - 2 * frame["bias_mc"], upper=frame["bias"] + 2 * frame["bias_mc"])
    aipw = frame[frame["estimator"] == "aipw"].set_index("scenario")["bias"]
    worst = str(aipw.abs().idxmax())
    replicates = dutch.number(frame["replicates"].min())
    return Exhibit(
        name="simulatie-vertekening",
        title=(
            f"Synthetisch: zonder motivatie zit AIPW er {dutch.points(abs(aipw['unobserved']))} naast,"
            f" met motivatie {dutch.points(abs(aipw['observed']))}"
        ),
        alt=(
            f"Per situatie de vertekening van {dutch.number(frame['estimator'].nunique())} schatters. AIPW zit het verst"
            f" van nul bij '{SCENARIOS[worst].lower()}': {dutch.points(aipw[worst], 2)}."
        ),
        description=" ".join(
            f"{name}: "
            + dutch.enumerate_words([f"{row.estimator_name} {dutch.points(row.bias, 2)}" for row in rows.itertuples()])
            + "."
            for name, rows in frame.groupby("scenario_name", sort=False)
        ),
        caption=(
            f"Gemiddelde afwijking van het werkelijke effect van BRUG op vroegtijdig schoolverlaten"
            f" ({dutch.points(frame['truth'].iloc[0], 2)}) over {replicates} nagemaakte cohorten, met twee simulatiefouten naar"
            " weerskanten."
        ),
        frame=frame,
        columns={
            "scenario_name": "situatie",
            "estimator_name": "schatter",
            "bias": Column("vertekening", "points", 2),
            "bias_mc": Column("simulatiefout", "points", 2),
        },
        origin=ORIGIN,
        synthetic=True,
    )


def performance() -> Exhibit:
    """Bias, standard errors and coverage, printed: one row per scenario and estimator."""
    rows = _results()
    frame = pd.DataFrame(
        {
            "setting": rows["scenario_name"] + ", " + rows["estimator_name"],
            "bias": [
                f"{dutch.points(row.bias, 2)} (±{dutch.HARD_SPACE}{dutch.number(100 * row.bias_mc, 2)})"
                for row in rows.itertuples()
            ],
            "errors": [
                f"{dutch.number(100 * row.empirical_se, 2)} (±{dutch.HARD_SPACE}{dutch.number(100 * row.empirical_se_mc, 2)})"
                f" en {dutch.number(100 * row.model_se, 2)} (±{dutch.HARD_SPACE}{dutch.number(100 * row.model_se_mc, 2)})"
                for row in rows.itertuples()
            ],
            "coverage": [
                f"{dutch.percent(row.coverage)} (±{dutch.HARD_SPACE}{dutch.number(100 * row.coverage_mc, 1)})"
                for row in rows.itertuples()
            ],
        }
    )
    return Exhibit(
        name="simulatie-tabel",
        title="Synthetisch: vertekening, standaardfout en dekking",
        alt="",
        caption="Tussen haakjes de simulatiefout. Standaardfouten in procentpunt: de waargenomen spreiding en de geschatte.",
        frame=frame,
        columns={
            "setting": "situatie, schatter",
            "bias": "vertekening",
            "errors": "standaardfout (waargenomen en geschat)",
            "coverage": "dekking",
        },
        origin=ORIGIN,
        synthetic=True,
    )


def small_samples() -> Exhibit:
    """Lowest coverage of the intervals, and of uncorrected ones, when rows or clusters are few: one row per size."""
    rows = simulation.interval_coverage()
    lowest = rows.groupby(["few", "size", "estimator"])[["coverage", "coverage_before"]].min()
    shown = lowest.unstack("estimator")
    frame = pd.DataFrame(
        {
            f"{estimator}{when}": shown[f"coverage{when}", estimator]
            for estimator in COMPARED
            for when in ("", "_before")
        }
    ).reset_index()
    held = shown.loc["clusters"].loc[HELD_FROM:, "coverage"]
    centres = dutch.enumerate_words([dutch.count_word(str(size)) for size in held.index], "of")
    others = [f"{ESTIMATORS[name]} minstens {dutch.percent(held[name].min())}" for name in held if name not in COMPARED]
    fewest = rows[(rows["few"] == "clusters") & (rows["size"] < HELD_FROM) & rows["estimator"].isin(COMPARED)]
    named = {"rows": "{} rijen in twee groepen", "clusters": "{} behandelde centra van de veertig"}
    sizes = [named[few].format(dutch.number(size)) for few, size in zip(frame["few"], frame["size"], strict=True)]
    return Exhibit(
        name="simulatie-klein",
        title=(
            f"Synthetisch: met {centres} behandelde centra bevatten deze intervallen het ware effect in minstens"
            f" {dutch.percent(held[list(COMPARED)].min(axis=None))} van de trekkingen"
        ),
        alt="",
        caption=(
            "Laagste dekking van de 95%-intervallen over gevallen met een uitkomst van 0 en 1 of een getal, en met gelijke of"
            " ongelijke spreiding; onder 'zonder' die van ongecorrigeerde intervallen op dezelfde trekkingen. Zonder centra wordt alleen"
            f" het ruwe verschil gecorrigeerd. Met {centres} behandelde centra haalt {dutch.enumerate_words(others)}. Met minder centra"
            f" zijn gecorrigeerde intervallen tot {dutch.number((fewest['width'] / fewest['width_before']).max(), 1)} keer zo breed als"
            f" ongecorrigeerde. Elk geval telt {dutch.number(rows['replicates'].min())} trekkingen, min die waarin een schatter weigerde:"
            f" hoogstens {dutch.percent((rows['failed'] / rows['replicates']).max())}."
        ),
        frame=frame.assign(setting=sizes).sort_values(["few", "size"], ascending=[False, True], ignore_index=True),
        columns={
            "setting": "waarvan er weinig zijn",
            **{
                f"{estimator}{when}": Column(f"{ESTIMATORS[estimator]}{said}", "share", 1, missing="niet nagegaan")
                for estimator in COMPARED
                for when, said in (("", ""), ("_before", ", zonder"))
            },
        },
        origin="simulatie, gemaakt voor dit boek",
        synthetic=True,
    )
