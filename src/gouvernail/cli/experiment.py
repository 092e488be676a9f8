"""`gouvernail experiment`: size an experiment, deal out its subjects, read its results, list those of the workspace."""

from __future__ import annotations

import typer

from gouvernail.base.text import T
from gouvernail.cli import experiment_assign, experiment_design, experiment_list, experiment_read
from gouvernail.cli.language import words

app = typer.Typer(
    help=words(
        T("Size an experiment, deal out its subjects, read its results, list those of the organisation.")
    ),
    no_args_is_help=True,
)
app.command("design", help=experiment_design.HELP)(experiment_design.design)
app.command("assign", help=experiment_assign.HELP)(experiment_assign.assign)
app.command("read", help=experiment_read.HELP)(experiment_read.read)
app.command("list", help=experiment_list.HELP)(experiment_list.list_experiments)
