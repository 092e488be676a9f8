"""`gouvernail forecast`: where each objective's metric goes until its due date, or where a bare series goes."""

from __future__ import annotations

from datetime import date
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
    from gouvernail.bearing.foreseen import Foreseen
    from gouvernail.bearing.model import ObjectiveStatus
    from gouvernail.bearing.series import Question
    from gouvernail.sources.series_table import SeriesTable

HELP = words(
    T(
        "Foresee the metric of each objective until its due date, with the chance to reach the target; or foresee a bare series. Examples: gouvernail forecast revenue-2026; gouvernail forecast --series sales.csv --target 120000 --due 2026-12-31"
    )
)


class Kind(StrEnum):
    """What of a series is foreseen."""

    sum = "sum"
    level = "level"


def forecast(
    objective: Annotated[
        str | None,
        typer.Argument(
            metavar="[OBJECTIVE]",
            help=words(T("Id of an objective; every objective when not given.")),
            show_default=False,
        ),
    ] = None,
    *,
    series: Annotated[
        Path | None,
        typer.Option(
            "--series",
            metavar="FILE",
            help=words(T("Foresee the series of a table with the columns date and value instead.")),
            show_default=False,
        ),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            "--target", metavar="N", help=words(T("Value that the series is to reach.")), show_default=False
        ),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(
            "--due",
            metavar="DAY",
            help=words(T("Last day that is foreseen, e.g. 2026-12-31.")),
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        Kind | None,
        typer.Option(
            "--kind",
            help=words(
                T("Whether the target is a sum up to the due date, as when not given, or the level then.")
            ),
            show_default=False,
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start",
            metavar="DAY",
            help=words(T("First day that counts for a sum; the first one to come when not given.")),
            show_default=False,
        ),
    ] = None,
    ceiling: Annotated[
        bool | None,
        typer.Option("--ceiling", help=words(T("The target is not to be exceeded.")), show_default=False),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country",
            metavar="CODE",
            help=words(T("Country whose public holidays count, e.g. CH.")),
            show_default=False,
        ),
    ] = None,
    period: PeriodOption = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Foresee objectives, or a bare series."""
    own: dict[str, Any] = {"--target": target, "--due": due, "--kind": kind, "--start": start}
    own |= {"--ceiling": ceiling, "--country": country}
    if series is None:
        if given := [name for name, value in own.items() if value is not None]:
            raise UsageError(
                T("{options} is asked of a bare series: name its file with --series.", options=given)
            )
        _of_plan(workspace, objective, period, lang, json=json)
        return
    elsewhere = {"[OBJECTIVE]": objective, "--period": period, "--workspace": workspace}
    if given := [name for name, value in elsewhere.items() if value is not None]:
        raise UsageError(
            T(
                "{options} cannot be asked of a bare series: leave it out, or leave out --series.",
                options=given,
            )
        )
    _of_series(series, own, str(lang or environment_language()), json=json)


def _of_plan(
    workspace: Path | None, objective: str | None, period: str | None, lang: str | None, *, json: bool
) -> None:
    from gouvernail.base.periods import last_closed_month, parse_period
    from gouvernail.bearing.measures import Measures
    from gouvernail.bearing.objectives import Purse, statuses
    from gouvernail.bearing.soundness import Ways
    from gouvernail.cli.workspace import find_workspace, today
    from gouvernail.plan.graph import Graph

    space, day = find_workspace(workspace), today()
    chosen = parse_period(period) if period is not None else last_closed_month(day)
    plan, lake = space.load().plan, space.existing_lake()
    measures = Measures(plan, lake.at(lake.version()) if lake else None, chosen)
    organisation = plan.organisation
    purse = Purse(Ways(Graph(plan), ()), {}, {}, organisation.currency)
    found = _chosen(statuses(measures, purse, {}), objective)
    language = str(lang or organisation.language)
    if json:
        from gouvernail.bearing.export import SHAPE_VERSION, dump
        from gouvernail.bearing.foreseen_json import objective_forecast
        from gouvernail.bearing.values_json import period_to_dict

        head = {"shape": SHAPE_VERSION, "organisation": organisation.name, "currency": organisation.currency}
        told = {
            "period": period_to_dict(chosen),
            "forecasts": [objective_forecast(one, language) for one in found],
        }
        typer.echo(dump({**head, **told}))
        return
    from gouvernail.cli.forecast_text import print_objectives

    print_objectives(found, organisation.currency, language)


def _chosen(every: tuple[ObjectiveStatus, ...], id: str | None) -> tuple[ObjectiveStatus, ...]:
    """Return the objective asked for, or all.

    Raises:
        UsageError: the plan has no such objective.
    """
    if id is None:
        return every
    found = tuple(one for one in every if one.id == id)
    if not found:
        from gouvernail.base.suggest import closest

        near = closest(id, [one.id for one in every])
        if near:
            raise UsageError(T("The plan has no objective “{id}”. Did you mean “{near}”?", id=id, near=near))
        raise UsageError(T("The plan has no objective “{id}”.", id=id))
    return found


def _of_series(path: Path, own: dict[str, Any], language: str, *, json: bool) -> None:
    from gouvernail.base.outcome import Refusal
    from gouvernail.bearing.series import foresee
    from gouvernail.sources.series_table import read_series

    asked = _question(own)
    table = read_series(path)
    found = foresee(table.periods, table.values, asked)
    if json:
        from gouvernail.bearing.export import dump

        typer.echo(dump(_series_told(path, table, found, language)))
    elif isinstance(found, Refusal):
        typer.echo(found.reason.render(language))
    else:
        from gouvernail.cli.forecast_text import print_series

        print_series(found, table.column, asked.better, language)
    if isinstance(found, Refusal):
        raise typer.Exit(1)


def _question(own: dict[str, Any]) -> Question:
    from gouvernail.base.units import Direction
    from gouvernail.bearing.series import Question

    if own["--due"] is None:
        raise UsageError(
            T("--due is missing: say until which day the series is foreseen, e.g. --due 2026-12-31.")
        )
    if own["--kind"] is Kind.level and own["--start"] is not None:
        raise UsageError(T("--start is asked of a sum: a level counts on its due date only."))
    return Question(
        due=_day("--due", own["--due"]),
        target=_number(own["--target"]) if own["--target"] is not None else None,
        summed=own["--kind"] is not Kind.level,
        start=_day("--start", own["--start"]) if own["--start"] is not None else None,
        better=Direction.down if own["--ceiling"] else Direction.up,
        country=_country(own["--country"] or ""),
    )


def _series_told(path: Path, table: SeriesTable, found: Foreseen | Refusal, language: str) -> dict[str, Any]:
    from gouvernail.base.outcome import Refusal
    from gouvernail.bearing.export import SHAPE_VERSION
    from gouvernail.bearing.foreseen_json import foreseen
    from gouvernail.bearing.outcome_json import refusal

    return {
        "shape": SHAPE_VERSION,
        "series": {
            "file": path.name,
            "values": len(table.values),
            "first": str(table.periods[0]),
            "last": str(table.periods[-1]),
            "grain": str(table.grain),
        },
        "forecast": None if isinstance(found, Refusal) else foreseen(found, language),
        "refusal": refusal(found, language) if isinstance(found, Refusal) else None,
    }


def _day(option: str, said: str) -> date:
    from gouvernail.base.periods import FIRST, LAST

    try:
        day = date.fromisoformat(said)
    except ValueError:
        day = None
    if day is None or not FIRST <= day <= LAST:
        raise UsageError(
            T("{option} “{value}” is no day: write it like 2026-12-31.", option=option, value=said)
        )
    return day


def _number(said: str) -> float:
    import math

    try:
        number = float(said)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(T("--target “{value}” is no number: write it like 120000 or 0.25.", value=said))
    return number


def _country(code: str) -> str:
    """Return an ISO code in capitals.

    Raises:
        UsageError: no holidays are known of such a country.
    """
    if not code:
        return ""
    import holidays

    if code.upper() not in holidays.list_supported_countries():
        raise UsageError(
            T(
                "No public holidays are known of “{code}”: write the country’s two letters, such as CH or FR.",
                code=code,
            )
        )
    return code.upper()
