"""Shopify: one conversion an order, one more for what was given back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from gouvernail.sources.values.persons import pseudonym
from tests.sources.workbench import CONTEXT, only, shared, values, write

HEAD = (
    "Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Billing Country,Note Attributes,Cancelled at,Refunded Amount\n"
)


def order(
    name: str, total: str, status: str = "paid", refunded: str = "0.00", cancelled: str = "", more: str = ""
) -> str:
    return (
        f'{name},A@x.example,{status},,CHF,1,{total},{more},2026-09-01 23:30:00 -0500,1,Tea,{total},CH,'
        f'"utm_campaign: spring\nutm_source: google",{cancelled},{refunded}\n'
    )  # fmt: skip


def item(name: str) -> str:
    return f"{name},A@x.example,,,,,,,2026-09-01 23:30:00 -0500,2,Cup,5.00,,,,\n"


def test_real_orders_count_once_each() -> None:
    found = only(shared("shopify/dev-store-redacted/orders_export_1.redacted.csv"), "shopify")
    assert (found.rows, found.rejected, found.currency) == (51, 0, "INR")
    assert found.totals == {"value": Decimal("590683.29")}


def test_line_items_belong_to_the_order_and_the_day_is_local(tmp_path: Path) -> None:
    path = write(
        tmp_path, HEAD + order("#1051", "12.50", more="SPRING") + item("#1051") + order("#1050", "7.00")
    )
    assert values(
        path, "conversions", "kind", "order_id", "value", "currency", "day", "promo_code", "country"
    ) == [
        ("order", "#1051", Decimal("12.500000"), "CHF", date(2026, 9, 2), "SPRING", "CH"),
        ("order", "#1050", Decimal("7.000000"), "CHF", date(2026, 9, 2), None, "CH"),
    ]
    assert values(path, "conversions", "instant", "person", "campaign", "traffic_source")[0] == (
        datetime(2026, 9, 2, 6, 30), pseudonym(CONTEXT.secret, "a@x.example"), "spring", "google",
    )  # fmt: skip


def test_refunds_and_cancelled_orders_are_taken_back(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEAD + order("#1", "10.00", "partially_refunded", "4.00") + item("#1")
        + order("#2", "20.00", "voided", cancelled="2026-09-03 10:00:00 -0500") + order("#3", "30.00", "expired"),
    )  # fmt: skip
    assert values(path, "conversions", "kind", "order_id", "value") == [
        ("order", "#1", Decimal("10.000000")), ("order", "#2", Decimal("20.000000")), ("order", "#3", Decimal("30.000000")),
        ("refund", "#1", Decimal("-4.000000")), ("refund", "#2", Decimal("-20.000000")), ("refund", "#3", Decimal("-30.000000")),
    ]  # fmt: skip


def test_a_wrong_order_is_rejected_once(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + order("#1", "ten", "refunded", "1.00") + order("#2", "5.00"))
    found = only(path, "shopify")
    assert (found.rows, found.rejected) == (1, 1)
