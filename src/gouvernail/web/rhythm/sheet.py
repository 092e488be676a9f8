"""Findings as a sheet (CSV). What a spreadsheet would run as a formula is neutralised: it stays words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from gouvernail.base.text import T
from gouvernail.report.labels import LAYERS, SEVERITY
from gouvernail.web.rhythm.findings import AROUND, Row

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""How a cell begins that a spreadsheet may take for a formula or a command."""
_HEADINGS = (
    T("Rule"),
    T("Rule’s name"),
    T("Gravity"),
    T("Layer"),
    T("Element"),
    T("Name"),
    T("Owner"),
    T("What is wrong"),
    T("What to do"),
    T("Money at stake"),
    T("Currency"),
    T("Points of coherence"),
    T("New"),
    T("Given to"),
    T("By which day"),
)


def neutral(cell: Any) -> str:
    """Return a cell that no spreadsheet runs: words that look like a formula begin with an apostrophe."""
    words = str(cell)
    return f"'{words}" if words.startswith(FORMULA) and not isinstance(cell, Decimal) else words


def write(rows: Iterable[Row], language: str) -> str:
    """Return the findings as CSV in the reader's language: semicolons in French, as its spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if language == "fr" else ",")
    writer.writerow([heading.render(language) for heading in _HEADINGS])
    for one in rows:
        writer.writerow([neutral(cell) for cell in _cells(one, language)])
    return out.getvalue()


def _cells(one: Row, language: str) -> list[Any]:
    located = one.located
    finding, given = located.finding, one.assignment
    layer = located.layer or finding.missing_in
    return [
        finding.code,
        one.rule.render(language),
        SEVERITY[finding.severity][2].render(language),
        (LAYERS[layer] if layer else AROUND).render(language),
        finding.element,
        one.title.render(language),
        one.owner,
        finding.message.render(language),
        finding.hint.render(language),
        located.stake.amount if located.stake else "",
        located.stake.currency if located.stake else "",
        located.cost or "",
        T("yes").render(language) if one.new else "",
        given.assignee if given else "",
        given.due.isoformat() if given and given.due else "",
    ]
