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


@dataclass(frozen=True)
class Benchmark:
    """A published (or one's own) value of a metric.

    `value` is in the metric's unit (ratios as fractions); `currency` is given for money. `region` is an ISO 3166
    code, `eu`, or empty for the world; `industry` is a slug or empty for all; `channel` a channel id or None.
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

    One that names another industry, region or channel does not speak of it; one in another currency neither.
    One's own comes first, then the one that shares most of channel, industry and region, then the newest.
    """
    fitting = [
        one
        for one in candidates
        if one.metric == metric
        and one.channel in (None, channel)
        and one.industry.casefold() in ("", industry.casefold())
        and one.region.casefold() in ("", region.casefold())
        and one.currency in (None, currency)
    ]
    return max(fitting, key=_closeness, default=None)


def _closeness(one: Benchmark) -> tuple[bool, int, int]:
    return one.own, sum(map(bool, (one.channel, one.industry, one.region))), one.year
