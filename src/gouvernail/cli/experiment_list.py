"""`gouvernail experiment list`: every experiment of the organisation, of its plan and of the imported results."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.language import words
from gouvernail.cli.options import JsonOption, LanguageOption, WorkspaceOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gouvernail.bearing.experiments import Trial

HELP = words(
    T(
        "List the experiments of the organisation, of its plan and of imported results, or tell all of one. Examples: gouvernail experiment list; gouvernail experiment list new-offer; gouvernail experiment list --state to_decide"
    )
)


class Standing(StrEnum):
    """Where experiments stand; the names of `experiments.State`."""

    planned = "planned"
    running = "running"
    to_decide = "to_decide"
    decided = "decided"
    applied = "applied"


def list_experiments(
    experiment: Annotated[
        str | None,
        typer.Argument(
            metavar="[EXPERIMENT]",
            help=words(T("Id of an experiment, to tell all of it; every one when not given.")),
            show_default=False,
        ),
    ] = None,
    *,
    state: Annotated[
        Standing | None,
        typer.Option("--state", help=words(T("Only those that stand so.")), show_default=False),
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """List experiments."""
    from gouvernail.bearing.experiments import trials
    from gouvernail.cli.workspace import find_workspace, today

    space = find_workspace(workspace)
    plan, lake = space.load().plan, space.existing_lake()
    engine = None
    if lake is not None:
        from gouvernail.warehouse.engine import engine_of

        engine = engine_of(lake)
    found = _chosen(trials(plan, engine, today()), experiment, state)
    language = str(lang or plan.organisation.language)
    if json:
        from gouvernail.bearing.export import dump
        from gouvernail.bearing.trials_json import to_dict

        typer.echo(dump(to_dict(found, language, organisation=plan.organisation.name)))
        return
    from gouvernail.cli.experiment_text import print_list, print_trials

    titles = {element.id: element.name for element in plan.elements()}
    if experiment is not None:
        print_trials(found, language, titles)
    else:
        print_list(found, language)


def _chosen(found: Sequence[Trial], experiment: str | None, state: str | None) -> tuple[Trial, ...]:
    """Return the experiments asked for.

    Raises:
        UsageError: there is none of that id.
    """
    if experiment is not None and experiment not in {one.id for one in found}:
        known = ", ".join(f"“{id}”" for id in dict.fromkeys(one.id for one in found)) or "–"
        raise UsageError(T("There is no experiment “{id}”. There are: {known}.", id=experiment, known=known))
    return tuple(
        one
        for one in found
        if (experiment is None or one.id == experiment) and (state is None or str(one.state) == state)
    )
