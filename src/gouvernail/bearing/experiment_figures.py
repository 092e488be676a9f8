"""Figures of an experiment made into arms: what can be compared, all subjects together or up to a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from gouvernail.base.outcome import Outcome, Refusal
from gouvernail.base.text import T
from gouvernail.measurement.experiments.sample import Arm, Kind, Sample, of_proportion, of_sums
from gouvernail.sources.experiment_table import BEFORE, Counted, ExperimentTable, Variant

MOST_LOOKS = 60
"""Days that a chart shows; longer experiments are shown on some of their days, the last one always."""


@dataclass(frozen=True)
class Look:
    """How the leading variant stood against the control with all that was in by the end of a day.

    Intervals hold at every look together where the experiment is read once (`fixed`): they are always-valid ones.
    """

    day: date
    subjects: int
    absolute: Outcome
    relative: Outcome


def arms_of(table: ExperimentTable, kind: Kind, measure: str) -> tuple[Arm, ...] | Refusal:
    """Return the arms of a table, the control first, or why this cannot be compared (`no_outcome`, `impossible`)."""
    if kind.value not in table.kinds or measure not in table.numerators(kind.value):
        return _not_told(kind)
    covaried = _covaried(table, kind, measure)
    try:
        return tuple(
            Arm(one.name, sample_of(one.counted, kind, measure, covaried=covaried)) for one in table.variants
        )
    except ValueError:
        return _impossible(table, kind)


def sample_of(counted: Counted, kind: Kind, measure: str, *, covaried: bool = False) -> Sample:
    """Return the sample of what some subjects did.

    Raises:
        ValueError: sums that no subjects can have (more converted than there are, squares too small).
    """
    if kind is Kind.proportion and not covaried:
        return of_proportion(counted.subjects, counted.converted or 0)
    columns = (measure, "units") if kind is Kind.ratio else (measure,)
    if covaried:
        columns = (*columns, *(BEFORE[name] for name in columns))
    totals = [counted.totals.get(name, 0.0) for name in columns]
    products = [[counted.product(one, other) or 0.0 for other in columns] for one in columns]
    return of_sums(kind, counted.subjects, totals, products)


def choose(table: ExperimentTable, kind: Kind | None, measure: str) -> tuple[Kind, str] | Refusal:
    """Return what to compare: what is asked for, else the first that the figures allow."""
    if kind is None:
        if not table.kinds:
            return _not_told(None)
        kind = Kind(next((one for one in table.kinds if measure in table.numerators(one)), table.kinds[0]))
    allowed = table.numerators(kind.value)
    if not allowed:
        return _not_told(kind)
    return kind, measure if measure in allowed else allowed[0]


def by_day(table: ExperimentTable, *, every: bool = False) -> tuple[tuple[date, ExperimentTable], ...]:
    """Return the experiment as it stood at the end of each day, oldest first; nothing where days are not known.

    `MOST_LOOKS` days at most, unless `every` one is wanted.
    """
    days = sorted({day for one in table.variants for day, _ in one.days})
    if len(days) < 2 or not all(one.days for one in table.variants):
        return ()
    step = 1 if every else -(-len(days) // MOST_LOOKS)
    stood = list(zip(days, *(_so_far(one, days) for one in table.variants), strict=True))
    shown = stood[::-1][::step][::-1]
    return tuple((day, replace(table, variants=tuple(variants))) for day, *variants in shown)


def _so_far(variant: Variant, days: Sequence[date]) -> Iterator[Variant]:
    """Yield the variant with the subjects that came up to each of these days."""
    sums = accumulate(counted for _, counted in variant.days)
    told = dict(zip((day for day, _ in variant.days), sums, strict=True))
    counted = Counted(0, 0)
    for day in days:
        counted = told.get(day, counted)
        yield replace(variant, counted=counted)


def _covaried(table: ExperimentTable, kind: Kind, measure: str) -> bool:
    """Whether every arm knows what its subjects did before the test, in the columns compared."""
    columns = (measure, "units") if kind is Kind.ratio else (measure,)
    wanted = (*columns, *(BEFORE[name] for name in columns))
    pairs = [(one, other) for one in wanted for other in wanted]
    known = all(
        one.counted.subjects
        and all(name in one.counted.totals for name in wanted)
        and all(one.counted.product(*pair) is not None for pair in pairs)
        for one in table.variants
    )
    if kind is not Kind.proportion:
        return known
    # The products are of conversions: they are those of who converted only where nobody did so twice.
    once = all(one.counted.totals.get("conversions") == one.counted.converted for one in table.variants)
    return known and once


def _not_told(kind: Kind | None) -> Refusal:
    match kind:
        case Kind.mean:
            reason = T(
                "A mean needs the value of every subject, or beside the sum of a variant the sum of squares or the standard deviation."
            )
        case Kind.ratio:
            reason = T(
                "A ratio needs two figures of every subject: what is counted, and what it is divided by (orders and visits)."
            )
        case Kind.proportion:
            reason = T(
                "A share of subjects needs the number of subjects and of conversions of every variant."
            )
        case _:
            reason = T(
                "The results hold nothing to compare: a number of conversions, or a value of every subject, is needed for every variant."
            )
    return Refusal("no_outcome", reason)


def _impossible(table: ExperimentTable, kind: Kind) -> Refusal:
    if kind is Kind.proportion:
        one = next(
            (one for one in table.variants if (one.counted.converted or 0) > one.counted.subjects),
            table.variants[0],
        )
        return Refusal(
            "impossible",
            T(
                "Variant “{variant}” has more conversions ({conversions}) than subjects ({subjects}): count the subjects who converted, each once.",
                variant=one.name,
                conversions=one.counted.converted or 0,
                subjects=one.counted.subjects,
            ),
        )
    return Refusal(
        "impossible",
        T(
            "The sums of squares do not fit the sums of the values: the squares of each subject's value are needed, added up."
        ),
    )
