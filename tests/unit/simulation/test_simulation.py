"""The Monte Carlo: its measures by hand, its replicates the same everywhere, its committed result up to date."""

from __future__ import annotations

import dataclasses
import textwrap
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest

from leerwerk.cohort import assumptions, learners, records
from leerwerk.cohort.calibration import expit
from leerwerk.simulation import experiment, fingerprint, run

SMALL = 600


@pytest.fixture(scope="module")
def population() -> experiment.Superpopulation:
    return dataclasses.replace(experiment.superpopulation(), pupils=SMALL)


@pytest.fixture
def small(population, tmp_path, monkeypatch) -> run.Plan:
    """Four small replicates in two chunks."""
    monkeypatch.setattr(experiment, "superpopulation", lambda: population)
    return run.Plan(4, 7, tmp_path, 2)


def quiet(line: str) -> None:
    """Progress that nobody reads."""


# --- The measures, by hand (Morris, White & Crowther 2019, table 6) ---


def test_measures_of_four_estimates_by_hand():
    found = pd.DataFrame(
        {
            "scenario": "s",
            "estimator": "e",
            "replicate": [0, 1, 2, 3],
            "estimate": [0.1, 0.3, 0.2, 0.4],
            "std_error": [0.1, 0.1, 0.1, 0.2],
            "lower": [-0.1, 0.1, 0.0, 0.21],
            "upper": [0.19, 0.5, 0.4, 0.8],
        }
    )
    (row,) = experiment.performance(found, 0.2).to_dict("records")
    spread = np.sqrt(0.05 / 3)
    assert row["bias"] == pytest.approx(0.05)
    assert row["bias_mc"] == pytest.approx(spread / 2)
    assert row["empirical_se"] == pytest.approx(spread)
    assert row["empirical_se_mc"] == pytest.approx(spread / np.sqrt(6))
    assert row["model_se"] == pytest.approx(np.sqrt(0.07 / 4))
    # Variance of 0.01, 0.01, 0.01, 0.04 is 0.000225.
    assert row["model_se_mc"] == pytest.approx(np.sqrt(0.000225 / (4 * 4 * 0.07 / 4)))
    assert row["coverage"] == 0.5
    assert row["coverage_mc"] == pytest.approx(np.sqrt(0.5 * 0.5 / 4))


def test_refused_estimates_are_counted_and_left_out():
    found = pd.DataFrame({"scenario": "s", "estimator": "e", "replicate": range(3), "estimate": [0.1, np.nan, 0.3]})
    found = found.assign(std_error=found["estimate"], lower=found["estimate"], upper=found["estimate"])
    (row,) = experiment.performance(found, 0.2).to_dict("records")
    assert (row["replicates"], row["failed"]) == (3, 1)
    assert row["bias"] == pytest.approx(0.0)


# --- The replicates ---


def test_the_true_effect_is_what_the_replicates_average(population):
    """Difference of the mean potential chances in independent draws, within four of its own standard errors."""
    rng = np.random.default_rng(99)
    means = []
    for _ in range(40):
        drawn, entry = learners.draw_entrants(population.assumed, rng, 4000, 400)
        chance = expit(learners.log_odds(drawn, population.assumed, entry, "vsv") + population.shift["vsv"])
        means.append((chance[:, 1] - chance[:, 0]).mean())
    assert abs(np.mean(means) - population.truth) < 4 * np.std(means) / np.sqrt(40)


def test_a_replicate_depends_on_its_seed_and_number_only(population):
    first, again = (experiment.replicate(population, 7, 3) for _ in range(2))
    pd.testing.assert_frame_equal(first, again, check_exact=True)
    assert not first["estimate"].equals(experiment.replicate(population, 7, 4)["estimate"])


def test_seeds_are_the_children_that_spawning_gives(population):
    child = np.random.SeedSequence(7).spawn(5)[3]
    by_hand = experiment.estimates(experiment.replicate_cohort(population, child)).assign(replicate=3)
    pd.testing.assert_frame_equal(experiment.replicate(population, 7, 3), by_hand, check_exact=True)


def test_every_scenario_has_every_estimator(population):
    found = experiment.replicate(population, 7, 0)
    assert len(found) == len(experiment.SCENARIOS) * len(experiment.METHODS)
    assert found["estimate"].notna().all()
    by = found.set_index(["scenario", "estimator"])["estimate"]
    assert by["treatment_wrong", "regression"] == by["observed", "regression"]
    assert by["outcome_wrong", "ipw"] == by["observed", "ipw"] != by["unobserved", "ipw"]


def test_an_estimator_that_refuses_gives_a_missing_row(population):
    cohort_of_one_arm = experiment.replicate_cohort(population, np.random.SeedSequence(1)).assign(brug=0)
    assert experiment.estimates(cohort_of_one_arm)["estimate"].isna().all()


def test_the_right_models_know_every_feature_of_the_structural_model():
    """Else 'the model is right' would not be true."""
    known = assumptions.assumptions().within("learners")
    used = set(known.group("vsv")) | set(known.group("selection_brug")) | {"mother_low", "cohort_later"}
    assert used == set(experiment.COMPLETE)
    assert "motivation" not in experiment.REGISTERED


# --- Where it runs makes no difference; what is finished is kept ---


def test_a_local_dask_cluster_gives_the_numbers_of_a_serial_run(small, population, monkeypatch):
    from distributed import Client

    serial = pd.concat([experiment.replicate(population, small.seed, number) for number in range(small.replicates)])
    with Client(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as client:
        monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", client.scheduler.address)
        on_dask = run.run(small, "dask", quiet)
    pd.testing.assert_frame_equal(on_dask, serial.reset_index(drop=True), check_exact=True)


def test_local_workers_give_the_numbers_of_a_serial_run(small, population):
    serial = pd.concat([experiment.replicate(population, small.seed, number) for number in range(small.replicates)])
    local = run.run(small, "local", quiet)
    pd.testing.assert_frame_equal(local, serial.reset_index(drop=True), check_exact=True)


def test_an_interrupted_run_keeps_what_is_finished_and_goes_on(small, population, monkeypatch):
    class Interrupted:
        """Does the first task, then is stopped."""

        def __call__(self, tasks):
            function, arguments, options = next(iter(tasks))
            yield function(*arguments, **options)
            raise KeyboardInterrupt

    class Serial:
        """Does every task, and counts."""

        def __init__(self):
            self.done = []

        def __call__(self, tasks):
            for function, arguments, options in tasks:
                self.done.append(arguments[-1])
                yield function(*arguments, **options)

    monkeypatch.setattr(run, "workers", lambda backend: nullcontext(Interrupted()))
    with pytest.raises(KeyboardInterrupt):
        run.run(small, "local", quiet)
    assert sorted(file.suffix for file in small.folder.iterdir()) == [".csv"]
    serially = Serial()
    monkeypatch.setattr(run, "workers", lambda backend: nullcontext(serially))
    lines: list[str] = []
    whole = run.run(small, "local", lines.append)
    assert serially.done == [range(2, 4)]
    assert lines[-1].startswith("2 van 2 delen klaar")
    serial = pd.concat([experiment.replicate(population, small.seed, number) for number in range(4)])
    pd.testing.assert_frame_equal(whole, serial.reset_index(drop=True), check_exact=True)


def test_an_unknown_backend_is_refused(small):
    with pytest.raises(ValueError, match="BACKEND=spark"):
        run.run(small, "spark", quiet)


# --- The digest ---


def shape_of(code: str) -> object:
    return fingerprint.shape(fingerprint.ast.parse(textwrap.dedent(code)))


def test_layout_comments_and_docstrings_leave_the_digest_as_it_was():
    plain = shape_of("def f(x):\n    return x + 1\n")
    dressed = shape_of('def f(\n    x,\n):\n    """Adds one."""\n    # because\n    return (x + 1)\n')
    assert plain == dressed


def test_a_changed_number_or_operator_changes_the_digest():
    plain = shape_of("def f(x):\n    return x + 1\n")
    assert plain != shape_of("def f(x):\n    return x + 2\n")
    assert plain != shape_of("def f(x):\n    return x - 1\n")


def test_a_changed_assumption_changes_the_digest(monkeypatch):
    before = experiment.code_digest()
    known = assumptions.assumptions()
    entry = dataclasses.replace(known.entries["learners.vsv_brug"], value=-0.16)
    changed = assumptions.Assumptions({**known.entries, "learners.vsv_brug": entry})
    monkeypatch.setattr(assumptions, "assumptions", lambda: changed)
    assert experiment.code_digest() != before


def test_what_only_concerns_buso_leaves_the_digest_as_it_was(monkeypatch):
    before = experiment.code_digest()
    known = assumptions.assumptions()
    entry = dataclasses.replace(known.entries["abo.nec_abo"], value=0.9)
    monkeypatch.setattr(
        assumptions, "assumptions", lambda: assumptions.Assumptions({**known.entries, "abo.nec_abo": entry})
    )
    assert experiment.code_digest() == before


def test_the_table_is_written_alike_everywhere():
    table = pd.DataFrame({"scenario": ["a"], "bias": [-0.00012345678], "replicates": [2000]})
    assert run.as_csv(table) == b"scenario,bias,replicates\na,-0.000123,2000\n"
    assert records.as_csv(table[["scenario"]]) == b"scenario\na\n"
