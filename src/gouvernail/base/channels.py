"""The channel catalogue (DOMAIN §5): whom a channel reaches, what it serves, and how traffic is recognised.

The figures stand in `channels.yaml`, each with its source and year. Traffic is classified by the rules of
Google Analytics 4's default channel group (`base.ga4`), carried on to the network where the source names one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from gouvernail.base.ga4 import ga4_default_channel
from gouvernail.base.text import T, Text


@dataclass(frozen=True)
class Fit:
    """How well a channel suits an audience.

    `reach` is the share of the audience's ages that uses the channel. `affinity` is that share over the share
    in the channel's best age band: 1 where the channel is at home, near 0 where it is a stranger; it does not
    depend on how big the channel is. `market` tells whether the channel addresses that market at all. Each is
    None where nothing is known.
    """

    reach: float | None
    affinity: float | None
    market: bool | None


@dataclass(frozen=True)
class Channel:
    """A channel of the catalogue. `ages` maps (low, high) years to the share of people who use it."""

    id: str
    name: Text
    market: str
    stages: tuple[str, ...]
    term: str
    metrics: tuple[str, ...]
    skills: tuple[str, ...]
    network: str | None
    mass: bool
    ages: Mapping[tuple[int, int], float]
    source: str
    """Who says so, for the figures in `ages`; empty without figures."""
    year: int | None
    url: str = ""
    """Where the figures in `ages` can be read."""
    unverified: frozenset[tuple[int, int]] = frozenset()
    """Bands whose figure stands in that publication by our knowledge, but was not read again by a second source."""
    market_source: str = ""
    """Who says so, for `market`, with the year; empty where it is our judgement."""
    countries: Mapping[str, float] = field(default_factory=dict)
    """ISO 3166 code → share of the country's people on the internet who use the network at least now and then."""
    countries_source: str = ""
    own: bool = False
    """True for one that the organisation's plan describes."""

    def reach(self, age: tuple[int, int]) -> float | None:
        """Return the share of people of these ages (years, both included) who use the channel, or None.

        Ages count alike; adults only, so an audience wholly under 18 has no answer.
        """
        weighted = [
            (min(age[1], high) - max(age[0], low) + 1, share)
            for (low, high), share in self.ages.items()
            if min(age[1], high) >= max(age[0], low)
        ]
        years = sum(n for n, _ in weighted)
        return sum(n * share for n, share in weighted) / years if years else None

    def fit(self, age: tuple[int, int] | None, market: str | None) -> Fit:
        """Return how well the channel suits an audience of these ages and this market (b2b, b2c, both)."""
        reach = self.reach(age) if age else None
        best = max(self.ages.values(), default=0.0)
        suits = None if market is None else "both" in (market, self.market) or market == self.market
        return Fit(reach, reach / best if reach is not None and best else None, suits)


@cache
def channels() -> Mapping[str, Channel]:
    """Return the catalogue: channel id → channel."""
    import yaml  # only when a channel is asked for: `--help` must stay light

    data = yaml.safe_load((Path(__file__).parent / "channels.yaml").read_text("utf-8"))
    return {id: _channel(id, entry, data) for id, entry in data["channels"].items()}


def _channel(id: str, entry: Mapping[str, Any], data: Mapping[str, Mapping[str, Any]]) -> Channel:
    network = data["networks"].get(entry.get("network", ""), {})
    cited = data["sources"].get(network.get("ages_source", ""), {})
    ages = {_band(band): share for band, share in network.get("ages", {}).items()}
    return Channel(
        id=id,
        name=T(entry["name"]),
        market=entry["market"],
        stages=tuple(entry["stages"]),
        term=entry["term"],
        metrics=tuple(entry["metrics"]),
        skills=tuple(entry["skills"]),
        network=entry.get("network"),
        mass=entry.get("mass", False),
        ages=ages,
        source=cited.get("title", ""),
        year=cited.get("year"),
        url=cited.get("url", ""),
        unverified=frozenset(ages) - {_band(band) for band in network.get("read", ())},
        market_source=_cited(data["sources"].get(entry.get("market_source", ""))),
        countries=network.get("countries", {}),
        countries_source=_cited(data["sources"].get(network.get("countries_source", ""))),
    )


def _cited(source: Mapping[str, Any] | None) -> str:
    return f"{source['title']}, {source['year']}" if source else ""


def _band(words: str) -> tuple[int, int]:
    low, high = words.split("-")
    return int(low), int(high)


_NETWORKS = {
    "facebook": r"facebook|\bfb\b|meta\b|l\.facebook|m\.facebook",
    "instagram": r"instagram|\big\b|igshopping",
    "linkedin": r"linkedin|lnkd\.in",
    "x": r"twitter|\bt\.co\b|^x$|x\.com",
    "tiktok": r"tiktok",
    "youtube": r"youtube|youtu\.be",
    "pinterest": r"pinterest|pin\.it",
    "snapchat": r"snapchat",
    "whatsapp": r"whatsapp|wa\.me",
    "xing": r"xing",
}
_SEARCH = re.compile(
    r"google|bing|yahoo|duckduckgo|ecosia|qwant|baidu|yandex|naver|seznam|startpage|swisscows|brave|ask\.com"
)
_SHOPPING = re.compile(r"shopping|amazon|ebay|etsy|alibaba|rakuten|galaxus|digitec|zalando|idealo")
_PAID = re.compile(r"^(.*cp.*|ppc|retargeting|paid.*|.*[_-]paid)$")
_EMAIL = re.compile(r"e[-_ ]?mail|newsletter")
_GROUPS = {
    "direct": "direct",
    "organic search": "search_organic",
    "paid search": "search_paid",
    "organic shopping": "shopping",
    "paid shopping": "shopping",
    "cross-network": "search_paid",
    "display": "display",
    "email": "email",
    "affiliates": "affiliates",
    "referral": "referral",
    "audio": "podcast",
    "sms": "sms",
    "organic video": "video",
    "paid video": "youtube_paid",
}
"""GA4's group, in small letters → our channel, for the groups that need no look at the source."""
_SOCIAL_GROUPS = {"paid social": True, "social media": False, "organic social": False}
"""A tool's word for social traffic → whether it is paid."""
_MEDIUMS = {
    "affiliates": "affiliates",
    "organic_social": "social_organic",
    "podcast": "podcast",
    "event": "events",
    "print": "print",
    "webinar": "webinar",
}
"""Words for a medium that GA4 has no rule for."""


def classify(
    source: str,
    medium: str,
    campaign: str = "",
    channel_group: str = "",
    own: Mapping[str, str] = MappingProxyType({}),
) -> str | None:
    """Return the channel of a visit by its source, medium and campaign, or None when no rule says.

    `own` (source in small letters → channel id) is what the organisation says of its sources and comes first; a name
    stands for its subdomains too. Then GA4's rules decide (`base.ga4`), carried on to the network where the source
    or, for social traffic, the campaign names one. Where they give no more than a referral or nothing, words of ours
    look for networks, search engines and newsletters that Google's lists do not hold. `channel_group`, the tool's own
    word, decides only where source and medium do not.
    """
    source, medium, campaign = source.casefold().strip(), medium.casefold().strip(), campaign.casefold()
    found = _of_own(source, own)
    if found is None and source in ("direct", "(direct)") and medium in ("", "(none)", "(not set)", "none"):
        found = "direct"
    if found is None and (source or medium):
        found = _of_group(ga4_default_channel(source, medium, campaign), source, medium, campaign)
    return found or _of_group(channel_group.strip(), source, medium, campaign)


def _of_own(source: str, own: Mapping[str, str]) -> str | None:
    while source:
        if source in own:
            return own[source]
        source = source.partition(".")[2]
    return None


def _of_group(group: str, source: str, medium: str, campaign: str) -> str | None:
    group = group.casefold()
    network = next((id for id, pattern in _NETWORKS.items() if re.search(pattern, source)), None)
    if group in _SOCIAL_GROUPS:
        return _of_social(network, campaign, paid=_SOCIAL_GROUPS[group])
    if group in ("paid video", "organic video") and network == "youtube":
        return _of_network(network, paid=group == "paid video")
    if group in ("referral", "unassigned", "paid other"):
        return _by_words(network, source, medium) or _GROUPS.get(group)
    return _GROUPS.get(group)


def _by_words(network: str | None, source: str, medium: str) -> str | None:
    """What source and medium say to us where GA4 knows no better."""
    paid = bool(_PAID.match(medium))
    if _SHOPPING.search(source):
        return "shopping"
    if network:
        return _of_network(network, paid=paid)
    if _SEARCH.search(source) and (paid or not medium):
        return "search_paid" if paid else "search_organic"
    if _EMAIL.search(medium) or _EMAIL.search(source):
        return "email"
    return _MEDIUMS.get(medium)


def _of_social(network: str | None, campaign: str, *, paid: bool) -> str:
    """The network, where the source or the campaign's name tells it."""
    words = re.sub(r"[^a-z]+", " ", campaign)
    told = network or next((id for id, pattern in _NETWORKS.items() if re.search(pattern, words)), "social")
    return _of_network(told, paid=paid)


def _of_network(network: str, *, paid: bool) -> str:
    if network in ("whatsapp", "xing") and not paid:
        return network
    return f"{network}_{'paid' if paid else 'organic'}"


CHANNELS: Mapping[str, Channel]


def __getattr__(name: str) -> object:
    # `CHANNELS` reads its file on first use only.
    if name == "CHANNELS":
        return channels()
    raise AttributeError(name)
