"""`gouvernail attribute`: what each attribution model credits with the sales, side by side."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import JsonOption, LanguageOption, PeriodOption, WorkspaceOption

if TYPE_CHECKING:
    from gouvernail.base.outcome import Refusal

HELP = words(
    T(
        "Show what each attribution model credits with the sales, side by side: of the imported data, or of a bare table of paths. Example: gouvernail attribute --level action --period 2026-09"
    )
)
WINDOW = 90.0
LONGEST = 3650.0


class Step(StrEnum):
    """What credit is shared among."""

    channel = "channel"
    source_medium = "source_medium"
    campaign = "campaign"
    action = "action"


def attribute(
    *,
    paths: Annotated[
        Path | None,
        typer.Option(
            "--paths",
            metavar="FILE",
            help=words(
                T("Read a table with the columns path, conversions and, where known, value and nulls.")
            ),
            show_default=False,
        ),
    ] = None,
    separator: Annotated[
        str | None,
        typer.Option(
            "--separator",
            help=words(T("What stands between two steps of a path in the table; found when not given.")),
            show_default=False,
        ),
    ] = None,
    period: PeriodOption = None,
    level: Annotated[
        Step | None,
        typer.Option(
            "--level",
            help=words(T("What credit is shared among; channels when not given.")),
            show_default=False,
        ),
    ] = None,
    window: Annotated[
        float | None,
        typer.Option(
            "--window",
            metavar="DAYS",
            help=words(T("Days before a sale in which a touch counts; 90 when not given.")),
            show_default=False,
        ),
    ] = None,
    restart: Annotated[
        bool | None,
        typer.Option(
            "--restart/--no-restart",
            help=words(T("Whether a person's path begins anew after each sale, as it does when not given.")),
            show_default=False,
        ),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            help=words(T("A model to run; may be repeated; all when not given.")),
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Show credit by model."""
    models = _models(model)
    if paths is None:
        if separator is not None:
            raise UsageError(
                T("--separator says how paths of a table are written: name the table with --paths.")
            )
        _of_lake(workspace, (period, level, window, restart, models), lang, json=json)
        return
    lake_only = {
        "--period": period,
        "--level": level,
        "--window": window,
        "--restart": restart,
        "--workspace": workspace,
    }
    if given := [name for name, value in lake_only.items() if value is not None]:
        raise UsageError(
            T(
                "{options} cannot be asked of a table of paths: leave it out, or leave out --paths.",
                options=given,
            )
        )
    _of_table(paths, separator, models, str(lang or environment_language()), json=json)


def _models(asked: list[str] | None) -> tuple[str, ...]:
    """Return the models asked for, in the house order.

    Raises:
        UsageError: a model that does not exist.
    """
    from gouvernail.measurement.attribution.models import MODELS

    for name in asked or ():
        if name not in MODELS:
            raise UsageError(
                T("There is no model “{name}”. Name one of: {models}.", name=name, models=", ".join(MODELS))
            )
    return tuple(name for name in MODELS if not asked or name in asked)


def _of_table(
    path: Path, separator: str | None, models: tuple[str, ...], language: str, *, json: bool
) -> None:
    from gouvernail.base.outcome import Refusal
    from gouvernail.measurement.attribution.models import Options
    from gouvernail.measurement.attribution.models import attribute as share
    from gouvernail.measurement.attribution.paths import Paths
    from gouvernail.sources.path_table import read_paths

    if separator == "":
        raise UsageError(T("--separator is empty: say what stands between two steps, or leave it out."))
    table = read_paths(path, separator)
    paths = Paths(table.names, table.steps, table.bounds, table.conversions, table.value, table.nulls)
    found = share(
        paths,
        Options(models=models),
        untraced=table.without_path,
        untraced_value=table.value_without_path,
    )
    if isinstance(found, Refusal):
        raise UsageError(_barren(path, table.without_path))
    if json:
        from gouvernail.bearing.attributed_json import table_to_dict

        told = table_to_dict(found, paths, language)
        told["options"] |= {"separator": table.separator}
        _dump(told)
        return
    from gouvernail.cli.attribute_text import print_credit

    print_credit(found, language)


def _barren(path: Path, without_path: float) -> Any:
    """Say why a table shares nothing."""
    from gouvernail.base.values import Number

    if without_path:
        return T(
            "{file}: its {n} conversions stand in rows without a path: there is nothing to share.",
            file=path.name,
            n=Number(without_path, 0),
        )
    return T("{file}: no path has a conversion: there is nothing to share.", file=path.name)


def _of_lake(
    workspace: Path | None,
    asked: tuple[str | None, Step | None, float | None, bool | None, tuple[str, ...]],
    lang: str | None,
    *,
    json: bool,
) -> None:
    from gouvernail.base.outcome import Refusal
    from gouvernail.base.periods import last_closed_month, parse_period
    from gouvernail.bearing.attributed import Question, ask
    from gouvernail.cli.workspace import find_workspace, today
    from gouvernail.measurement.attribution.batches import Window

    period, level, window, restart, models = asked
    days = WINDOW if window is None else window
    if not 0 < days <= LONGEST:
        raise UsageError(T("--window is a number of days from 1 to 3650."))
    space = find_workspace(workspace)
    plan = space.load().plan
    question = Question(
        parse_period(period) if period is not None else last_closed_month(today()),
        (level or Step.channel).value,
        Window(days, restart is not False),
        models,
        intervals=True,
    )
    found = ask(plan, space.existing_lake(), question)
    language = str(lang or plan.organisation.language)
    if isinstance(found, Refusal):
        _refuse(found, language, json=json)
    elif json:
        from gouvernail.bearing.attributed_json import to_dict

        _dump(to_dict(found, language))
    else:
        from gouvernail.cli.attribute_text import print_attributed

        print_attributed(found, language, plan)


def _refuse(refusal: Refusal, language: str, *, json: bool) -> None:
    """Say what is missing; exit status 1."""
    if json:
        from gouvernail.bearing.attributed_json import refusal_to_dict

        _dump(refusal_to_dict(refusal, language))
    else:
        typer.echo(refusal.reason.render(language))
    raise typer.Exit(1)


def _dump(told: dict[str, Any]) -> None:
    from gouvernail.bearing.export import dump

    typer.echo(dump(told))
