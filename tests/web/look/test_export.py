"""Exports for spreadsheets: typed values, and no formula of anybody's."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.web.look.export import csv_response, neutral

ROWS = [
    ("=cmd|' /C calc'!A0", Money(Decimal("1234.50"), "CHF"), Ratio(0.25), date(2026, 9, 1), None),
    (T("Rows"), -3, Decimal("-0.5"), True, "@SUM(A1)"),
]


def _text(answer) -> str:
    return answer.content.decode("utf-8")


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1+2", "@A1", "\t=1", "\r=1", "\n=1", "＝1"])
def test_text_that_a_spreadsheet_would_run_is_made_text_again(risky: str) -> None:
    assert neutral(risky) == f"'{risky}"
    assert neutral("a=b") == "a=b"


def test_csv_holds_typed_values_and_a_byte_order_mark() -> None:
    with translation.override("en"):
        said = _text(csv_response("Rejected rows", ("What", T("Rows"), "Share", "Day", "Note"), ROWS))

    assert said.startswith("\ufeffWhat,Rows,Share,Day,Note\r\n")
    assert "'=cmd|' /C calc'!A0,1234.50,0.25,2026-09-01,\r\n" in said
    assert "Rows,-3,-0.5,true,'@SUM(A1)\r\n" in said


def test_french_readers_get_what_their_excel_expects() -> None:
    with translation.override("fr"):
        answer = csv_response("lignes rejetées", ("Quoi", "Montant"), (row[:2] for row in ROWS))
        said = _text(answer)

    assert ";1234,50\r\n" in said
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lignes-rejetees.csv"'
