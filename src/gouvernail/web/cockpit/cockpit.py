"""What the cockpit shows of a bearing."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.base.text import Text
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing
from gouvernail.plan.model import Decision
from gouvernail.report import story
from gouvernail.report.context import Reading
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit import moves
from gouvernail.web.cockpit.charts.funnel import funnel
from gouvernail.web.cockpit.charts.money import sankey
from gouvernail.web.cockpit.figures import FourFigures, four
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links, Ref
from gouvernail.web.cockpit.objectives import ObjectiveLine, lines
from gouvernail.web.cockpit.reviews import SinceReview, due
from gouvernail.web.look.charts import ChartView

MOST_OBJECTIVES = 8


@dataclass(frozen=True)
class ToDecide:
    """A finding worth a decision, with where it leads."""

    located: LocatedFinding
    element: Ref
    url: str
    owner: str
    """Their name."""


@dataclass(frozen=True)
class Cockpit:
    """The page."""

    headline: Text
    figures: FourFigures
    decide: tuple[ToDecide, ...]
    objectives: tuple[ObjectiveLine, ...]
    more_objectives: int
    readings: tuple[Reading, ...]
    findings: moves.FindingMoves | None
    """What is new and what is gone since the period before."""
    since: SinceReview | None
    reviewed: moves.FindingMoves | None
    """What is new and what is gone since the last review."""
    due: tuple[Decision, ...]
    flow: ChartView | None
    funnel: ChartView | None


def build(
    here: Current,
    bearing: Bearing,
    before: Bearing | None,
    plan_before: tuple[int, Bearing] | None,
    since: SinceReview | None,
    links: Links,
    language: str,
) -> Cockpit:
    """Return the cockpit of a bearing; `before` is that of the period before, if it is on the shelf."""
    at_review = since.before if since else None
    return Cockpit(
        headline=known(bearing).once("headline", "", lambda: story.headline(bearing)),
        figures=four(bearing, before, plan_before, links),
        decide=to_decide(known(bearing).decisions, links),
        objectives=lines(bearing.objectives[:MOST_OBJECTIVES], bearing, here, links),
        more_objectives=max(0, len(bearing.objectives) - MOST_OBJECTIVES),
        readings=moves.moved_readings(bearing),
        findings=moves.finding_moves(bearing, before) if before else None,
        since=since,
        reviewed=moves.finding_moves(bearing, at_review) if at_review else None,
        due=due(here.plan.decisions, here.today),
        flow=known(bearing).once("flow", language, lambda: sankey(bearing, language)),
        funnel=known(bearing).once("funnel", language, lambda: funnel(bearing, language)),
    )


def to_decide(found: tuple[LocatedFinding, ...], links: Links) -> tuple[ToDecide, ...]:
    """Return findings with where they lead."""
    return tuple(
        ToDecide(
            one,
            links.element(one.finding.element),
            links.finding(one.finding.identity),
            str(links.element(one.owner).title) if one.owner else "",
        )
        for one in found
    )
