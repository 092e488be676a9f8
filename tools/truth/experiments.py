"""Experiments: published vectors, false alarms, coverage, what a covariate saves, power and speed.

Nothing here was tuned: priors, multipliers and thresholds are those of the papers. Seeds of this module are 41,000 to
41,099; the tests use others (1 to 20, and 20,261,101).
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.measurement.experiments.analysis import Comparison, analyse
from gouvernail.measurement.experiments.compare import Relative, Weighing
from gouvernail.measurement.experiments.design import Design, design
from gouvernail.measurement.experiments.plan import Analysis, Method, Side
from gouvernail.measurement.experiments.posterior import Prior, losses, posterior
from gouvernail.measurement.experiments.question import Question, baseline_mean, baseline_proportion
from gouvernail.measurement.experiments.sample import (
    Arm,
    Kind,
    Sample,
    of_mean,
    of_proportion,
    of_subjects,
    of_sums,
)
from gouvernail.measurement.experiments.sequential import bounded_effect, multiplier
from gouvernail.measurement.experiments.spending import Spending, bounds
from gouvernail.measurement.experiments.split import split
from tools.truth.bar import Bar, at_most, within

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "truth" / "abtest"
SEED = 41_000
RUNS, LOOKS = 2000, 200
Pairs = Iterator[tuple[float, float | None]]
"""What is told beside what is expected."""


def bars() -> Iterable[Bar]:
    """Yield every bar of experiments."""
    if FOLDER.is_dir():
        yield from _published()
    yield from _bounds()
    yield from _any_time()
    yield from _agreed_looks()
    yield from _covariate()
    yield from _splits()
    yield from _coverage()
    yield from _power()
    yield from _belief()


# --- published vectors -----------------------------------------------------------------------------------


def _published() -> Iterator[Bar]:
    vectors = json.loads((FOLDER / "gbstats_test_vectors.json").read_text(encoding="utf-8"))
    pairs = [pair for one in vectors["frequentist"] + vectors["bayesian"] for pair in _growthbook(one)]
    yield at_most(f"GrowthBook's vectors, {len(pairs)} numbers: farthest", _farthest(pairs), 5.1e-6)
    users = _columns("tea_tasting_users_rng42_covariates.csv")
    expected = json.loads((FOLDER / "tea_tasting_expected.json").read_text(encoding="utf-8"))
    orders = expected["no_covariate"]["orders_per_user"]
    told = _users(users, "orders", None, adjust=False)
    plain = [
        (told.p or 0, orders["p"]),
        (_value(told.absolute), orders["effect"]),
        *_ends(told.absolute, orders["ci"]),
    ]
    yield at_most("tea-tasting's users, orders: farthest", _farthest(plain), 1e-12)
    adjusted = [
        (_users(users, outcome, below, adjust=True).p or 0, expected["cuped"][name]["p"])
        for name, outcome, below in (
            ("sessions_per_user", "sessions", None),
            ("orders_per_user", "orders", None),
            ("revenue_per_user", "revenue", None),
            ("orders_per_session", "orders", "sessions"),
        )
    ]
    wrong = sum(f"{mine:.3g}" != f"{theirs:.3g}" for mine, theirs in adjusted)
    yield at_most("tea-tasting's users, four p with covariates, to the three digits printed: wrong", wrong, 0)
    split_p = split(expected["srm"]["n"]).p
    yield at_most("tea-tasting's split: apart", abs(split_p - expected["srm"]["p_norm"]), 5e-4)
    data = _columns("confseq_ate_data.csv")
    bounded = bounded_effect(data["y"], data["treatment"], noise=0.16, tuning=50)
    columns = ((bounded.value, "point_estimate"), (bounded.low, "lower_confidence_bound"),
               (bounded.high, "upper_confidence_bound"), (bounded.p, "p_value"))  # fmt: skip
    apart = max(float(np.abs(mine - data[name]).max()) for mine, name in columns)
    yield at_most("confseq's 1,000 subjects, 4 columns (its own tolerance 1e-4): farthest", apart, 1e-9)


def _growthbook(one: dict[str, Any]) -> Pairs:
    name, expected = one["test"], one["expected"]
    if name.startswith("risk"):
        yield from zip(losses(0.1, 0.05), expected["risk"], strict=True)
        return
    make = _ratio if name.startswith("cuped") else _plain
    samples = [make(one[arm], one.get("n", 0)) for arm in "ab"]
    absolute = "absolute" in name
    plan = Analysis(
        Method.always_valid
        if "sequential" in name
        else Method.bayesian
        if "risk" in expected
        else Method.fixed,
        Side.greater if "one_sided" in name else Side.both,
        relative=Relative.fieller if absolute else Relative.delta,
        split_level=0.0,
        tuning=one.get("tuning", 5000),
        prior=Prior(0.1, 0.1**0.5) if "prior_N" in name else None,
    )
    told = _told(samples, plan)
    outcome = told.absolute if absolute else told.relative
    yield _value(outcome), expected["effect"]
    yield from _ends(outcome, expected["ci"])
    if told.belief:
        yield told.belief.chance, expected["chance_to_win"]
        yield from zip((told.belief.loss_control, told.belief.loss_variant), expected["risk"], strict=True)
    elif told.p is not None:
        yield told.p, expected["p"]
    if "expected_sequential_default" in one:
        looked = _told(samples, Analysis(Method.always_valid, relative=Relative.delta, split_level=0.0))
        yield from _ends(looked.relative, one["expected_sequential_default"]["ci"])


def _told(samples: Sequence[Sample], plan: Analysis) -> Comparison:
    return analyse([Arm(str(place), sample) for place, sample in enumerate(samples)], plan).comparisons[0]


def _plain(numbers: dict[str, float], _: int) -> Sample:
    if "x" in numbers:
        return of_proportion(int(numbers["n"]), numbers["x"])
    return of_mean(int(numbers["n"]), numbers["sum"], numbers["sum_squares"])


def _ratio(numbers: dict[str, Any], n: int) -> Sample:
    names = ["m_post", "d_post", "m_pre", "d_pre"]
    short = [name.replace("_", "") for name in names]
    products = [[float(numbers.get(f"{a}_{b}", numbers.get(f"{b}_{a}", 0.0))) for b in short] for a in short]
    for place, name in enumerate(names):
        products[place][place] = numbers[name][1]
    return of_sums(Kind.ratio, n, [numbers[name][0] for name in names], products)


def _value(outcome: Outcome) -> float:
    return outcome.value if isinstance(outcome, Estimate) else float("nan")


def _ends(outcome: Outcome, expected: Sequence[float | None]) -> Pairs:
    if isinstance(outcome, Estimate):
        for mine, theirs in zip((outcome.low, outcome.high), expected, strict=True):
            yield float("nan") if (mine is None) != (theirs is None) else mine or 0.0, theirs


def _farthest(pairs: Sequence[tuple[float, float | None]]) -> float:
    return float(np.max([abs(mine - (theirs or 0.0)) for mine, theirs in pairs]))


def _columns(name: str) -> dict[str, Any]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {column: np.array([float(row[column]) for row in rows]) for column in rows[0] if column}


def _users(users: dict[str, Any], outcome: str, below: str | None, *, adjust: bool) -> Comparison:
    samples = []
    for variant in (0, 1):
        mine = users["variant"] == variant
        before = [users[f"{name}_covariate"][mine] for name in (outcome, below) if name and adjust]
        samples.append(
            of_subjects(users[outcome][mine], users[below][mine] if below else None, before=before)
        )
    return _told(samples, Analysis(weighing=Weighing.joint))


# --- looks -----------------------------------------------------------------------------------------------


def _bounds() -> Iterator[Bar]:
    fifths = [0.2, 0.4, 0.6, 0.8, 1.0]
    printed = {
        Spending.obrien_fleming: (4.8769, 3.3569, 2.6803, 2.2898, 2.0310),
        Spending.pocock: (2.4380, 2.4268, 2.4101, 2.3966, 2.3859),
    }
    apart = [
        abs(mine - theirs)
        for spending, table in printed.items()
        for mine, theirs in zip(bounds(fifths, spending=spending).bounds, table, strict=True)
    ]
    yield at_most("agreed looks: bounds beside Lan and DeMets' printed ones, farthest", max(apart), 2e-4)
    steps = np.random.default_rng(SEED).gamma(4.0, size=196)
    fractions = [*(np.cumsum(steps) / steps.sum())[:-1], 1.0]
    slowest = max(min(_seconds(fractions, spending) for _ in range(3)) for spending in Spending)
    yield at_most(
        "agreed looks: 196 bounds, slowest of three curves, best of three by the clock", slowest, 1.0, " s"
    )


def _seconds(fractions: Sequence[float], spending: Spending) -> float:
    start = time.perf_counter()
    bounds(fractions, spending=spending)
    return time.perf_counter() - start


LOOKED = Analysis(Method.always_valid, split_level=0.0)


def _any_time() -> Iterator[Bar]:
    """A/A at every look; each look brings `each` subjects an arm. Runs that come near the bound are read in full."""
    for place, (rate, each) in enumerate(((0.1, 250), (0.02, 50))):
        rng = np.random.default_rng(SEED + 10 + place)
        sums = np.cumsum(rng.binomial(each, rate, (RUNS, 2, LOOKS)), axis=2).astype(np.float64)
        alarms = _cries(sums, sums, each, Kind.proportion)
        name = (
            f"any time: false alarms, conversion of {rate:.0%}, {each} an arm and look ({RUNS:,} × {LOOKS})"
        )
        yield at_most(name, alarms / RUNS, 0.05)
    rng, each, alarms = np.random.default_rng(SEED + 20), 100, 0
    for _ in range(RUNS // 50):
        values = rng.lognormal(3.0, 1.0, (50, 2, LOOKS, each)) * (
            rng.uniform(size=(50, 2, LOOKS, each)) < 0.1
        )
        sums, squares = (np.cumsum((values**power).sum(axis=3), axis=2) for power in (1, 2))
        alarms += _cries(sums, squares, each, Kind.mean)
    name = f"any time: false alarms, revenue, nine in ten nought, {each} an arm and look ({RUNS:,} × {LOOKS})"
    yield at_most(name, alarms / RUNS, 0.05)


def _cries(sums: Any, squares: Any, each: int, kind: Kind) -> int:
    """How many runs (first axis) ever tell an effect, by `analyse` at every look that is within a tenth of doing so."""
    n = each * np.arange(1, LOOKS + 1)
    means = sums / n
    error = np.sqrt(np.maximum(squares / n - means**2, 1e-12).sum(axis=1) / n)
    reach = np.array([multiplier(2 * int(count), LOOKED.level, LOOKED.tuning) for count in n])
    near = np.abs(means[:, 1] - means[:, 0]) / error > 0.9 * reach
    return sum(
        any(_cry(sums[run], squares[run], n, look, kind) for look in np.flatnonzero(near[run]))
        for run in range(len(sums))
    )


def _cry(sums: Any, squares: Any, n: Any, look: int, kind: Kind) -> bool:
    count = int(n[look])
    arms = [
        of_proportion(count, float(sums[arm, look]))
        if kind is Kind.proportion
        else of_mean(count, float(sums[arm, look]), float(squares[arm, look]))
        for arm in (0, 1)
    ]
    return _told(arms, LOOKED).found


def _agreed_looks() -> Iterator[Bar]:
    rng = np.random.default_rng(SEED + 30)
    looks = 10
    fractions = tuple((look + 1) / looks for look in range(looks))
    for spending in (Spending.obrien_fleming, Spending.pocock):
        reaches = np.array(bounds(fractions, spending=spending).bounds)
        won = np.cumsum(rng.binomial(2000, 0.1, (20_000, 2, looks)), axis=2)
        n = 2000 * np.arange(1, looks + 1)
        rate = won / n
        error = np.sqrt((rate * (1 - rate) / n).sum(axis=1))
        passed = (np.abs(rate[:, 1] - rate[:, 0]) / error > reaches).any(axis=1).mean()
        yield within(f"agreed looks: false alarms at 10 looks, {spending}", float(passed), 0.045, 0.055)


# --- covariate, split, coverage, power -------------------------------------------------------------------


def _covariate() -> Iterator[Bar]:
    """The variance that is told, on 200,000 subjects, and the one that happens, over 20,000 A/A runs."""
    worst = 0.0
    for place, rho in enumerate((0.3, 0.5, 0.7, 0.9)):
        rng = np.random.default_rng(SEED + 40 + place)
        before = rng.normal(size=200_000)
        after = 5 + rho * before + (1 - rho**2) ** 0.5 * rng.normal(size=200_000)
        arms = [of_subjects(after[part::2], before=(before[part::2],)) for part in (0, 1)]
        plain, helped = (_told(arms, Analysis(adjust=adjust)).error or 0 for adjust in (False, True))
        worst = max(worst, abs((helped / plain) ** 2 / (1 - rho**2) - 1))
    yield at_most("covariate: variance told beside 1 − ρ², farthest of four, relative", worst, 0.02)
    rng, rho, runs, n = np.random.default_rng(SEED + 45), 0.7, 40_000, 100
    apart: list[list[float]] = [[], []]
    for _ in range(runs):
        before = rng.normal(size=(2, n))
        after = 5 + rho * before + (1 - rho**2) ** 0.5 * rng.normal(size=(2, n))
        arms = [of_subjects(y, before=(x,)) for y, x in zip(after, before, strict=True)]
        for kept, adjust in zip(apart, (False, True), strict=True):
            kept.append(_value(_told(arms, Analysis(adjust=adjust)).absolute))
    happened = float(np.var(apart[1]) / np.var(apart[0]))
    yield at_most(
        f"covariate: variance of {runs:,} A/A effects beside 1 − ρ², relative",
        abs(happened / (1 - rho**2) - 1),
        0.02,
    )


def _splits() -> Iterator[Bar]:
    runs = 200_000
    for place, (n, shares) in enumerate(
        ((500, (1, 1)), (20_000, (1, 1)), (20_000, (9, 1)), (6000, (5, 3, 2)))
    ):
        rng = np.random.default_rng(SEED + 50 + place)
        counts = rng.multinomial(n, np.array(shares) / sum(shares), runs)
        alarms = sum(split([int(count) for count in row], shares).alarm for row in counts)
        yield at_most(
            f"split: false alarms at .001, {n:,} at {':'.join(map(str, shares))}", alarms / runs, 0.002
        )
    rng = np.random.default_rng(SEED + 55)
    alarms = 0
    for _ in range(RUNS):
        a = np.cumsum(rng.binomial(500, 0.5, LOOKS))
        pairs = zip(a.tolist(), range(500, 500 * (LOOKS + 1), 500), strict=True)
        alarms += any(split([count, n - count], always_valid=True).alarm for count, n in pairs)
    yield at_most(f"split: false alarms at any time ({RUNS:,} × {LOOKS})", alarms / RUNS, 0.002)


def _coverage() -> Iterator[Bar]:
    runs = 20_000
    rng = np.random.default_rng(SEED + 60)
    held = 0
    for _ in range(runs):
        a, b = (of_proportion(2000, int(rng.binomial(2000, rate))) for rate in (0.05, 0.06))
        held += _holds(_told([a, b], Analysis()).relative, 0.2)
    yield within(
        "relative effect: 95 % interval holds the truth, conversion of 5 %, 2,000 an arm",
        held / runs,
        0.94,
        0.96,
    )
    rng, held = np.random.default_rng(SEED + 61), 0
    for _ in range(runs // 4):
        arms = [of_subjects(rng.lognormal(mean, 1.0, 2000)) for mean in (3.0, 3.0 + np.log(1.1))]
        held += _holds(_told(arms, Analysis()).relative, 0.1)
    yield within(
        "relative effect: the same, revenue (lognormal), 2,000 an arm", held / (runs // 4), 0.94, 0.96
    )
    rng, held = np.random.default_rng(SEED + 62), 0
    for _ in range(runs // 4):
        visits = [rng.geometric(0.3, 1500) for _ in range(2)]
        arms = [of_subjects(rng.binomial(v, rate), v) for v, rate in zip(visits, (0.1, 0.11), strict=True)]
        held += _holds(_told(arms, Analysis()).relative, 0.1)
    yield within("relative effect: the same, orders per visit, 1,500 an arm", held / (runs // 4), 0.94, 0.96)


def _holds(outcome: Outcome, truth: float) -> bool:
    if not isinstance(outcome, Estimate) or outcome.low is None or outcome.high is None:
        return False
    return outcome.low <= truth <= outcome.high


def _power() -> Iterator[Bar]:
    runs = 4000
    rng = np.random.default_rng(SEED + 70)
    sized = design(baseline_proportion(0.05), uplift=0.2)
    if isinstance(sized, Design):
        n = sized.arms[0]
        won = rng.binomial(n, (0.05, 0.06), (runs, 2))
        found = sum(_told([of_proportion(n, int(x)) for x in row], sized.plan).found for row in won)
        yield within("design: power that happens where .8 is told, conversion", found / runs, 0.78, 0.82)
    looked = design(baseline_mean(10, 5), Question(method=Method.group_sequential), effect=0.5)
    if isinstance(looked, Design):
        n, looks = looked.arms[0], len(looked.plan.fractions)
        upto = np.array([round(n * fraction) for fraction in looked.plan.fractions])
        reaches = np.array(looked.question.bounds().bounds)
        found = 0
        for _ in range(runs):
            sums = np.cumsum(rng.normal(0, 5, (2, n)), axis=1)[:, upto - 1] / upto
            found += bool(((sums[1] + 0.5 - sums[0]) / (5 * np.sqrt(2 / upto)) > reaches).any())
        yield within(f"design: power that happens where .8 is told, {looks} looks", found / runs, 0.78, 0.82)


def _belief() -> Iterator[Bar]:
    """Effects drawn from the prior: then credible intervals and expected losses are to be taken at their word."""
    rng = np.random.default_rng(SEED + 80)
    prior, runs = Prior(0.0, 0.1), 40_000
    truth = rng.normal(0, 0.1, runs)
    held, told, happened = 0, 0.0, 0.0
    for effect in truth:
        belief = posterior(float(rng.normal(effect, 0.08)), 0.08, prior)
        held += belief.low <= effect <= belief.high
        told += min(belief.loss_control, belief.loss_variant)
        happened += max(-effect if belief.mean > 0 else effect, 0.0)
    yield within("belief: 95 % credible interval holds the truth", held / runs, 0.945, 0.955)
    yield within("belief: loss that happens over loss expected", happened / told, 0.97, 1.03)
