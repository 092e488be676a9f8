"""Findings as rows of a sheet (`look.export` writes them, and lets no spreadsheet run anything)."""

from __future__ import annotations

from typing import Any

from gouvernail.base.text import T
from gouvernail.report.labels import LAYERS, SEVERITY
from gouvernail.web.rhythm.filters import AROUND
from gouvernail.web.rhythm.findings import Row

HEADINGS = (
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


def cells(one: Row) -> tuple[Any, ...]:
    """Return a finding as a row under `HEADINGS`."""
    located = one.located
    finding, given = located.finding, one.assignment
    layer = located.layer or finding.missing_in
    return (
        finding.code,
        one.rule,
        SEVERITY[finding.severity][2],
        LAYERS[layer] if layer else AROUND,
        finding.element,
        one.title,
        one.owner,
        finding.message,
        finding.hint,
        located.stake.amount if located.stake else None,
        located.stake.currency if located.stake else None,
        located.cost or None,
        T("yes") if one.new else None,
        str(given.assignee) if given else None,
        given.due if given else None,
    )
