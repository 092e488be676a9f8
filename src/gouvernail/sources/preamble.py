"""What stands above the header of a sheet: its lines, and the period that they tell."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from gouvernail.sources.reading import Sheet
from gouvernail.sources.values.dates import parse_day


def lines_above(sheet: Sheet, header: int) -> tuple[str, ...]:
    """Return the lines before the header as text: comments, titles, period."""
    return (*sheet.preamble, *(", ".join(c for c in row.cells if c.strip()) for row in sheet.head[:header]))


_RANGE = (
    r"(\d{4}[-.]?\d{2}[-.]?\d{2})\s*(?:-|–|to|au|_|/)\s*(\d{4}[-.]?\d{2}[-.]?\d{2})",
    r"(\w+\.? \d{1,2}, \d{4})\s*[-–]\s*(\w+\.? \d{1,2}, \d{4})",
    r"(\d{1,2}\.?(?: de)? [\w.]+(?: de)? \d{4})\s*[-–]\s*(\d{1,2}\.?(?: de)? [\w.]+(?: de)? \d{4})",
    r"^\W*(\w+\.? \d{1,2}, \d{4}|\d{1,2}\.?(?: de)? [\w.]+(?: de)? \d{4})\W*()$",
)


def period_of(lines: tuple[str, ...], path: Path | None = None) -> tuple[date, date] | None:
    """Return the period that preamble lines tell, else the one in brackets that the platform puts in the file name."""
    text = "\n".join(lines).replace("\u202f", " ").replace("\u00a0", " ")
    start = re.search(r"(?:start date|date de début|reporting starts) ?:\s*(\S+)", text, re.IGNORECASE)
    end = re.search(r"(?:end date|date de fin|reporting ends) ?:\s*(\S+)", text, re.IGNORECASE)
    if start and end:
        return _ordered(start[1], end[1])
    for line in (*text.splitlines(), *([path.stem] if path and "(" in path.stem else [])):
        for form in _RANGE:
            if (found := re.search(form, line)) and (period := _ordered(found[1], found[2] or found[1])):
                return period
    return None


def _ordered(start: str, end: str) -> tuple[date, date] | None:
    first, last = parse_day(start), parse_day(end)
    return (first, last) if first and last and first <= last else None
