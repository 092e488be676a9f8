"""Who buys and who answers: ages, roles, countries and industries of CRM rows, each deal or lead once (S0, AUD04)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from statistics import median
from typing import Any

from gouvernail.bearing.gathering.countries import country_code
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.checks.sales_evidence import Buyers
from gouvernail.metrics.conditions import dated

TOLD = {"age": "contact_age", "role": "contact_role", "country": "country", "industry": "industry"}
AGES = range(14, 111)
"""Ages that somebody can have who buys; others are slips of the keyboard (0, 999, a year of birth)."""


def buyers(ground: Ground) -> Buyers | None:
    """Return who the contacts of the deals won in the year are; None where the CRM holds no won deal.

    What a deal does not tell of its contact, the contact's own row does (same person).
    """
    if not ground.has("deals"):
        return None
    deals = ground.table("deals")
    # The day of winning, which a CRM tells as closing day; a bare stage row is dated itself.
    day = dated(deals, "closed")
    won = deals.filter((deals.stage == "won") & (day >= ground.year.start) & (day <= ground.year.end))
    once = won.group_by(["source", "account", "deal_id"]).aggregate(
        who=won.person.max(), **{name: won[column].max() for name, column in TOLD.items()}
    )
    known = deals.filter((deals["cut"] == "contacts") & deals.person.notnull())
    contacts = known.group_by("person").aggregate(
        **{f"own_{name}": known[column].max() for name, column in TOLD.items()}
    )
    both = once.left_join(contacts, once.who == contacts.person)
    full = both.mutate(**{name: both[name].coalesce(both[f"own_{name}"]) for name in TOLD})
    return _people(ground.rows(full.group_by(list(TOLD)).aggregate(n=full.count())))


def answerers(ground: Ground) -> Buyers | None:
    """Return who the leads created in the year are; None where the CRM holds none.

    Contacts are the leads; a CRM of which only deals were imported has its deals for leads.
    """
    if not ground.has("deals"):
        return None
    deals = ground.table("deals")
    born = dated(deals, "created")
    fresh = deals.filter((born >= ground.year.start) & (born <= ground.year.end))
    each = fresh.group_by(["source", "account", "deal_id", fresh["cut"].coalesce("deals").name("kind")])
    once = each.aggregate(**{name: fresh[column].max() for name, column in TOLD.items()})
    rows = ground.rows(once.group_by(["kind", *TOLD]).aggregate(n=once.count()))
    contacts = [row for row in rows if row["kind"] == "contacts"]
    return _people(contacts or rows)


def _people(rows: list[dict[str, Any]]) -> Buyers | None:
    """Count kinds of people, each row `n` of a kind: the engine has grouped them."""
    if not rows:
        return None
    ages = {age: n for age, n in _counted(rows, "age").items() if age in AGES}
    countries: Counter[str] = Counter()
    spelt: Counter[str] = Counter()
    for name, n in _counted(rows, "country").items():
        code = country_code(name)
        spelt[code or name] += n
        if code:
            countries[code] += n
    roles = _counted(rows, "role")
    everyone = [age for age, n in ages.items() for _ in range(n)]
    return Buyers(
        deals=sum(row["n"] for row in rows),
        median_age=float(median(everyone)) if everyone else None,
        share_by_role=_shares(roles),
        share_by_country=_shares(spelt),
        by_age=dict(sorted(ages.items())),
        by_country=_ranked(countries),
        by_industry=_ranked(_counted(rows, "industry")),
        by_role=_ranked(roles),
    )


def _counted(rows: list[dict[str, Any]], name: str) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for row in rows:
        value = row[name].strip() if isinstance(row[name], str) else row[name]
        if value not in (None, ""):
            found[value] += row["n"]
    return found


def _shares(counted: Counter[str]) -> Mapping[str, float]:
    whole = sum(counted.values())
    return {name: n / whole for name, n in _ranked(counted).items()}


def _ranked(counted: Counter[str]) -> dict[str, int]:
    """Most frequent first, then by name: two runs must agree."""
    return dict(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
