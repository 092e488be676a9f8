"""Experiments for people: a design and what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape

from gouvernail.base.outcome import Refusal
from gouvernail.base.render import format_value
from gouvernail.cli.printing import console, table
from gouvernail.report import designing

if TYPE_CHECKING:
    from gouvernail.bearing.designed import Designed


def print_design(made: Designed, language: str) -> None:
    """Print a design: in a sentence, its figures, what weeks can show, and how to read it."""
    out = console()
    style = "yellow" if isinstance(made.found, Refusal) else "bold"
    out.print(escape(designing.heading(made).render(language)), style=style, soft_wrap=True)
    figures = table("", "")
    figures.show_header = False
    for label, value in designing.lines(made):
        figures.add_row(escape(label.render(language)), _cell(value, language))
    out.print(figures)
    if made.reach:
        out.print()
        out.print(escape(designing.REACH.render(language)), style="bold")
        weeks = table(*(heading.render(language) for heading in designing.reach_headings(made)))
        for column in weeks.columns:
            column.justify = "right"
        for row in designing.reach_rows(made):
            weeks.add_row(*(_cell(cell, language) for cell in row))
        out.print(weeks)
    for note in designing.notes(made):
        out.print(escape(note.render(language)), soft_wrap=True)


def _cell(value: Any, language: str) -> str:
    return escape(format_value(value, language))
