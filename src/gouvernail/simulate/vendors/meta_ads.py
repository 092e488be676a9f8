"""Meta Ads (Facebook, Instagram): report by day, grand total in the first row, names empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.chance import stream
from gouvernail.simulate.flow import Flow
from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table
from gouvernail.simulate.world import Campaign

_FRENCH = (
    "Nom de la campagne", "Jour", "Couverture", "Impressions", "Répétition", "Devise", "Montant dépensé ({})",
    "Clics sur un lien", "Clics (tous)", "Réactions à une publication", "{}", "Début des rapports",
    "Fin des rapports",
)  # fmt: skip
_ENGLISH = (
    "Campaign name", "Day", "Reach", "Impressions", "Frequency", "Currency", "Amount spent ({})",
    "Link clicks", "Clicks (all)", "Post reactions", "{}", "Reporting starts", "Reporting ends",
)  # fmt: skip
_RESULT = {
    (True, True): "Prospects",
    (True, False): "Leads",
    (False, True): "Achats",
    (False, False): "Purchases",
}


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write one report by campaign and day over all days."""
    world = facts.world
    header = list(_FRENCH if world.french else _ENGLISH)
    header[6] = header[6].format(world.currency)
    header[10] = _RESULT[world.shop is None, world.french]
    rows = list(_rows(facts))
    spent, shown = sum(row[2] for row in rows), sum(row[4] for row in rows)
    clicks, links = sum(row[6] for row in rows), sum(row[5] for row in rows)
    period = [facts.dates()[0].isoformat(), facts.end.isoformat()]
    total = ["", "", "", shown, "", world.currency, cents(spent), links, clicks, "", "", *period]
    lines = [_cells(row, world.currency) for row in rows]
    name = "Rapport-sans-titre.csv" if world.french else "Untitled-report.csv"
    save(folder / "meta-ads" / name, table([header, total, *lines]), "utf-8-sig")
    totals = {
        "cost": cents(spent),
        "impressions": Decimal(shown),
        "clicks": Decimal(clicks),
        "link_clicks": Decimal(links),
    }
    yield Written(f"meta-ads/{name}", "meta_ads", "spend", len(rows), totals)


Row = tuple[str, date, int, int, int, int, int, int, int]


def _rows(facts: Facts) -> Iterator[Row]:
    """Yield campaign, day, cents, reach, impressions, link clicks, all clicks, reactions, claimed results."""
    for flow in facts.flows.flows:
        if isinstance(flow.origin, Campaign) and flow.origin.platform == "meta_ads":
            for index, day in enumerate(facts.dates()):
                if flow.cents[index]:
                    yield _row(flow, flow.origin, day, index, facts)


def _row(flow: Flow, campaign: Campaign, day: date, index: int, facts: Facts) -> Row:
    chance = stream(facts.flows.seed, "meta", campaign.name, str(index))
    shown, links = int(flow.impressions[index]), int(flow.clicks[index])
    likes = int(chance.binomial(shown, campaign.reaction_rate))
    claimed = int(flow.demand[index] + chance.binomial(links, 0.004))
    reach = int(shown / chance.uniform(1.15, 1.5))
    return campaign.name, day, int(flow.cents[index]), reach, shown, links, links + likes // 6, likes, claimed


def _cells(row: Row, currency: str) -> list[object]:
    name, day, spent, reach, shown, links, clicks, likes, claimed = row
    repeat = f"{shown / reach:.6f}" if reach else ""
    iso = day.isoformat()
    return [
        name, iso, reach, shown, repeat, currency, cents(spent), links, clicks, likes, claimed or "", iso, iso,
    ]  # fmt: skip
