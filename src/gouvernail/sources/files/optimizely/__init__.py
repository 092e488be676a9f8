"""Optimizely: the results of one experiment as its REST interface gives them (`GET /v2/experiments/{id}/results`, saved as
JSON): visitors by variation, and every metric with its value, samples and variance.

Metrics that count each visitor once (`aggregator: unique`) are conversions; others are values, with the variance where it is
told. The table of the results page, exported as CSV, is read as any table by variant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouvernail.base.text import T
from gouvernail.sources.files.experiments.nested import (
    DocumentMatch,
    Rows,
    chunks,
    day_of,
    document,
    listed,
    mapping,
    number,
    squares,
    whole,
)  # fmt: skip
from gouvernail.sources.protocol import Chunk, Context, Reject
from gouvernail.sources.reading import Sheet

_NEEDED = frozenset({"experiment_id", "metrics"})


@dataclass(frozen=True)
class Optimizely:
    """The results document."""

    id: str = "optimizely"
    title: str = "Optimizely"

    @property
    def tables(self) -> tuple[str, ...]:
        return ("experiments",)

    def match(self, sheet: Sheet, path: Path) -> DocumentMatch | None:  # noqa: ARG002 - the protocol's
        """Return a match where the document has an experiment and metrics with results by variation."""
        found = document(sheet, _NEEDED) or {}
        metrics = listed(found.get("metrics"))
        return DocumentMatch(found) if any(mapping(mapping(one).get("results")) for one in metrics) else None

    def account(self, sheet: Sheet, match: DocumentMatch) -> str:  # noqa: ARG002 - the protocol's
        """Return nothing: the document names no account."""
        return ""

    def read(self, sheet: Sheet, match: DocumentMatch, context: Context) -> Iterator[Chunk]:  # noqa: ARG002 - the protocol's
        """Yield a row a metric and variation, as the experiment stands."""
        yield from chunks(_rows(match.found), self.id, "", context)


def _rows(found: Mapping[str, Any]) -> Rows:
    told = {
        "experiment": str(found.get("experiment_name") or found["experiment_id"]),
        "day": day_of(found.get("start_time")),
        "until": day_of(found.get("end_time")),
    }
    reach = mapping(mapping(found.get("reach")).get("variations"))
    metrics = [mapping(one) for one in listed(found.get("metrics"))]
    for place, metric in enumerate(metrics, 1):
        name = str(metric.get("name") or metric.get("event_id") or place)
        for key, result in mapping(metric.get("results")).items():
            yield _row(
                mapping(result), mapping(reach.get(key)), key, metric, told, name if len(metrics) > 1 else ""
            )


def _row(
    result: Any, reach: Any, key: str, metric: Any, told: dict[str, Any], name: str
) -> dict[str, Any] | Reject:
    subjects = whole(result.get("samples"))
    if subjects is None:
        subjects = whole(reach.get("count"))
    value = number(result.get("value"))
    if subjects is None or value is None:
        return Reject(1, name or "metrics", str(key), T("The number of visitors or the value is missing."))
    row = {
        **told,
        "metric": name,
        "variant": str(result.get("name") or reach.get("name") or key),
        "control": bool(result.get("is_baseline")),
        "exposures": subjects,
    }
    if metric.get("aggregator", "unique") == "unique" and whole(value) is not None:
        return {**row, "conversions": whole(value)}
    return {**row, "value": value, "squares": squares(subjects, value, number(result.get("variance")))}


SOURCE = Optimizely()
