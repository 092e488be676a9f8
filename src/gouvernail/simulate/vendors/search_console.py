"""Google Search Console: the ZIP of a performance export over the last sixteen months."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from gouvernail.simulate.chance import Counts, Floats, noise, stream
from gouvernail.simulate.vendors.written import Facts, Written, table

_FRENCH = {
    "dates": ("Dates.csv", "Date"),
    "queries": ("Requêtes.csv", "Requêtes les plus fréquentes"),
    "pages": ("Pages.csv", "Pages les plus populaires"),
    "countries": ("Pays.csv", "Pays"),
    "devices": ("Appareils.csv", "Appareil"),
    "filters": ("Filtres.csv", "Filtre"),
}
_ENGLISH = {
    "dates": ("Chart.csv", "Date"),
    "queries": ("Queries.csv", "Top queries"),
    "pages": ("Pages.csv", "Top pages"),
    "countries": ("Countries.csv", "Country"),
    "devices": ("Devices.csv", "Device"),
    "filters": ("Filters.csv", "Filter"),
}
_COUNTRIES = {
    True: (("Suisse", 0.55), ("Allemagne", 0.22), ("France", 0.17), ("Autriche", 0.06)),
    False: (("Switzerland", 0.4), ("United Kingdom", 0.25), ("United States", 0.22), ("Germany", 0.13)),
}
_DEVICES = {
    True: (("Ordinateur", 0.62), ("Mobile", 0.35), ("Tablette", 0.03)),
    False: (("Mobile", 0.6), ("Desktop", 0.36), ("Tablet", 0.04)),
}
_NAMED = 0.71
"""Share of clicks whose query is told: rare queries stay anonymous."""
_DAYS = 486
"""Sixteen months."""


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write the archive; only dates, countries and devices add up to the true total."""
    french = facts.world.french
    names = _FRENCH if french else _ENGLISH
    days, clicks, shown, places = _series(facts)
    measures = ("Clics" if french else "Clicks", "Impressions", "CTR", "Position")
    total = int(clicks.sum()), int(shown.sum())
    shares: dict[str, tuple[tuple[str, float], ...]] = {
        "queries": tuple((query, share * _NAMED) for query, share in facts.world.queries),
        "pages": _pages(facts),
        "countries": _COUNTRIES[french],
        "devices": _DEVICES[french],
    }
    newest = reversed(list(zip(days, clicks, shown, places, strict=True)))
    rows = [_row(day.isoformat(), int(c), int(s), float(p)) for day, c, s, p in newest]
    parts = {names["dates"][0]: table([(names["dates"][1], *measures), *rows])}
    told = len(rows)
    for part, cut in shares.items():
        exact = part in ("countries", "devices")
        lines = list(_split(cut, total, exact))
        parts[names[part][0]] = table([(names[part][1], *measures), *lines])
        told += len(lines)
    parts[names["filters"][0]] = _filters(french)
    file = f"search-console/{facts.world.domain}-Performance-on-Search-{facts.end + timedelta(1)}.zip"
    _archive(folder / file, parts)
    totals = {"clicks": Decimal(total[0]), "impressions": Decimal(total[1])}
    yield Written(file, "search_console", "search", told, totals)


def _series(facts: Facts) -> tuple[tuple[date, ...], Counts, Counts, Floats]:
    chance = stream(facts.flows.seed, "search console")
    organic = [
        flow.visits for flow in facts.flows.flows if (flow.source, flow.medium) == ("google", "organic")
    ]
    visits = np.sum(organic, axis=0)[: facts.days]
    clicks = np.rint(visits * noise(chance, facts.days, 0.04)).astype(np.int64)
    shown = np.rint(clicks / 0.021 * noise(chance, facts.days, 0.07)).astype(np.int64)
    places = np.linspace(17.5, 13.2, facts.days) * noise(chance, facts.days, 0.03)
    return facts.dates()[-_DAYS:], clicks[-_DAYS:], shown[-_DAYS:], places[-_DAYS:]


def _pages(facts: Facts) -> tuple[tuple[str, float], ...]:
    pages = facts.world.landing_pages
    weights = [1 / (rank + 1) for rank in range(len(pages))]
    base = f"https://www.{facts.world.domain}"
    return tuple((base + page, weight / sum(weights)) for page, weight in zip(pages, weights, strict=True))


def _split(cut: tuple[tuple[str, float], ...], total: tuple[int, int], exact: bool) -> Iterator[list[object]]:
    """Share the totals out; where the cut is `exact`, the last line takes what rounding left."""
    left = list(total)
    for index, (name, share) in enumerate(cut):
        last = exact and index == len(cut) - 1
        clicks, shown = (left[0], left[1]) if last else (int(total[0] * share), int(total[1] * share))
        left[0] -= clicks
        left[1] -= shown
        yield _row(name, clicks, shown, 9.4 + 2.1 * index)


def _row(name: str, clicks: int, shown: int, place: float) -> list[object]:
    rate = f"{100 * clicks / shown:.2f}%" if shown else "0%"
    return [name, clicks, shown, rate, f"{place:.2f}"]


def _filters(french: bool) -> str:
    if french:
        return table([("Filtre", "Valeur"), ("Type de recherche", "Web"), ("Date", "Les 16 derniers mois")])
    return table([("Filter", "Value"), ("Search type", "Web"), ("Date", "Last 16 months")])


def _archive(path: Path, parts: dict[str, str]) -> None:
    """Write a ZIP whose bytes depend on its content only: entries carry a fixed time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED
            entry.create_system = 3
            archive.writestr(entry, text.encode())
