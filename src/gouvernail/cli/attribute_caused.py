"""What holdouts tell, in the terminal: what each channel causes, beside what it is credited with."""

from __future__ import annotations

from typing import Any

from rich.markup import escape

from gouvernail.base.text import T, Text
from gouvernail.bearing.attributed import Attributed
from gouvernail.cli.printing import console, table
from gouvernail.report.causing import CausedRow, Told, caused_table


def print_caused(found: Attributed, language: str) -> None:
    """Print what channels cause with intervals, or the sentence that says why it is not told."""
    told = caused_table(found)
    if isinstance(told, Text):
        console().print(escape(told.render(language)), soft_wrap=True)
        return
    headings = [
        T("Caused, by people held out"),
        T("Conversions caused"),
        T("Value caused"),
        T("Share caused"),
        T("Share credited, {model}", model=told.model),
    ]
    made = table(*(one.render(language) for one in headings))
    for column in made.columns[1:]:
        column.justify = "right"
    for row in told.rows:
        made.add_row(*map(escape, _cells(row, language)))
    console().print(made)
    console().print(escape(T("In brackets, intervals of 90%.").render(language)), soft_wrap=True)
    for note in told.notes:
        console().print(escape(note.render(language)), soft_wrap=True)


def _cells(row: CausedRow, language: str) -> list[str]:
    return [
        row.name.render(language),
        *(_between(part, language) for part in (row.conversions, row.value, row.share)),
        _say(row.credited, language) if row.credited is not None else "–",
    ]


def _between(told: Told[Any] | None, language: str) -> str:
    if told is None:
        return "–"
    value, low, high = (_say(one, language) for one in (told.value, told.low, told.high))
    return f"{value} [{low} … {high}]"


def _say(value: Any, language: str) -> str:
    return T("{share}", share=value).render(language)
