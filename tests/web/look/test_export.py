"""Exports for spreadsheets: typed values, and no formula of anybody's."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.utils import translation

from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.base.values import Ratio
from gouvernail.web.look.export import csv_response, neutral, xlsx_response

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


def test_excel_gets_numbers_and_days_and_no_formula() -> None:
    answer = xlsx_response("a/b", ("What", "Amount", "Share", "Day", "Note"), ROWS)
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active

    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[1][:3] == ["'=cmd|' /C calc'!A0", Decimal("1234.5"), 0.25]
    assert cells[2][4] == "'@SUM(A1)"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
