"""Numbers: the decimal mark is decided by file and column, never by value (`1.234` is 1234 in Dutch)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Mark = Literal[".", ","]
_CORE = re.compile(r"[\d.,]*\d[\d.,]*")
_COMMA = re.compile(r"^\d+,\d{1,2}$|^\d+,\d{4,}$|\.\d{3},\d+$|^0,\d+$|^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$")
_POINT = re.compile(
    r"^\d+\.\d{1,2}$|^\d+\.\d{4,}$|,\d{2,3}\.\d+$|^0\.\d+$|^\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$|^\.\d+$"
)


def find_mark(values: Iterable[str]) -> Mark | None:
    """Return the decimal mark that the raw values prove, or None where they do not (whole numbers, `1,234`)."""
    comma = point = 0
    for value in values:
        core = _CORE.search(re.sub(r"[\s\u00a0\u202f'’]", "", value))
        if core:
            comma += bool(_COMMA.search(core[0]))
            point += bool(_POINT.search(core[0]))
    if comma == point:
        return None
    return "," if comma > point else "."


def sql_decimal(raw: str, mark: Mark) -> str:
    """Return the SQL that reads raw text as DECIMAL(20, 6), NULL where it is not a number.

    The plain case is one cast; spaces, apostrophes, currency marks and thousands are only looked at after it fails.
    Each costly step stands once in the text: an engine that shares common parts would run them for every row.
    """
    careful = f"TRY_CAST({_plain(raw, mark, rf'([{mark}][0-9]*)?')} AS DECIMAL(20, 6))"
    # Decimals of 18 digits fit a machine word: reading them is 200 times as fast as those of 20.
    quick = f"CAST(TRY_CAST({raw} AS DECIMAL(18, 6)) AS DECIMAL(20, 6))"
    if mark == ",":
        quick = f"CASE WHEN NOT contains({raw}, '.') THEN {quick} END"
    return f"coalesce({quick}, {careful})"


def sql_count(raw: str, mark: Mark) -> str:
    """Return the SQL that reads raw text as a whole number (BIGINT); NULL for `1.5`, which is not one."""
    quick = f"CASE WHEN NOT contains({raw}, '.') THEN TRY_CAST({raw} AS BIGINT) END"
    return f"coalesce({quick}, TRY_CAST(TRY_CAST({_plain(raw, mark, rf'([{mark}]0*)?')} AS DECIMAL(20, 1)) AS BIGINT))"


def _plain(raw: str, mark: Mark, fraction: str) -> str:
    """Return the SQL of a number's bare text (`-1234.5`), empty where the raw text is not a number of that mark."""
    spaced = f"regexp_replace({raw}, '[\\s\u00a0\u202f\u2009''’]', '', 'g')"
    bare = f"regexp_replace(replace({spaced}, '−', '-'), '^([-+]?)[^-+0-9.,(%<>]{{1,4}}|[^0-9.,)]{{1,4}}$', '\\1', 'g')"
    comma = "," if mark == "." else "[.]"
    shape = rf"^[-+]?([0-9]{{1,3}}({comma}[0-9]{{2,3}})*{comma}[0-9]{{3}}|[0-9]+)?{fraction}$"
    found = f"regexp_extract({bare}, '{shape}')"
    return f"replace({found}, ',', '')" if mark == "." else f"replace(replace({found}, '.', ''), ',', '.')"
