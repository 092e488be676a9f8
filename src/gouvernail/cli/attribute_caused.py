"""What holdouts tell, in the terminal: what each channel causes, beside what it is credited with."""

from __future__ import annotations

from rich.markup import escape

from gouvernail.base.text import T, Text
from gouvernail.bearing.attributed import Attributed
from gouvernail.cli.printing import console, table
from gouvernail.report.causing import caused_table


def print_caused(found: Attributed, language: str) -> None:
    """Print what channels cause with intervals, or the sentence that says why it is not told."""
    told = caused_table(found)
    if isinstance(told, Text):
        console().print(escape(told.render(language)), soft_wrap=True)
        return
    names = (T("Caused, by people held out"), *told.headings)
    made = table(*(one.render(language) for one in names), numbers_from=1)
    for row in told.rows:
        cells = (cell.render(language) if cell else "–" for cell in row.cells)
        made.add_row(escape(row.name.render(language)), *map(escape, cells))
    console().print(made)
    for note in told.notes:
        console().print(escape(note.render(language)), soft_wrap=True)
