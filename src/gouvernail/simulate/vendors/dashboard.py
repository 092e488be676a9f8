"""What management types by hand each month: a small spreadsheet, with the mapping file that says what its columns are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.vendors.written import Facts, Written, cents, save, table

_NAME = "tableau-de-bord/Tableau de bord de la direction.csv"
_MAPPING = """\
# Tableau de bord de la direction : une ligne par mois, relevée dans le CRM à la clôture.
table: observations
source: tableau_de_bord
dates: day_first
decimal: ","
columns:
  day: Premier jour
  until: Dernier jour
  metric: {value: ventes_allemagne}
  value: Ventes en Allemagne (CHF)
  currency: {value: CHF}
"""
COUNTRY = "DE"


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write the German sales of every whole month, as the deals won there add up to."""
    sums: dict[date, int] = defaultdict(int)
    for lead in facts.known_leads():
        if lead.country == COUNTRY and lead.closed and lead.stage(facts.end) == "won":
            sums[lead.closed.replace(day=1)] += lead.cents
    months = [day for day in facts.dates() if day.day == 1 and _last(day) <= facts.end]
    rows = [
        [f"{day:%d.%m.%Y}", f"{_last(day):%d.%m.%Y}", f"{cents(sums[day])}".replace(".", ",")]
        for day in months
    ]
    header = ["Premier jour", "Dernier jour", "Ventes en Allemagne (CHF)"]
    save(folder / _NAME, table([header, *rows], delimiter=";"), "utf-8-sig")
    save(folder / f"{_NAME}.mapping.yaml", _MAPPING)
    told = {"value": Decimal(cents(sum(sums[day] for day in months)))}
    yield Written(_NAME, "tableau_de_bord", "observations", len(rows), told)


def _last(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
