"""`gouvernail geo`: choose the markets of a geo experiment, and read one, from a bare panel of markets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.cli.language import environment_language, words
from gouvernail.cli.options import JsonOption, LanguageOption

if TYPE_CHECKING:
    from gouvernail.bearing.geo import Worth

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


def _option(name: str, help: str, metavar: str | None = None) -> Any:
    return typer.Option(name, metavar=metavar, help=help, show_default=False)


FileArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=words(
            T(
                "A table by day or week: date, market and sales, with or without spend; or a column for each market."
            )
        ),
        show_default=False,
    ),
]
OutcomeOption = Annotated[
    str | None,
    _option("--outcome", words(T("Column of what is counted, where it is not found by itself.")), "COLUMN"),
]
MarketOption = Annotated[
    str | None,
    _option("--market", words(T("Column of the market, where it is not found by itself.")), "COLUMN"),
]
LeaveOutOption = Annotated[
    str | None,
    _option(
        "--leave-out",
        words(T("Markets neither treated nor compared with, such as neighbours that it spills over to.")),
        "A,B",
    ),
]
WeeksOption = Annotated[
    bool, typer.Option("--weeks", help=words(T("Add days up to weeks: for markets with few sales a day.")))
]
LevelOption = Annotated[
    float | None, _option("--level", words(T("Level of confidence; 0.95 when not given.")), "SHARE")
]
ValueOption = Annotated[
    float | None,
    _option(
        "--value-of-one",
        words(T("Money for one unit of what is counted; 1 when not given: it is money.")),
        "MONEY",
    ),
]
MarginOption = Annotated[
    float | None, _option("--margin", words(T("Share of the sales that is kept; 1 when not given.")), "SHARE")
]
CurrencyOption = Annotated[
    str, typer.Option("--currency", metavar="CODE", help=words(T("Currency of the money, such as CHF.")), show_default=False)
]  # fmt: skip


@app.command("choose", help=CHOOSE)
def choose(
    *,
    file: FileArgument,
    days: Annotated[
        str | None, _option("--days", words(T("Lengths to try; 14 and 28 days when not given.")), "14,28")
    ] = None,
    count: Annotated[
        str | None,
        _option("--count", words(T("Numbers of markets to treat; 1, 2 and 4 when not given.")), "1,2,4"),
    ] = None,
    effect: Annotated[
        float | None,
        _option("--effect", words(T("Effect to be found, as a share: 0.05 is 5 percent.")), "SHARE"),
    ] = None,
    budget: Annotated[
        float | None,
        _option(
            "--budget",
            words(T("Money of the action over the test: the effect that pays it is to be found.")),
            "MONEY",
        ),
    ] = None,
    power: Annotated[
        float | None,
        _option("--power", words(T("Chance of finding the effect; 0.8 when not given.")), "SHARE"),
    ] = None,
    must: Annotated[str | None, _option("--must", words(T("Markets that must be treated.")), "A,B")] = None,
    never: Annotated[
        str | None, _option("--never", words(T("Markets that must not be treated.")), "A,B")
    ] = None,
    seed: Annotated[
        int | None,
        _option(
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
        _whole(days, "--days"),
        _whole(count, "--count") or COUNTS,
        effect,
        budget,
        listed(must),
        listed(never),
        listed(leave_out),
        0.8 if power is None else power,
        0.95 if level is None else level,
        1 if seed is None else max(seed, 0),
        weeks,
        _worth(value_of_one, margin, currency=currency),
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
        _option(
            "--since", words(T("First day to compare with; the first of the table when not given.")), "DAY"
        ),
    ] = None,
    spend: Annotated[
        float | None,
        _option(
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
        _option("--cost", words(T("Other costs of the action: making it, extra work.")), "MONEY"),
    ] = None,
    least: Annotated[
        float | None, _option("--least", words(T("Gain under which nobody would bother.")), "MONEY")
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
        _worth(value_of_one, margin, cost, least, currency),
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


def listed(words_: str | None) -> tuple[str, ...]:
    """Return the names of a list with commas."""
    return tuple(name.strip() for name in (words_ or "").split(",") if name.strip())


def day(words_: str, option: str) -> date:
    """Return a day.

    Raises:
        UsageError: it is none.
    """
    from gouvernail.sources.values.dates import parse_day

    found = parse_day(words_)
    if found is None:
        raise UsageError(
            T("{option}: “{day}” is no day; write it as 2026-03-02.", option=option, day=words_[:40])
        )
    return found


def _whole(words_: str | None, option: str) -> tuple[int, ...]:
    try:
        found = tuple(int(one) for one in listed(words_))
    except ValueError:
        found = (0,)
    if any(not 0 < one < 10_000 for one in found):
        raise UsageError(T("{option} is a list of whole numbers above 0, such as 14,28.", option=option))
    return tuple(dict.fromkeys(found))


def _worth(
    one: float | None,
    margin: float | None,
    cost: float | None = None,
    least: float | None = None,
    currency: str = "",
) -> Worth:
    import math

    from gouvernail.bearing.geo import Worth

    told = (1.0 if one is None else one, 1.0 if margin is None else margin, cost or 0.0, least or 0.0)
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise UsageError(T("--currency is a code of three letters, such as CHF."))
    if not all(math.isfinite(value) for value in told):
        raise UsageError(T("Money and shares are numbers, such as 20000 or 0.4."))
    return Worth(*told, currency.upper())
