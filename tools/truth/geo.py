"""Geo experiments: coverage where the truth is known, width beside a plain difference-in-differences, real markets
without any action, time-based regression's published figures, and the power that a choice of markets promises.

What was tuned: `Belief` (the prior of trends and shifts) alone, on draws of seeds [7, scenario, run] of a sketch of
these shapes (code was tried out on [3, run], [11, run], [777_000, run] and [990_000 + scenario, run]). Seeds scored
here are [43_000 + scenario, run]; tests use 1 to 20.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.measurement.geo.choice import Choice, Wish, choose
from gouvernail.measurement.geo.panel import Panel, Plan, of_rows
from gouvernail.measurement.geo.reading import analyse
from gouvernail.measurement.geo.tbr import regression
from tools.truth.bar import Bar, at_least, at_most, within
from tools.truth.geo_panels import LIFT, PUBLISHED, Shape, Where, draw

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "truth" / "geo"
SEED = 43_000
RUNS = 4000
GEOLIFT = {"A1": 2020.07, "A2": 9954.52, "A3": 1926.35, "A4": 5574.99}
"""Widths of the one tool of the study whose intervals hold the truth about as often as they say (.92 to .97)."""
DRIVEN = {
    "own trends of sd .10": Shape(trend=0.1),
    "own trends of sd .20": Shape(trend=0.2),
    "+30 % for 10 days, any market, any time": Shape(shock=Where.any),
    "+30 % for 10 days, a control in the test": Shape(shock=Where.control),
    "+30 % for 10 days, the treated before the test": Shape(shock=Where.before),
}
BEYOND = {
    "own trends of sd .20, nine controls": Shape(trend=0.2, controls=9),
    "own trends of sd .20, thirty days before": Shape(trend=0.2, before=30),
    "wandering levels of sd .20": Shape(wander=0.2),
    "+30 % for 10 days, the treated in the test": Shape(shock=Where.test),
}
"""Harder than asked for: told, not held to."""


def bars() -> Iterable[Bar]:
    """Yield every bar of geo experiments."""
    if FOLDER.is_dir():
        yield from _regression()
        yield from _real()
    for place, (name, shape) in enumerate({**PUBLISHED, **DRIVEN, **BEYOND}.items()):
        told = score(shape, SEED + place)
        what = f"{name} ({RUNS:,} runs): 95 % interval holds the truth"
        if name in PUBLISHED:
            yield within(what, told.coverage, 0.935, 0.965)
            yield at_most(f"{name}: bias, in points of lift", abs(100 * told.bias), 1.0)
            what = f"{name}: width in sales a day, beside GeoLift's published {GEOLIFT[name[:2]]:,}"
            yield at_most(what, told.units, GEOLIFT[name[:2]])
        elif name in DRIVEN:
            yield at_least(what, told.coverage, 0.9)
        else:
            yield _shown(what, f"{told.coverage:.4g}")
        if name not in BEYOND:
            yield at_most(f"{name}: refused", told.refused, 0.01)
        yield _shown(f"{name}: width beside a plain difference-in-differences", told.widths())
    yield from _power()


# --- simulated -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """Of one shape. `units`: width in sales a day; `plain_*`: of the plain difference-in-differences; `stretched`: its width once it holds 95 %."""

    coverage: float
    refused: float
    bias: float
    power: float
    width: float
    units: float
    plain_coverage: float
    plain_width: float
    stretched: float

    def widths(self) -> str:
        """Return the widths in words, in points of lift."""
        return (
            f"{100 * self.width:.1f} points; plain {100 * self.plain_width:.1f}, which holds {self.plain_coverage:.3f}; "
            f"stretched to hold .95: {100 * self.stretched:.1f}; lift of 7.5 % found {self.power:.3f}"
        )


def score(shape: Shape, seed: int, runs: int = RUNS) -> Score:
    """Return how often intervals hold the truth on panels of this shape, and how wide they are."""
    told, plain = [], []
    for run in range(runs):
        panel = draw(np.random.default_rng([seed, run]), shape)
        reading = analyse(panel, Plan(("treated",), shape.before))
        if isinstance(reading.lift, Estimate) and isinstance(reading.incremental, Estimate):
            _, low, high = _ends(reading.incremental)
            told.append((*_ends(reading.lift), (high - low) / shape.test))
        plain.append(_plain(panel, shape.before))
    values = np.array(told)
    place, error = np.array(plain).T
    truth = np.log1p(LIFT)
    off = np.abs(place - truth)
    reaches = (1.96 * error, np.quantile(off / error, 0.95) * error)
    widths = [float(np.mean(np.exp(place + reach) - np.exp(place - reach))) for reach in reaches]
    return Score(
        float(np.mean((values[:, 1] <= LIFT) & (values[:, 2] >= LIFT))),
        1 - len(told) / runs,
        float(np.mean(values[:, 0])) - LIFT,
        float(np.mean(values[:, 1] > 0)),
        float(np.mean(values[:, 2] - values[:, 1])),
        float(np.mean(values[:, 3])),
        float(np.mean(off <= reaches[0])),
        *widths,
    )


def _plain(panel: Panel, before: int) -> tuple[float, float]:
    """The textbook's: logarithm of the treated less the mean of the controls', test less before, days independent."""
    logs = np.log(panel.sales)
    apart = logs[:, 0] - logs[:, 1:].mean(axis=1)
    early, late = apart[:before], apart[before:]
    error = np.sqrt(early.var(ddof=1) / len(early) + late.var(ddof=1) / len(late))
    return float(late.mean() - early.mean()), float(error)


def _ends(lift: Estimate) -> tuple[float, float, float]:
    return lift.value, lift.low or 0.0, lift.high or 0.0


def _shown(name: str, measured: str) -> Bar:
    return Bar(name, measured, "told", passed=True)


def _power() -> Iterator[Bar]:
    """Markets chosen on a history, then a test with the lift that the choice says it finds four times in five."""
    found, chosen, runs = 0, 0, 300
    wish = Wish(test=15, before=60, treated=(1, 2, 4), splits=8, dates=10)
    for run in range(runs):
        panel = draw(np.random.default_rng([SEED + 90, run]), Shape(before=150), 0.0)
        choice = choose(panel.part(0, 150), wish)
        if not isinstance(choice, Choice):
            continue
        chosen += 1
        sales = panel.sales.copy()
        sales[150:, panel.columns(choice.treated)] *= 1 + choice.lift
        lift = analyse(Panel(panel.names, sales[90:]), choice.plan(60, wish)).lift
        found += isinstance(lift, Estimate) and (lift.low or 0.0) > 0
    yield within(
        f"choice of markets ({chosen} of {runs} histories): lift promised at power .8 is found",
        found / chosen,
        0.75,
        0.9,
    )


# --- real markets ----------------------------------------------------------------------------------------


def sales_of(name: str, market: str, value: str) -> tuple[Panel, list[str]]:
    """Return the panel of a file of the truth folder, and its dates."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    days = [date.fromisoformat(row["date"]) for row in rows]
    panel, found = of_rows(days, [row[market] for row in rows], [float(row[value]) for row in rows])
    return panel, [str(day) for day in found]


def _regression() -> Iterator[Bar]:
    sales, dates = sales_of("matched_markets_salesandcost.csv", "geo", "sales")
    cost, _ = sales_of("matched_markets_salesandcost.csv", "geo", "cost")
    with (FOLDER / "matched_markets_geoassignment.csv").open(encoding="utf-8") as file:
        groups = {row["geo"]: row["geo.group"] for row in csv.DictReader(file)}
    treated, controls = ([name for name in sales.names if groups.get(name) == group] for group in "21")
    start, end = dates.index("2015-02-16"), dates.index("2015-03-15") + 1
    spent = float(cost.sales[start:end].sum())
    sums = [sales.sales[:end, sales.columns(names)].sum(axis=1) for names in (treated, controls)]
    told = regression(sums[0], sums[1], start, cost=spent, level=0.8)
    lift = _number(told.incremental) / (float(sums[0][start:].sum()) - _number(told.incremental))
    for name, value, published, near in (
        ("return on spend", _number(told.per_cost), 2.946742, 5e-7),
        ("its lower limit", _number(told.per_cost, "low"), 2.826194, 5e-7),
        ("slope", told.slope, 0.9997001, 5e-8),
        ("incremental sales", _number(told.incremental), 147337.122, 5e-4),
        ("lift (theirs from random draws)", lift, 0.173998, 1e-4),
    ):
        yield at_most(f"time-based regression: {name} beside {published:g}", abs(value - published), near)
    own = analyse(sales, Plan(tuple(treated), start, end, tuple(set(sales.names) - set(groups)))).lift
    if isinstance(own, Estimate):
        low, high = own.low or 0.0, own.high or 0.0
        yield _shown(
            "matched_markets' test, read with market trends: lift", f"{own.value:.3f} [{low:.3f}, {high:.3f}]"
        )
        yield Bar(
            "the same holds the published .174", f"{low:.3f} to {high:.3f}", "yes", low <= 0.174 <= high
        )


def _real() -> Iterator[Bar]:
    """Real sales with no action: markets and dates drawn at random; nought must be held."""
    geolift, _ = sales_of("GeoLift_PreTest.csv", "location", "Y")
    matched, dates = sales_of("matched_markets_salesandcost.csv", "geo", "sales")
    matched = matched.part(0, dates.index("2015-02-16"))
    for place, (name, panel, before, test, counts) in enumerate(
        (
            ("GeoLift's 40 cities", geolift, 45, 15, (1, 2, 4)),
            ("matched_markets' 100 areas", matched, 24, 14, (2, 4, 10)),
        )
    ):
        held, read = _idle(panel, before, test, counts, SEED + 80 + place)
        yield at_least(f"{name}, no action, {read} readings: nought held", held, 0.92)


def _idle(panel: Panel, before: int, test: int, counts: Sequence[int], seed: int) -> tuple[float, int]:
    held = []
    for run in range(600):
        rng = np.random.default_rng([seed, run])
        start = int(rng.integers(before, panel.periods - test + 1))
        part = panel.part(start - before, start + test)
        full = [name for place, name in enumerate(part.names) if (part.sales[:, place] > 0).all()]
        treated = rng.choice(np.array(full), counts[run % len(counts)], replace=False).tolist()
        lift = analyse(part, Plan(tuple(treated), before)).lift
        if isinstance(lift, Estimate):
            held.append(_ends(lift)[1] <= 0 <= _ends(lift)[2])
    return float(np.mean(held)), len(held)


def _number(outcome: Outcome, end: str = "value") -> float:
    return float(getattr(outcome, end)) if isinstance(outcome, Estimate) else float("nan")
