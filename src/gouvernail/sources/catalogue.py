"""Every source, one line each: id → module, imported only when a file is looked at.

Order decides nothing but ties.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from inspect import cleandoc

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.sources.protocol import Source

MODULES = {
    "ga4": "gouvernail.sources.files.ga4",
    "google_ads": "gouvernail.sources.files.google_ads",
    "meta_ads": "gouvernail.sources.files.meta_ads",
    "linkedin_ads": "gouvernail.sources.files.linkedin_ads",
    "search_console": "gouvernail.sources.files.search_console",
    "hubspot": "gouvernail.sources.files.hubspot",
    "salesforce": "gouvernail.sources.files.salesforce",
    "mailchimp": "gouvernail.sources.files.mailchimp",
    "shopify": "gouvernail.sources.files.shopify",
    "optimizely": "gouvernail.sources.files.optimizely",
    "vwo": "gouvernail.sources.files.vwo",
    "growthbook": "gouvernail.sources.files.growthbook",
    "experiments": "gouvernail.sources.files.experiments",
    "holdouts": "gouvernail.sources.files.holdouts",
}


@lru_cache
def source(id: str) -> Source:
    """Return a source by its id.

    Raises:
        UsageError: there is none of that id.
    """
    if id not in MODULES:
        raise UsageError(
            T("There is no source “{id}”. Known sources: {known}.", id=id, known=", ".join(MODULES))
        )
    found: Source = import_module(MODULES[id]).SOURCE
    return found


def sources() -> tuple[Source, ...]:
    """Return every source, in the order of the catalogue."""
    return tuple(source(id) for id in MODULES)


def about(id: str) -> str:
    """Return what a source says of itself: the docstring of its package (English; it is the docs page too)."""
    return cleandoc(import_module(MODULES[id]).__doc__ or "")
