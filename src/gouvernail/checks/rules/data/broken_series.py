"""Gap or break in a series.

## What it finds
A series that has rows on most days and none for several days in a row; and a level of visits or conversions that jumps from one day to the next and stays there.

## Why it matters
S1 asks for decisions that rest on data. A tag lost in a relaunch looks like a collapse of the market, a missing week like a bad month; whoever decides on it decides on nothing (Kohavi, Tang and Xu 2020, on “Twyman’s law”: a figure that looks interesting is usually wrong).

## Example
ga4 (web): no row from 3 to 9 August. ga4 (web): sessions a day fall from 412 to 96 on 14 August and stay there.

## How to put it right
Import the missing days again. For a break, look at what changed that day: tag, consent banner, filter, domain, account. If the world changed and not the measuring, set the finding aside and say so.

## Parameters
`days` (3): missing days in a row from which a gap is told.
`sparse_days` (8): the same for tables that are thin by nature (deals, conversions, touch points).
`change` (0.5): relative change of the daily level from which a break is told; a doubling or a halving both count as 0.5.

## When it stays silent
Money and impressions of advertising may change in a day because someone decided so: no break is told of them. Data that end too early are KPI03. Without any source in the data: *not checked*.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from gouvernail.base.text import T
from gouvernail.base.values import Number
from gouvernail.checks.finding import Finding, NotChecked, Severity
from gouvernail.checks.measuring_evidence import SeriesBreak, SeriesGap
from gouvernail.checks.rule import Parameter, Rule, Scene

RULE = Rule(
    code="DAT04",
    family="DAT",
    title=T("Gap or break in a series"),
    severity=Severity.warning,
    layer=None,
    measured=True,
    confidence=0.8,
    parameters=(
        Parameter("days", 3.0, T("Missing days in a row from which a gap is told.")),
        Parameter("sparse_days", 8.0, T("The same for tables that are thin by nature.")),
        Parameter("change", 0.5, T("Relative change of the daily level from which a break is told.")),
    ),
)

_SPARSE = frozenset({"deals", "conversions", "touchpoints", "surveys", "tasks", "observations"})
_DECIDED = frozenset({"spend", "social", "email"})
"""Tables whose level someone sets: more money or more mailings are no fault of the measuring."""


@RULE.check
def check(scene: Scene) -> Iterator[Finding | NotChecked]:
    evidence = scene.evidence
    if evidence is None or not evidence.sources:
        yield RULE.not_checked(T("No source has brought data yet."))
        return
    for gaps in _by_series(evidence.gaps, scene.parameters).values():
        yield _gap(scene, gaps)
    for one in evidence.breaks:
        high, low = max(one.before, one.after), min(one.before, one.after)
        if one.table not in _DECIDED and high > 0 and 1 - low / high >= scene.parameters["change"]:
            yield _break(scene, one)


def _by_series(
    gaps: Iterable[SeriesGap], parameters: Mapping[str, float]
) -> dict[tuple[str, str, str], list[SeriesGap]]:
    found: dict[tuple[str, str, str], list[SeriesGap]] = defaultdict(list)
    for gap in gaps:
        if gap.days >= parameters["sparse_days" if gap.table in _SPARSE else "days"]:
            found[gap.source, gap.table, gap.account].append(gap)
    return found


def _gap(scene: Scene, gaps: list[SeriesGap]) -> Finding:
    longest = max(gaps, key=lambda gap: gap.days)
    values = {
        "source": scene.index.source_name(longest.source),
        "table": longest.table,
        "first": longest.first,
        "last": longest.last,
        "days": longest.days,
    }
    return RULE.finding(
        longest.source,
        T("{source} ({table}) has no row from {first} to {last}: {days} days.", **values)
        if len(gaps) == 1
        else T(
            "{source} ({table}) has {gaps} gaps, the longest from {first} to {last}: {days} days.",
            gaps=len(gaps),
            **values,
        ),
        T("Import these days again; until then sums over them are too low."),
        related=(longest.table, *((longest.account,) if longest.account else ())),
        confidence=1.0,
    )


def _break(scene: Scene, one: SeriesBreak) -> Finding:
    return RULE.finding(
        one.source,
        T(
            "{source} ({table}): {column} a day go from {before} to {after} on {day} and stay there.",
            source=scene.index.source_name(one.source),
            table=one.table,
            column=one.column,
            before=Number(one.before, 0 if one.before >= 10 else 1),
            after=Number(one.after, 0 if one.after >= 10 else 1),
            day=one.day,
        ),
        T(
            "Ask what changed that day: tag, consent banner, filter, account? Figures across it do not compare."
        ),
        severity=Severity.advice,
        related=(one.table, one.column, one.day.isoformat()),
    )
