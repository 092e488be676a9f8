"""Meta Ads (Facebook, Instagram): reports of the Ads Manager and of Ads Reporting, CSV and XLSX (FORMATS §5).

The first row can be the grand total, names empty: it is left out and serves as a checksum. A report without spend
column but with CPM gives the spend as CPM × impressions / 1,000. Results of different types are never added.
English, French, Spanish, Portuguese, Italian and German headers were seen.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from gouvernail.base.text import T, Text
from gouvernail.sources.files.meta_ads.columns import BREAKDOWNS, LAYOUTS, RESULT_TYPES
from gouvernail.sources.layout import FileSource, LayoutMatch, distinct_values, match_layout
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Reading, literal
from gouvernail.sources.samples import column_sample
from gouvernail.sources.values.dates import parse_day

_SPAN = re.compile(r"^\s*\d{4}-\d{2}-\d{2}\s*-\s*\d{4}-\d{2}-\d{2}\s*$")
_IN_NAME = re.compile(r"([^\W\d]+-\d{1,2}-\d{4})-(?:to|au|al|a|bis)-([^\W\d]+-\d{1,2}-\d{4})")


class MetaAds(FileSource):
    """Layouts, and three things that only the whole file tells: breakdowns, derived spend, the type of results."""

    def match(self, sheet: Sheet, path: Path) -> LayoutMatch | None:
        """Return the best layout; a `Month` column that holds no span of days is the user's own, not Meta's."""
        found = [
            m for layout in self.layouts if (m := match_layout(layout, sheet, path)) and _dates_fit(m, sheet)
        ]
        return max(found, key=lambda match: match.score, default=None)

    def period(self, sheet: Sheet, match: LayoutMatch) -> tuple[date, date] | None:
        """Return the period that the file name tells (`…-Feb-1-2025-to-Aug-4-2025.csv`)."""
        told = _IN_NAME.search(match.path.stem)
        if not told:
            return super().period(sheet, match)
        start, end = (parse_day(words.replace("-", " ")) for words in told.groups())
        return (start, end) if start and end and start <= end else None

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Add what depends on which columns are there, and say what was derived."""
        match, told = _with_results(match, sheet)
        reading, notes = super().plan(sheet, match, context)
        parts = [
            f'{literal(name + "=")} || "_{name}"' for name in BREAKDOWNS if f"_{name}" in match.positions
        ]
        derived = dict(reading.derived)
        if parts:
            derived["breakdown"] = f"nullif(concat_ws(';', {', '.join(parts)}), '')"
        if "cost" in derived:
            notes.append(T("The file has no spend column: spend is CPM × impressions / 1,000."))
        return replace(reading, derived=derived), [*notes, *told]


def _dates_fit(match: LayoutMatch, sheet: Sheet) -> bool:
    if match.layout.id != "span":
        return True
    cells = [cell for cell in column_sample(sheet, match.header, match.positions["day"]) if cell.strip()]
    return bool(cells) and sum(map(bool, map(_SPAN.match, cells))) * 2 > len(cells)


def _with_results(match: LayoutMatch, sheet: Sheet) -> tuple[LayoutMatch, list[Text]]:
    """Take conversions from `Results` where no column of purchases or leads is there and all are of one such type."""
    if "conversions" in match.positions:
        return match, [
            T("Conversions are those of “{column}”.", column=match.names[match.positions["conversions"]])
        ]
    if "_results" not in match.positions:
        return match, []
    told = distinct_values(sheet, match, "_result_type") if "_result_type" in match.positions else []
    types = {cell.strip() for cell in told if cell.strip()}
    if len(types) != 1:
        return match, [
            T("“Results” are left out: they are of several types, or of a type that the file does not tell.")
        ]
    kind = types.pop()
    if not RESULT_TYPES.search(kind):
        return match, [T("“Results” are left out: “{kind}” is no conversion.", kind=kind)]
    positions = {**match.positions, "conversions": match.positions["_results"]}
    return replace(match, positions=positions), [T("Conversions are those of “{column}”.", column=kind)]


SOURCE = MetaAds("meta_ads", "Meta Ads", LAYOUTS)
