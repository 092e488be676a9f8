"""Shopify: orders export, one line a line item, order-level fields on the first line only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from gouvernail.simulate.names import slug
from gouvernail.simulate.orders import Line, Order
from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table

_HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
).split(",")


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write one export a year, newest order first, as the shop does."""
    for year in sorted({day.year for day in facts.dates()}):
        orders = [order for order in facts.known_orders() if order.day.year == year]
        rows = [row for order in reversed(orders) for row in _rows(order, facts)]
        name = f"shopify/orders_export_{year}.csv"
        save(folder / name, table([_HEADER, *rows]))
        totals = {
            "orders": Decimal(len(orders)),
            "lines": Decimal(len(rows)),
            "gross": cents(sum(order.total for order in orders)),
            "refunded": cents(sum(order.refunded for order in orders)),
            "revenue": cents(sum(order.total - order.refunded for order in orders)),
            "value": cents(sum(order.total - order.refunded for order in orders)),
        }
        refunds = sum(1 for order in orders if order.refunded)
        yield Written(name, "shopify", "conversions", len(orders) + refunds, totals)


def _rows(order: Order, facts: Facts) -> Iterator[list[object]]:
    created = f"{order.instant.replace(tzinfo=ZoneInfo(facts.world.time_zone)):%Y-%m-%d %H:%M:%S %z}"
    for index, line in enumerate(order.lines):
        cells: dict[str, object] = {"Name": f"#{order.number}", "Email": order.email, "Created at": created}
        cells |= _line(line, facts)
        if index == 0:
            cells |= _first(order, created, facts)
        yield [cells.get(column, "") for column in _HEADER]


def _line(line: Line, facts: Facts) -> dict[str, object]:
    return {
        "Lineitem quantity": line.quantity,
        "Lineitem name": line.product.name,
        "Lineitem price": f"{line.product.price:.2f}",
        "Lineitem sku": line.product.sku,
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled",
        "Lineitem discount": "0.00",
        "Vendor": facts.world.name,
    }


def _first(order: Order, created: str, facts: Facts) -> dict[str, object]:
    shop = facts.world.shop
    tax = round(order.total * shop.tax / (1 + shop.tax)) if shop else 0
    name = f"{order.first} {order.last}"
    tagged = order.flow.campaign != "(not set)"
    address = {
        f"{kind} {field}": value
        for kind in ("Billing", "Shipping")
        for field, value in (("Name", name), ("Country", order.country))
    }
    return address | {
        "Financial Status": "refunded" if order.refunded else "paid",
        "Paid at": created,
        "Fulfillment Status": "fulfilled",
        "Fulfilled at": created,
        "Accepts Marketing": "yes",
        "Currency": facts.world.currency,
        "Subtotal": cents(order.subtotal),
        "Shipping": cents(order.shipping),
        "Taxes": cents(tax),
        "Total": cents(order.total),
        "Discount Code": order.code,
        "Discount Amount": cents(order.discount),
        "Shipping Method": "Standard",
        "Note Attributes": f"utm_campaign: {order.flow.campaign}" if tagged else "",
        "Payment Method": "Shopify Payments",
        "Payment Reference": f"c{slug(order.last)}.{order.number}",
        "Refunded Amount": cents(order.refunded),
        "Outstanding Balance": "0.00",
        "Id": 6_798_000_000_000 + order.number,
        "Risk Level": "Low",
        "Source": "web",
    }
