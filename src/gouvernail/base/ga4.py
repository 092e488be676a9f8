"""Google Analytics 4's default channel group, by Google's published rules.

The rules are those of support.google.com/analytics/answer/9756891 for manual traffic, in Google's order; the first
that holds decides. The lists of sites that they speak of stand in `ga4_sources.yaml`. What Google knows of its own
advertisements from the ad network (auto-tagging) is not in source and medium, so it is no part of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

GROUPS = (
    "Direct",
    "Cross-network",
    "Paid Shopping",
    "Paid Search",
    "Paid Social",
    "Paid Video",
    "Display",
    "Paid Other",
    "Organic Shopping",
    "Organic Social",
    "Organic Video",
    "Organic Search",
    "Referral",
    "Email",
    "Affiliates",
    "Audio",
    "SMS",
    "Mobile Push Notifications",
    "Unassigned",
)
"""GA4's own names, in the order in which its rules are asked."""
_KINDS = ("shopping", "search", "social", "video")
_PAID = re.compile(r"^(.*cp.*|ppc|retargeting|paid.*)$")
_SHOP_CAMPAIGN = re.compile(r"^(.*(([^a-df-z]|^)shop|shopping).*)$")
_VIDEO_MEDIUM = re.compile(r"^(.*video.*)$")
_DISPLAY = frozenset({"display", "banner", "expandable", "interstitial", "cpm"})
_SOCIAL = frozenset({"social", "social-network", "social-media", "sm", "social network", "social media"})
_EMAIL = frozenset({"email", "e-mail", "e_mail", "e mail"})
_BRACES = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=4096)
def ga4_default_channel(source: str, medium: str, campaign: str = "") -> str:
    """Return GA4's default channel group of a visit, one of `GROUPS`; `Unassigned` where no rule holds.

    Case and outer spaces do not count. An unknown source or medium is the empty word, of which no rule speaks.
    """
    source, medium, campaign = (word.strip().casefold() for word in (source, medium, campaign))
    kind = source_category(source)
    paid = bool(_PAID.match(medium))
    shop = kind == "shopping" or bool(_SHOP_CAMPAIGN.match(campaign))
    if source == "(direct)" and medium in ("(not set)", "(none)"):
        return "Direct"
    if "cross-network" in campaign:
        return "Cross-network"
    return (
        _of_paid(kind, medium, shop) if paid or medium in _DISPLAY else _of_rest(kind, source, medium, shop)
    )


def _of_paid(kind: str | None, medium: str, shop: bool) -> str:
    if _PAID.match(medium):
        if shop:
            return "Paid Shopping"
        if kind is not None:
            return f"Paid {kind.capitalize()}"
    return "Display" if medium in _DISPLAY else "Paid Other"


def _of_rest(kind: str | None, source: str, medium: str, shop: bool) -> str:
    if shop:
        return "Organic Shopping"
    if kind == "social" or medium in _SOCIAL:
        return "Organic Social"
    if kind == "video" or _VIDEO_MEDIUM.match(medium):
        return "Organic Video"
    if kind == "search" or medium == "organic":
        return "Organic Search"
    return _of_medium(source, medium)


def _of_medium(source: str, medium: str) -> str:
    if medium in ("referral", "app", "link"):
        return "Referral"
    if source in _EMAIL or medium in _EMAIL:
        return "Email"
    if medium == "affiliate":
        return "Affiliates"
    if medium == "audio":
        return "Audio"
    if "sms" in (source, medium):
        return "SMS"
    pushed = medium.endswith("push") or "mobile" in medium or "notification" in medium
    return "Mobile Push Notifications" if pushed or source == "firebase" else "Unassigned"


def source_category(source: str) -> str | None:
    """Return what Google's list says of a source: `shopping`, `search`, `social`, `video`, or None."""
    return _categories().get(source.strip().casefold())


@cache
def _categories() -> dict[str, str]:
    import yaml  # only when traffic is classified: `--help` must stay light

    data = yaml.safe_load((Path(__file__).parent / "ga4_sources.yaml").read_text("utf-8"))
    entries = ((kind, entry.strip()) for kind in _KINDS for entry in data[kind].split(";"))
    return {name: kind for kind, entry in entries for name in _expand(entry)}


def _expand(entry: str) -> Iterator[str]:
    """Yield what an entry with at most one pair of braces stands for."""
    choice = _BRACES.search(entry)
    if choice is None:
        yield entry
        return
    for part in choice.group(1).split(","):
        yield entry[: choice.start()] + part + entry[choice.end() :]
