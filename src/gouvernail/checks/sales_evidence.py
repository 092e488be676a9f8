"""What measured rules read of sales: who buys or answers, the funnel, and how fast leads are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gouvernail.base.money import Money
from gouvernail.base.periods import Period


@dataclass(frozen=True)
class Buyers:
    """Who buys (or answers), from CRM rows: counts by age, role, country, industry; each deal once.

    `deals` counts all; a count by age sums to the deals whose contact has an age, and so on.
    """

    deals: int
    median_age: float | None = None
    share_by_role: Mapping[str, float] = field(default_factory=dict)
    share_by_country: Mapping[str, float] = field(default_factory=dict)
    by_age: Mapping[int, int] = field(default_factory=dict)
    """Age in years → deals."""
    by_country: Mapping[str, int] = field(default_factory=dict)
    """ISO code, upper case, where the CRM's country can be read → deals."""
    by_industry: Mapping[str, int] = field(default_factory=dict)
    by_role: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FunnelStage:
    """How many entered one stage of the funnel (lead, mql, sql, opportunity, won), and how many of them went on.

    A cohort: those who entered during the twelve months that end with the period and had time to go on, which
    is as long as nine in ten of those who went on took (90 days where the data tell no delays). Who is seen at a
    stage has passed those before it.
    """

    stage: str
    entered: int
    went_on: int | None = None
    """How many of those reached the next stage that the data know; None for the last stage, and where the next
    one is told of other people (deals that name no contact)."""
    days_to_next: float | None = None
    """Median days to the next stage; None where a snapshot tells no days."""


@dataclass(frozen=True)
class Funnel:
    """The funnel, stages in order, and what a win is worth on average."""

    stages: tuple[FunnelStage, ...]
    period: Period
    value_of_win: Money | None = None


@dataclass(frozen=True)
class FollowUp:
    """How fast sales answered the leads created in the period (those whose delay had run out by its end).

    A CRM tells the day of creation, not its hour: the clock starts at the end of that day, and stands still on
    Saturdays and Sundays. So all figures of lateness are lower bounds: late *at least*, hours *at least*.
    """

    leads: int
    answered: int
    late: int
    """Answered after the agreed delay for sure. Those without any answer are `leads` − `answered`."""
    agreed_hours: float
    median_hours: float | None = None
    """Median hours to the answer, at least; None where half were answered on the day they came, or the next morning."""
    value_of_lead: Money | None = None
    """Amount won in the year over the leads of the year."""
