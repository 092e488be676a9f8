"""What a writer of vendor files is given and gives back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.flow import Flows
from gouvernail.simulate.orders import Order
from gouvernail.simulate.people import Lead
from gouvernail.simulate.world import DAY_ONE, World


@dataclass(frozen=True)
class Facts:
    """All that happened in a company, and the last day that its files may tell of."""

    flows: Flows
    leads: tuple[Lead, ...]
    orders: tuple[Order, ...]
    end: date

    @property
    def world(self) -> World:
        return self.flows.world

    @property
    def days(self) -> int:
        """Number of days told of."""
        return (self.end - DAY_ONE).days + 1

    def dates(self) -> tuple[date, ...]:
        return tuple(DAY_ONE + timedelta(n) for n in range(self.days))

    def known_leads(self) -> tuple[Lead, ...]:
        return tuple(lead for lead in self.leads if lead.day <= self.end)

    def known_orders(self) -> tuple[Order, ...]:
        return tuple(order for order in self.orders if order.day <= self.end)


@dataclass(frozen=True)
class Written:
    """One file: the rows and exact totals that a right import brings, and the dirt planted on purpose."""

    file: str
    source: str
    table: str
    rows: int
    totals: Mapping[str, Decimal] = field(default_factory=dict)
    rejected: int = 0
    dirt: tuple[str, ...] = ()


def cents(amount: int) -> Decimal:
    """Return hundredths as an exact amount."""
    return Decimal(int(amount)).scaleb(-2)


def save(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write `text` as it is: line ends are the writer's own on every system."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def table(rows: Iterable[Sequence[object]], delimiter: str = ",", end: str = "\n") -> str:
    """Return rows as delimited text, quoted only where needed."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator=end).writerows(rows)
    return buffer.getvalue()
