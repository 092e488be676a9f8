"""What is foreseen of each objective until its due date, and the chance that its target is reached.

Foreseen by `measurement.forecast.windows`, through the plan's drivers where that missed less on the past; where too little
is known for that, by a trend. A year that sums up adds what is there to what is foreseen; a rate over a year is worked out
from the sums that make it. Method: docs/methods/forecast.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from gouvernail.base.formula import Binary, Name, Node, names
from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, last_whole
from gouvernail.base.text import T
from gouvernail.base.units import Direction
from gouvernail.bearing.foreseen import Foreseen, Kind, told, trended
from gouvernail.bearing.measures import WINDOWS, Course, Measures
from gouvernail.plan.model import Cadence

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from gouvernail.measurement.forecast.outlook import Known
    from gouvernail.measurement.forecast.ways import Way
    from gouvernail.measurement.forecast.windows import Ahead

HISTORY = {Grain.day: 180, Grain.week: 104, Grain.month: 36}
"""How many buckets of the past are looked at."""
MOST_LEAVES = 20
"""Drivers beyond which a formula is not gone through: each costs a back-test, and each error adds to the whole."""
NOTHING = Refusal(
    "no_way", T("The metric neither adds up nor has a formula of sums: only a trend can be drawn.")
)
PASSED = Refusal(
    "passed",
    T("The due date has passed, and its period has no value: whether the target was reached is not known."),
)
OPTIONS = ("model", "points", "mase", "smape", "coverage", "origins", "error", "error_ahead", "error_origins")


@dataclass(frozen=True)
class Chances:
    """What is foreseen of the objectives of one plan; what was learned of a metric is kept for the next objective."""

    measures: Measures
    _learned: dict[tuple[str, Grain, date], Known | Refusal] = field(default_factory=dict)

    def foresee(
        self, metric: str, window: Cadence, target: float, due: date, better: Direction
    ) -> tuple[Outcome, Foreseen | None]:
        """Return the chance that `metric`, over the window that ends with `due`, reaches `target`, and the forecast.

        The forecast is None where nothing is foreseen: for want of data, or because the due date has passed.
        """
        grain, width = WINDOWS[window]
        ahead = self._ahead(metric, grain, width, due)
        if not isinstance(ahead, Refusal):
            kind: Kind = "level" if width == 1 else "rate" if ahead.so_far is None else "sum"
            drivers = [self.measures.metrics[leaf].name for leaf in ahead.quality["leaves"]]
            foreseen = told(ahead, (kind, grain), due, target, better, drivers)
            return _chance(ahead, foreseen), foreseen
        outcome = self._trend(metric, window, target, due, better)
        if ahead.code == "nothing_left" and isinstance(outcome, Estimate) and outcome.options["buckets_left"]:
            return PASSED, None
        return outcome, trended(outcome, ahead.reason, grain, due, target, better)

    def _ahead(self, metric: str, grain: Grain, width: int, due: date) -> Ahead | Refusal:
        from gouvernail.measurement.forecast.windows import look_ahead

        wanted = last_whole(due, grain).end
        found: Ahead | Refusal = NOTHING
        for ways in self._ways(metric, width):
            used = {id for way in ways for id in (*way.leaves, *way.reads)}
            courses = {id: self._values(id, grain) for id in sorted(used)}
            found = look_ahead(ways, courses, lambda id: self._learn(id, grain, wanted), width)
            if not isinstance(found, Refusal):
                return found
        return found

    def _ways(self, metric: str, width: int) -> list[list[Way]]:
        """Return the ways to a metric, those to be compared together; the next ones where none of the first can be gone."""
        from gouvernail.measurement.forecast.ways import Drivers, Itself, RateOf, Sums, leaves_of

        known, tree = self.measures.metrics.get(metric), self.measures.tree.nodes
        if known is None:
            return []
        if known.additive:
            ways: list[Way] = [Drivers(metric, tree)] if metric in tree else []
            return [[*(way for way in ways if len(way.leaves) <= MOST_LEAVES), Itself(metric)]]
        found: list[list[Way]] = [[Itself(metric, summed=False)]] if width == 1 else []
        nodes = self._made_of(metric)
        match nodes.get(metric):
            case Binary(operator="/", left=above, right=Name(id=volume)) if width > 1 and volume not in nodes:
                found.append([RateOf(metric, {id: nodes[id] for id in nodes if id != metric}, above, volume)])
        if nodes and len(leaves_of(metric, nodes)) <= MOST_LEAVES:
            found.append([Sums(metric, nodes)])
        return found

    def _made_of(self, metric: str) -> Mapping[str, Node]:
        """Return the formulas that make a rate of sums; none where a part of it neither adds up nor has a formula."""
        nodes: dict[str, Node] = {}
        waiting = [metric]
        while waiting:
            one = self.measures.metrics.get(waiting.pop())
            if one is None:
                return {}
            if one.id in nodes or (one.additive and one.id != metric):
                continue
            node = self.measures.formula(one)
            if node is None or metric in names(node):
                return {}
            nodes[one.id] = node
            waiting += names(node)
        return nodes

    def _history(self, grain: Grain) -> Period:
        if grain is Grain.month:
            return self.measures.months
        last = last_whole(self.measures.period.end, grain)
        return Period(last.back(HISTORY[grain] - 1).start, last.end)

    def _course(self, metric: str, grain: Grain) -> Course:
        end = last_whole(self.measures.period.end, grain).end
        return tuple(
            one for one in self.measures.series(metric, self._history(grain), grain) if one[0].end <= end
        )

    def _values(self, metric: str, grain: Grain) -> npt.NDArray[np.float64]:
        import numpy as np

        values = [value for _, value in self._course(metric, grain)]
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)

    def _learn(self, metric: str, grain: Grain, due: date) -> Known | Refusal:
        from gouvernail.measurement.forecast.outlook import learn

        asked = (metric, grain, due)
        if asked not in self._learned:
            country = self.measures.plan.organisation.country.strip().upper()
            self._learned[asked] = learn(self._course(metric, grain), due, country)
        return self._learned[asked]

    def _trend(self, metric: str, window: Cadence, target: float, due: date, better: Direction) -> Outcome:
        """Return the chance by a trend: what is left where history is short, has holes where it counts, or is over."""
        from gouvernail.measurement.forecast.trend import probability

        measures = self.measures
        grain, width = WINDOWS[window]
        last = last_whole(measures.period.end, grain)
        history = Period(last.back(HISTORY[grain] - 1).start, last.end)
        kind = measures.metrics.get(metric)
        if kind is not None and kind.additive and width > 1:
            course = _from_first(measures.series(metric, history, grain))
            start = last_whole(due, grain).back(width - 1).start
            return probability(course, target, due, kind="flow", start=start, better=better)
        course = _from_first(measures.rolling(metric, window, history))
        return probability(course, target, due, kind="rolling" if width > 1 else "level", better=better)


def _chance(ahead: Ahead, foreseen: Foreseen) -> Estimate:
    options: dict[str, Any] = {name: ahead.quality[name] for name in OPTIONS if name in ahead.quality}
    options |= {
        "expected": foreseen.at_due.value,
        "expected_low": foreseen.at_due.low,
        "expected_high": foreseen.at_due.high,
        "target": foreseen.target,
        "buckets_left": foreseen.left,
    }
    if foreseen.so_far is not None:
        options["so_far"] = foreseen.so_far
    method = foreseen.at_due.method
    return Estimate(
        foreseen.probability or 0.0, method, level=foreseen.at_due.level, grade=Grade.model, options=options
    )


def _from_first(course: Course) -> Course:
    """Leave out the buckets before the first one that is known."""
    known = [i for i, (_, value) in enumerate(course) if value is not None]
    return course[known[0] :] if known else ()
