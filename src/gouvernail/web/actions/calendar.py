"""Actions in time: a month of days, and bars on a line of time."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator

from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.base.text import T, Text
from gouvernail.bearing.alignment import Soundness
from gouvernail.plan.model import Action
from gouvernail.report.labels import SOUNDNESS
from gouvernail.web.actions.rows import ActionRow, Actions
from gouvernail.web.actions.wanted import runs_through
from gouvernail.web.look.charts import ACCENT, MUTED, PAPER, UNKNOWN, WARN, ChartView
from gouvernail.web.look.templatetags.look import language

STARTS, ENDS, BOTH = T("starts"), T("ends"), T("one day")
BARS = 24
"""Bars on one page of the timeline: more are not readable."""
BROKEN = 10
"""Bars beside which there is room for names of several lines, on a narrow screen."""
LONGEST = 60
"""Letters of a title beside its bar."""
ON_A_DAY = 6
"""Events that a day of the calendar names; the table has the others."""
RUNNING = 12
"""Actions named over the calendar that run through all of its month."""


@dataclass(frozen=True)
class Event:
    """Something that falls on a day."""

    row: ActionRow
    what: Text


@dataclass(frozen=True)
class DayCell:
    """A day of the month's sheet; days of the neighbouring months fill the weeks."""

    day: date
    inside: bool
    today: bool
    events: tuple[Event, ...]
    more: int = 0
    """How many further events fall on it."""


@dataclass(frozen=True)
class MonthSheet:
    """A month, week by week from Monday, and what runs through it without beginning or ending."""

    month: Period
    weeks: tuple[tuple[DayCell, ...], ...]
    running: tuple[ActionRow, ...]
    more: int = 0
    """How many further actions run through it."""

    @property
    def days(self) -> tuple[DayCell, ...]:
        """The days on which something falls, for narrow screens."""
        return tuple(cell for week in self.weeks for cell in week if cell.inside and cell.events)

    @property
    def before(self) -> Period:
        return self.month.back(1)

    @property
    def after(self) -> Period:
        return bucket(self.month.end + timedelta(days=1), Grain.month)


def month_sheet(found: Actions, month: Period, today: date) -> MonthSheet:
    """Return the sheet of one month."""
    weeks = Calendar().monthdatescalendar(month.start.year, month.start.month)
    by_day = _falling(found, weeks[0][0], weeks[-1][-1])

    def cell(day: date) -> DayCell:
        falling = by_day.get(day, ())
        events = tuple(Event(found.row(action), what) for action, what in falling[:ON_A_DAY])
        return DayCell(day, day.month == month.start.month, day == today, events, len(falling) - len(events))

    running = [one for one in found.actions if runs_through(one, month)]
    return MonthSheet(
        month,
        tuple(tuple(cell(day) for day in week) for week in weeks),
        found.rows(running[:RUNNING]),
        max(0, len(running) - RUNNING),
    )


def _falling(found: Actions, first: date, last: date) -> Mapping[date, Sequence[tuple[Action, Text]]]:
    """Return what begins and ends on the days that the sheet shows."""
    by_day: dict[date, list[tuple[Action, Text]]] = {}
    for action in found.actions:
        start, end = action.start, action.end
        both = ((start, BOTH),) if start and start == end else ((start, STARTS), (end, ENDS))
        for day, what in both:
            if day and first <= day <= last:
                by_day.setdefault(day, []).append((action, what))
    return by_day


def timeline_page(found: Actions, number: str | None) -> Page[ActionRow]:
    """Return the actions that have both dates, earliest first, as many on a page as bars can be read."""
    dated = sorted(
        (one for one in found.actions if one.start and one.end), key=lambda one: (one.start, one.end, one.id)
    )
    return Paginator(found.of(dated), BARS).get_page(number)


def timeline(shown: Sequence[ActionRow], today: date, csv: str = "") -> ChartView | None:
    """Return some dated actions as bars over time; None where there is none. `csv` leads to a file of them all."""
    if not shown:
        return None
    first = min(row.dates[0] for row in shown if row.dates)
    last = max(row.dates[1] for row in shown if row.dates)
    return ChartView(
        id="timeline",
        title=T("Actions over time"),
        lead=T("From {first} to {last}; the line is today.", first=first, last=last)
        if first <= today <= last
        else T("From {first} to {last}.", first=first, last=last),
        option=_option(shown, first, last, today),
        headings=(T("Action"), T("From"), T("To"), T("Planned"), T("Soundness")),
        rows=tuple(_told(row) for row in shown),
        size="tall",
        csv=csv,
    )


def _told(row: ActionRow) -> tuple[object, ...]:
    start, end = row.dates or (None, None)
    sound = SOUNDNESS[row.measured.soundness][2] if row.measured else None
    return row.action.name, start, end, row.money.planned, sound


COLOURS = {Soundness.aligned: ACCENT, Soundness.weak: WARN, Soundness.orphan: UNKNOWN}


def _bar(row: ActionRow) -> dict[str, object]:
    start, end = row.dates or (date.min, date.min)
    colour = COLOURS.get(row.measured.soundness, ACCENT) if row.measured else ACCENT
    sound = row.measured.soundness if row.measured else Soundness.aligned
    # What is not aligned says so in words too: colours alone tell nobody.
    words = "" if sound is Soundness.aligned else SOUNDNESS[sound][2].render(language())
    return {"value": _days(end - start) + 1, "itemStyle": {"color": colour}, "label": {"formatter": words}}


def _option(rows: Sequence[ActionRow], first: date, last: date, today: date) -> dict[str, object]:
    names = {
        "type": "category",
        "inverse": True,
        "data": [_short(row.action.name) for row in rows],
        "axisTick": {"show": False},
        # Long titles leave room for the bars; the table beside the chart has them whole.
        "axisLabel": {"interval": 0, "width": 300, "overflow": "truncate"},
    }
    few = len(rows) <= BROKEN
    broken = {
        "interval": 0,
        "width": 104,
        "overflow": "break" if few else "truncate",
        "fontSize": 11,
        "lineHeight": 13,
    }
    return {
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 28, "containLabel": True},
        "xAxis": _axis(first, last, most=12),
        "yAxis": names,
        "narrow": {"xAxis": _axis(first, last, most=4), "yAxis": {**names, "axisLabel": broken}},
        "series": _series([row for row in rows if row.dates], first, last, today),
    }


def _short(name: str) -> str:
    """Return a title that stands on three lines of a narrow screen."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"


def _series(rows: Sequence[ActionRow], first: date, last: date, today: date) -> list[dict[str, object]]:
    """Return the bars, each upon one that cannot be seen and ends where it begins; and the line of today."""
    unseen = {
        "type": "bar",
        "stack": "time",
        "silent": True,
        "itemStyle": {"color": "transparent"},
        "data": [_days(row.dates[0] - first) for row in rows if row.dates],
    }
    bars = {
        "type": "bar",
        "stack": "time",
        "barMaxWidth": 18,
        "label": {"show": True, "position": "insideLeft", "color": PAPER, "fontSize": 11},
        "data": [_bar(row) for row in rows],
        "markLine": {
            "symbol": "none",
            "silent": True,
            "label": {"show": False},
            "lineStyle": {"color": MUTED},
            "data": [{"xAxis": _days(today - first)}] if first <= today <= last else [],
        },
    }
    return [unseen, bars]


def _axis(first: date, last: date, most: int) -> dict[str, object]:
    """Return the line of days, marked where months begin: at most `most` of them."""
    month = bucket(first, Grain.month)
    begins = [_days(month.start - first)] if month.start == first else []
    while (month := bucket(month.end + timedelta(days=1), Grain.month)).start <= last:
        begins.append(_days(month.start - first))
    marks = begins[:: max(1, -(-len(begins) // most))]
    return {
        "type": "value",
        "max": _days(last - first) + 1,
        "axisTick": {"customValues": marks},
        "axisLabel": {
            "formatter": f"@days:{first.isoformat()}",
            "customValues": marks,
            "showMinLabel": True,
            "showMaxLabel": True,
            "hideOverlap": True,
        },
    }


def _days(span: timedelta) -> int:
    return span.days
