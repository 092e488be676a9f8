"""Forecasts in the terminal: sentences first, then a table of the periods to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from gouvernail.base.render import format_value
from gouvernail.base.text import T, Text
from gouvernail.base.units import Direction, Unit
from gouvernail.cli.printing import console, table
from gouvernail.report.foreseeing import HEADINGS, Told, of_objective, told

if TYPE_CHECKING:
    from rich.console import Console

    from gouvernail.bearing.foreseen import Foreseen
    from gouvernail.bearing.model import ObjectiveStatus

OVER = T("Its due date has passed: nothing is left to foresee.")


def print_objectives(found: Sequence[ObjectiveStatus], currency: str, language: str) -> None:
    """Print what is foreseen of objectives, or why nothing is."""
    out = console()
    if not found:
        out.print(escape(T("The plan has no objective yet.").render(language)))
    for one in found:
        out.print(f"[bold]{escape(one.title)}[/bold]")
        _print(out, of_objective(one, currency) or OVER, language)


def print_series(found: Foreseen, column: str, better: Direction, language: str) -> None:
    """Print what is foreseen of a bare series."""
    out = console()
    out.print(f"[bold]{escape(column)}[/bold]")
    _print(out, told(found, Unit.count, better, ""), language)


def _print(out: Console, one: Told | Text, language: str) -> None:
    if isinstance(one, Text):
        out.print(f"  {escape(one.render(language))}", soft_wrap=True)
        return
    for said in (one.lead, one.against, *one.trust):
        if said is not None:
            out.print(f"  {escape(said.render(language))}", soft_wrap=True)
    made = table(*(heading.render(language) for heading in HEADINGS), numbers_from=1)
    for row in one.rows:
        made.add_row(*(escape(format_value(cell, language)) for cell in row))
    out.print(made)
    out.print(f"  [dim]{escape(' '.join(said.render(language) for said in one.more))}[/dim]", soft_wrap=True)
