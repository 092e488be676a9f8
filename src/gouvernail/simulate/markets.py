"""Sales of a chain of shops by city and day, with a test of known effect in some of them: for examples, and to try readings on.

Each city has a size, a week and a slow trend of its own, and days that waver, one day much like the one before it. The
action raises sales of the treated cities by `lift` over the test, and costs `spend`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

CITIES = (
    *("Annecy", "Besançon", "Chambéry", "Colmar", "Delémont", "Dijon", "Fribourg", "Genève", "Grenoble"),
    *("Lausanne", "Lyon", "Mulhouse", "Neuchâtel", "Nyon", "Saint-Étienne", "Sion", "Valence", "Yverdon"),
)


@dataclass(frozen=True)
class MarketTest:
    """What was made, and what is true of it."""

    first: date = date(2026, 3, 2)
    days: int = 126
    test: int = 28
    treated: tuple[str, ...] = ("Dijon", "Lausanne", "Valence")
    lift: float = 0.12
    spend: float = 3000.0
    noise: float = 0.05
    trend: float = 0.04
    seed: int = 26

    @property
    def start(self) -> date:
        """The test's first day."""
        return self.first + timedelta(days=self.days - self.test)

    @property
    def end(self) -> date:
        """Its last."""
        return self.first + timedelta(days=self.days - 1)

    def sales(self) -> np.ndarray:
        """Return sales, days × cities, to the cent."""
        rng = np.random.default_rng(self.seed)
        count = len(CITIES)
        size = 900 * rng.lognormal(0, 0.5, count)
        week = np.array([0.92, 0.95, 0.98, 1.0, 1.1, 1.25, 0.8])[np.arange(self.days) % 7]
        common = 1 + 0.08 * np.sin(2 * np.pi * np.arange(self.days) / 90)
        own = np.exp(self.trend * rng.normal(size=count) * np.linspace(-0.5, 0.5, self.days)[:, None])
        fresh = rng.normal(0, self.noise, (self.days, count))
        waver = np.zeros_like(fresh)
        for day in range(self.days):
            waver[day] = 0.3 * waver[day - 1] + fresh[day] if day else fresh[day]
        made = size * (week * common)[:, None] * own * np.exp(waver)
        treated = [CITIES.index(name) for name in self.treated]
        made[-self.test :, treated] *= 1 + self.lift
        return np.round(made, 2)


def write(told: MarketTest, path: Path) -> Path:
    """Write the panel as CSV: date, city, sales, cost."""
    sales = told.sales()
    shares = sales[-told.test :, [CITIES.index(name) for name in told.treated]].mean(axis=0)
    paid = dict(zip(told.treated, shares / shares.sum() * told.spend / told.test, strict=True))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["date", "city", "sales", "cost"])
        for place, row in enumerate(sales):
            day = told.first + timedelta(days=place)
            for city, sold in zip(CITIES, row, strict=True):
                cost = paid.get(city, 0.0) if day >= told.start else 0.0
                writer.writerow([day.isoformat(), city, f"{sold:.2f}", f"{cost:.2f}"])
    return path
