"""Salesforce: opportunities as Data Loader exports them (API names, byte-order mark, ISO instants)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.people import Lead
from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table

_HEADER = (
    "Id,IsDeleted,AccountId,Name,Description,StageName,Amount,Probability,CloseDate,Type,NextStep,LeadSource,IsClosed,"
    "IsWon,ForecastCategory,ForecastCategoryName,CampaignId,HasOpportunityLineItem,Pricebook2Id,OwnerId,CreatedDate,"
    "CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,CurrencyIsoCode"
).split(",")
_LABELS = {"won": "Closed Won", "lost": "Closed Lost", "sql": "Negotiation"}


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write the opportunities that exist on the last day."""
    deals = [lead for lead in facts.known_leads() if lead.sql and lead.sql <= facts.end]
    rows = [_row(lead, facts) for lead in deals]
    save(folder / "salesforce" / "Opportunity.csv", table([_HEADER, *rows]), "utf-8-sig")
    won = sum(lead.cents for lead in deals if lead.stage(facts.end) == "won")
    totals = {"amount": cents(sum(lead.cents for lead in deals)), "won_amount": cents(won)}
    yield Written(
        "salesforce/Opportunity.csv",
        "salesforce",
        "deals",
        len(rows),
        {k: Decimal(v) for k, v in totals.items()},
    )


def _row(lead: Lead, facts: Facts) -> list[object]:
    stage = lead.stage(facts.end)
    closed, won = stage in ("won", "lost"), stage == "won"
    created = f"{lead.sql}T08:30:00.000+0000"
    cells: dict[str, object] = {
        "Id": f"006Ec{lead.number:010}IAZ",
        "AccountId": f"001Ec{lead.account:010}IAD",
        "Name": f"{lead.company} - {lead.sql:%Y-%m}",
        "StageName": _LABELS[stage],
        "Amount": cents(lead.cents),
        "Probability": 100 if won else 0 if closed else 60,
        "CloseDate": lead.closed,
        "LeadSource": lead.flow.source,
        "IsClosed": int(closed) or "",
        "IsWon": int(won) or "",
        "ForecastCategory": "Closed" if won else "Omitted" if closed else "BestCase",
        "OwnerId": "005Ec000004oBPNIA2",
        "CreatedDate": created,
        "CurrencyIsoCode": facts.world.currency,
    }
    return [cells.get(column, "") for column in _HEADER]
