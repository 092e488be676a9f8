"""Measures that several families share, so that one thing is counted in one way."""

from __future__ import annotations

from gouvernail.metrics.metric import Measure

SALES = (("kind", ("order", "subscription")),)
MONEY_IN = (("kind", ("order", "refund", "subscription")),)
WON = (("stage", ("won",)),)
NOT_MARKETING = (("channel", ("direct", "outbound", "stores")),)
PAID = (
    (
        "channel",
        (
            "search_paid",
            "shopping",
            "display",
            "facebook_paid",
            "instagram_paid",
            "linkedin_paid",
            "social_paid",
            "x_paid",
            "tiktok_paid",
            "youtube_paid",
            "pinterest_paid",
            "snapchat_paid",
            "affiliates",
        ),
    ),
)


def total(table: str, column: str, record: str | None = None) -> Measure:
    """Return the plain sum of a column."""
    return Measure(table, "sum", column, record=record)


def event(*names: str) -> Measure:
    """Return the count of web events of these names."""
    return Measure("web", "sum", "events", where=(("event", names),), record="web")


def reached(kind: str, *stages: str) -> tuple[Measure, ...]:
    """Return how a funnel stage is counted: conversions of that kind, else contacts, else deals that got there."""
    return (
        Measure("conversions", "count", where=(("kind", (kind,)),), record="leads"),
        Measure(
            "deals",
            "count_first",
            "deal_id",
            where=(("cut", ("contacts",)), ("stage", stages)),
            day="created" if kind == "lead" else "day",
            record="leads",
        ),
        Measure(
            "deals",
            "count_first",
            "deal_id",
            where=(("cut", ("deals",)), ("stage", stages)),
            day="created" if kind == "lead" else "day",
            record="leads",
        ),
    )
