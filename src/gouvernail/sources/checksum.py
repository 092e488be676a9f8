"""A file's own total rows as a checksum: they are never added to the rows, and a difference is said."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from gouvernail.base.text import T, Text
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Reading
from gouvernail.sources.values.numbers import Mark

if TYPE_CHECKING:
    from gouvernail.sources.layout import LayoutMatch

_ADDITIVE = ("cost", "impressions", "clicks")
_TOLERANCE = Decimal("0.005")
"""Half a cent a row: platforms round each row, and the total once."""


def compare(sheet: Sheet, match: LayoutMatch, reading: Reading) -> list[Text]:
    """Return a sentence for each additive column whose first total row differs from the sum of the rows."""
    rows = getattr(sheet, "rows", ())[match.header + 1 :]
    layout = match.layout
    if not (layout.totals or layout.blank_is_total) or not rows:
        return []
    totals = [row.cells for row in rows if _is_total(row.cells, match)]
    plain = [row.cells for row in rows if not _is_total(row.cells, match)]
    if not totals:
        return []
    notes = []
    for cell in reading.cells:
        if cell.column in _ADDITIVE:
            told = _number(totals[0], cell.raw[0], cell.mark)
            summed = sum((_number(row, cell.raw[0], cell.mark) or Decimal(0) for row in plain), Decimal(0))
            if told is not None and abs(told - summed) > _TOLERANCE * (len(plain) + 1):
                notes.append(_sentence(match.names[cell.raw[0]], told, summed))
    return notes


def _is_total(cells: tuple[str, ...], match: LayoutMatch) -> bool:
    pattern = match.layout.totals
    if pattern and any(re.search(pattern, cell) for cell in cells[:3]):
        return True
    blank = [match.positions[name] for name in match.layout.blank_is_total if name in match.positions]
    return bool(blank) and not any(cells[at].strip() for at in blank if at < len(cells))


def _sentence(column: str, told: Decimal, summed: Decimal) -> Text:
    return T(
        "The rows add up to {sum} in “{column}” but the file's own total says {total}: rows may be missing.",
        column=column,
        sum=str(summed),
        total=str(told),
    )


def _number(cells: tuple[str, ...], position: int, mark: Mark) -> Decimal | None:
    text = re.sub(r"[^\d.,-]", "", cells[position]) if position < len(cells) else ""
    plain = text.replace(",", "") if mark == "." else text.replace(".", "").replace(",", ".")
    return Decimal(plain) if re.fullmatch(r"-?\d+(\.\d*)?", plain) else None
