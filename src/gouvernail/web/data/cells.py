"""What a cell of the canonical tables says: days, numbers and the words of our own vocabulary as the reader writes them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from gouvernail.base.channels import channels
from gouvernail.base.render import format_value
from gouvernail.base.text import T
from gouvernail.base.values import Number
from gouvernail.warehouse.tables import TABLES
from gouvernail.web.data.mapping import VOCABULARY

YES, NO = T("yes"), T("no")


def shown(table: str, language: str, column: str, cell: str) -> str:
    """Return a cell that was kept as text, in the reader's way; one that is masked, or free text, stays as it is."""
    meaning = dict(VOCABULARY.get((table, column), ())).get(cell)
    if meaning is not None:
        return meaning.render(language)
    if column == "channel" and (known := channels().get(cell)):
        return known.name.render(language)
    with suppress(ValueError, InvalidOperation):
        return _read(_types(table).get(column, "text"), cell, language)
    return cell


def _types(table: str) -> dict[str, str]:
    return {one.name: one.type for one in TABLES[table].columns} if table in TABLES else {}


def _read(kind: str, cell: str, language: str) -> str:
    if not cell:
        return cell
    match kind:
        case "day":
            return format_value(date.fromisoformat(cell), language)
        case "instant":
            moment = datetime.fromisoformat(cell)
            return f"{format_value(moment.date(), language)} {moment:%H:%M}"
        case "money":
            return format_value(_amount(Decimal(cell)), language)
        case "count" | "decimal":
            return format_value(Decimal(cell), language)
        case "flag":
            return {"True": YES, "False": NO}[cell].render(language) if cell in ("True", "False") else cell
    return cell


def _amount(value: Decimal) -> Number:
    """An amount with its cents, and with more digits where it has more: the price of a click may."""
    exponent = value.normalize().as_tuple().exponent
    return Number(float(value), max(2, -exponent if isinstance(exponent, int) else 0))
