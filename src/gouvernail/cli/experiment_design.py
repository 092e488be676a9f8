"""`gouvernail experiment design`: how many subjects, how many days, what it can see, and what that is worth."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from gouvernail.base.text import T
from gouvernail.cli.experiment_options import (
    CostOption,
    CurrencyOption,
    HorizonDaysOption,
    HorizonSubjectsOption,
    LeastOption,
    LevelOption,
    ReadingOption,
    SharesOption,
    Sided,
    ValueOption,
    currency,
    number,
    shares,
)
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import JsonOption, LanguageOption

if TYPE_CHECKING:
    from gouvernail.bearing.designed import Designed, Wanted

HELP = words(
    T(
        "Size an experiment: subjects, days, the effect that it can see, and what an effect is worth. Examples: gouvernail experiment design --baseline 3% --uplift 10% --traffic 4000; gouvernail experiment design --baseline 3% --traffic 4000 --value-of-one 40 --cost 20000"
    )
)


class Compared(StrEnum):
    """What is compared between arms; the names of `sample.Kind`."""

    proportion = "proportion"
    mean = "mean"
    ratio = "ratio"


class Curve(StrEnum):
    """How false alarms are spent over agreed looks; the names of `spending.Spending`."""

    obrien_fleming = "obrien_fleming"
    pocock = "pocock"
    power = "power"


def design(
    *,
    baseline: Annotated[
        str,
        typer.Option(
            "--baseline",
            metavar="NUMBER",
            help=words(T("What the control does today: a share such as 3%, or a mean.")),
        ),
    ],
    deviation: Annotated[
        str | None,
        typer.Option(
            "--deviation",
            metavar="NUMBER",
            help=words(T("Standard deviation from subject to subject: needed for a mean or a ratio.")),
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        Compared | None,
        typer.Option(
            "--kind",
            help=words(T("What is compared; a share, or a mean where a deviation is given.")),
            show_default=False,
        ),
    ] = None,
    units: Annotated[
        str | None,
        typer.Option(
            "--units",
            metavar="NUMBER",
            help=words(T("Of a ratio: its mean denominator, such as visits a subject.")),
            show_default=False,
        ),
    ] = None,
    correlation: Annotated[
        str | None,
        typer.Option(
            "--correlation",
            metavar="NUMBER",
            help=words(T("Correlation of the metric with what the same subjects did before.")),
            show_default=False,
        ),
    ] = None,
    effect: Annotated[
        str | None,
        typer.Option(
            "--effect",
            metavar="NUMBER",
            help=words(
                T("Smallest effect that must be found, in the metric's unit; of a share in points: 0.3%.")
            ),
            show_default=False,
        ),
    ] = None,
    uplift: Annotated[
        str | None,
        typer.Option(
            "--uplift",
            metavar="SHARE",
            help=words(T("The same as a share of the level today: 10%.")),
            show_default=False,
        ),
    ] = None,
    value_of_one: ValueOption = None,
    horizon_subjects: HorizonSubjectsOption = None,
    horizon_days: HorizonDaysOption = None,
    cost: CostOption = None,
    least_gain: LeastOption = None,
    currency_code: CurrencyOption = None,
    traffic: Annotated[
        str | None,
        typer.Option(
            "--traffic", metavar="N", help=words(T("Subjects a day, over all arms.")), show_default=False
        ),
    ] = None,
    most_days: Annotated[
        int, typer.Option("--most-days", help=words(T("Longest that the experiment may take.")))
    ] = 84,
    shares_typed: SharesOption = None,
    reading: ReadingOption = None,
    looks: Annotated[int, typer.Option("--looks", help=words(T("Number of agreed looks.")))] = 5,
    spending: Annotated[
        Curve, typer.Option("--spending", help=words(T("How false alarms are spent over agreed looks.")))
    ] = Curve.obrien_fleming,
    power: Annotated[
        str,
        typer.Option(
            "--power", metavar="SHARE", help=words(T("Chance of finding the effect if it is there."))
        ),
    ] = "80%",
    level: LevelOption = None,
    side: Annotated[
        Sided, typer.Option("--side", help=words(T("Which effects are looked for.")))
    ] = Sided.both,
    entry: Annotated[
        str | None,
        typer.Option(
            "--plan-entry",
            metavar="ID",
            help=words(T("Print it as an experiment of the plan instead, under this id.")),
            show_default=False,
        ),
    ] = None,
    json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Size an experiment."""
    from gouvernail.base.outcome import Refusal
    from gouvernail.bearing.designed import size

    said = {
        "baseline": number(baseline, "--baseline"),
        "deviation": number(deviation, "--deviation"),
        "units": number(units, "--units"),
        "correlation": number(correlation, "--correlation"),
        "effect": number(effect, "--effect"),
        "uplift": number(uplift, "--uplift"),
        "value": number(value_of_one, "--value-of-one"),
        "horizon_subjects": number(horizon_subjects, "--horizon-subjects"),
        "horizon_days": horizon_days,
        "cost": number(cost, "--cost"),
        "least": number(least_gain, "--least-gain"),
        "currency": currency(currency_code),
        "traffic": number(traffic, "--traffic"),
        "most_days": most_days,
        "shares": shares(shares_typed) if shares_typed is not None else None,
        "looks": looks,
        "power": number(power, "--power"),
        "level": number(level, "--level"),
    }
    made = size(_wanted(said, kind, reading, side, spending))
    _tell(made, str(lang or environment_language()), entry, json=json)
    if isinstance(made.found, Refusal):
        raise typer.Exit(1)


def _tell(made: Designed, language: str, entry: str | None, *, json: bool) -> None:
    if entry is not None:
        from gouvernail.bearing.design_entry import entry as written

        typer.echo(written(made, entry), nl=False)
    elif json:
        from gouvernail.bearing.designed_json import to_dict
        from gouvernail.bearing.export import dump

        typer.echo(dump(to_dict(made, language)))
    else:
        from gouvernail.cli.experiment_text import print_design

        print_design(made, language)


def _wanted(
    said: Mapping[str, object], kind: Compared | None, reading: str | None, side: str, spending: str
) -> Wanted:
    """Return what is wanted; what was not said keeps its default."""
    from gouvernail.bearing.designed import Wanted
    from gouvernail.measurement.experiments.plan import Method, Side
    from gouvernail.measurement.experiments.sample import Kind
    from gouvernail.measurement.experiments.spending import Spending

    given: dict[str, object] = {name: value for name, value in said.items() if value is not None}
    return Wanted(
        **given,  # type: ignore[arg-type]
        kind=Kind(kind) if kind else None,
        method=Method(reading or Method.fixed),
        side=Side(side),
        spending=Spending(spending),
    )
