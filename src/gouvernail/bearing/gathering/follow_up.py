"""How fast sales answered the leads of the period, by what the CRM's days can prove (S2, ORG).

A CRM tells the day of a lead's creation, and the instant of the first answer. The clock therefore starts at
the end of that day: whatever hour the lead came at, sales have had at least that long. Saturdays and Sundays
do not count. So `late` counts only what is late for sure, and a delay told is a lower bound.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.checks.sales_evidence import FollowUp
from gouvernail.metrics.conditions import dated
from gouvernail.plan.model import Function

HOURS, DAY, WEEK = 3600, 86400, 7
MONDAY = 4
"""1 January 1970 was a Thursday: four days later a week begins."""


def follow_up(ground: Ground) -> FollowUp | None:
    """Return how many leads were answered, and late; None where no delay is agreed or no answer was ever told."""
    agreed = agreed_hours(ground)
    if agreed is None or not ground.has("deals"):
        return None
    deals = ground.table("deals")
    born = dated(deals, "created")
    # Every stage of a contact is a row; the first answer stands on one of them.
    each = deals.group_by(
        ["source", "account", "deal_id", deals["cut"].coalesce("deals").name("kind")]
    ).aggregate(born=born.min(), answer=deals.contacted.min())
    # A source that never tells an answer says nothing of sales.
    telling = each.group_by(["source", "kind"]).aggregate(told=each.answer.count())
    telling = telling.filter(telling.told > 0)
    each = each.semi_join(telling, ["source", "kind"])
    end = _working(_midnight(ground.period.end + timedelta(days=1)))
    hours = (_clock(each.answer.epoch_seconds()) - _clock(_evening(each.born))) / HOURS
    due = _clock(_evening(each.born)) + agreed * HOURS <= end
    mine = each.filter((each.born >= ground.period.start) & (each.born <= ground.period.end) & due)
    found = ground.rows(_counts(ground, mine, hours, agreed))
    return _told(ground, found[0], agreed) if found and found[0]["leads"] else None


def agreed_hours(ground: Ground) -> float | None:
    """Return the delay agreed with sales, in hours: the longest where several teams have agreed to one."""
    teams = [team for team in ground.measures.plan.teams if team.follow_up_hours is not None]
    sales = [team for team in teams if team.function is Function.sales] or teams
    return max((float(team.follow_up_hours or 0) for team in sales), default=None)


def _counts(ground: Ground, mine: Any, hours: Any, agreed: float) -> Any:
    # An answer after the period is none yet: the figures of a month stay those of that month.
    answered = mine.answer.notnull() & (mine.answer.date() <= ground.period.end)
    return mine.aggregate(
        leads=mine.count(),
        answered=answered.ifelse(1, 0).sum(),
        late=(answered & (hours > agreed)).ifelse(1, 0).sum(),
        median=hours.quantile(0.5, where=answered),
    )


def _told(ground: Ground, row: dict[str, Any], agreed: float) -> FollowUp:
    median = row["median"]
    return FollowUp(
        leads=row["leads"],
        answered=row["answered"],
        late=row["late"],
        agreed_hours=agreed,
        median_hours=round(float(median), 1) if median is not None and median > 0 else None,
        value_of_lead=_value_of_lead(ground),
    )


def _value_of_lead(ground: Ground) -> Money | None:
    """What was won in the year, over its leads."""
    won = ground.measures.value("won_amount", ground.year)
    leads = ground.measures.value("leads", ground.year)
    if not isinstance(won, Estimate) or not isinstance(leads, Estimate) or leads.value <= 0:
        return None
    return ground.money(Decimal(str(won.value / leads.value)))


def _evening(day: Any) -> Any:
    """The last instant of a day, in seconds since 1970."""
    return day.cast("timestamp").epoch_seconds() + DAY


def _midnight(day: Any) -> int:
    return int((day - type(day)(1970, 1, 1)).days) * DAY


def _clock(seconds: Any) -> Any:
    """Return an instant on a clock that stands still on Saturdays and Sundays (seconds, engine expression)."""
    import ibis

    days = (seconds / DAY).floor().cast("int64") - MONDAY
    weeks = (days.cast("float64") / WEEK).floor().cast("int64")
    of_week = days - weeks * WEEK
    within = seconds - (seconds / DAY).floor().cast("int64") * DAY
    open_days = ibis.least(of_week, ibis.literal(5))
    return (weeks * 5 + open_days) * DAY + (of_week < 5).ifelse(within, 0)


def _working(seconds: int) -> int:
    """The same clock for a plain number."""
    days, within = divmod(seconds, DAY)
    weeks, of_week = divmod(days - MONDAY, WEEK)
    return (weeks * 5 + min(of_week, 5)) * DAY + (within if of_week < 5 else 0)
