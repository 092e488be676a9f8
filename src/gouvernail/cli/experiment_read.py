"""`gouvernail experiment read`: what a file of results says, and what to do about it; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.experiment_design import Compared
from gouvernail.cli.experiment_options import (
    CostOption,
    CurrencyOption,
    HorizonDaysOption,
    HorizonSubjectsOption,
    LeastOption,
    LevelOption,
    ReadingOption,
    SharesOption,
    ValueOption,
    currency,
    number,
    shares,
)
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import JsonOption, LanguageOption

if TYPE_CHECKING:
    from gouvernail.bearing.experiments import Trial
    from gouvernail.plan.model import Plan

HELP = words(
    T(
        "Read the results of an A/B test from a file: a table by variant, a line a subject, or an export of Optimizely, VWO or GrowthBook. Examples: gouvernail experiment read results.csv; gouvernail experiment read results.csv --metric revenue --value-of-one 1 --cost 20000 --horizon-subjects 500000"
    )
)


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=words(T("File of results.")))],
    *,
    experiment: Annotated[
        str | None,
        typer.Option(
            "--experiment",
            metavar="NAME",
            help=words(T("Only this experiment of the file; with --plan, its id in the plan.")),
            show_default=False,
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan",
            metavar="PATH",
            help=words(T("Plan that says how the experiment is read and what an effect is worth.")),
            show_default=False,
        ),
    ] = None,
    metric: Annotated[
        str | None,
        typer.Option(
            "--metric",
            metavar="NAME",
            help=words(T("What is compared: conversions, revenue, or a metric as the file names it.")),
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        Compared | None,
        typer.Option(
            "--kind",
            help=words(T("As a share of the subjects, as a mean by subject, or as a ratio of two sums.")),
            show_default=False,
        ),
    ] = None,
    control: Annotated[
        str | None,
        typer.Option(
            "--control",
            metavar="NAME",
            help=words(T("Variant that is the control; found when not given.")),
            show_default=False,
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            metavar="ROLE=HEADING",
            help=words(T("Heading of a column that is not found, such as value=Basket; may be repeated.")),
            show_default=False,
        ),
    ] = None,
    reading: ReadingOption = None,
    level: LevelOption = None,
    planned: Annotated[
        str | None,
        typer.Option(
            "--planned",
            metavar="N",
            help=words(T("Subjects planned, over all arms: read earlier, a fixed reading is refused.")),
            show_default=False,
        ),
    ] = None,
    looks: Annotated[
        int | None,
        typer.Option(
            "--looks", help=words(T("Number of agreed looks; 5 when not given.")), show_default=False
        ),
    ] = None,
    shares_typed: SharesOption = None,
    value_of_one: ValueOption = None,
    horizon_subjects: HorizonSubjectsOption = None,
    horizon_days: HorizonDaysOption = None,
    cost: CostOption = None,
    least_gain: LeastOption = None,
    currency_code: CurrencyOption = None,
    json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Read the results of a file."""
    from gouvernail.bearing.results_file import File, Terms, read_trials
    from gouvernail.cli.workspace import today
    from gouvernail.measurement.experiments.plan import Method
    from gouvernail.measurement.experiments.sample import Kind

    terms = Terms(
        metric=metric,
        kind=Kind(kind) if kind else None,
        method=Method(reading) if reading else None,
        level=number(level, "--level"),
        planned=number(planned, "--planned"),
        looks=looks,
        shares=shares(shares_typed) if shares_typed is not None else None,
        value=number(value_of_one, "--value-of-one"),
        cost=number(cost, "--cost"),
        least=number(least_gain, "--least-gain"),
        horizon_days=horizon_days,
        horizon_subjects=number(horizon_subjects, "--horizon-subjects"),
        currency=currency(currency_code),
    )
    loaded = _plan(plan)
    found = read_trials(
        File(file, control, _columns(column or ())), terms, today(), experiment=experiment, plan=loaded
    )
    language = str(lang or (loaded.organisation.language if loaded else environment_language()))
    _tell(found, file, language, json=json)


def _plan(path: Path | None) -> Plan | None:
    if path is None:
        return None
    from gouvernail.bearing.checking import open_plan

    if not path.exists():
        raise UsageError(T("There is no plan at {path}.", path=str(path)))
    return open_plan(path).plan


def _columns(typed: Iterable[str]) -> dict[str, str]:
    """Return the roles and headings that were typed.

    Raises:
        UsageError: one is not written as ROLE=HEADING.
    """
    told = {}
    for one in typed:
        role, equals, heading = one.partition("=")
        if not equals or not role.strip() or not heading.strip():
            raise UsageError(T("--column: “{typed}” is not written like value=Basket.", typed=one[:60]))
        told[role.strip()] = heading.strip()
    return told


def _tell(trials: Sequence[Trial], file: Path, language: str, *, json: bool) -> None:
    """Print what is found; exit status 1 where no experiment can be read."""
    if json:
        from gouvernail.bearing.export import dump
        from gouvernail.bearing.trials_json import to_dict

        typer.echo(dump(to_dict(trials, language, file=file.name)))
    else:
        from gouvernail.cli.experiment_text import print_trials

        print_trials(trials, language)
    if all(one.figures is None or one.figures.refusal is not None for one in trials):
        raise typer.Exit(1)
