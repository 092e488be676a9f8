"""Published vectors: GrowthBook's statistics engine, tea-tasting's guide, confseq's demonstration."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.measurement.experiments.analysis import Comparison, analyse
from gouvernail.measurement.experiments.compare import Relative, Weighing
from gouvernail.measurement.experiments.plan import Analysis, Method, Side
from gouvernail.measurement.experiments.posterior import Prior, losses
from gouvernail.measurement.experiments.sample import (
    Arm,
    Kind,
    Sample,
    of_mean,
    of_proportion,
    of_subjects,
    of_sums,
)
from gouvernail.measurement.experiments.sequential import bounded_effect
from gouvernail.measurement.experiments.split import split

FIFTH = 5.1e-6
"""Five decimals, as GrowthBook's tests round."""


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "truth" / "abtest"


@pytest.fixture(scope="module")
def growthbook(folder: Path) -> dict[str, dict[str, Any]]:
    text = json.loads((folder / "gbstats_test_vectors.json").read_text(encoding="utf-8"))
    return {one["test"].partition(" ")[0]: one for one in text["frequentist"] + text["bayesian"]}


def plain(numbers: dict[str, float]) -> Sample:
    if "x" in numbers:
        return of_proportion(int(numbers["n"]), numbers["x"])
    return of_mean(int(numbers["n"]), numbers["sum"], numbers["sum_squares"])


def both(numbers: dict[str, Any], n: int) -> Sample:
    """A ratio with the same ratio before."""
    names = ("m_post", "d_post", "m_pre", "d_pre")
    totals = [numbers[name][0] for name in names]
    products = np.diag([numbers[name][1] for name in names])
    pairs = {"mpost_dpost": (0, 1), "mpost_mpre": (0, 2), "mpost_dpre": (0, 3), "mpre_dpost": (1, 2)}
    for key, (row, column) in (pairs | {"dpost_dpre": (1, 3), "mpre_dpre": (2, 3)}).items():
        products[row, column] = products[column, row] = numbers[key]
    return of_sums(Kind.ratio, n, totals, products.tolist())


def compared(a: Sample, b: Sample, plan: Analysis) -> Comparison:
    return analyse([Arm("a", a), Arm("b", b)], plan).comparisons[0]


def limits(outcome: Outcome) -> tuple[float | None, float | None]:
    assert isinstance(outcome, Estimate), outcome
    return outcome.low, outcome.high


def check(outcome: Outcome, expected: dict[str, Any], p: float | None) -> None:
    assert isinstance(outcome, Estimate), outcome
    assert outcome.value == pytest.approx(expected["effect"], abs=FIFTH)
    for mine, theirs in zip((outcome.low, outcome.high), expected["ci"], strict=True):
        assert mine == (None if theirs is None else pytest.approx(theirs, abs=FIFTH))
    if "p" in expected:
        assert p == pytest.approx(expected["p"], abs=FIFTH)


DELTA = Analysis(relative=Relative.delta, split_level=0.0)
GREATER = Analysis(relative=Relative.delta, side=Side.greater, split_level=0.0)
LOOKS = {tuning: Analysis(Method.always_valid, relative=Relative.delta, tuning=tuning, split_level=0.0)
         for tuning in (1000, 5000)}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "plan"),
    [
        ("two_sided_t_relative", DELTA),
        ("two_sided_binomial_relative", DELTA),
        ("one_sided_greater_relative", GREATER),
        ("sequential_relative", LOOKS[1000]),
        ("sequential_proportion_relative", LOOKS[5000]),
    ],
)
def test_relative_effect_is_growthbooks(growthbook: dict[str, Any], name: str, plan: Analysis) -> None:
    one = growthbook[name]
    told = compared(plain(one["a"]), plain(one["b"]), plan)

    check(told.relative, one["expected"], told.p)


@pytest.mark.parametrize(
    ("name", "side"), [("two_sided_t_absolute", Side.both), ("one_sided_greater_absolute", Side.greater)]
)
def test_difference_is_growthbooks(growthbook: dict[str, Any], name: str, side: Side) -> None:
    one = growthbook[name]
    told = compared(plain(one["a"]), plain(one["b"]), Analysis(side=side, split_level=0.0))

    check(told.absolute, one["expected"], told.p)
    assert told.error == pytest.approx(one["expected"]["se"], abs=FIFTH)


def test_adjusted_ratio_is_growthbooks(growthbook: dict[str, Any]) -> None:
    one = growthbook["cuped_ratio_relative"]
    a, b = both(one["a"], one["n"]), both(one["b"], one["n"])
    told = compared(a, b, DELTA)
    check(told.relative, one["expected"], told.p)

    looked = compared(a, b, LOOKS[5000])
    check(
        looked.relative, one["expected_sequential_default"] | {"effect": one["expected"]["effect"]}, looked.p
    )


@pytest.mark.parametrize(
    ("name", "prior"),
    [
        ("binomial_flat_prior_relative", None),
        ("gaussian_flat_prior_relative", None),
        ("gaussian_prior_N(0.1,0.1)_relative", Prior(0.1, math.sqrt(0.1))),  # theirs is told by its variance
    ],
)
def test_belief_is_growthbooks(growthbook: dict[str, Any], name: str, prior: Prior | None) -> None:
    one, expected = growthbook[name], growthbook[name]["expected"]
    told = compared(plain(one["a"]), plain(one["b"]), Analysis(Method.bayesian, prior=prior))

    check(told.relative, expected, None)
    belief = told.belief
    assert belief is not None
    assert belief.deviation == pytest.approx(expected["se"], abs=FIFTH)
    assert belief.chance == pytest.approx(expected["chance_to_win"], abs=FIFTH)
    assert (belief.loss_control, belief.loss_variant) == pytest.approx(tuple(expected["risk"]), abs=FIFTH)


def test_expected_loss_is_growthbooks(growthbook: dict[str, Any]) -> None:
    assert losses(0.1, 0.05) == pytest.approx(
        growthbook["risk(mu=0.1,sigma=0.05)"]["expected"]["risk"], abs=1e-12
    )


# --- tea-tasting -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def users(folder: Path) -> dict[str, np.ndarray[Any, Any]]:
    with (folder / "tea_tasting_users_rng42_covariates.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


METRICS: dict[str, tuple[str, str | None]] = {
    "sessions_per_user": ("sessions", None),
    "orders_per_user": ("orders", None),
    "revenue_per_user": ("revenue", None),
    "orders_per_session": ("orders", "sessions"),
}


def arms(users: dict[str, np.ndarray[Any, Any]], metric: str, adjust: bool) -> list[Arm]:
    outcome, below = METRICS[metric]
    names = [name for name in (outcome, below) if name]

    def sample(variant: int) -> Sample:
        mine = users["variant"] == variant
        before = [users[f"{name}_covariate"][mine] for name in names] if adjust else []
        return of_subjects(users[outcome][mine], users[below][mine] if below else None, before=before)

    return [Arm("control", sample(0)), Arm("treatment", sample(1))]


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("part", ["no_covariate", "cuped"])
def test_users_are_read_as_tea_tasting_reads_them(
    folder: Path, users: dict[str, np.ndarray[Any, Any]], metric: str, part: str
) -> None:
    expected = json.loads((folder / "tea_tasting_expected.json").read_text(encoding="utf-8"))[part][metric]
    plan = Analysis(relative=Relative.log, weighing=Weighing.joint)
    told = analyse(arms(users, metric, part == "cuped"), plan).comparisons[0]
    relative = told.relative
    assert isinstance(relative, Estimate)

    assert told.p == pytest.approx(expected["p"], rel=0.0015)  # printed to three digits
    low, high = limits(relative)
    assert low is not None
    assert high is not None
    if "ci" in expected and isinstance(expected["ci"], str):
        assert f"[{_shown(low)}, {_shown(high)}]" == expected["ci"]
        assert _shown(relative.value) == expected["rel"]
    else:
        assert told.p == pytest.approx(expected["p"], abs=1e-12)
        # Theirs has degrees of freedom of its own for the logarithm; ours are those of the difference.
        assert (relative.value, low, high) == pytest.approx((expected["rel"], *expected["rel_ci"]), abs=1e-6)
        assert limits(told.absolute) == pytest.approx(tuple(expected["ci"]), abs=1e-12)


def _shown(share: float) -> str:
    """As tea-tasting shows a percentage: two significant digits, or one decimal."""
    per_cent = share * 100
    places = 1 - math.floor(math.log10(abs(per_cent)))
    text = f"{per_cent:.{max(places, 0)}f}"
    return f"{text}%"


def test_split_is_tea_tastings(folder: Path) -> None:
    expected = json.loads((folder / "tea_tasting_expected.json").read_text(encoding="utf-8"))["srm"]
    assert split(expected["n"]).p == pytest.approx(expected["p_norm"], abs=5e-4)


# --- confseq ---------------------------------------------------------------------------------------------


def test_bounded_effect_is_confseqs(folder: Path) -> None:
    with (folder / "confseq_ate_data.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def column(name: str) -> Any:
        return np.array([float(row[name]) for row in rows])

    told = bounded_effect(column("y"), column("treatment"), noise=0.16, tuning=50)

    assert np.abs(told.value - column("point_estimate")).max() < 1e-12
    assert np.abs(told.low - column("lower_confidence_bound")).max() < 1e-9
    assert np.abs(told.high - column("upper_confidence_bound")).max() < 1e-9
    assert np.abs(told.p - column("p_value")).max() < 1e-9
