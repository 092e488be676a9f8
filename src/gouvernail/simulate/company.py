"""Write a simulated company: a folder of vendor exports, and the truth beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.simulate.accounts import with_accounts
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.simulate.flow import run
from gouvernail.simulate.orders import orders
from gouvernail.simulate.people import leads
from gouvernail.simulate.truth import Truth, truth
from gouvernail.simulate.vendors import (
    ab_tests,
    dashboard,
    ga4,
    google_ads,
    hubspot,
    linkedin_ads,
    mailchimp,
    meta_ads,
    salesforce,
    search_console,
    shopify,
)
from gouvernail.simulate.vendors.written import Facts, Written
from gouvernail.simulate.world import DAY_ONE, LAST_DAY

DEFAULT_SEED = 29
DEFAULT_END = date(2026, 9, 30)

WRITERS: dict[str, Callable[[Facts, Path], Iterator[Written]]] = {
    "ga4_traffic": ga4.write_traffic,
    "ga4_landing": ga4.write_landing,
    "ga4_events": ga4.write_events,
    "google_ads": google_ads.write,
    "meta_ads": meta_ads.write,
    "linkedin_ads": linkedin_ads.write,
    "search_console": search_console.write,
    "hubspot": hubspot.write,
    "salesforce": salesforce.write,
    "mailchimp": mailchimp.write,
    "shopify": shopify.write,
    "dashboard": dashboard.write,
    "ab_tests": ab_tests.write,
}


def live(company: str, seed: int = DEFAULT_SEED, end: date = DEFAULT_END) -> Facts:
    """Return all that happened in a company up to `end`, without writing anything.

    Raises:
        UsageError: no company of that name, or a last day outside of the simulated calendar.
    """
    if company not in COMPANIES:
        known = ", ".join(sorted(COMPANIES))
        raise UsageError(
            T(
                "There is no simulated company “{company}”: choose one of {known}.",
                company=company,
                known=known,
            )
        )
    if not DAY_ONE < end <= LAST_DAY:
        raise UsageError(
            T(
                "The simulation runs from {first} to {last}: {end} is outside.",
                first=DAY_ONE,
                last=LAST_DAY,
                end=end,
            )
        )
    world = COMPANIES[company].world()
    flows = run(world, seed)
    asked = leads(flows)
    if world.funnel:
        asked = tuple(with_accounts(asked, world.funnel, seed))
    return Facts(flows, asked, orders(flows), end)


def write(
    company: str, folder: Path, seed: int = DEFAULT_SEED, end: date = DEFAULT_END, *, events: bool = True
) -> Truth:
    """Write the exports of a company into `folder`, one sub-folder a vendor, and the truth into truth.json.

    The same company, seed and last day give the same bytes; an earlier last day gives the same past. With
    `events`, the raw analytics events of those who converted in the last months come too, so that who came by
    which way is known person by person.

    Raises:
        UsageError: as `live`.
    """
    facts = live(company, seed, end)
    vendors = facts.world.vendors + (("ga4_events",) if events else ())
    files = tuple(written for vendor in vendors for written in WRITERS[vendor](facts, folder))
    told = truth(facts, files)
    told.save(folder / "truth.json")
    return told
