"""Objectives as lines of a list: the three signs side by side, never merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.bearing.model import Bearing, Health, ObjectiveStatus
from gouvernail.checks.finding import Severity
from gouvernail.plan.model import Objective
from gouvernail.report import chances, labels, phrases
from gouvernail.report.context import progress_sentence
from gouvernail.report.values import change, in_unit, verdict
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links, Ref, address
from gouvernail.web.cockpit.moves import against
from gouvernail.web.look.parts import Crumb, Move, Tab, Tone
from gouvernail.web.plans.saying import metric_name


@dataclass(frozen=True)
class ObjectiveLine:
    """One objective of a list."""

    ref: Ref
    level: Text
    aim: Text
    owner: str
    health: Health
    behind: Text
    """What stands behind the health: the chances, or why there are none."""
    chance: Ratio | None
    current: Any
    said: Text
    progress: float | None
    confidence: Decimal | None
    stale: bool
    move: Move | None
    origin: str
    findings: tuple[tuple[Severity, int], ...]
    money: Money
    spent: Money | None


A_PAGE = 50


def chosen(bearing: Bearing, level: str) -> list[ObjectiveStatus]:
    """Return the objectives of a level, all of them where none is given; business ones stand first."""
    return [one for one in bearing.objectives if not level or (one.level or "none") == level]


def lines(
    statuses: Iterable[ObjectiveStatus], bearing: Bearing, here: Current, links: Links
) -> tuple[ObjectiveLine, ...]:
    """Return objectives of a bearing as lines."""
    graves = known(bearing).gravities
    return tuple(line(one, bearing, here, links, graves(one.id)) for one in statuses)


def line(
    status: ObjectiveStatus,
    bearing: Bearing,
    here: Current,
    links: Links,
    graves: Sequence[Severity],
) -> ObjectiveLine:
    """Return one objective as a line."""
    current = status.current
    return ObjectiveLine(
        ref=links.element(status.id),
        level=labels.LEVELS.get(status.level or "", phrases.NO_LEVEL),
        aim=phrases.aim(status, bearing.currency),
        owner=bearing.titles.get(status.owner or "", status.owner or ""),
        health=chances.shown_health(status),
        behind=phrases.health(status),
        chance=chance(status.probability),
        current=in_unit(current.value, status.unit, bearing.currency)
        if isinstance(current, Estimate)
        else None,
        said=progress_sentence(status, bearing.currency),
        progress=status.progress,
        confidence=status.confidence,
        stale=not isinstance(current, Estimate) and here.has_data,
        move=_move(status, bearing),
        origin=links.origin(f"objective:{status.id}"),
        findings=tuple((one, graves.count(one)) for one in Severity if one in graves),
        money=status.money_planned,
        spent=status.money_spent,
    )


def chance(outcome: Outcome) -> Ratio | None:
    """Return a chance as a share, never 0 nor 100 in 100: a forecast is not a certainty."""
    return Ratio(min(max(outcome.value, 0.01), 0.99), 0) if isinstance(outcome, Estimate) else None


def _move(status: ObjectiveStatus, bearing: Bearing) -> Move | None:
    """Return how the objective's metric moved against the period before."""
    metric = known(bearing).metrics.get(status.metric or "")
    if metric is None or not isinstance(metric.value, Estimate) or not isinstance(metric.previous, Estimate):
        return None
    now, before = metric.value.value, metric.previous.value
    tone: dict[str, Tone] = {"better": "good", "worse": "bad", "same": ""}
    judged = verdict(now, before, metric.better, metric.unit)
    icon = "equal" if judged == "same" else "trending-up" if now > before else "trending-down"
    words = T("unchanged") if judged == "same" else change(now, before, metric.unit, bearing.currency)
    return Move(words, icon, tone[judged], against(bearing.previous))


@dataclass(frozen=True)
class PlainObjective:
    """An objective while there is no bearing: what the plan alone says."""

    ref: Ref
    level: Text
    target: str | Text
    due: Any
    owner: str


def plain(objectives: Iterable[Objective], here: Current, links: Links) -> tuple[PlainObjective, ...]:
    """Return the plan's objectives as it writes them."""
    return tuple(
        PlainObjective(
            links.element(one.id),
            labels.LEVELS.get(one.level or "", phrases.NO_LEVEL),
            metric_name(here.plan, one.metric) if one.metric else "",
            one.due,
            here.plan.by_id[one.owner].name if one.owner in here.plan.by_id else one.owner or "",
        )
        for one in objectives
    )


def tabs(bearing: Bearing, level: str) -> tuple[Tab, ...]:
    """Return one tab a level that has objectives, all of them first."""
    counts = Counter(one.level or "none" for one in bearing.objectives)
    if len(counts) < 2:
        return ()
    names = {**{id: labels.LEVELS[id] for id in labels.LEVELS}, "none": phrases.NO_LEVEL}
    found = [Tab(T("All"), "?level=", not level, count=len(bearing.objectives))]
    found += [Tab(names[id], f"?level={id}", level == id, count=counts[id]) for id in names if counts[id]]
    return tuple(found)


def crumb(slug: str) -> Crumb:
    """Return the way back to the list."""
    return Crumb(T("Objectives"), address("objectives", slug))
