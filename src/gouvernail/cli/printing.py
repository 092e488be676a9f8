"""Printing for people: one console, errors as sentences, tables."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape

from gouvernail.base.errors import GouvernailError, PlanError
from gouvernail.base.text import Text

if TYPE_CHECKING:
    from rich.table import Table

SIGNS = {"blocking": ("✖", "red"), "warning": ("▲", "yellow"), "advice": ("●", "cyan")}


PIPED_WIDTH = 140
"""Width of tables where nobody's terminal says one."""


def console(*, stderr: bool = False) -> Console:
    """Return a console that never guesses markup in user text.

    It wraps at words in a terminal; into a pipe or a file, lines stay whole and tables get room.
    """
    piped = not (sys.stderr if stderr else sys.stdout).isatty() and "COLUMNS" not in os.environ
    return Console(
        stderr=stderr, highlight=False, emoji=False, soft_wrap=piped, width=PIPED_WIDTH if piped else None
    )


def print_indented(out: Console, line: str, by: int) -> None:
    """Print a line of markup `by` columns in; where the console wraps, its continuation is indented too."""
    from rich.padding import Padding

    out.print(" " * by + line if out.soft_wrap else Padding(line, (0, 0, 0, by)))


def print_error(error: GouvernailError, language: str) -> None:
    """Print an error as sentences on stderr; a plan's faults one a line."""
    out = console(stderr=True)
    out.print(escape(error.message.render(language)), style="bold red", soft_wrap=True)
    if isinstance(error, PlanError):
        for fault in error.faults:
            out.print(escape(fault_line(fault, language)), soft_wrap=True)


def fault_line(fault: Any, language: str) -> str:
    """Return `file:line: sentence` for one fault of a plan."""
    message: Text = fault.message
    return f"{fault.file}:{fault.line}: {message.render(language)}"


def table(*headings: str, numbers_from: int | None = None) -> Table:
    """Return an empty table in the house style: rules between nothing, a bold head; numbers, from a column on, to the right."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for place, heading in enumerate(headings):
        right = numbers_from is not None and place >= numbers_from
        made.add_column(heading, overflow="fold", justify="right" if right else "left")
    return made
