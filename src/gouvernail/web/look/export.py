"""Rows for a spreadsheet, as CSV: typed values as numbers and days, and no text that a spreadsheet would run.

A cell of text that begins with = + - @ | % (or a tab or line break) is a formula to a spreadsheet, whoever wrote it: an
apostrophe before it makes it text again. CSV has a byte order mark, so that Excel reads accents; for French readers it has
semicolons and decimal commas, which their Excel expects.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import chain
from typing import Any

from django.http import HttpResponse

from gouvernail.base.ids import slugify
from gouvernail.base.money import Money
from gouvernail.base.render import format_value
from gouvernail.base.spreadsheet import neutral
from gouvernail.base.values import Number, Points, Ratio
from gouvernail.web.look.templatetags.look import language

BOM = "\ufeff"
Row = Sequence[Any]


def csv_response(name: str, headings: Row, rows: Iterable[Row]) -> HttpResponse:
    """Return rows as a CSV file called `name` (without ending). Headings and cells are texts or typed values.

    Money is written as its amount: name the currency in the heading or in a column of its own.
    """
    said = language()
    answer = HttpResponse(_lines(headings, rows, said), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slugify(name) or "export"}.csv"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def _lines(headings: Row, rows: Iterable[Row], said: str) -> Iterator[str]:
    yield BOM
    line = StringIO()
    writer = csv.writer(line, delimiter=";" if said == "fr" else ",")
    for row in chain([headings], rows):
        writer.writerow([_csv_cell(value, said) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _csv_cell(value: Any, said: str) -> str:
    plain = _plain(value, said)
    match plain:
        case None:
            return ""
        case bool():
            return str(plain).lower()
        case int() | float() | Decimal():
            written = f"{plain:f}" if isinstance(plain, Decimal) else repr(plain)
            return written.replace(".", ",") if said == "fr" else written
        case datetime():
            return plain.isoformat(" ", "seconds")
        case date():
            return plain.isoformat()
        case _:
            return neutral(str(plain))


def _plain(value: Any, said: str) -> Any:
    """A value as a number, a day or a text."""
    match value:
        case None | bool() | int() | float() | Decimal() | date():
            return value
        case Money():
            return value.amount
        case Ratio() | Number() | Points():
            return value.value
        case _:
            return format_value(value, said)
