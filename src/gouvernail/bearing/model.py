"""The Bearing: the frozen result of a run. Report, command line and web show it, and compute nothing more.

For one organisation, one period, one plan revision and one data version (DESIGN §1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import Text
from gouvernail.base.units import Direction, Unit
from gouvernail.bearing.alignment import AlignedSpend, Flow, OrphanSpend, Soundness
from gouvernail.bearing.explained import Explained
from gouvernail.bearing.foreseen import Foreseen
from gouvernail.bearing.located import Coherence, LocatedFinding, SetAside
from gouvernail.checks.finding import NotChecked
from gouvernail.plan.location import Location
from gouvernail.plan.model import Layer

if TYPE_CHECKING:
    from gouvernail.bearing.attributed import Attributed
    from gouvernail.bearing.geo_tested import GeoTest
    from gouvernail.bearing.trial import Trial


class Health(StrEnum):
    """State of an objective; `unknown` when the data are stale or missing (never shown green)."""

    on_course = "on_course"
    at_risk = "at_risk"
    off_course = "off_course"
    unknown = "unknown"


@dataclass(frozen=True)
class MadeFrom:
    """What the bearing was made from: enough to make it again, number for number."""

    plan: str
    """Content hash of the plan."""
    data: str
    """Data version: one token for the versions of every table."""
    code: str
    """Version of Gouvernail."""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PathPoint:
    """One bucket of an objective's course: the value reached (None when unknown) and the target path."""

    period: Period
    actual: float | None
    path: float | None
    """Value the straight way from baseline to target would have here."""


@dataclass(frozen=True)
class ObjectiveStatus:
    """An objective, how far it is, and how likely it is to arrive. Health, progress, confidence stay apart."""

    id: str
    title: str
    level: str | None
    metric: str | None
    metric_name: Text | None
    unit: Unit
    better: Direction
    baseline: Decimal | None
    target: Decimal | None
    start: date | None
    due: date | None
    owner: str | None
    current: Outcome
    """Value so far, over the objective's own window."""
    progress: float | None
    """Share of the way from baseline to target, 1 = reached."""
    probability: Outcome
    confidence: Decimal | None
    """What the people said at the last evaluation, 0 to 1."""
    health: Health
    points: tuple[PathPoint, ...]
    money_planned: Money
    money_spent: Money | None
    parents: tuple[str, ...]
    findings: tuple[str, ...]
    """Identities of its findings."""
    forecast: Foreseen | None = None
    """Where its metric goes until the due date; None where nothing is foreseen (`probability` says why)."""


@dataclass(frozen=True)
class ReturnFigure:
    """Revenue credited to actions over their cost. `by_rule` gives each credit rule's own answer."""

    value: Outcome
    revenue: Money | None
    cost: Money | None
    grade: Grade
    by_rule: Mapping[str, Outcome] = field(default_factory=dict)
    coverage: float | None = None
    """Share of the revenue that has a traceable origin."""


@dataclass(frozen=True)
class MetricReading:
    """A KPI with its context: against target, last period, a year before, benchmark, and in money."""

    id: str
    name: Text
    meaning: Text
    unit: Unit
    better: Direction
    family: str
    readers: tuple[str, ...]
    vanity: bool
    """True for a metric that says nothing by itself here: no path in the driver tree to a business metric."""
    value: Outcome
    previous: Outcome
    year_before: Outcome
    target: Decimal | None
    objective: str | None
    benchmark: Decimal | None
    benchmark_source: str | None
    worth: Money | None
    """Yearly money that `worth_step` more of this metric in each period brings, all else equal (driver tree)."""
    worth_step: float | None
    worth_root: str | None
    """The business metric that the money is counted in."""
    series: tuple[tuple[Period, float | None], ...]
    """By month, up to the last 24."""
    named: bool = False
    """Whether the plan itself names it: an objective, an action, a driver. Others come from the catalogue."""


@dataclass(frozen=True)
class ActionStatus:
    """An action: money planned, spent, what it brought by credit rule, and whether its chain is sound."""

    id: str
    title: str
    type: str
    channel: str | None
    status: str
    owner: str | None
    objectives: tuple[tuple[str, Decimal], ...]
    """Objectives served with their share, summing to 1 (empty when it serves none)."""
    start: date | None
    end: date | None
    planned: Money
    """Money planned for the days that fall in the period."""
    spent: Money | None
    soundness: Soundness
    reasons: tuple[str, ...]
    """Identities of the blocking findings that make it weak."""
    silent: bool
    """True when the data hold no fact of it although it should have run."""
    clicks: int | None
    leads: Decimal | None
    first_touch: Money | None
    last_touch: Money | None
    grade: Grade
    effect: Estimate | None = None
    """What an experiment showed that it does, as a share of the control; of grade *experiment*."""
    experiment: str | None = None
    """The experiment that showed it."""


@dataclass(frozen=True)
class ChainRow:
    """One line of the indented chain: an element, its depth under its layer, its parents, its findings."""

    id: str
    kind: str
    layer: Layer
    title: str
    text: str
    owner: str | None
    depth: int
    parents: tuple[str, ...]
    location: Location | None
    findings: tuple[str, ...]


@dataclass(frozen=True)
class SourceCoverage:
    """What the data of one source and table cover."""

    source: str
    table: str
    account: str
    rows: int
    start: date | None
    end: date | None
    missing_days: int
    """Days without a row between `start` and `end`."""
    totals: Mapping[str, Decimal]
    currency: str | None


@dataclass(frozen=True)
class Figures:
    """The four figures of DOMAIN §1."""

    coherence: Coherence
    aligned_spend: AlignedSpend
    on_course: tuple[ObjectiveStatus, ...]
    """Business objectives first."""
    returns: ReturnFigure


@dataclass(frozen=True)
class Bearing:
    """The frozen result of a run."""

    organisation: str
    currency: str
    language: str
    period: Period
    previous: Period
    made_at: datetime
    made_from: MadeFrom
    figures: Figures
    findings: tuple[LocatedFinding, ...]
    not_checked: tuple[NotChecked, ...]
    ignored: tuple[SetAside, ...]
    """The findings that the plan sets aside."""
    chain: tuple[ChainRow, ...]
    objectives: tuple[ObjectiveStatus, ...]
    metrics: tuple[MetricReading, ...]
    actions: tuple[ActionStatus, ...]
    flows: tuple[Flow, ...]
    orphans: tuple[OrphanSpend, ...]
    coverage: tuple[SourceCoverage, ...]
    drivers: tuple[tuple[str, str], ...]
    """Driver tree: metric and its formula."""
    titles: Mapping[str, str]
    """Element id → how people name it."""
    credit: Attributed | Refusal | None = None
    """Credit of the period's sales by channel and model, or why none can be told."""
    explanations: tuple[Explained, ...] = ()
    """Of every objective whose metric a formula makes: why it moved, and what lacks to its target."""
    trials: tuple[Trial, ...] = ()
    """Experiments: those of the plan in its order, then those that only the facts know."""
    geo_tests: tuple[GeoTest, ...] = ()
    """Geo tests of the plan that are over, read."""

    def finding(self, identity: str) -> LocatedFinding | None:
        """Return the finding called `identity`, or None."""
        for located in self.findings:
            if located.finding.identity == identity:
                return located
        return None
