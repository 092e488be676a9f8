"""Geo experiments for people: proposals side by side, and what a test showed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape

from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.cli.printing import console, table
from gouvernail.report import geo as told

if TYPE_CHECKING:
    from gouvernail.bearing.geo import GeoRead
    from gouvernail.bearing.geo_choosing import Chosen

STYLES = {"good": "bold green", "bad": "bold red", "warn": "bold yellow", "unknown": "bold"}
HEAVIEST = 10


def print_chosen(found: Chosen, language: str) -> None:
    """Print the proposals and the one to take."""
    out = console()
    out.print(escape(told.advice(found).render(language)), style="bold", soft_wrap=True)
    rows = told.proposal_rows(found)
    asked = any(row.wanted is not None for row in rows)
    made = table("", *(one.render(language) for one in told.proposal_headings(asked=asked)))
    for row in rows:
        if row.refusal is not None:
            continue
        cells: list[Any] = [row.length, row.count, row.treated, row.effect]
        cells += [row.wanted, row.power] if asked else []
        cells += [row.sales, row.pays, row.alarms]
        made.add_row("→" if row.best else "", *(_cell(cell, language) for cell in cells))
    out.print(made)
    for row in rows:
        if row.refusal is not None:
            sentence = T(
                "{length}, {count}: {reason}", length=row.length, count=row.count, reason=row.refusal
            )
            out.print(escape(sentence.render(language)), style="dim", soft_wrap=True)
    for note in (*found.notes, told.ALARMS):
        out.print(escape(note.render(language)), soft_wrap=True)


def print_read(found: GeoRead, language: str) -> None:
    """Print what a test showed: in a sentence, its figures, the verdict, what it is compared with."""
    out = console()
    tone = STYLES[told.TONES[found.decision.verdict]]
    out.print(escape(told.headline(found).render(language)), style="bold", soft_wrap=True)
    if found.refusal is None:
        made = table("", "", *(one.render(language) for one in (T("At least"), T("At most"))))
        for one in told.figures(found):
            if one.refusal is None:
                made.add_row(*(_cell(cell, language) for cell in (one.name, one.value, one.low, one.high)))
        out.print(made)
        out.print(escape(found.decision.reason.render(language)), style=tone, soft_wrap=True)
        heaviest = [
            f"{name} ({format_value(share, language)})" for name, share in told.weights(found)[:HEAVIEST]
        ]
        compared = told.compared(heaviest)
        out.print(escape(compared.render(language)), soft_wrap=True)
        if (beside := told.beside(found)) is not None:
            out.print(escape(beside.render(language)), soft_wrap=True)
    for note in found.notes:
        out.print(escape(note.render(language)), soft_wrap=True)


def _cell(value: Any, language: str) -> str:
    return "" if value is None else escape(format_value(value, language))
