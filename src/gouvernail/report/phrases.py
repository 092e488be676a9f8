"""The small sentences of the page's sections: how far data reach, what a section lacks, how figures are made."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.located import SetAside
from gouvernail.bearing.model import (
    ActionStatus,
    Bearing,
    Health,
    MetricReading,
    ObjectiveStatus,
    ReturnFigure,
    SourceCoverage,
)
from gouvernail.bearing.moves import Gone, Moves
from gouvernail.report import chances, effects
from gouvernail.report.labels import SEVERITY, SMARTER
from gouvernail.report.values import grammatical, in_unit

LEDE = T(
    "Strategy is the compass, operations are the engine. This page says whether one turns the other: where the "
    "money goes, whether the objectives will be reached, and what to decide."
)
EMPTY_LAYER = T("Nothing is written here yet: the chain breaks at this layer.")
NO_LAYER_FINDING = T("no finding")
NO_FINDING = T("No finding of this gravity.")
NO_DECISION = T("No finding calls for a decision.")
NEW = T("New")
GONE: Mapping[Gone, Text] = {
    Gone.solved: T("Solved"),
    Gone.removed: T("Gone with its element"),
    Gone.set_aside: T("Set aside since"),
    Gone.unchecked: T("No longer checked"),
}
"""Why a finding is gone → heading, in the order of the page."""
NO_FLOW = T("No money can be followed: no action has a budget in this period, and no spend is in the data.")
CYCLIC = T("The links of the plan turn in a circle, so the flow cannot be drawn; its numbers are below.")
NO_OBJECTIVE = T("The plan has no objective: nothing says what the money should bring.")
NO_METRIC = T("No indicator is followed: the plan names none.")
NO_ACTION = T("The plan has no action.")
NO_ORPHAN = T("All the spend in the data belongs to an action of the plan.")
NO_SPEND = T(
    "No spend is in the data: what falls outside the plan cannot be seen. Import the exports of the ad "
    "platforms."
)
NO_DATA = T(
    "No data has been imported: the figures that need facts stay without an answer. Start with "
    "`gouvernail import`."
)
ALL_CHECKED = T("Every rule had what it needed.")
NOTHING_IGNORED = T("The plan sets no finding aside.")
NO_COURSE = T("Not enough values to draw a course: two months at least are needed.")
NO_FACT = T("no data")
NO_CONFIDENCE = T("Nobody has said so yet")
SILENT = T("Silent")
SILENT_MEANING = T("No trace of it in the data, although it should be running.")
VANITY = T("Vanity: says nothing by itself here")
UNKNOWN_SPEND = T("unknown")
SERVES_NOTHING = T("serves no objective")
NO_PARENT = T("serves nothing above")
TOP = T("top of the chain")
NO_LEVEL = T("Objective without a level")
NO_NAME = T("Organisation without a name")
NO_ANSWER = T("No answer yet")
NOT_KNOWN = T("not known")
UNNAMED = T("campaign without a name")
SKIP = T("Skip to the content")
CONTENTS = T("On this page")
COLON = T(": ")
CREDITED = T("Revenue credited")
COST = T("Cost")
EVIDENCE = T("Evidence")
CONFIDENCE_SOURCE = T("Said by the team at the last evaluation.")
CREDIT_NOTE = T("Revenue by first or last contact is credit, not proof of cause.")
THREE_SIGNS = T(
    "Three signs, never merged: health is what the data say, progress how far we are, confidence what "
    "the team believes."
)
FLOW_DRAWN_SPENT = T(
    "From the budget to actions, then to objectives: money really spent in the period. The colour "
    "says how sound the way is."
)
FLOW_DRAWN_PLANNED = T(
    "From the budget to actions, then to objectives: money planned for the period. The colour "
    "says how sound the way is."
)
FLOW_TITLE = T("Flow of money from the budget to actions and objectives")
CONTEXT_LEAD = T(
    "A number alone says nothing. Each indicator stands beside its target, its past, a benchmark where "
    "one is given, and what one step is worth in money."
)
METHOD: tuple[tuple[Text, Text], ...] = (
    (
        T("Coherence"),
        T(
            "Each of the six layers is worth 100/6 points. Within a layer the elements share equally, actions by their "
            "planned money. A blocking finding takes an element’s whole share, a warning half, an advice a tenth. The "
            "losses add up to what is missing from 100, exactly. It depends on the plan alone."
        ),
    ),
    (
        T("Aligned spend"),
        T(
            "An action’s money climbs its links, split by their weights, so that nothing counts twice. It is aligned if "
            "it reaches a business objective without a blocking finding on the way, weak if it reaches one with such a "
            "finding, orphan otherwise."
        ),
    ),
    (
        T("On course"),
        T(
            "The probability of reaching the target by the due date, from the trend of the data so far and its scatter. "
            "Where the series is too short or missing, there is no probability, and the page says what is missing."
        ),
    ),
    (
        T("Return"),
        T(
            "Revenue credited to actions by the first or the last contact, over what they cost. A credit rule shares out "
            "revenue; it does not prove that the action caused it."
        ),
    ),
)


def made(bearing: Bearing) -> Text:
    """Return when and from what the page was made, in one line."""
    return T(
        "Made on {day} from the plan {plan}, with Gouvernail {code}.",
        day=bearing.made_at,
        plan=bearing.made_from.plan[:8],
        code=bearing.made_from.code,
    )


def span(period: Period) -> Text:
    """Return the days of a period, both ends named."""
    return T("{start} to {end}", start=period.start, end=period.end)


def elements(n: int) -> Text:
    """Return how many elements a layer holds."""
    return TN("{n} element", "{n} elements", n)


def at_stake(money: Money) -> Text:
    """Return the money that hangs on a finding."""
    return T("{money} at stake", money=money)


def since(moves: Moves) -> Text:
    """Return the heading over what moved."""
    return T("What moved in the plan since {since}", since=moves.since)


def moved(moves: Moves) -> Text:
    """Return what moved in one sentence; findings of facts are not compared."""
    if not moves.new and not moves.gone:
        return T("Nothing moved: the plan has the findings that it had.")
    return T(
        "New findings: {new}; solved: {solved}; still there: {still}. Findings that read facts are not compared.",
        new=len(moves.new),
        solved=len(moves.of(Gone.solved)),
        still=len(moves.still),
    )


def set_aside_by(one: SetAside) -> Text:
    """Return who set a finding aside and when, as far as the plan says."""
    if one.by and one.day:
        return T("{by}, {day}", by=one.by, day=one.day)
    return T("{by}", by=one.by or one.day)


def points_lost(cost: Decimal) -> Text:
    """Return what a finding costs the coherence score."""
    return TN(
        "costs {points} point of coherence",
        "costs {points} points of coherence",
        grammatical(float(cost)),
        points=Number(float(cost), 1),
    )


def aim(status: ObjectiveStatus, currency: str) -> Text:
    """Return what an objective wants: metric, target, date, as far as the plan says them."""
    if status.metric_name is None:
        return T("No indicator measures it.")
    if status.target is None:
        return T("{metric}, without a target.", metric=status.metric_name)
    target = in_unit(status.target, status.unit, currency)
    if status.due is None:
        return T("{metric}: reach {target}, without a date.", metric=status.metric_name, target=target)
    return T("{metric}: reach {target} by {due}.", metric=status.metric_name, target=target, due=status.due)


def progress(share: float) -> Text:
    """Return how far on the way from start to target, in words where a share of the way would puzzle.

    Away from the target, or beyond it, a share says nothing that a reader could use: a short way makes any move huge.
    """
    shown = round(share, 2)
    if shown < 0:
        return T("Further away than at the start")
    if share < 1:
        return T("{share} of the way", share=Ratio(min(shown, 0.99), 0))
    return T("Target reached") if shown == 1 else T("Beyond the target")


def health(status: ObjectiveStatus) -> Text:
    """Return what stands behind the health shown: the chances, or what is missing to tell them."""
    outcome = status.probability
    if isinstance(outcome, Refusal) and chances.shown_health(status) is not Health.unknown:
        return T("Judged against the target path, for want of a probability. {reason}", reason=outcome.reason)
    if isinstance(outcome, Refusal):
        return outcome.reason
    shown = Ratio(outcome.value, 0)
    bounds = chances.interval(outcome)
    if bounds is None:
        return T("{share} chance of arriving in time.", share=shown)
    return T("{share} chance of arriving in time ({bounds}).", share=shown, bounds=bounds)


def spark(metric: MetricReading) -> Text:
    """Return what a small line shows, for those who cannot see it."""
    known = sum(value is not None for _, value in metric.series)
    return TN("{metric}, {n} month", "{metric}, the last {n} months", known, metric=metric.name)


@dataclass(frozen=True)
class Letter:
    """One letter of SMARTER for one objective: what the plan says, or the finding that it lacks."""

    letter: str
    name: Text
    said: Text
    tone: str
    icon: str


def smarter(status: ObjectiveStatus, bearing: Bearing) -> tuple[Letter, ...]:
    """Return the seven letters of an objective (S4): a fact where the bearing has it, the finding where it lacks."""
    found = {
        located.finding.code: located.finding
        for located in bearing.findings
        if located.finding.element == status.id
    }
    letters = []
    for letter, code, name in SMARTER:
        finding = found.get(code)
        blind = _unjudged(code, status.id, bearing)
        if finding:
            tone, icon, _ = SEVERITY[finding.severity]
            letters.append(Letter(letter, name, finding.message, tone, icon))
        elif blind:
            letters.append(Letter(letter, name, blind, "unknown", "unknown"))
        elif _unwritten(code, status):
            letters.append(Letter(letter, name, T("not written in full in the plan"), "unknown", "unknown"))
        else:
            letters.append(Letter(letter, name, _fact(code, status, bearing), "good", "ok"))
    return tuple(letters)


def letter_tones(status: ObjectiveStatus, bearing: Bearing) -> tuple[tuple[str, str, int], ...]:
    """Return tone, icon and how many of an objective's SMARTER letters stand so, in the order of the letters."""
    found = Counter((letter.tone, letter.icon) for letter in smarter(status, bearing))
    return tuple((tone, icon, count) for (tone, icon), count in found.items())


def _unjudged(code: str, element: str, bearing: Bearing) -> Text | None:
    """Return why a rule says nothing of an element although it may lack something, or None where it was judged."""
    for item in bearing.not_checked:
        if item.code == code and item.element in (None, element):
            return T("not checked: {reason}", reason=item.reason)
    for aside in bearing.ignored:
        if aside.code == code and aside.element in ("", element):
            return T("set aside by the plan: {reason}", reason=aside.reason)
    return None


def _unwritten(code: str, status: ObjectiveStatus) -> bool:
    """Return whether the bearing itself shows that the letter lacks its fact: then no sign of it is green."""
    lacking = {
        "OBJ02": status.metric is None or status.baseline is None or status.target is None,
        "OBJ05": status.start is None or status.due is None,
    }
    return lacking.get(code, False)


def _fact(code: str, status: ObjectiveStatus, bearing: Bearing) -> Text:
    if code == "OBJ02" and status.baseline is not None and status.target is not None:
        return T(
            "{metric}, from {baseline} to {target}",
            metric=status.metric_name or status.metric or "",
            baseline=in_unit(status.baseline, status.unit, bearing.currency),
            target=in_unit(status.target, status.unit, bearing.currency),
        )
    if code == "OBJ05" and status.start and status.due:
        return T("{start} to {end}", start=status.start, end=status.due)
    return T("nothing to report")


def file_name(path: str) -> str:
    """Return the last part of a path: where a plan lies on somebody's disk is nobody else's business."""
    return re.split(r"[/\\]", path)[-1]


def other_findings(status: ObjectiveStatus) -> tuple[str, ...]:
    """Return the findings of an objective that no SMARTER letter tells already."""
    told = {code for _, code, _ in SMARTER}
    return tuple(identity for identity in status.findings if identity.split(":")[0] not in told)


def covers(coverage: SourceCoverage) -> Text:
    """Return the days that a source covers."""
    if coverage.start is None or coverage.end is None:
        return T("no dated row")
    return T("{start} to {end}", start=coverage.start, end=coverage.end)


def brought(action: ActionStatus) -> tuple[Text, ...]:
    """Return what the data say an action brought, each in its own sentence; empty where they say nothing."""
    said: list[Text] = []
    if action.clicks is not None:
        said.append(TN("{n} click", "{n} clicks", action.clicks))
    if action.leads is not None:
        whole = int(action.leads) if action.leads == int(action.leads) else action.leads
        said.append(TN("{count} lead", "{count} leads", int(action.leads), count=whole))
    if action.first_touch is not None:
        said.append(T("{money} by first contact", money=action.first_touch))
    if action.last_touch is not None:
        said.append(T("{money} by last contact", money=action.last_touch))
    if action.effect is not None:
        between = effects.share_span(action.effect.low, action.effect.high)
        shown = T("{effect} shown by an experiment", effect=effects.share(action.effect.value))
        said.append(shown if between is None else T("{shown} ({interval})", shown=shown, interval=between))
    return tuple(said)


def coverage_sentence(figure: ReturnFigure) -> Text | None:
    """Return how much of the revenue has a traceable origin."""
    if figure.coverage is None:
        return None
    return T(
        "{share} of the revenue has a traceable origin; the rest is credited to nobody.",
        share=Ratio(figure.coverage, 0),
    )
