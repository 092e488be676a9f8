"""Actions in time: a month of days, and bars on a line of time."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.base.text import T, Text
from gouvernail.bearing.model import Soundness
from gouvernail.report.labels import SOUNDNESS
from gouvernail.web.actions.rows import ActionRow
from gouvernail.web.look.charts import ACCENT, MUTED, PAPER, UNKNOWN, WARN, ChartView
from gouvernail.web.look.templatetags.look import language

STARTS, ENDS, BOTH = T("starts"), T("ends"), T("one day")
MARKED = 24
"""More bars than these are not readable: the table shows all."""


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


@dataclass(frozen=True)
class MonthSheet:
    """A month, week by week from Monday, and what runs through it without beginning or ending."""

    month: Period
    weeks: tuple[tuple[DayCell, ...], ...]
    running: tuple[ActionRow, ...]

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


def month_sheet(rows: Sequence[ActionRow], month: Period, today: date) -> MonthSheet:
    """Return the sheet of one month."""
    by_day: dict[date, list[Event]] = {}
    for row in rows:
        start, end = row.action.start, row.action.end
        if start and start == end:
            by_day.setdefault(start, []).append(Event(row, BOTH))
            continue
        for day, what in ((start, STARTS), (end, ENDS)):
            if day:
                by_day.setdefault(day, []).append(Event(row, what))
    weeks = Calendar().monthdatescalendar(month.start.year, month.start.month)
    return MonthSheet(
        month,
        tuple(
            tuple(
                DayCell(day, day.month == month.start.month, day == today, tuple(by_day.get(day, ())))
                for day in week
            )
            for week in weeks
        ),
        tuple(row for row in rows if row.dates and row.dates[0] < month.start and row.dates[1] > month.end),
    )


def timeline(rows: Sequence[ActionRow], today: date) -> ChartView | None:
    """Return the actions as bars over time, earliest first; None where none has both dates."""
    dated = sorted((row for row in rows if row.dates), key=lambda row: (row.dates or (), row.action.id))
    if not dated:
        return None
    shown = dated[:MARKED]
    first = min(row.dates[0] for row in shown if row.dates)
    last = max(row.dates[1] for row in shown if row.dates)
    return ChartView(
        id="timeline",
        title=T("Actions over time"),
        lead=T("From {first} to {last}; the line is today.", first=first, last=last),
        option=_option(shown, first, last, today),
        headings=(T("Action"), T("From"), T("To"), T("Planned"), T("Soundness")),
        rows=tuple(_told(row) for row in dated),
        size="tall",
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
    names = [row.action.name for row in rows]
    offsets = [_days(row.dates[0] - first) for row in rows if row.dates]
    bars = [_bar(row) for row in rows if row.dates]
    marks = [{"xAxis": _days(today - first)}] if first <= today <= last else []
    return {
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 28, "containLabel": True},
        "xAxis": _axis(first, last, most=12),
        "yAxis": {"type": "category", "inverse": True, "data": names, "axisTick": {"show": False}},
        "narrow": {
            "xAxis": _axis(first, last, most=4),
            "yAxis": {
                "type": "category",
                "inverse": True,
                "data": names,
                "axisTick": {"show": False},
                "axisLabel": {"width": 104, "overflow": "break", "fontSize": 11, "lineHeight": 13},
            },
        },
        "series": [
            {
                "type": "bar",
                "stack": "time",
                "silent": True,
                "itemStyle": {"color": "transparent"},
                "data": offsets,
            },
            {
                "type": "bar",
                "stack": "time",
                "barMaxWidth": 18,
                "label": {"show": True, "position": "insideLeft", "color": PAPER, "fontSize": 11},
                "data": bars,
                "markLine": {
                    "symbol": "none",
                    "silent": True,
                    "label": {"show": False},
                    "lineStyle": {"color": MUTED},
                    "data": marks,
                },
            },
        ],
    }


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
