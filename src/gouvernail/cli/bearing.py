"""`gouvernail bearing`: the four figures and what stands behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from gouvernail.base.text import T
from gouvernail.cli.language import words
from gouvernail.cli.options import JsonOption, LanguageOption, PeriodOption, WorkspaceOption

if TYPE_CHECKING:
    from pathlib import Path

    from gouvernail.bearing.model import Bearing
    from gouvernail.plan.model import Plan

HELP = words(
    T("Show the four figures and what stands behind them. Example: gouvernail bearing --period 2026-09")
)


def bearing(
    period: PeriodOption = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Show the four figures and what stands behind them."""
    taken = take(workspace, period)
    language = lang or taken.language
    if json:
        from gouvernail.bearing.export import to_json

        typer.echo(to_json(taken, language))
        return
    from gouvernail.cli.bearing_text import print_bearing

    print_bearing(taken, language)


def take(workspace: Path | None, period: str | None) -> Bearing:
    """Take the bearing of a workspace for a period (the last closed month when not given)."""
    return open_and_take(workspace, period)[1]


def open_and_take(workspace: Path | None, period: str | None) -> tuple[Plan, Bearing]:
    """Return a bearing as `take` does, with the plan that it was taken of."""
    from gouvernail.base.periods import last_closed_month, parse_period
    from gouvernail.cli.workspace import find_workspace, today
    from gouvernail.workflow import take_bearing

    space, day = find_workspace(workspace), today()
    chosen = parse_period(period) if period is not None else last_closed_month(day)
    loaded = space.load()
    return loaded.plan, take_bearing(loaded, space.existing_lake(), chosen, today=day)
