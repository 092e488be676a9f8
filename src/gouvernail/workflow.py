"""The program on one screen: check → measure → judge → Bearing. Web and command line call `take_bearing`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from gouvernail import __version__
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.bearing.assembly import Measured, assemble
from gouvernail.bearing.checking import CheckedPlan, check_loaded
from gouvernail.bearing.deeds import WINDOW_DAYS, Deeds
from gouvernail.bearing.gathering import gather
from gouvernail.bearing.geo_tested import geo_tested
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import Bearing, MadeFrom
from gouvernail.bearing.objectives import Purse, statuses
from gouvernail.bearing.soundness import Ways
from gouvernail.bearing.tested import tested
from gouvernail.checks.runner import judge
from gouvernail.plan.graph import Graph
from gouvernail.plan.load import LoadedPlan
from gouvernail.warehouse.lake import Lake

STAGES = (
    T("Asking the rules about the plan"),
    T("Reading the figures"),
    T("Matching actions with what happened"),
    T("Judging the objectives"),
    T("Gathering the evidence"),
    T("Asking the rules about the facts"),
    T("Putting the bearing together"),
)
"""What is done for a bearing, in order."""
Told = Callable[[Text, int, int], None]
"""Is told the stage that begins, how many are done, and how many there are."""


def take_bearing(
    loaded: LoadedPlan,
    lake: Lake | None,
    period: Period,
    *,
    today: date,
    now: datetime | None = None,
    progress: Told | None = None,
) -> Bearing:
    """Return the bearing of one plan revision, one data version and one period.

    Args:
        loaded: the plan, with the place of every element.
        lake: the facts, None where nothing was ever imported; pinned to its version at the start.
        period: the days told.
        today: the day on which rules that read the calendar stand.
        now: the time written on the bearing, the only value in it that the inputs do not decide.
        progress: is told each stage as it begins; what it raises ends the work.
    """
    begin = _Stages(progress)
    pinned = lake.at(lake.version()) if lake else None
    begin()
    checked = check_loaded(loaded, today=today)
    measured = measure(checked, pinned, period, today, begin)
    begin()
    judged = judge(checked.plan, measured.evidence)
    begin()
    data = pinned.version() if pinned else ""
    made_from = MadeFrom(loaded.digest, data, __version__, options(period, today))
    return assemble(checked, measured, judged, made_from, now or datetime.now(UTC))


def measure(
    checked: CheckedPlan,
    lake: Lake | None,
    period: Period,
    today: date,
    begin: Callable[[], None] = lambda: None,
) -> Measured:
    """Return what the facts say: values, matches, credit, chances, and the evidence for the rules."""
    begin()
    measures = Measures(checked.plan, lake, period)
    ways = Ways(Graph(checked.plan), [one.finding for one in checked.findings])
    begin()
    deeds = Deeds(measures, ways)
    begin()
    purse = Purse(ways, deeds.planned, deeds.spent, deeds.currency)
    objectives = statuses(measures, purse, checked.by_element)
    begin()
    trials = tested(measures, today)
    evidence = gather(measures, deeds, objectives, today, trials)
    return Measured(measures, deeds, objectives, evidence, trials, geo_tested(checked.plan, lake, today))


class _Stages:
    """Counts the stages as they begin."""

    def __init__(self, told: Told | None) -> None:
        self._told, self._done = told, 0

    def __call__(self) -> None:
        if self._told:
            self._told(STAGES[self._done], self._done, len(STAGES))
        self._done += 1


def options(period: Period, today: date) -> Mapping[str, Any]:
    """Return the options that a bearing is made with; they are kept with it."""
    return {"period": str(period), "today": today.isoformat(), "window_days": WINDOW_DAYS}
