"""Explanations in the terminal: one table each, drivers indented under what they are a part of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.cli.printing import console, table
from gouvernail.report.explaining import Row, mover, told

if TYPE_CHECKING:
    from rich.console import Console

    from gouvernail.bearing.explained import Explained

STYLES = {"good": "green", "bad": "red", "still": "dim"}


def print_explanations(found: Sequence[Explained], currency: str, language: str) -> None:
    """Print explanations, or that there is none."""
    out = console()
    if not found:
        words = T("No objective has a metric that a driver formula makes: write drivers in the plan.")
        out.print(escape(words.render(language)))
    for one in found:
        _print(out, one, currency, language)


def _print(out: Console, one: Explained, currency: str, language: str) -> None:
    shown = told(one, currency)
    out.print(f"[bold]{escape(shown.title.render(language))}[/bold]")
    if shown.refusal is not None:
        out.print(f"  {escape(shown.refusal.render(language))}")
        return
    made = table(*(heading.render(language) for heading in shown.headings))
    for row in shown.rows:
        made.add_row(*_cells(row, language))
    out.print(made)


def _cells(row: Row, language: str) -> tuple[str, ...]:
    note = f" ({row.note.render(language)})" if row.note else ""
    ends = ("" if end is None else escape(format_value(end, language)) for end in (row.before, row.now))
    return (
        escape("  " * row.depth + row.title.render(language) + note),
        *ends,
        f"[{STYLES[row.tone]}]{escape(row.added.render(language))}[/{STYLES[row.tone]}]",
        escape("; ".join(mover(one).render(language) for one in row.movers)),
    )
