"""Which markets to treat, for how long, and which lift would show: tried out on the organisation's own history.

Splits are drawn by a seed; on each, tests without any action are read at many dates of the history, exactly as the
real one will be. The earlier dates choose (small and steady errors), the later ones measure: the power of the chosen
split is that of dates which had no part in its choice. Among the best few the seed draws the one to be treated, so
chance, and nobody's wish, decides among markets that are as good.

A lift only adds its logarithm to what is read, so power follows for any lift without reading anew.

Source: Vaver and Koehler, "Measuring ad effectiveness using geo experiments", Google (2011); Kerman, Wang and Vaver
(2017) for matching on history; Abadie and Zhao, "Synthetic controls for experimental design", arXiv 2108.02196.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.measurement.experiments.laws import normal_tail
from gouvernail.measurement.geo.noise import Floats
from gouvernail.measurement.geo.panel import FEWEST_BEFORE, FEWEST_CONTROLS, Panel, Plan, unfit
from gouvernail.measurement.geo.trends import Belief, fit

MOST_LIFT = 3.0


@dataclass(frozen=True)
class Wish:
    """What a geo experiment is to find, and what it may use.

    Attributes:
        test: periods that it lasts.
        before: periods of history that it will be compared with; the more, the better trends are known.
        treated: numbers of markets that may be treated.
        lift: to be found, as a share; or, where not given, the smallest that pays, from
        budget: of the action over the test, and
        margin: kept of one unit of sales.
        must, never: markets that must be treated, and that must not (but may be compared with).
        left_out: neither treated nor compared with.
        power, level: chance of finding the lift; of the interval.
        splits: how many are tried.
        dates: how many dates of the history each is tried at.
        shortlist: how many of the best the seed draws from.
        seed: of the draw.
    """

    test: int
    before: int
    treated: tuple[int, ...] = (1, 2, 3, 4)
    lift: float | None = None
    budget: float | None = None
    margin: float = 1.0
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    power: float = 0.8
    level: float = 0.95
    splits: int = 60
    dates: int = 12
    shortlist: int = 5
    seed: int = 1
    belief: Belief = field(default_factory=Belief)


@dataclass(frozen=True)
class Choice:
    """A split and what it can show.

    Attributes:
        treated, controls: the markets.
        lift: smallest that is found with the power wished.
        wanted: the lift to be found, None where none was given.
        power: of finding `wanted`.
        false_alarms: share of the later dates at which an effect was told though none was.
        dates: how many they are; they overlap, so they tell less than as many tests would.
        sales: of the treated markets over a test's length, as lately.
        pays: lift that brings the budget back.
    """

    treated: tuple[str, ...]
    controls: tuple[str, ...]
    lift: float
    wanted: float | None
    power: float | None
    false_alarms: float
    dates: int
    sales: float
    pays: float | None = None

    def plan(self, start: int, wish: Wish) -> Plan:
        """Return how the test will be read if it begins at `start`."""
        return Plan(self.treated, start, start + wish.test, wish.left_out, wish.level, wish.belief)


@dataclass(frozen=True)
class Trial:
    """Readings of a split at dates without action: the logarithms told, their errors as claimed, and half the widths
    of their intervals."""

    places: Floats
    errors: Floats
    halves: Floats

    @property
    def error(self) -> float:
        """Root mean square of what was told where nothing was."""
        return math.sqrt(float(np.mean(self.places**2)))

    def power(self, lift: float) -> float:
        """Return the chance that this lift is told from nought; errors as large as they were, and as claimed."""
        error = max(self.error, float(np.mean(self.errors)))
        return float(np.mean([normal_tail((half - math.log1p(lift)) / error) for half in self.halves]))

    def smallest(self, power: float) -> float:
        """Return the smallest lift that is told with this chance; infinite beyond `MOST_LIFT`."""
        low, high = 0.0, MOST_LIFT
        if self.power(high) < power:
            return math.inf
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if self.power(middle) < power else (low, middle)
        return high


def choose(history: Panel, wish: Wish) -> Choice | Refusal:
    """Choose the markets to treat.

    Args:
        history: sales before the test, with no such action going on.
        wish: what is to be found, and with what.

    Returns:
        A `Choice`, or a `Refusal`: `too_short` (the history holds no pretend test, early and late),
        `too_few_markets`, `holes`, `not_found` (no split shows the lift; the smallest that one does is told).

    Raises:
        ValueError: a market is not in the panel, or both must and must not be treated.
    """
    history.columns(wish.must + wish.never + wish.left_out)
    if set(wish.must) & set(wish.never + wish.left_out):
        raise ValueError("A market that must be treated cannot be kept from it.")
    starts = _starts(history, wish)
    if len(starts) < 4:
        return _too_short(history, wish)
    tried = [
        (split, trial(history, split, starts[: len(starts) // 2], wish)) for split in _splits(history, wish)
    ]
    sound = [(split, found) for split, found in tried if isinstance(found, Trial)]
    if not sound:
        return next((found for _, found in tried if isinstance(found, Refusal)), _too_few())
    sound.sort(key=lambda pair: (pair[1].smallest(wish.power), pair[0]))
    best = [split for split, _ in sound[: wish.shortlist]]
    drawn = best[int(np.random.default_rng(wish.seed).integers(len(best)))]
    return _judged(history, drawn, starts[len(starts) // 2 :], wish)


def trial(history: Panel, treated: Sequence[str], starts: Sequence[int], wish: Wish) -> Trial | Refusal:
    """Read pretend tests of these markets, beginning at these periods."""
    places, errors, halves = [], [], []
    for start in starts:
        part = history.part(start - wish.before, start + wish.test)
        plan = Plan(tuple(treated), wish.before, None, wish.left_out, wish.level, wish.belief)
        refusal = unfit(part, plan)
        if refusal is not None:
            return refusal
        sums = part.sales[:, part.columns(plan.treated)]
        others = part.sales[:, part.columns(plan.controls(part))]
        shares = sums.sum(axis=0) / sums.sum()
        logs = np.log(np.column_stack([sums.sum(axis=1), others]))
        found = fit(logs, wish.before, float((shares**2).sum()), wish.belief)
        tail = (1 - wish.level) / 2
        places.append(found.value)
        errors.append(found.error)
        halves.append((found.quantile(1 - tail) - found.quantile(tail)) / 2)
    return Trial(np.array(places), np.array(errors), np.array(halves))


def _judged(history: Panel, treated: tuple[str, ...], starts: Sequence[int], wish: Wish) -> Choice | Refusal:
    found = trial(history, treated, starts, wish)
    if isinstance(found, Refusal):
        return found
    plan = Plan(treated, wish.before, None, wish.left_out, wish.level, wish.belief)
    sales = float(history.sales[-wish.test :, history.columns(treated)].sum())
    pays = None if wish.budget is None else wish.budget / (wish.margin * sales)
    wanted = wish.lift if wish.lift is not None else pays
    smallest = found.smallest(wish.power)
    if math.isinf(smallest) or (wanted is not None and smallest > wanted):
        return _not_found(smallest, wanted)
    return Choice(
        treated,
        plan.controls(history),
        smallest,
        wanted,
        None if wanted is None else found.power(wanted),
        float(np.mean(np.abs(found.places) > found.halves)),
        len(starts),
        sales,
        pays,
    )


def _starts(history: Panel, wish: Wish) -> list[int]:
    """Dates for pretend tests, evenly over the history; the last test ends with it."""
    first, last = wish.before, history.periods - wish.test
    if last < first or wish.before < FEWEST_BEFORE:
        return []
    return sorted({round(place) for place in np.linspace(first, last, wish.dates)})


def _splits(history: Panel, wish: Wish) -> Iterator[tuple[str, ...]]:
    """Different sets of markets, drawn by the seed."""
    rng = np.random.default_rng([wish.seed, 1])
    free = [name for name in history.names if name not in wish.must + wish.never + wish.left_out]
    compared = len(history.names) - len(wish.left_out)
    counts = [n for n in wish.treated if max(len(wish.must), 1) <= n <= compared - FEWEST_CONTROLS]
    counts = [n for n in counts if n - len(wish.must) <= len(free)]
    seen: set[tuple[str, ...]] = set()
    for place in range(wish.splits if counts else 0):
        count = counts[place % len(counts)] - len(wish.must)
        drawn = rng.permutation(len(free))[:count]
        split = tuple(sorted((*wish.must, *(free[int(one)] for one in drawn))))
        if split not in seen:
            seen.add(split)
            yield split


def _too_short(history: Panel, wish: Wish) -> Refusal:
    return Refusal(
        "too_short",
        T(
            "The history holds {n} periods: tests of {test} periods after {before} of comparison cannot be tried out on it. At least {most} are needed.",
            n=history.periods,
            test=wish.test,
            before=max(wish.before, FEWEST_BEFORE),
            most=max(wish.before, FEWEST_BEFORE) + wish.test + 3,
        ),
    )


def _too_few() -> Refusal:
    return Refusal(
        "too_few_markets",
        T("Too few markets: {fewest} must be left to compare with.", fewest=FEWEST_CONTROLS),
    )


def _not_found(smallest: float, wanted: float | None) -> Refusal:
    if wanted is None or math.isinf(smallest):
        return Refusal(
            "not_found",
            T(
                "These markets waver too much: not even a lift of {most} would show.",
                most=Ratio(MOST_LIFT, 0),
            ),
        )
    return Refusal(
        "not_found",
        T(
            "A lift of {wanted} would not show: the smallest that does is {smallest}. Test longer, treat more markets, or spend more.",
            wanted=Ratio(wanted),
            smallest=Ratio(smallest),
        ),
    )
