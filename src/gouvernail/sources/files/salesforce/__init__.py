"""Salesforce: opportunities and leads, as Data Loader writes them (API names) or as a report exports them (FORMATS §11).

An opportunity is one row: won or lost by `IsWon` and `IsClosed` where the file has them (1, true, TRUE, empty), else by
the words of its stage; dated by its closing day once it is over, by its creation before. The footer of a report
export (`Grand Totals`, `Confidential Information`, `Copyright`) is left out.
"""

from __future__ import annotations

from dataclasses import replace

from gouvernail.base.text import Text
from gouvernail.sources.files.salesforce.columns import LAYOUTS
from gouvernail.sources.layout import FileSource, LayoutMatch
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Cell, Reading


class Salesforce(FileSource):
    """Layouts; an opportunity needs a creation or a closing day."""

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Reject rows that neither day dates."""
        reading, notes = super().plan(sheet, match, context)
        cells = {cell.column: cell for cell in reading.cells}
        days = [cells[name] for name in ("created", "closed") if name in cells]
        if match.layout.table != "deals" or not days:
            return reading, notes
        at = tuple(position for cell in days for position in cell.raw)
        dated = Cell(
            "_dated" if len(days) > 1 else "closed", "day", at, True, style=days[0].style, first=True
        )
        others = tuple(c for c in reading.cells if c.column != dated.column)
        if len(days) == 1 and "created" in cells:
            return reading, notes
        return replace(reading, cells=(*others, dated)), notes


SOURCE = Salesforce("salesforce", "Salesforce", LAYOUTS)
