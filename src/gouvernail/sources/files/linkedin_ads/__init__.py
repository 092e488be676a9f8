"""LinkedIn Campaign Manager: performance reports of campaigns and ads (FORMATS §6).

UTF-16 with tabs under the name `.csv`, four lines above the header. Without a daily breakdown every row bears the first
day of the report: such rows cover the whole period (or their month) and are never taken for days. In the older
headers `Campaign Name` stands below `Campaign Group Name`, in the newer it stands above `Ad Set Name`: either way it is
the name that the user gave the campaign, and is kept as such.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from gouvernail.base.text import T, Text
from gouvernail.sources.files.linkedin_ads.columns import LAYOUTS
from gouvernail.sources.layout import FileSource, LayoutMatch, distinct_values, restyle
from gouvernail.sources.preamble import lines_above
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Reading
from gouvernail.sources.values.dates import Style, find_style, parse_day
from gouvernail.sources.values.headers import is_continental

_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class LinkedInAds(FileSource):
    """Layouts, and what the lines above the header decide: date style, period, grain."""

    def period(self, sheet: Sheet, match: LayoutMatch) -> tuple[date, date] | None:
        """Return the report's period: the two days that the lines `Report Start` and `Report End` tell."""
        days = [day for line in lines_above(sheet, match.header) if ":" in line and (day := _day_of(line))]
        return (days[0], days[1]) if len(days) > 1 and days[0] <= days[1] else super().period(sheet, match)

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Decide month first or day first by the period, and give rows that stand for several days their `until`."""
        period = self.period(sheet, match)
        cells = [c for c in distinct_values(sheet, match, "day") if _NUMERIC.match(c.strip())]
        style = _style(cells, match, period)
        if style:
            match = restyle(match, {"day": style, "until": style})
        reading, notes = super().plan(sheet, match, context)
        if period is None or "until" in match.positions:
            return reading, notes
        until, note = _grain(_days(cells, style), period)
        return replace(reading, derived={**reading.derived, **until}), [*notes, *note]


def _day_of(line: str) -> date | None:
    words = line.split(":", 1)[1]
    return None if _NUMERIC.search(words) else parse_day(words)


def _style(cells: list[str], match: LayoutMatch, period: tuple[date, date] | None) -> Style | None:
    """Return the style under which all days lie in the period; English reports write the month first."""
    proved = find_style(cells)
    if proved is None or proved != "ambiguous":
        return None
    inside: list[Style] = [
        style
        for style in ("month_first", "day_first")
        if period and all(period[0] <= day <= period[1] for day in _days(cells, style))
    ]
    if len(inside) == 1:
        return inside[0]
    return "day_first" if is_continental(match.names) else "month_first"


def _days(cells: list[str], style: Style | None) -> set[date]:
    style = style or find_style(cells)
    found = set()
    for cell in set(cells):
        if numbers := _NUMERIC.match(cell.strip()):
            first, second, year = (int(part) for part in numbers.groups())
            month, day = (second, first) if style == "day_first" else (first, second)
            if 1 <= month <= 12 and 1 <= day <= 31:
                found.add(_day(year, month, day))
    return found


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, 1) + timedelta(day - 1)


def _grain(days: set[date], period: tuple[date, date]) -> tuple[dict[str, str], list[Text]]:
    """One date over several days: the whole period. Only firsts of months: months. Else days."""
    start, end = period
    if days == {start} and start < end:
        return {"until": f"DATE '{end}'"}, [
            T("The report has no daily breakdown: each row covers {start} to {end}.", start=start, end=end)
        ]
    if len(days) > 1 and all(day.day == 1 or day == start for day in days):
        return {"until": f"least(last_day(\"day\"), DATE '{end}')"}, [
            T("The report is by month: each row covers its whole month.")
        ]
    return {}, []


SOURCE = LinkedInAds("linkedin_ads", "LinkedIn Ads", LAYOUTS)
