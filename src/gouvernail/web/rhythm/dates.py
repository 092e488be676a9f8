"""When what recurs comes back: the next day after the last one, by its cadence."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from gouvernail.plan.model import Cadence

_MONTHS = {Cadence.monthly: 1, Cadence.quarterly: 3, Cadence.half_yearly: 6, Cadence.yearly: 12}
_DAYS = {Cadence.daily: 1, Cadence.weekly: 7}


def after(day: date, cadence: Cadence) -> date:
    """Return the next day by the calendar: the same weekday, or the same day of the month (its last where shorter)."""
    if cadence in _DAYS:
        return day + timedelta(days=_DAYS[cadence])
    month = day.month - 1 + _MONTHS[cadence]
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def upcoming(last: date | None, cadence: Cadence | None, today: date) -> date | None:
    """Return when something is next due: `today` where it never was, None without a cadence.

    A day that has passed is told as it is: it is overdue.
    """
    if cadence is None:
        return None
    return after(last, cadence) if last else today
