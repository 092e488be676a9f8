"""Tests of landing pages: one line a variant and day, as a testing tool or an analyst writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from gouvernail.simulate.chance import Counts, stream
from gouvernail.simulate.vendors.written import Facts, Written, save, table
from gouvernail.simulate.world import DAY_ONE, PageTest

_HEADER = ("Test", "Variant", "Day", "Visitors", "Conversions")
_FRENCH = ("Test", "Variante", "Jour", "Visiteurs", "Conversions")


def write(facts: Facts, folder: Path) -> Iterator[Written]:
    """Write one file a test: the visitors of its campaign, dealt out at random, and how many of them converted."""
    for test in facts.world.tests:
        if test.start > facts.end:
            continue
        shown, converted = dealt(facts, test)
        rows = [
            [test.name, variant, f"{DAY_ONE + timedelta(day):%Y-%m-%d}", shown[arm][day], converted[arm][day]]
            for day in range(facts.days)
            for arm, variant in enumerate(test.variants)
            if shown[arm][day]
        ]
        file = f"ab_tests/{test.id}.csv"
        save(folder / file, table([_FRENCH if facts.world.french else _HEADER, *rows]))
        totals = {
            "exposures": Decimal(sum(int(arm.sum()) for arm in shown)),
            "conversions": Decimal(sum(int(arm.sum()) for arm in converted)),
        }
        yield Written(file, "experiments", "experiments", len(rows), totals)


def dealt(facts: Facts, test: PageTest) -> tuple[tuple[Counts, Counts], tuple[Counts, Counts]]:
    """Return visitors and conversions of control and variant, day by day over the days told of."""
    flow = next(one for one in facts.flows.flows if one.campaign == test.campaign)
    chance = stream(facts.flows.seed, "ab_test", test.id)
    visits = flow.visits.copy()
    visits[: (test.start - DAY_ONE).days] = 0
    visits[(test.end - DAY_ONE).days + 1 :] = 0
    control = chance.binomial(visits, 0.5)
    arms = (control, visits - control)
    converted = (chance.binomial(arms[0], test.rate), chance.binomial(arms[1], test.rate * test.lift))
    days = facts.days
    return (arms[0][:days], arms[1][:days]), (converted[0][:days], converted[1][:days])
