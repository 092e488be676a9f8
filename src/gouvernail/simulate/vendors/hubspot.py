"""HubSpot: contacts (with the dates of their lifecycle stages) and deals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.people import Lead
from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table

_SOURCES = {
    "search_organic": "Organic Search",
    "search_paid": "Paid Search",
    "display": "Other Campaigns",
    "instagram_paid": "Paid Social",
    "linkedin_paid": "Paid Social",
    "email": "Email Marketing",
    "direct": "Direct Traffic",
    "referral": "Referrals",
    "events": "Offline Sources",
    "outbound": "Offline Sources",
}
_CONTACTS = (
    "Record ID", "First Name", "Last Name", "Email", "Job Title", "Age", "Lifecycle Stage", "Create Date",
    "Became a Lead Date", "Became a Marketing Qualified Lead Date", "Became a Sales Qualified Lead Date",
    "Became a Customer Date", "First Contacted Date", "Contact owner", "Original Source",
    "Original Source Drill-Down 1", "Country/Region", "Industry", "Number of Employees", "Company Name",
)  # fmt: skip
_DEALS = (
    "Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount", "Pipeline", "Create Date",
    "Currency", "Deal Type", "Closed Lost Reason", "Original Source", "Original Source Drill-Down 1",
    "Country/Region", "Industry", "Number of Employees", "Associated Company", "Associated Contact Email",
)  # fmt: skip
_STAGES = {
    "lead": "Lead",
    "mql": "Marketing Qualified Lead",
    "sql": "Sales Qualified Lead",
    "won": "Customer",
    "lost": "Sales Qualified Lead",
}
_LOST = ("Price", "No budget this year", "Competitor", "No decision")


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write the contacts and the deals that the CRM holds on the last day."""
    leads = facts.known_leads()
    day = facts.end.isoformat()
    contacts = f"hubspot/hubspot-crm-exports-all-contacts-{day}.csv"
    save(folder / contacts, table([_CONTACTS, *(_contact(lead, facts.end) for lead in leads)]), "utf-8-sig")
    steps = sum(1 for lead in leads for day in (lead.mql, lead.sql) if day and day <= facts.end)
    # A contact is a row at its creation, and one more for each stage that it reached since.
    yield Written(contacts, "hubspot", "deals", len(leads) + steps)
    deals = [lead for lead in leads if lead.sql and lead.sql <= facts.end]
    odd = 40 if len(deals) > 80 else None
    rows = [_deal(lead, facts, index == odd) for index, lead in enumerate(deals)]
    name = f"hubspot/hubspot-crm-exports-all-deals-{day}.csv"
    save(folder / name, table([_DEALS, *rows]), "utf-8-sig")
    kept = [lead for index, lead in enumerate(deals) if index != odd]
    won = sum(lead.cents for lead in kept if lead.stage(facts.end) == "won")
    totals = {"amount": cents(sum(lead.cents for lead in kept)), "won_amount": cents(won)}
    dirt = ("one amount typed as words",) if odd is not None else ()
    yield Written(
        name, "hubspot", "deals", len(kept), {k: Decimal(v) for k, v in totals.items()}, len(dirt), dirt
    )


def _contact(lead: Lead, today: date) -> list[object]:
    stage = lead.stage(today)
    return [
        lead.number, lead.first, lead.last, lead.email, lead.title, lead.age, _STAGES[stage],
        f"{lead.instant:%Y-%m-%d %H:%M}", lead.day, _known(lead.mql, today), _known(lead.sql, today),
        lead.closed if stage == "won" else "",
        f"{lead.contacted:%Y-%m-%d %H:%M}" if lead.contacted.date() <= today else "",
        lead.owner, _SOURCES[lead.flow.channel], _drill_down(lead), lead.country, lead.industry, lead.size or "",
        lead.company,
    ]  # fmt: skip


def _known(day: date | None, today: date) -> date | str:
    return day if day and day <= today else ""


def _drill_down(lead: Lead) -> str:
    """HubSpot writes the campaign there for campaigns, the site for referrals."""
    return lead.flow.source if lead.flow.campaign == "(not set)" else lead.flow.campaign


def _deal(lead: Lead, facts: Facts, odd: bool) -> list[object]:
    stage = lead.stage(facts.end)
    label = {"won": "Closed Won", "lost": "Closed Lost"}.get(stage, "Qualified To Buy")
    closed = lead.closed if lead.closed else ""
    return [
        500_000 + lead.number, f"{lead.company or lead.last} - {lead.sql:%Y-%m}", label, closed, lead.owner,
        "à confirmer" if odd else cents(lead.cents), "Sales Pipeline", lead.sql, facts.world.currency,
        "Existing Business" if lead.returns else "New Business", _LOST[lead.number % 4] if stage == "lost" else "", _SOURCES[lead.flow.channel],
        _drill_down(lead), lead.country, lead.industry, lead.size or "", lead.company, lead.email,
    ]  # fmt: skip
