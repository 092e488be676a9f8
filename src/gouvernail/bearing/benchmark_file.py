"""Benchmarks of one's own, from a table (CSV, XLSX) or YAML: each row a benchmark of the plan, or one sentence why not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from gouvernail.base.ids import slugify
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.bearing.benchmark_table import Line, read_lines
from gouvernail.bearing.benchmark_values import Refused, read_value
from gouvernail.plan.faults import short

if TYPE_CHECKING:
    from gouvernail.checks.index import Index
    from gouvernail.metrics.metric import Metric
    from gouvernail.plan.model import Benchmark

YEARS = range(1990, 2101)


@dataclass(frozen=True)
class RowFault:
    """Why a row was not taken: its line in the file (1-based), the column it is about, one sentence."""

    line: int
    column: str
    message: Text


@dataclass(frozen=True)
class FoundBenchmarks:
    """What a file holds: benchmarks to add to the plan, how many it has already, and the rows refused."""

    added: tuple[Benchmark, ...]
    known: int
    faults: tuple[RowFault, ...]


def read_benchmarks(path: Path, index: Index) -> FoundBenchmarks:
    """Return the benchmarks of a file for the plan of `index`; nothing is written.

    A row needs metric, value, source and year. Shares may be written `2.4 %`, `2,4 %` or `0.024`; amounts of money
    are in the organisation's currency.

    Raises:
        SourceError: the file cannot be read, or lacks one of the four columns.
    """
    added: list[Benchmark] = []
    faults: list[RowFault] = []
    known = 0
    for line in read_lines(path):
        try:
            made = _benchmark(line, index)
            twin = next((one for one in (*index.plan.benchmarks, *added) if _key(one) == _key(made)), None)
            if twin is None:
                added.append(_named(made, index, added))
            elif twin.value == made.value:
                known += 1
            else:
                raise _told_otherwise(twin)
        except Refused as refused:
            faults.append(RowFault(line.number, refused.column, refused.message))
    return FoundBenchmarks(tuple(added), known, tuple(faults))


def _benchmark(line: Line, index: Index) -> Benchmark:
    from gouvernail.plan.model import Benchmark

    metric = _metric(line, index)
    source = line.words("source")
    if not source:
        raise Refused("source", T("no source: a figure that nobody stands for is not taken."))
    year = _year(line)
    return Benchmark(
        id="new",
        metric=metric.id,
        value=_value(line, metric, index.plan.organisation.currency),
        source=source,
        year=year,
        industry=line.words("industry"),
        region=line.words("region").casefold(),
        channel=_channel(line, index),
        url=line.words("url"),
    )


def _metric(line: Line, index: Index) -> Metric:
    words = line.words("metric")
    if not words:
        raise Refused("metric", T("no metric."))
    if words in index.metrics:
        return index.metrics[words]
    names = _names(index.metrics.values())
    if words.casefold() in names:
        return index.metrics[names[words.casefold()]]
    near = closest(words, [*index.metrics, *names])
    if near is None:
        raise Refused("metric", T("“{words}” is no metric; “gouvernail metrics” lists all.", words=words))
    raise Refused(
        "metric",
        T(
            "“{words}” is no metric. Did you mean “{near}”?",
            words=words,
            near=names.get(near.casefold(), near),
        ),
    )


def _names(metrics: Iterable[Metric]) -> Mapping[str, str]:
    """Name of a metric in either language, in small letters → its id."""
    return {
        metric.name.render(language).casefold(): metric.id for metric in metrics for language in ("en", "fr")
    }


def _year(line: Line) -> int:
    words = line.words("year").removesuffix(".0")
    if not words:
        raise Refused("year", T("no year: an undated figure cannot be compared with."))
    if not re.fullmatch("[0-9]{4}", words) or int(words) not in YEARS:
        raise Refused("year", T("“{words}” is not a year. Write it like 2025.", words=short(words)))
    return int(words)


def _channel(line: Line, index: Index) -> str | None:
    words = line.words("channel")
    if not words or words in index.channels:
        return words or None
    names = {
        one.name.render(language).casefold(): id
        for id, one in index.channels.items()
        for language in ("en", "fr")
    }
    if words.casefold() in names:
        return names[words.casefold()]
    near = closest(words, [*index.channels, *names])
    if near is None:
        raise Refused("channel", T("“{words}” is no channel; “gouvernail channels” lists all.", words=words))
    raise Refused(
        "channel",
        T(
            "“{words}” is no channel. Did you mean “{near}”?",
            words=words,
            near=names.get(near.casefold(), near),
        ),
    )


def _value(line: Line, metric: Metric, currency: str) -> Decimal:
    told = line.words("currency").upper()
    if metric.unit is Unit.money and told and told != currency:
        raise Refused(
            "currency",
            T(
                "the figure is in {told} and the plan counts in {currency}: convert it first.",
                told=told,
                currency=currency,
            ),
        )
    return read_value(line.words("value"), line.words("unit"), metric.unit, line.mark, currency)


def _key(one: Benchmark) -> tuple[object, ...]:
    place = (one.industry.casefold(), one.region.casefold(), one.channel)
    return one.metric, *place, one.source.casefold(), one.year


def _told_otherwise(twin: Benchmark) -> Refused:
    return Refused(
        "value",
        T("the plan has another value for it already, under “{id}”: change it there.", id=twin.id),
    )


def _named(made: Benchmark, index: Index, added: Iterable[Benchmark]) -> Benchmark:
    taken = {*index.plan.by_id, *(one.id for one in added)}
    parts = (made.metric, made.channel or "", made.industry, made.region, str(made.year))
    stem = "benchmark-" + slugify(" ".join(part for part in parts if part))[:60].strip("-")
    id = next(
        name for name in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if name not in taken
    )
    return made.model_copy(update={"id": id})
