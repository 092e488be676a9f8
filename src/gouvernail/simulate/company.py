"""Write a simulated company: a folder of vendor exports, and the truth beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.simulate.flow import run
from gouvernail.simulate.orders import orders
from gouvernail.simulate.people import leads
from gouvernail.simulate.truth import Truth, truth
from gouvernail.simulate.vendors import (
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

DEFAULT_SEED = 18
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
    flows = run(COMPANIES[company].world(), seed)
    return Facts(flows, leads(flows), orders(flows), end)


def write(
    company: str, folder: Path, seed: int = DEFAULT_SEED, end: date = DEFAULT_END, *, events: bool = False
) -> Truth:
    """Write the exports of a company into `folder`, one sub-folder a vendor, and the truth into truth.json.

    The same company, seed and last day give the same bytes; an earlier last day gives the same past. With
    `events`, raw analytics events of a sample of people come too: they tell of visits that the reports of the
    interface count already, so a lake should hold one or the other for the same days.

    Raises:
        UsageError: as `live`.
    """
    facts = live(company, seed, end)
    vendors = facts.world.vendors + (("ga4_events",) if events else ())
    files = tuple(written for vendor in vendors for written in WRITERS[vendor](facts, folder))
    told = truth(facts, files)
    told.save(folder / "truth.json")
    return told
