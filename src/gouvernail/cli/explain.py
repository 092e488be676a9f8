"""`gouvernail explain`: why figures moved, or what lacks to their targets, driver by driver, with the actions behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.text import T
from gouvernail.cli.language import words
from gouvernail.cli.options import JsonOption, LanguageOption, PeriodOption, WorkspaceOption

if TYPE_CHECKING:
    from datetime import date

    from gouvernail.base.periods import Period
    from gouvernail.bearing.explained import Explained
    from gouvernail.bearing.explaining import Explaining
    from gouvernail.plan.load import LoadedPlan
    from gouvernail.warehouse.lake import Lake

HELP = words(
    T(
        "Tell why a metric moved or what lacks to a target, driver by driver. Example: gouvernail explain revenue "
        "--period 2026-09 --against 2025-09"
    )
)
YEAR = "year-before"


def explain(
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="[METRIC or OBJECTIVE]",
            help=words(T("Id of a metric or of an objective; every objective with drivers when not given.")),
            show_default=False,
        ),
    ] = None,
    period: PeriodOption = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            help=words(T("Period to hold it against, or year-before; the period before when not given.")),
            show_default=False,
        ),
    ] = None,
    gap: Annotated[
        bool, typer.Option("--gap", help=words(T("Tell what lacks to the objective's target instead.")))
    ] = False,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            help=words(
                T("Take rates apart by channel, campaign, source or segment: what is rate, what is mix.")
            ),
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
    workspace: WorkspaceOption = None,
    lang: LanguageOption = None,
) -> None:
    """Tell why metrics moved, or what lacks to their targets."""
    from gouvernail.base.periods import last_closed_month, parse_period
    from gouvernail.cli.workspace import find_workspace, today

    space, day = find_workspace(workspace), today()
    chosen = parse_period(period) if period is not None else last_closed_month(day)
    loaded = space.load()
    explaining = _explaining(loaded, space.existing_lake(), day, (chosen, _other(against, chosen)), by)
    found = tuple(_found(explaining, subject, gap=gap))
    organisation = loaded.plan.organisation
    language = str(lang or organisation.language)
    if json:
        from gouvernail.bearing.explanations_json import explanation
        from gouvernail.bearing.export import SHAPE_VERSION, dump

        told = [explanation(one, language) for one in found]
        head = {"shape": SHAPE_VERSION, "organisation": organisation.name, "currency": organisation.currency}
        typer.echo(dump({**head, "explanations": told}))
        return
    from gouvernail.cli.explain_text import print_explanations

    print_explanations(found, organisation.currency, language)


def _other(against: str | None, period: Period) -> Period:
    from gouvernail.base.periods import parse_period

    if against is None:
        return period.previous()
    return period.year_before() if against == YEAR else parse_period(against)


def _explaining(
    loaded: LoadedPlan, lake: Lake | None, day: date, periods: tuple[Period, Period], by: str | None
) -> Explaining:
    from gouvernail.base.errors import UsageError
    from gouvernail.bearing.checking import check_loaded
    from gouvernail.bearing.deeds import Deeds
    from gouvernail.bearing.explaining import Explaining
    from gouvernail.bearing.measures import Measures
    from gouvernail.bearing.soundness import Ways
    from gouvernail.metrics.facts import DIMENSIONS
    from gouvernail.metrics.telling import no_breakdown
    from gouvernail.plan.graph import Graph

    if by is not None and by not in DIMENSIONS:
        raise UsageError(no_breakdown(by, DIMENSIONS))
    checked = check_loaded(loaded, today=day)
    pinned = lake.at(lake.version()) if lake else None
    measures = Measures(checked.plan, pinned, periods[0])
    ways = Ways(Graph(checked.plan), [one.finding for one in checked.findings])
    return Explaining(Deeds(measures, ways), periods[1], by)


def _found(explaining: Explaining, subject: str | None, *, gap: bool) -> list[Explained]:
    from gouvernail.base.errors import UsageError
    from gouvernail.metrics.catalogue import unknown

    measures = explaining.measures
    kind = "gap" if gap else "move"
    if subject is None:
        return [one for one in explaining.all() if one.kind == kind]
    objective = next((one for one in measures.plan.objectives if one.id == subject), None)
    metric = objective.metric if objective else subject
    if metric is None or metric not in measures.metrics:
        raise UsageError(unknown(subject, (*measures.metrics, *(one.id for one in measures.plan.objectives))))
    if not gap:
        return [explaining.move(metric, objective)]
    chosen = objective or next((one for one in measures.plan.objectives if one.metric == metric), None)
    if chosen is None:
        raise UsageError(T("No objective of the plan sets a target for “{metric}”.", metric=metric))
    return [explaining.gap(chosen)]
