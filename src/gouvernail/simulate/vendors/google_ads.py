"""Google Ads: campaign report by day, in French or English (title, period, header, rows, total rows)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.chance import stream
from gouvernail.simulate.flow import Flow
from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table
from gouvernail.simulate.world import Campaign

_MONTHS = {
    True: ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    False: (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
}  # fmt: skip
_HEADER = {
    True: (
        "Jour",
        "Campagne",
        "Type de campagne",
        "Code de la devise",
        "Coût",
        "Impr.",
        "Clics",
        "CTR",
        "Conversions",
    ),
    False: (
        "Day",
        "Campaign",
        "Campaign type",
        "Currency code",
        "Cost",
        "Impr.",
        "Clicks",
        "CTR",
        "Conversions",
    ),
}
_TITLE = {True: "Rapport sur les campagnes", False: "Campaign report"}
_TOTALS = {True: ("Total : campagnes", "Total : compte"), False: ("Total: Campaigns", "Total: Account")}


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write the report of the account over all days."""
    french = facts.world.french
    name = "Rapport sur les campagnes.csv" if french else "Campaign report.csv"
    rows = list(_rows(facts))
    total = sum(row[3] for row in rows), sum(row[4] for row in rows), sum(row[5] for row in rows)
    lines: list[list[object]] = [_cells(row, facts.world.currency, french) for row in rows]
    for label in _TOTALS[french]:
        sums = [_number(cents(total[0]), french), str(total[1]), str(total[2])]
        lines.append([label, " --", " --", facts.world.currency, *sums, " --", " --"])
    text = f'{_TITLE[french]}\n"{_period(facts, french)}"\n' + table([_HEADER[french], *lines])
    save(folder / "google-ads" / name, text)
    totals = {"cost": cents(total[0]), "impressions": Decimal(total[1]), "clicks": Decimal(total[2])}
    yield Written(f"google-ads/{name}", "google_ads", "spend", len(rows), totals)


Row = tuple[date, str, str, int, int, int, int]


def _rows(facts: Facts) -> Iterator[Row]:
    """Yield day, campaign, type, cents, impressions, clicks, conversions that the platform claims."""
    for index, day in enumerate(facts.dates()):
        for flow in facts.flows.flows:
            if (
                isinstance(flow.origin, Campaign)
                and flow.origin.platform == "google_ads"
                and flow.cents[index]
            ):
                yield _row(flow, flow.origin, day, index, facts)


def _row(flow: Flow, campaign: Campaign, day: date, index: int, facts: Facts) -> Row:
    # A platform claims what it caused and a part of what would have come anyway.
    chance = stream(facts.flows.seed, "claims", campaign.name, str(index))
    claimed = int(flow.demand[index] + chance.binomial(int(flow.clicks[index]), 0.01))
    counts = int(flow.cents[index]), int(flow.impressions[index]), int(flow.clicks[index])
    return day, campaign.name, campaign.type, *counts, claimed


def _cells(row: Row, currency: str, french: bool) -> list[object]:
    day, campaign, kind, cost, shown, clicks, claimed = row
    rate = f"{Decimal(100 * clicks) / shown:.2f}" if shown else "0.00"
    percent = f"{rate.replace('.', ',')} %" if french else f"{rate}%"
    claims = _number(Decimal(claimed).quantize(Decimal("0.01")), french)
    money = _number(cents(cost), french)
    return [day.isoformat(), campaign, kind, currency, money, shown, clicks, percent, claims]


def _number(value: Decimal, french: bool) -> str:
    return f"{value:.2f}".replace(".", ",") if french else f"{value:.2f}"


def _period(facts: Facts, french: bool) -> str:
    return f"{_words(facts.dates()[0], french)} - {_words(facts.end, french)}"


def _words(day: date, french: bool) -> str:
    month = _MONTHS[french][day.month - 1]
    return f"{day.day} {month} {day.year}" if french else f"{month} {day.day}, {day.year}"
