"""HubSpot: exports of deals, of their stage history, and of contacts (FORMATS §11).

A deal is one row, dated by its closing day once it is won or lost, by its creation before. A contact is one row at its
creation, and one more on the day it became a qualified lead, a sales lead or an opportunity where the
export tells those days (`Became a … Date`). Contacts never count as deals won: only deals do. E-mail addresses and
companies become pseudonyms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources.files.hubspot.columns import BECAME, LAYOUTS
from gouvernail.sources.layout import FileSource, LayoutMatch
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Cell, Reading, empty, literal, read_rows
from gouvernail.sources.values.dates import parse_day

_EXPORTED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-\d+)?$")


class HubSpot(FileSource):
    """Layouts; the day of a deal without creation date, and the stages that a contact has passed, by hand."""

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Make sure that every row can be dated, by its creation or else by its closing day.

        Raises:
            SourceError: the export has neither.
        """
        if match.layout.id == "deals" and not {"created", "closed"} & set(match.positions):
            raise SourceError(
                T("The deals bear no date: export them again with “Create Date” and “Close Date”.")
            )
        reading, notes = super().plan(sheet, match, context)
        cells = {cell.column: cell for cell in reading.cells}
        if match.layout.id != "deals" or "closed" not in cells:
            return reading, notes
        if "created" not in cells:
            # An open deal whose export tells no creation was open on the day of the export.
            seen = exported_on(match) or context.today
            day = f"CASE WHEN ({reading.derived['stage']}) IN ('won', 'lost') THEN \"closed\" ELSE least(\"closed\", DATE '{seen}') END"
            required = tuple(replace(c, required=c.required or c.column == "closed") for c in reading.cells)
            return replace(reading, cells=required, derived={**reading.derived, "day": day}), notes
        dated = Cell(
            "_dated",
            "day",
            (*cells["created"].raw, *cells["closed"].raw),
            True,
            style=cells["created"].style,
            first=True,
        )
        return replace(reading, cells=(*reading.cells, dated)), notes

    def read(self, sheet: Sheet, match: LayoutMatch, context: Context) -> Iterator[Chunk]:
        """Yield deals or contacts; a contact's later stages come in passes of their own."""
        if match.layout.id != "contacts":
            yield from super().read(sheet, match, context)
            return
        reading, notes = self.plan(sheet, match, context)
        reached = [(stage, column) for stage, column in BECAME.items() if column in match.positions]
        yield from read_rows(sheet, _first_stage(reading, reached), context)
        for stage, column in reached:
            yield from _later_stage(sheet, reading, stage, column, context)
        if notes:
            yield Chunk(reading.table, empty(reading.table), notes=tuple(notes))


def exported_on(match: LayoutMatch) -> date | None:
    """Return the day that the platform writes at the end of the file's name."""
    found = _EXPORTED.search(match.path.stem)
    return parse_day(found[1]) if found else None


def _first_stage(reading: Reading, reached: list[tuple[str, str]]) -> Reading:
    """The contact at its creation: a plain lead where the day of its present stage is told, else at that stage."""
    if not reached:
        return reading
    now = reading.derived["stage"]
    later = " OR ".join(f'"{day}" IS NOT NULL' for _, day in reached)
    stage = f"CASE WHEN {later} THEN 'lead' ELSE {now} END"
    return replace(reading, derived={**reading.derived, "stage": stage})


def _later_stage(
    sheet: Sheet, reading: Reading, stage: str, column: str, context: Context
) -> Iterator[Chunk]:
    """The contact again on the day it reached `stage`; faults were reported by the first pass."""
    at = next(cell for cell in reading.cells if cell.column == column)
    # The first answer of sales stands on the first row only: a mean over rows must count each contact once.
    once = (*BECAME.values(), "contacted")
    cells = (*(c for c in reading.cells if c.column not in once), replace(at, column="_reached"))
    skip = f"({reading.skip or 'false'}) OR coalesce(trim(c{at.raw[0]}), '') = ''"
    derived = {**reading.derived, "stage": literal(stage), "day": '"_reached"'}
    for chunk in read_rows(sheet, replace(reading, cells=cells, derived=derived, skip=skip), context):
        yield replace(chunk, rejects=(), rejected=0)


SOURCE = HubSpot("hubspot", "HubSpot", LAYOUTS)
