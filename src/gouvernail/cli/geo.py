"""`gouvernail geo`: choose the markets of a geo experiment, and read one, from a bare panel of markets."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gouvernail.base.text import T
from gouvernail.cli.geo_options import (
    CurrencyOption,
    FileArgument,
    LeaveOutOption,
    LevelOption,
    MarginOption,
    MarketOption,
    OutcomeOption,
    ValueOption,
    WeeksOption,
    day,
    listed,
    option,
    whole_numbers,
    worth,
)
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import JsonOption, LanguageOption

app = typer.Typer(
    help=words(
        T(
            "Choose the markets of a geo experiment, and read one, from a table with a day, a market and its sales."
        )
    ),
    no_args_is_help=True,
)
CHOOSE = words(
    T(
        "Say which markets to treat, for how long, and which effect would show. Example: gouvernail geo choose sales.csv --days 14,28 --budget 20000"
    )
)
READ = words(
    T(
        "Read a geo experiment: effect, sales brought, return, money and verdict. Example: gouvernail geo read sales.csv --treated Lyon,Nice --from 2026-03-02 --to 2026-03-29 --spend 20000 --margin 0.4"
    )
)


@app.command("choose", help=CHOOSE)
def choose(
    *,
    file: FileArgument,
    days: Annotated[
        str | None, option("--days", words(T("Lengths to try; 14 and 28 days when not given.")), "14,28")
    ] = None,
    count: Annotated[
        str | None,
        option("--count", words(T("Numbers of markets to treat; 1, 2 and 4 when not given.")), "1,2,4"),
    ] = None,
    effect: Annotated[
        float | None,
        option("--effect", words(T("Effect to be found, as a share: 0.05 is 5 percent.")), "SHARE"),
    ] = None,
    budget: Annotated[
        float | None,
        option(
            "--budget",
            words(T("Money of the action over the test: the effect that pays it is to be found.")),
            "MONEY",
        ),
    ] = None,
    power: Annotated[
        float | None,
        option("--power", words(T("Chance of finding the effect; 0.8 when not given.")), "SHARE"),
    ] = None,
    must: Annotated[str | None, option("--must", words(T("Markets that must be treated.")), "A,B")] = None,
    never: Annotated[
        str | None, option("--never", words(T("Markets that must not be treated.")), "A,B")
    ] = None,
    seed: Annotated[
        int | None,
        option(
            "--seed", words(T("Number that draws among sets of markets that are as good; 1 when not given."))
        ),
    ] = None,
    leave_out: LeaveOutOption = None,
    weeks: WeeksOption = False,
    level: LevelOption = None,
    value_of_one: ValueOption = None,
    margin: MarginOption = None,
    currency: CurrencyOption = "",
    outcome: OutcomeOption = None,
    market: MarketOption = None,
    json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Propose markets, lengths and what would show."""
    from gouvernail.base.outcome import Refusal
    from gouvernail.bearing.geo_choosing import COUNTS, ChooseAsk, propose
    from gouvernail.sources.geo_table import read_geo

    ask = ChooseAsk(
        whole_numbers(days, "--days"),
        whole_numbers(count, "--count") or COUNTS,
        effect,
        budget,
        listed(must),
        listed(never),
        listed(leave_out),
        0.8 if power is None else power,
        0.95 if level is None else level,
        1 if seed is None else max(seed, 0),
        weeks,
        worth(value_of_one, margin, currency=currency),
    )
    found, language = propose(read_geo(file, outcome, market), ask), str(lang or environment_language())
    if isinstance(found, Refusal):
        from gouvernail.bearing.geo_json import refusal_to_dict

        _tell(refusal_to_dict(found, language) if json else found.reason.render(language))
        raise typer.Exit(1)
    if json:
        from gouvernail.bearing.geo_json import chosen_to_dict

        _tell(chosen_to_dict(found, language))
        return
    from gouvernail.cli.geo_text import print_chosen

    print_chosen(found, language)


@app.command("read", help=READ)
def read(
    *,
    file: FileArgument,
    treated: Annotated[
        str,
        typer.Option(
            "--treated", metavar="A,B", help=words(T("Markets with the action.")), show_default=False
        ),
    ],
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="DAY",
            help=words(T("First day of the test, such as 2026-03-02.")),
            show_default=False,
        ),
    ],
    end: Annotated[
        str, typer.Option("--to", metavar="DAY", help=words(T("Last day of the test.")), show_default=False)
    ],
    since: Annotated[
        str | None,
        option(
            "--since", words(T("First day to compare with; the first of the table when not given.")), "DAY"
        ),
    ] = None,
    spend: Annotated[
        float | None,
        option(
            "--spend",
            words(
                T(
                    "Money spent in the treated markets beyond the usual; from the table's own column when not given."
                )
            ),
            "MONEY",
        ),
    ] = None,
    cost: Annotated[
        float | None,
        option("--cost", words(T("Other costs of the action: making it, extra work.")), "MONEY"),
    ] = None,
    least: Annotated[
        float | None, option("--least", words(T("Gain under which nobody would bother.")), "MONEY")
    ] = None,
    leave_out: LeaveOutOption = None,
    weeks: WeeksOption = False,
    level: LevelOption = None,
    value_of_one: ValueOption = None,
    margin: MarginOption = None,
    currency: CurrencyOption = "",
    outcome: OutcomeOption = None,
    market: MarketOption = None,
    json: JsonOption = False,
    lang: LanguageOption = None,
) -> None:
    """Tell the effect of a test, in share, units and money."""
    from gouvernail.bearing import geo
    from gouvernail.sources.geo_table import read_geo

    ask = geo.ReadAsk(
        listed(treated),
        day(start, "--from"),
        day(end, "--to"),
        day(since, "--since") if since else None,
        listed(leave_out),
        weeks,
        0.95 if level is None else level,
        spend,
        worth(value_of_one, margin, cost, least, currency),
    )
    found, language = geo.read(read_geo(file, outcome, market), ask), str(lang or environment_language())
    if json:
        from gouvernail.bearing.geo_json import read_to_dict

        _tell(read_to_dict(found, language))
    else:
        from gouvernail.cli.geo_text import print_read

        print_read(found, language)
    if found.refusal is not None:
        raise typer.Exit(1)


def _tell(told: dict[str, Any] | str) -> None:
    from gouvernail.bearing.export import dump

    typer.echo(told if isinstance(told, str) else dump(told))
