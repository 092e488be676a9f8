"""Google Analytics 4: reports and explorations of the web interface (CSV), and the BigQuery export of events (FORMATS §1).

A report covers its whole period unless it has a `Date` or `Nth day` column. The Reports snapshot stacks many tables;
each is read under its own cut. Session figures of reports by event or by first-user channel are kept apart (cuts
`event`, `other`), so that they never add to the sessions of another report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from gouvernail.base.text import Text
from gouvernail.sources.files.ga4.events import EventsMatch, match_events, read_events
from gouvernail.sources.files.ga4.reports import LAYOUTS
from gouvernail.sources.layout import FileSource, LayoutMatch
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Reading


@dataclass(frozen=True)
class GoogleAnalytics(FileSource):
    """GA4: reports by layouts, events by their own reader."""

    @property
    def tables(self) -> tuple[str, ...]:
        return ("web", "touchpoints", "conversions")

    def match(self, sheet: Sheet, path: Path) -> LayoutMatch | EventsMatch | None:  # type: ignore[override]
        """Return how the sheet is a report or an events export, or None."""
        return match_events(sheet) or super().match(sheet, path)

    def account(self, sheet: Sheet, match: LayoutMatch | EventsMatch) -> str:
        """Return the property that the preamble names, or the stream of the events."""
        return match.stream if isinstance(match, EventsMatch) else super().account(sheet, match)

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Turn `Nth day` (0000, 0001 …) into days counted from the start of the period."""
        reading, notes = super().plan(sheet, match, context)
        if "_nth" not in match.positions:
            return reading, notes
        start = reading.constants["day"]
        constants = {name: value for name, value in reading.constants.items() if name not in ("day", "until")}
        derived = {**reading.derived, "day": f"DATE '{start}' + CAST(\"_nth\" AS INTEGER)"}
        return replace(reading, constants=constants, derived=derived), notes

    def read(self, sheet: Sheet, match: LayoutMatch | EventsMatch, context: Context) -> Iterator[Chunk]:
        """Yield `web` rows of a report; touchpoints, conversions and `web` rows of events."""
        if isinstance(match, EventsMatch):
            yield from read_events(sheet, context, self.id)
        else:
            yield from super().read(sheet, match, context)


SOURCE = GoogleAnalytics("ga4", "Google Analytics 4", LAYOUTS)
