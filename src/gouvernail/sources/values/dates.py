"""Dates: one style a column, found from its values; `03/04/2026` alone proves nothing and is not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal

Style = Literal[
    "iso", "compact", "day_first", "month_first", "words", "month", "range_start", "range_end", "ambiguous"
]  # fmt: skip
"""range_start, range_end: first and last day of a cell such as `2024-03-01 - 2024-03-11`."""
_NUMERIC = re.compile(r"^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
_ISO = re.compile(r"^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?$")
_WORDS: dict[int, str] = {
    1: "january jan janvier janv januar janeiro enero ene gennaio gen januari",
    2: "february feb fevrier fevr februar fevereiro fev febrero febbraio februari",
    3: "march mar mars maerz marz marco marzo maart mrt",
    4: "april apr avril avr abril abr aprile",
    5: "may mai maio mayo maggio mag mei",
    6: "june jun juin juni junho junio giugno giu",
    7: "july jul juillet juil juli julho julio luglio lug",
    8: "august aug aout agosto ago augustus",
    9: "september sep sept septembre setembro set septiembre settembre",
    10: "october oct octobre oktober okt outubro out octubre ottobre ott",
    11: "november nov novembre novembro noviembre",
    12: "december dec decembre dezember dez dezembro diciembre dic dicembre",
}
MONTHS = {word: number for number, words in _WORDS.items() for word in words.split()}
"""Month names without accents, in the languages whose exports were seen."""


def find_style(values: Iterable[str], day_first: bool | None = None) -> Style | None:
    """Return the style of a column of dates, or None where there is no value.

    `day_first` is what the language of the headers tells; it decides only where the values do not. English alone
    tells nothing (British and American exports differ).
    """
    first = second = numeric = 0
    seen: dict[Style, int] = {}
    for value in values:
        words = value.strip()
        if not words:
            continue
        match = _NUMERIC.match(words)
        if match:
            numeric += 1
            first, second = max(first, int(match[1])), max(second, int(match[2]))
        else:
            style = _plain_style(words)
            seen[style] = seen.get(style, 0) + 1
    if not numeric and not seen:
        return None
    if numeric <= sum(seen.values()):
        return max(seen, key=lambda style: seen[style])
    if first > 12 >= second:
        return "day_first"
    if second > 12 >= first:
        return "month_first"
    return "ambiguous" if day_first is None or first > 12 else "day_first" if day_first else "month_first"


def _plain_style(words: str) -> Style:
    if re.fullmatch(r"\d{8}", words):
        return "compact"
    if re.fullmatch(r"\d{4}-\d{2}|\d{6}", words):
        return "month"
    return "words" if re.search(r"[A-Za-zÀ-ÿ]{3}", words) and not _ISO.match(words) else "iso"


_ORDERED: dict[str, tuple[str, str]] = {"day_first": ("%d", "%m"), "month_first": ("%m", "%d")}


def sql_instant(raw: str, style: Style, time_zone: str = "UTC") -> str:
    """Return the SQL that reads raw text as a naive local TIMESTAMP, NULL where it is not a date of that style."""
    if style in _ORDERED:
        a, b = _ORDERED[style]
        cleaned = f"regexp_replace(replace(replace(trim({raw}), '.', '/'), '-', '/'), '[|].*$', '')"
        # Two-digit years first: %Y would take `26` for the year 26.
        # `1-Oct-15` is what Excel makes of some days of such a column.
        forms = [f"{order}/{year}{time}" for order in (f"{a}/{b}", "%d/%b") for time in ("", " %H:%M", " %H:%M:%S", " %I:%M:%S %p", " %I:%M %p")
                 for year in ("%y", "%Y")]  # fmt: skip
        return f"try_strptime({cleaned}, [{', '.join(repr(form) for form in forms)}])"
    if style == "compact":
        return f"try_strptime(trim({raw}), '%Y%m%d')"
    if style == "month":
        return f"try_strptime(replace(trim({raw}), '-', '') || '01', '%Y%m%d')"
    if style == "words":
        return _sql_words(raw)
    if style in ("range_start", "range_end"):
        place = "1" if style == "range_start" else "2"
        ends = r"^\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*-\s*([0-9]{4}-[0-9]{2}-[0-9]{2})\s*$"
        return f"TRY_CAST(regexp_extract({raw}, '{ends}', {place}) AS TIMESTAMP)"
    return _sql_iso(raw, time_zone)


def sql_day(raw: str, style: Style, time_zone: str = "UTC") -> str:
    """Return the SQL that reads raw text as a DATE."""
    instant = f"CAST({sql_instant(raw, style, time_zone)} AS DATE)"
    if style != "iso":
        return instant
    return f"CASE WHEN length({raw}) = 10 THEN TRY_CAST({raw} AS DATE) ELSE {instant} END"


def _sql_iso(raw: str, time_zone: str) -> str:
    """Text with an offset (`2025-12-06 10:37:33 -0500`, `…Z`, `… UTC`) is turned to the organisation's time."""
    text = f"regexp_replace(trim({raw}), '[|].*$', '')"
    closed = f"regexp_replace(regexp_replace({text}, ' ?(UTC|Z)$', '+00:00'), ' ?([+-][0-9]{{2}}):?([0-9]{{2}})$', '\\1:\\2')"
    zoned = f"TRY_CAST({closed} AS TIMESTAMPTZ) AT TIME ZONE '{time_zone}'"
    has_zone = f"regexp_matches({text}, '[0-9]:[0-9.]+ ?(UTC|Z|[+-][0-9]{{2}}:?[0-9]{{2}})$')"
    return (
        f"CASE WHEN length({raw}) <= 19 AND NOT contains({raw}, '|') THEN TRY_CAST({raw} AS TIMESTAMP) "
        f"WHEN {has_zone} THEN {zoned} ELSE TRY_CAST({text} AS TIMESTAMP) END"
    )


def _sql_words(raw: str) -> str:
    """`ter., 5 de mai. de 2026`, `Jun 09, 2018 09:30 pm`: year, first small number, last word that is a month."""
    table = "map {" + ", ".join(f"'{word}': {number}" for word, number in MONTHS.items()) + "}"
    plain = f"strip_accents(lower({raw}))"
    tokens = f"regexp_extract_all({plain}, '[a-z]+')"
    month = f"list_filter(list_transform({tokens}, lambda t: {table}[t]), lambda m: m IS NOT NULL)[-1]"
    year, day = (
        f"regexp_extract({raw}, '[0-9]{{4}}')",
        f"regexp_extract({raw}, '(?:^|[^0-9:])([0-9]{{1,2}})(?:[^0-9:]|$)', 1)",
    )
    clock = f"upper(regexp_extract({plain}, '[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})? ?(?:am|pm)?'))"
    day_only = f"{year} || '-' || {month} || '-' || {day}"
    forms = "['%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d']"
    return f"try_strptime(trim({day_only} || ' ' || {clock}), {forms})"


def parse_day(words: str) -> date | None:
    """Return the day that a preamble or a file name tells: ISO, `20250201`, `2026.05.05`, or with a month name."""
    text = words.strip()
    if match := re.fullmatch(r"(\d{4})[-./]?(\d{2})[-./]?(\d{2})", text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    months = [MONTHS[token] for token in re.findall(r"[a-z]+", plain) if token in MONTHS]
    year, day = re.search(r"\b\d{4}\b", plain), re.search(r"\b\d{1,2}\b(?!:)", plain)
    return _date(int(year[0]), months[-1], int(day[0])) if months and year and day else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
