"""Mailchimp: the list of sent campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.flow import Sending
from gouvernail.simulate.vendors.written import Facts, Written, save, table
from gouvernail.simulate.world import DAY_ONE

_HEADER = (
    "Title", "Subject", "List", "Send Date", "Send Weekday", "Total Recipients", "Successful Deliveries",
    "Soft Bounces", "Hard Bounces", "Total Bounces", "Times Forwarded", "Forwarded Opens", "Unique Opens",
    "Open Rate", "Total Opens", "Unique Clicks", "Click Rate", "Total Clicks", "Unsubscribes", "Abuse Complaints",
)  # fmt: skip
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write one line a mailing sent, newest last."""
    sent = [item for item in facts.flows.sendings if item.day < facts.days]
    sent.sort(key=lambda item: (item.day, item.mailing.title))
    save(folder / "mailchimp" / "campaigns.csv", table([_HEADER, *(_row(item) for item in sent)]))
    totals = {
        "sent": Decimal(sum(item.sent for item in sent)),
        "delivered": Decimal(sum(item.sent - item.hard - item.soft for item in sent)),
        "opens": Decimal(sum(item.opens for item in sent)),
        "clicks": Decimal(sum(item.clicks for item in sent)),
        "unsubscribes": Decimal(sum(item.unsubscribes for item in sent)),
    }
    yield Written("mailchimp/campaigns.csv", "mailchimp", "email", len(sent), totals)


def _row(item: Sending) -> list[object]:
    day = DAY_ONE + timedelta(item.day)
    bounced = item.hard + item.soft
    delivered = item.sent - bounced
    subjects = item.mailing.subjects
    return [
        f"{item.mailing.title} {day:%Y-%m-%d}", subjects[item.number % len(subjects)], item.mailing.list,
        f"{_MONTHS[day.month - 1]} {day:%d}, {day.year} 09:30 am", _WEEK[day.weekday()], item.sent, delivered,
        item.soft, item.hard, bounced, 0, 0, item.opens, _percent(item.opens, delivered), item.all_opens,
        item.clicks, _percent(item.clicks, delivered), item.all_clicks, item.unsubscribes, item.complaints,
    ]  # fmt: skip


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "0.00%"
