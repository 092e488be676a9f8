"""A mapping offered for an unknown table, from its headers and values. A person looks at it before it is used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from gouvernail.sources.geo_shape import geo_columns
from gouvernail.sources.reading import Sheet, open_file
from gouvernail.sources.samples import column_sample
from gouvernail.sources.values.dates import find_style
from gouvernail.sources.values.headers import normalise
from gouvernail.warehouse.tables import TABLES

_HINTS: dict[str, dict[str, str]] = {
    "spend": {
        "day": r"^(date|day|jour|date_start)$|date", "campaign": r"^campaign(_name| name)?$|campagne", "campaign_id": r"campaign.?id",
        "ad_group": r"^ad.?(group|set)(_name| name)?$", "ad": r"^ad(_name| name)?$", "cost": r"^(cost|spend|spent|coût|montant)",
        "impressions": r"^impr", "clicks": r"^cli(ck|c)s?$", "reach": r"^reach$", "currency": r"^(currency|devise)",
    },
    "deals": {
        "deal_id": r"^(deal|opportunity|opp|lead|mql).?id$", "day": r"(close|won|engage|create|first_contact|last).*date|^date$",
        "stage": r"stage|phase|status|étape", "amount": r"amount|close_value|deal_value|montant|revenue", "owner": r"owner|sales_agent",
        "product": r"^product", "company": r"^(account|company|société|entreprise)", "person": r"contact|e-?mail",
        "traffic_source": r"^(origin|lead.?source|source)$", "industry": r"sector|industry|segment", "country": r"^(country|pays)$",
        "closed": r"^close.?date$",
    },
    "conversions": {
        "day": r"date|^day$|_at$", "person": r"customer.?id|client|e-?mail|user.?id|visitor", "order_id": r"invoice|order.?(id|no)|commande",
        "value": r"^(total|value|revenue|amount|montant|sales)$", "product": r"description|product|stock.?code", "quantity": r"^(quantity|qty)$",
        "country": r"^(country|pays)$", "instant": r"(date|time)", "currency": r"^(currency|devise)",
    },
    "touchpoints": {
        "person": r"cookie|user.?(pseudo.?)?id|customer.?id|visitor", "instant": r"time|timestamp|date", "day": r"time|date",
        "channel": r"^channel", "campaign": r"campaign", "traffic_source": r"^(utm_)?source$", "medium": r"^(utm_)?medium$",
    },
    "email": {
        "day": r"send.?date|date", "campaign": r"^(title|campaign)", "sent": r"recipients|sent", "opens": r"opens",
        "clicks": r"clicks", "unsubscribes": r"unsub",
    },
}  # fmt: skip
MOST_OF_A_PANEL = 6
"""Columns that a bare panel of markets has at most: an export of orders that names a city has more."""
_TELLING = {
    "spend": "cost",
    "deals": "stage",
    "conversions": "order_id",
    "touchpoints": "channel",
    "email": "opens",
}


def guess_mapping(file: Path, wanted: str | None = None) -> dict[str, Any]:
    """Return a mapping for the first table of a file: into `wanted`, or the canonical table that its headers fit best.

    Raises:
        SourceError: the file cannot be read.
    """
    with open_file(file) as opened:
        sheet = opened.sheets[0]
        header = header_row(sheet)
        names = [name for name in sheet.head[header].cells if name.strip()] if sheet.head else []
        if wanted in (None, "observations") and (found := _markets(sheet, header, file)):
            return found
        table = wanted or max(_HINTS, key=lambda name: _score(name, names))
        columns = _columns(table, names)
        dates = _dates(sheet, header, columns.get(TABLES[table].day))
    mapping: dict[str, Any] = {
        "table": table,
        "source": _source_id(file),
    }
    if dates:
        mapping["dates"] = dates
    if table == "conversions":
        columns |= _order(columns, names)
    return mapping | {"columns": columns}


def _markets(sheet: Sheet, header: int, file: Path) -> dict[str, Any] | None:
    """Return a mapping of a panel of markets: a row for each day and market, and little else."""
    cells = sheet.head[header].cells if sheet.head else ()
    places = geo_columns(tuple(cells))
    if places is None or len([cell for cell in cells if cell.strip()]) > MOST_OF_A_PANEL:
        return None
    day, market, outcome = (cells[places[part]].strip() for part in ("day", "market", "outcome"))
    keys = set(zip(*(column_sample(sheet, header, places[part]) for part in ("day", "market")), strict=False))
    if len(keys) < len(column_sample(sheet, header, places["day"])):
        return None
    mapping: dict[str, Any] = {"table": "observations", "source": _source_id(file)}
    if dates := _dates(sheet, header, cells[places["day"]]):
        mapping["dates"] = dates
    metric = "market_" + (re.sub(r"\W+", "_", normalise(outcome)).strip("_") or "sales")
    columns = {
        "day": day,
        "metric": {"value": metric},
        "dimensions": {"join": {"market": market}},
        "value": outcome,
    }
    return mapping | {"columns": columns}


def _source_id(file: Path) -> str:
    return re.sub(r"\W+", "_", file.name.split(".")[0].casefold()).strip("_")


def header_row(sheet: Sheet) -> int:
    """Return the place of the first row that is as wide as the table and holds words only."""
    width = max((len(row.cells) for row in sheet.head), default=0)
    for number, row in enumerate(sheet.head[:20]):
        if len(row.cells) >= width * 0.8 and not any(re.match(r"^[\d.,]+$", cell) for cell in row.cells):
            return number
    return 0


def _score(table: str, names: list[str]) -> float:
    found = _columns(table, names)
    return len(found) + (2 if _TELLING[table] in found else 0) - 0.01 * len(_HINTS[table])


def _columns(table: str, names: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column, pattern in _HINTS.get(table, {}).items():
        hit = next((name for name in names if re.search(pattern, normalise(name))), None)
        if hit is not None:
            found[column] = hit
    return found


def _order(columns: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """Orders without a total: quantity times unit price; negative ones are refunds."""
    more: dict[str, Any] = {}
    price = next((name for name in names if re.search(r"unit.?price|^price|prix", normalise(name))), None)
    if "value" not in columns and price and "quantity" in columns:
        more["value"] = {"multiply": [columns["quantity"], price]}
    if "value" in columns or "value" in more:
        return more | {"kind": {"sign": "value", "positive": "order", "negative": "refund"}}
    return {"kind": {"value": "order"}}


def _dates(sheet: Sheet, header: int, column: Any) -> str | None:
    if column is None:
        return None
    values = [
        value for value in column_sample(sheet, header, sheet.head[header].cells.index(column)) if value
    ]
    style = find_style(values)
    return style if style in ("day_first", "month_first") else None
