"""Numbers: the decimal mark is decided by file and column, never by value (`1.234` is 1234 in Dutch)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Mark = Literal[".", ","]
_CORE = re.compile(r"[\d.,]*\d[\d.,]*")
_COMMA = re.compile(r"^\d+,\d{1,2}$|^\d+,\d{4,}$|\.\d{3},\d+$|^0,\d+$|^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$")
_POINT = re.compile(r"^\d+\.\d{1,2}$|^\d+\.\d{4,}$|,\d{2,3}\.\d+$|^0\.\d+$|^\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?$|^\.\d+$")


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
    """
    spaced = f"regexp_replace({raw}, '[\\s\u00a0\u202f\u2009''’]', '', 'g')"
    bare = f"regexp_replace(replace({spaced}, '−', '-'), '^([-+]?)[^-+0-9.,(%]{{1,4}}|[^0-9.,)]{{1,4}}$', '\\1', 'g')"
    thousands, text = (",", bare) if mark == "." else ("[.]", bare)
    shape = rf"[-+]?([0-9]{{1,3}}({thousands}[0-9]{{2,3}})*{thousands}[0-9]{{3}}|[0-9]+)?([{mark}][0-9]*)?"
    joined = f"replace({text}, ',', '')" if mark == "." else f"replace(replace({text}, '.', ''), ',', '.')"
    careful = f"CASE WHEN regexp_full_match({text}, '{shape}') THEN TRY_CAST({joined} AS DECIMAL(20, 6)) END"
    if mark == ".":
        return f"coalesce(TRY_CAST({raw} AS DECIMAL(20, 6)), {careful})"
    plain = f"CASE WHEN NOT contains({raw}, '.') THEN TRY_CAST({raw} AS DECIMAL(20, 6)) END"
    return f"coalesce({plain}, {careful})"


def sql_count(raw: str, mark: Mark) -> str:
    """Return the SQL that reads raw text as a whole number (BIGINT); NULL for `1.5`, which is not one."""
    number = sql_decimal(raw, mark)
    plain = f"CASE WHEN NOT contains({raw}, '.') THEN TRY_CAST({raw} AS BIGINT) END"
    whole = f"CASE WHEN {number} = floor({number}) THEN CAST({number} AS BIGINT) END"
    return f"coalesce({plain}, {whole})"
