"""The channel catalogue (DOMAIN §5): whom a channel reaches, what it serves, and how traffic is recognised.

The figures stand in `channels.yaml`, each with its source and year. Traffic is classified by the rules of
Google Analytics 4's default channel group (support.google.com/analytics/answer/9756891), carried on to the
network where the source names one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

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
        ages={_band(band): share for band, share in network.get("ages", {}).items()},
        source=cited.get("title", ""),
        year=cited.get("year"),
    )


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
_SOCIAL_MEDIUM = re.compile(
    r"^(social|social-network|social-media|sm|social network|social media|organic_social)$"
)
_DISPLAY_MEDIUM = re.compile(r"^(display|banner|expandable|interstitial|cpm)$")
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
    "sms": "sms",
    "organic video": "video",
    "paid video": "youtube_paid",
}
_SOCIAL_GROUPS = {"paid social": True, "social media": False, "organic social": False}
"""A tool's word for social traffic → whether it is paid."""


def classify(source: str, medium: str, campaign: str = "", channel_group: str = "") -> str | None:
    """Return the channel of a visit by its source, medium and campaign, or None when no rule says.

    The order is GA4's: direct, shopping, paid (search, social, video, display), then organic, e-mail,
    affiliates, referral. `channel_group`, the tool's own word, decides only where source and medium do not;
    for social traffic the campaign's name may tell the network.
    """
    source, medium = source.casefold().strip(), medium.casefold().strip()
    if source in ("direct", "(direct)") and medium in ("", "(none)", "(not set)", "none"):
        return "direct"
    if source or medium:
        found = _by_words(source, medium, campaign.casefold())
        if found:
            return found
    group = channel_group.casefold().strip()
    if group in _SOCIAL_GROUPS:
        return _of_social(campaign.casefold(), paid=_SOCIAL_GROUPS[group])
    return _GROUPS.get(group)


def _by_words(source: str, medium: str, campaign: str) -> str | None:
    network = next((id for id, pattern in _NETWORKS.items() if re.search(pattern, source)), None)
    paid = bool(_PAID.match(medium)) and not _DISPLAY_MEDIUM.match(medium)
    if _SHOPPING.search(source) or ("shop" in campaign and paid and _SEARCH.search(source)):
        return "shopping"
    if network:
        return _of_network(network, paid=paid)
    if paid and _SEARCH.search(source):
        return "search_paid"
    if _DISPLAY_MEDIUM.match(medium):
        return "display"
    if medium == "organic" or (_SEARCH.search(source) and not medium):
        return "search_organic"
    if _EMAIL.search(medium) or _EMAIL.search(source):
        return "email"
    simple = {
        "affiliate": "affiliates",
        "affiliates": "affiliates",
        "referral": "referral",
        "app": "referral",
        "link": "referral",
        "sms": "sms",
        "podcast": "podcast",
        "audio": "podcast",
        "event": "events",
        "print": "print",
        "webinar": "webinar",
    }
    return simple.get(medium)


def _of_social(campaign: str, *, paid: bool) -> str:
    """The network, where the campaign's name tells it."""
    words = re.sub(r"[^a-z]+", " ", campaign)
    network = next((id for id, pattern in _NETWORKS.items() if re.search(pattern, words)), "social")
    return _of_network(network, paid=paid)


def _of_network(network: str, *, paid: bool) -> str:
    if network in ("whatsapp", "xing"):
        return network
    return f"{network}_{'paid' if paid else 'organic'}"


CHANNELS: Mapping[str, Channel]


def __getattr__(name: str) -> object:
    # `CHANNELS` reads its file on first use only.
    if name == "CHANNELS":
        return channels()
    raise AttributeError(name)
