"""Rendering of `Text` and values for one reader: gettext catalogues and Babel's locale data."""

from __future__ import annotations

import gettext
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from babel.support import Translations

from gouvernail.base.money import Money
from gouvernail.base.periods import Grain, Period
from gouvernail.base.speech import own_word
from gouvernail.base.text import Text
from gouvernail.base.values import Country, Number, Points, Ratio

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"
# Swiss conventions would be fr_CH; the neutral ones read well in every French-speaking country.
_LOCALES = {"en": Locale("en"), "fr": Locale("fr")}
NBSP, NNBSP, MINUS = "\u00a0", "\u202f", "\u2212"


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of `language`: the compiled files of all packages in one, so that a sentence is one look-up."""
    if language == "en":
        return gettext.NullTranslations()
    whole: Translations | None = None
    for compiled in sorted((LOCALE_FOLDER / language / "LC_MESSAGES").glob("*.mo")):
        with compiled.open("rb") as file:
            one = Translations(file)
        # The first lends its plural rule to the whole: all have the same.
        whole = whole.merge(one) if whole else one
    return whole or gettext.NullTranslations()


def render_text(text: Text, language: str) -> str:
    """Return `text` in `language` with its values formatted; a word alone as the organisation says it."""
    if text.plural is None:
        if not text.values and (own := own_word(text.template)):
            return own if isinstance(own, str) else render_text(own, language)
        template = translations(language).gettext(text.template)
    else:
        template = translations(language).ngettext(text.template, text.plural, int(text.values["n"]))
    if not text.values:
        return template
    return template.format(**{name: format_value(value, language) for name, value in text.values.items()})


def format_value(value: Any, language: str) -> str:
    """Return one value as the reader of `language` writes it."""
    match value:
        case Text():
            return render_text(value, language)
        case str() | bool():
            return str(value)
        case Money() | Ratio() | Points() | Number() | int() | float() | Decimal() | date() | Period():
            return _shown(value, language)
        case Country():
            return str(_LOCALES[language].territories.get(value.code, value.code))
        case list() | tuple():
            return format_list([format_value(item, language) for item in value], language)
        case _:
            return str(value)


@lru_cache(maxsize=20_000, typed=True)
def _shown(value: Any, language: str) -> str:
    # Babel reads its pattern anew each time, and pages say the same numbers again and again.
    match value:
        case Money():
            return format_money(value, language)
        case Period():
            return format_period(value, language)
        case date():
            # A datetime is a date too: people are told the day.
            return format_day(value, language)
        case _:
            return _number(value, _LOCALES[language])


def _number(value: Ratio | Points | Number | float | Decimal, locale: Locale) -> str:
    return _signed(_digits(value, locale))


def _signed(shown: str) -> str:
    # Babel writes a hyphen, which is shorter than a minus and may end a line; nothing below zero rounds to "-0".
    if "-" not in shown:
        return shown
    return shown.replace("-", MINUS if any(sign in "123456789" for sign in shown) else "", 1)


def _digits(value: Ratio | Points | Number | float | Decimal, locale: Locale) -> str:
    match value:
        case Ratio():
            return _percent(value, locale)
        case Points():
            return format_decimal(round(100 * value.value, value.digits), locale=locale)
        case Number():
            pattern = "#,##0" + ("." + "0" * value.digits if value.digits else "")
            return format_decimal(value.value, format=pattern, locale=locale)
        case _:
            return format_decimal(value, locale=locale)


def format_money(money: Money, language: str, *, cents: bool | None = None) -> str:
    """Return the amount with its currency code; cents are shown below 100 unless told otherwise."""
    show = cents if cents is not None else abs(money.amount) < 100 and money.amount % 1 != 0
    pattern = "¤¤\u00a0#,##0.00" if show else "¤¤\u00a0#,##0"
    if language == "fr":
        pattern = "#,##0.00\u00a0¤¤" if show else "#,##0\u00a0¤¤"
    shown = format_currency(
        money.amount,
        money.currency,
        format=pattern,
        locale=_LOCALES[language],
        currency_digits=False,
    )
    return _signed(shown)


def format_period(period: Period, language: str) -> str:
    """Return "September 2026", "3rd quarter 2026", "2026", or "1 January 2026 – 30 June 2026"."""
    locale = _LOCALES[language]
    match period.grain:
        case Grain.month:
            return format_date(period.start, "MMMM y", locale=locale)
        case Grain.quarter:
            return format_date(period.start, "QQQ y", locale=locale)
        case Grain.year:
            return str(period.start.year)
        case Grain.day:
            return format_day(period.start, language)
        case _:
            return f"{format_day(period.start, language)} – {format_day(period.end, language)}"


def format_day(day: date, language: str) -> str:
    """Return "1 January 2026"; French writes the first of a month as an ordinal, "1er janvier 2026"."""
    shown = format_date(day, "long", locale=_LOCALES[language])
    return f"1er{shown[1:]}" if language == "fr" and day.day == 1 else shown


def format_list(items: list[str], language: str) -> str:
    """Return "a, b and c" in `language`."""
    if len(items) < 2:
        return "".join(items)
    joiner = {"en": " and ", "fr": " et "}[language]
    return ", ".join(items[:-1]) + joiner + items[-1]


def _percent(ratio: Ratio, locale: Locale) -> str:
    pattern = "#,##0" + ("." + "0" * ratio.digits if ratio.digits else "") + "%"
    if locale.language == "fr":
        pattern = pattern[:-1] + NBSP + "%"
    return format_percent(ratio.value, format=pattern, locale=locale)
