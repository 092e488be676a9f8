"""LinkedIn Campaign Manager: campaign performance report by day (UTF-16LE, tabs, preamble of four lines)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.chance import stream
from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table
from gouvernail.simulate.world import Campaign

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_HEADER = (
    "Start Date (in UTC)", "Account Name", "Currency", "Campaign Group ID", "Campaign Group Name", "Campaign ID",
    "Campaign Name", "Campaign Type", "Campaign Status", "Total Spent", "Impressions", "Clicks",
    "Click Through Rate", "Average CPM", "Total Engagements", "Conversions", "Leads",
)  # fmt: skip


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write the report over all days with spending."""
    rows = list(_rows(facts))
    totals = {
        "cost": cents(sum(row[2] for row in rows)),
        "impressions": Decimal(sum(row[3] for row in rows)),
        "clicks": Decimal(sum(row[4] for row in rows)),
    }
    preamble = [
        "Campaign Performance Report (in UTC)",
        f"Report Start: {_words(facts.dates()[0])}, 12:00 AM",
        f"Report End: {_words(facts.end)}, 11:59 PM",
        f"Date Generated: {_words(facts.end)}, 11:59 PM",
        "",
    ]
    head = "\r\n".join(f'"{line}"' if line else "" for line in preamble) + "\r\n"
    cells = [_cells(row, facts) for row in rows]
    text = head + table([_HEADER, *cells], delimiter="\t", end="\r\n")
    name = "linkedin-ads/account_507213344_campaign_performance_report.csv"
    # utf-16-le with its mark: plain "utf-16" would follow the machine's byte order.
    save(folder / name, "\ufeff" + text, "utf-16-le")
    yield Written(name, "linkedin_ads", "spend", len(rows), totals)


Row = tuple[str, date, int, int, int, int, int]


def _rows(facts: Facts) -> Iterator[Row]:
    """Yield campaign, day, cents, impressions, clicks, engagements, leads claimed."""
    for flow in facts.flows.flows:
        if isinstance(flow.origin, Campaign) and flow.origin.platform == "linkedin_ads":
            for index, day in enumerate(facts.dates()):
                if flow.cents[index]:
                    chance = stream(facts.flows.seed, "linkedin", flow.origin.name, str(index))
                    clicks = int(flow.clicks[index])
                    engaged = clicks + int(chance.binomial(int(flow.impressions[index]), 0.004))
                    claimed = int(flow.demand[index] + chance.binomial(clicks, 0.02))
                    money, shown = int(flow.cents[index]), int(flow.impressions[index])
                    yield flow.origin.name, day, money, shown, clicks, engaged, claimed


def _cells(row: Row, facts: Facts) -> list[object]:
    name, day, spent, shown, clicks, engaged, claimed = row
    rate = f"{100 * clicks / shown:.3f}%" if shown else "0.000%"
    cpm = f"{spent / 100 / shown * 1000:.2f}" if shown else "0.00"
    return [
        f"{day.month}/{day.day}/{day.year}", facts.world.name, facts.world.currency, "611204433", "Deutschland",
        "288104517", name, "Sponsored Update", "Active", cents(spent), shown, clicks, rate, cpm, engaged, claimed,
        claimed,
    ]  # fmt: skip


def _words(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
