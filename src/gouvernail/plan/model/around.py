"""What stands around the chain: people, rhythm, measurement, and how the rules are tuned."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import Field

from gouvernail.base.units import Direction, Unit
from gouvernail.plan.model.common import (
    Amount,
    Cadence,
    ChannelId,
    Day,
    Element,
    Figure,
    MetricId,
    MetricIds,
    Positive,
    Record,
    Ref,
    Refs,
    Share,
    Weight,
    Words,
)
from gouvernail.plan.model.execution import Term
from gouvernail.plan.model.strategy import Market, Stage


class Function(StrEnum):
    """What a team does in the company."""

    management = "management"
    marketing = "marketing"
    sales = "sales"
    operations = "operations"
    other = "other"


class Team(Element):
    """A team."""

    kind: ClassVar[str] = "team"
    function: Function = Function.other
    leads_per_month: Positive | None = None
    """How many leads the team can follow up in a month."""
    follow_up_hours: Positive | None = None
    """The agreed delay within which a lead is called back."""


class Person(Element):
    """Someone who works on the plan."""

    kind: ClassVar[str] = "person"
    team: Ref | None = None
    role: str = ""
    skills: Words = ()
    hours_per_week: Positive | None = None


class Role(Element):
    """A role that must be held, with the skills it needs."""

    kind: ClassVar[str] = "role"
    holder: Ref | None = None
    skills: Words = ()


class Responsibility(Element):
    """Who is responsible, accountable, consulted, informed for one element (RACI)."""

    kind: ClassVar[str] = "responsibility"
    element: Ref
    responsible: Refs = ()
    accountable: Refs = ()
    consulted: Refs = ()
    informed: Refs = ()


class Purpose(StrEnum):
    """What a meeting is for."""

    marketing_sales = "marketing_sales"
    management = "management"
    strategy_review = "strategy_review"
    sprint_review = "sprint_review"
    other = "other"


class Meeting(Element):
    """A recurring meeting."""

    kind: ClassVar[str] = "meeting"
    between: Refs = ()
    """Teams that meet."""
    purpose: Purpose | None = None
    """What it is for; told by the teams that meet where it is not said."""
    cadence: Cadence | None = None
    last: Day | None = None


class Decision(Element):
    """Something decided: it comes back until done."""

    kind: ClassVar[str] = "decision"
    date: Day | None = None
    due: Day | None = None
    done: Day | None = None
    about: Refs = ()
    follow_up: str = ""


class RecordKind(StrEnum):
    """An evaluation looks at the numbers; a review asks whether the objective is still right."""

    evaluation = "evaluation"
    review = "review"


class Evaluation(Element):
    """A dated evaluation or review of an objective."""

    kind: ClassVar[str] = "evaluation"
    type: RecordKind = RecordKind.evaluation
    objective: Ref
    date: Day
    value: Figure | None = None
    confidence: Share | None = None
    note: str = ""


class Aggregate(StrEnum):
    """How the rows of a table become one number."""

    sum = "sum"
    count = "count"  # type: ignore[assignment]
    count_distinct = "count_distinct"
    mean = "mean"


class TableMeasure(Record):
    """One aggregate over one table of the facts: `{table: deals, how: sum, column: amount, where: {country: DE}}`."""

    table: str
    """A table of the facts, e.g. `deals`."""
    how: Aggregate = Aggregate.sum
    column: str | None = None
    """The column added up or counted; none to count rows."""
    where: dict[str, Words] = {}
    """Only rows whose column has one of these values."""
    day: str = "day"
    """The column that dates the row."""


class PlanMetric(Element):
    """A metric of the company's own: a formula over other metrics, an aggregate of a table, or typed by hand."""

    kind: ClassVar[str] = "metric"
    unit: Unit = Unit.count
    better: Direction = Direction.up
    formula: str | None = None
    """Metric ids, numbers, + - * / and parentheses."""
    measure: TableMeasure | None = None
    """What of the facts makes it. Without formula and measure, values come from the `observations` table."""
    additive: bool = True
    """Whether values add up over time."""
    team: Ref | None = None
    followed: Cadence | None = None
    source: Ref | None = None


class DataSource(Element):
    """Where numbers come from, and how often they should arrive."""

    kind: ClassVar[str] = "source"
    source: str | None = None
    """The id of a source of the catalogue, e.g. `google_ads`."""
    metrics: MetricIds = ()
    refreshed: Cadence | None = None
    of_record: bool = False
    """True for the one source that counts for revenue or leads (CRM or shop)."""


class Compared(StrEnum):
    """What of the variants is compared."""

    proportion = "proportion"
    mean = "mean"
    ratio = "ratio"


class ReadingMethod(StrEnum):
    """When an experiment may be read."""

    fixed = "fixed"
    always_valid = "always_valid"
    group_sequential = "group_sequential"
    bayesian = "bayesian"


class Choice(StrEnum):
    """What was decided after an experiment."""

    adopt = "adopt"
    keep = "keep"


class Experiment(Element):
    """A test with its variants, how it is read, and what was decided."""

    kind: ClassVar[str] = "experiment"
    action: Ref | None = None
    metric: MetricId | None = None
    hypothesis: str = ""
    """What is expected to happen, and why."""
    variants: Words = ()
    """What is compared, the control first."""
    allocation: tuple[Weight, ...] = ()
    """Shares of the variants in their order, in any unit; equal where nothing is said."""
    outcome: Compared | None = None
    """`proportion`: subjects who convert. `mean`: value of a subject. `ratio`: one sum over another, e.g. orders a visit."""
    measure: str = ""
    """What is compared, where the files hold several: `conversions`, `value`, or a metric as the files name it."""
    source_id: str = ""
    """How its files call the experiment, where it is neither the id nor the title."""
    reading: ReadingMethod | None = None
    """`fixed`: once, at the planned size. `always_valid`: at any time. `group_sequential`: at agreed looks. `bayesian`."""
    looks: Annotated[int, Field(ge=2, le=50)] | None = None
    """How many looks were agreed on, for `group_sequential`."""
    confidence: Share | None = None
    """Level of confidence; 0.95 where nothing is said."""
    power: Share | None = None
    """Chance of finding the smallest effect if it is there; 0.8 where nothing is said."""
    smallest_effect: Share | None = None
    """The smallest effect worth finding, as a share of the control: 0.05 is five per cent more."""
    baseline: Figure | None = None
    """What the control does today: 0.031 for a rate of 3.1 %."""
    deviation: Weight | None = None
    """Standard deviation of the value of one subject, for `mean` and `ratio`."""
    subjects: Annotated[int, Field(gt=0)] | None = None
    """Subjects planned, over all variants."""
    subjects_a_day: Weight | None = None
    """Subjects expected a day, over all variants."""
    value_of_one: Figure | None = None
    """Money that one more conversion brings, or one more unit of the value; below zero where less is better."""
    cost: Amount | None = None
    """Money that the change costs over the horizon."""
    least_gain: Amount | None = None
    """Gain over the horizon, after cost, under which the change is not worth the effort."""
    horizon_days: Annotated[int, Field(gt=0)] | None = None
    """Days over which the change is judged; a year where nothing is said."""
    horizon_subjects: Annotated[int, Field(gt=0)] | None = None
    """How many will meet the change over the horizon; from the subjects a day where nothing is said."""
    markets: Words = ()
    """Of a geo experiment, the markets with the action; `start` and `end` are the days of the test."""
    spend: Amount | None = None
    """Of a geo experiment, what the action costs in those markets over the test, beyond the usual."""
    start: Day | None = None
    end: Day | None = None
    result: str = ""
    decision: Choice | None = None
    """`adopt` a variant, or `keep` the control; empty until it is decided."""
    winner: str = ""
    """The variant that was adopted."""
    decided: Day | None = None
    applied: bool | None = None


class Benchmark(Element):
    """A figure to compare with; never without its source and year."""

    kind: ClassVar[str] = "benchmark"
    metric: MetricId
    value: Figure
    source: Annotated[str, Field(min_length=1)]
    year: Annotated[int, Field(ge=1990, le=2100)]
    industry: str = ""
    region: str = ""
    channel: ChannelId | None = None
    url: str = ""
    """Where the figure can be read."""


class AgeShare(Record):
    """The share of the people of these ages who use a channel."""

    low: Annotated[int, Field(ge=0, le=120)]
    high: Annotated[int, Field(ge=0, le=120)]
    share: Share


class OwnChannel(Element):
    """A channel as this organisation knows it: replaces what the catalogue says, or adds a channel.

    The element's id is the channel's id. What is left empty stays as the catalogue has it.
    """

    kind: ClassVar[str] = "channel"
    market: Market | None = None
    stages: tuple[Stage, ...] = ()
    term: Term | None = None
    skills: Words = ()
    metrics: MetricIds = ()
    mass: bool | None = None
    """True for a channel that addresses everyone."""
    ages: tuple[AgeShare, ...] = ()
    source: str = ""
    """Who says so, for `ages`."""
    year: Annotated[int, Field(ge=1990, le=2100)] | None = None
    traffic: Words = ()
    """Sources of visits that are this channel, as the web analytics names them, e.g. `xing`, `partner.ch`."""


class Ignore(Record):
    """A rule turned off, for the whole plan or for some elements. A reason is compulsory."""

    rule: str
    elements: Refs = ()
    reason: Annotated[str, Field(min_length=3)]
    by: str = ""
    """Who set it aside."""
    day: Day | None = None
    """When it was set aside."""


class RuleSettings(Record):
    """How the rules are tuned."""

    ignore: tuple[Ignore, ...] = ()
    parameters: dict[str, dict[str, Any]] = {}
    """Rule code → parameter → value, e.g. `{AUD01: {minimum_reach: 0.2}}`."""


class Organisation(Record):
    """The company whose plan this is."""

    name: str = ""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "EUR"
    country: str = ""
    """ISO 3166 code, e.g. CH."""
    time_zone: str = "Europe/Zurich"
    language: Annotated[str, Field(pattern="^(en|fr)$")] = "en"
    market: Market | None = None
    industry: str = ""
    employees: Annotated[int, Field(ge=0)] | None = None
    budget: Positive | None = None
    """Marketing money for a year."""
    exchange_rates: tuple[ExchangeRate, ...] = ()


class ExchangeRate(Record):
    """What one unit of `currency` was worth in the organisation's currency from `day` on."""

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    day: Day
    rate: Weight


Organisation.model_rebuild()
