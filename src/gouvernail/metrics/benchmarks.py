"""Benchmarks: figures to compare with, each with its source and year. No source, no benchmark.

Those we ship stand in `benchmarks.yaml`; an organisation's own stand in its plan and come first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from gouvernail.metrics.industries import industry_of

_EU = frozenset("at be bg hr cy cz dk ee fi fr de gr hu ie it lv lt lu mt nl pl pt ro sk si es se".split())
_GROUPS = {"eu": _EU, "europe": _EU | frozenset("ch gb li no is".split())}
"""Region that is no country → the countries in it (ISO 3166)."""


@dataclass(frozen=True)
class Benchmark:
    """A published (or one's own) value of a metric.

    `value` is in the metric's unit (ratios as fractions); `currency` is given for money. `region` is an ISO 3166
    code, `eu`, `europe`, or empty for the world; `industry` is a slug or empty for all; `channel` a channel id or None.
    """

    metric: str
    value: Decimal
    source: str
    year: int
    industry: str = ""
    region: str = ""
    channel: str | None = None
    currency: str | None = None
    url: str = ""
    own: bool = False
    """True for one that stands in the plan."""
    about: str = ""
    """Of whom or what the figure speaks, in the publication's terms: a sample, a kind of campaign."""


@cache
def shipped() -> tuple[Benchmark, ...]:
    """Return the benchmarks that come with the program."""
    import yaml  # only when a benchmark is asked for: `--help` must stay light

    data = yaml.safe_load((Path(__file__).parent / "benchmarks.yaml").read_text("utf-8"))
    sources = data["sources"]
    return tuple(_of(entry, sources[entry["source"]]) for entry in data["benchmarks"])


def _of(entry: dict[str, Any], source: dict[str, Any]) -> Benchmark:
    return Benchmark(
        metric=entry["metric"],
        value=Decimal(str(entry["value"])),
        source=source["title"],
        year=source["year"],
        industry=entry.get("industry", ""),
        region=entry.get("region", source.get("region", "")),
        channel=entry.get("channel"),
        currency=entry.get("currency"),
        url=source.get("url", ""),
        about=source.get("about", ""),
    )


def fitting(
    candidates: Iterable[Benchmark], *, industry: str = "", region: str = "", currency: str | None = None
) -> tuple[Benchmark, ...]:
    """Return the benchmarks that speak of such an organisation, whatever their metric and channel.

    One that names another industry or region does not, nor one in another currency. `industry` is the company's own
    words (`industries.industry_of` finds the slug), `region` an ISO 3166 code.
    """
    return tuple(
        one
        for one in candidates
        if _of_industry(one, industry) and covers(one.region, region) and one.currency in (None, currency)
    )


def nearest(
    candidates: Iterable[Benchmark],
    metric: str,
    *,
    channel: str | None = None,
    industry: str = "",
    region: str = "",
    currency: str | None = None,
) -> Benchmark | None:
    """Return the benchmark that speaks of `metric` most closely, None where none does.

    One that names another channel does not speak of it; for industry, region and currency see `fitting`.
    One's own comes first, then the one that shares most of channel, industry and region, then the newest.
    """
    of_metric = [one for one in candidates if one.metric == metric and one.channel in (None, channel)]
    found = fitting(of_metric, industry=industry, region=region, currency=currency)
    return max(found, key=_closeness, default=None)


def covers(region: str, place: str) -> bool:
    """Return whether a figure for `region` speaks of `place`: everywhere, that very place, or a group that holds it."""
    region, place = region.casefold(), place.casefold()
    return region in ("", place) or place in _GROUPS.get(region, ())


def _of_industry(one: Benchmark, industry: str) -> bool:
    if one.industry.casefold() in ("", industry.casefold()):
        return True
    slug = industry_of(one.industry)
    return bool(slug) and slug == industry_of(industry)


def _closeness(one: Benchmark) -> tuple[bool, int, bool, int]:
    # Of two as close, the one for the very country comes before the one for the group of countries.
    narrow = bool(one.region) and one.region.casefold() not in _GROUPS
    return one.own, sum(map(bool, (one.channel, one.industry, one.region))), narrow, one.year
