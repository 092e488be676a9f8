"""Geo tests as questions of the shelf: which panels the facts hold, which markets to treat, what a test showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gouvernail.base.errors import UsageError
from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import parse_period
from gouvernail.base.text import T
from gouvernail.bearing.geo import GeoRead, ReadAsk, Worth, read
from gouvernail.bearing.geo_choosing import COUNTS, ChooseAsk, Chosen, propose
from gouvernail.bearing.geo_data import Offer, offered, table_of
from gouvernail.plan.model import Plan
from gouvernail.sources.geo_panel import GeoTable
from gouvernail.web.bearings import shelf as bearings
from gouvernail.web.measure import shelf
from gouvernail.web.measure.models import AnswerRecord

PANELS, CHOOSE, READ = "geo_panels", "geo_choose", "geo_read"
ALWAYS = parse_period("2000")
"""A geo test looks at all days: its answer is kept whatever period the pages show."""


@dataclass(frozen=True)
class Options:
    """What is asked of a panel, as the shelf keeps it; empty where nothing was said.

    `one` is what one unit is worth, `margin` the share of it that is kept, `level` the confidence.
    """

    panel: str
    treated: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    since: str = ""
    spend: float | None = None
    cost: float | None = None
    budget: float | None = None
    effect: float | None = None
    one: float | None = None
    margin: float | None = None
    days: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    weeks: bool = False

    def told(self) -> dict[str, Any]:
        """Return them as JSON."""
        given = {name: value for name, value in vars(self).items() if value not in (None, "", (), False)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in given.items()}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Options:
        """Return them from JSON."""
        given: dict[str, Any] = {n: tuple(one) if isinstance(one, list) else one for n, one in told.items()}
        return cls(**given)


def order(asked: bearings.Question, kind: str, options: Options | None = None) -> AnswerRecord:
    """Return the record of a question about geo tests; where nobody asked before, order it."""
    return shelf.order(replace(asked, period=ALWAYS), kind, options.told() if options else {})


def panels(made: AnswerRecord) -> tuple[Offer, ...] | None:
    """Return the panels of a record, None where it is not ready."""
    found: tuple[Offer, ...] | None = shelf.look(made)
    return found


def look(made: AnswerRecord) -> Chosen | GeoRead | Refusal | None:
    """Return the answer of a record, None where it is not ready."""
    found: Chosen | GeoRead | Refusal | None = shelf.look(made)
    return found


def work_panels(made: AnswerRecord) -> tuple[Offer, ...]:
    """Find the panels that the facts hold."""
    return offered(bearings.pinned(made.workspace, made.data))


def work_choose(made: AnswerRecord) -> Chosen | Refusal:
    """Work out proposals."""
    options, plan, table, money = _asked(made)
    ask = ChooseAsk(
        options.days, options.counts or COUNTS, options.effect, options.budget, left_out=options.left_out,
        weeks=options.weeks, worth=_worth(options, plan, money=money),
    )  # fmt: skip
    return propose(table, ask)


def work_read(made: AnswerRecord) -> GeoRead:
    """Read a test."""
    options, plan, table, money = _asked(made)
    ask = ReadAsk(
        options.treated,
        date.fromisoformat(options.start),
        date.fromisoformat(options.end),
        date.fromisoformat(options.since) if options.since else None,
        options.left_out,
        options.weeks,
        spend=options.spend,
        worth=_worth(options, plan, money=money),
    )
    return read(table, ask)


def _worth(options: Options, plan: Plan, *, money: bool) -> Worth:
    """What is counted is money already, or becomes it by what one is worth; else no currency is said."""
    currency = plan.organisation.currency if money or options.one is not None else ""
    return Worth(
        1.0 if options.one is None else options.one,
        1.0 if options.margin is None else options.margin,
        options.cost or 0.0,
        currency=currency,
    )


def _asked(made: AnswerRecord) -> tuple[Options, Plan, GeoTable, bool]:
    options, lake = Options.of(made.options), bearings.pinned(made.workspace, made.data)
    plan = bearings.loaded_of(made.workspace, made.revision).plan
    offer = next((one for one in offered(lake) if one.id == options.panel), None)
    if lake is None or offer is None:
        raise UsageError(T("The facts hold no panel of markets “{id}”.", id=options.panel[:80]))
    return options, plan, table_of(plan, lake, options.panel), offer.money
