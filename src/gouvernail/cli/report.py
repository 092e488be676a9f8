"""`gouvernail report`: the page that management and marketing read together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.text import T
from gouvernail.cli.language import words
from gouvernail.cli.options import LanguageOption, PeriodOption, SinceOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.bearing.model import Bearing
    from gouvernail.bearing.moves import Moves

HELP = words(
    T("Write the page that management and marketing read together. Example: gouvernail report -o report.html")
)


def report(
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help=words(T("The HTML file to write; one file, no network needed."))),
    ] = Path("report.html"),
    period: PeriodOption = None,
    since: SinceOption = None,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write the report."""
    from gouvernail.base.speech import speaking
    from gouvernail.cli.bearing import open_and_take
    from gouvernail.report.vocabulary import own_words

    moves = _moves(workspace, since) if since is not None else None
    plan, taken = open_and_take(workspace, period)
    with speaking(own_words(plan.vocabulary)):
        write(taken, output, lang or taken.language, moves)


def _moves(workspace: Path | None, since: str) -> Moves | None:
    from gouvernail.bearing.moves import check_since
    from gouvernail.cli.workspace import find_workspace, today

    space = find_workspace(workspace)
    return check_since(space.load(), space.plan_path, since, today=today())[1]


def write(
    taken: Bearing, output: Path, language: str, moves: Moves | None = None, spoken: str | None = None
) -> None:
    """Write the report of a bearing to `output`, whole or not at all, and say (in `spoken`) where it is."""
    from gouvernail.cli.files import write_whole
    from gouvernail.report.html import render

    write_whole(output, render(taken, language, moves))
    typer.echo(T("The report is at {path}", path=str(output)).render(spoken or language))
