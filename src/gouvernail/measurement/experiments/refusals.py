"""Why the figures of an experiment do not support an answer, and what would mend it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import TN, T
from gouvernail.measurement.experiments.plan import FEWEST_ALWAYS, Analysis, Method
from gouvernail.measurement.experiments.sample import Arm, Kind
from gouvernail.measurement.experiments.split import Split


def whole(arms: Sequence[Arm], plan: Analysis, split: Split) -> Refusal | None:
    """Return why no arm of this experiment can be compared with another, or None."""
    if split.alarm:
        shown = " / ".join(str(count) for count in split.counts)
        planned = " / ".join(f"{count:.0f}" for count in split.expected)
        return Refusal(
            "split",
            T(
                "The arms hold {shown} subjects where the plan gives {planned}: chance does so less than once in {times}. Find what lost or doubled subjects before comparing.",
                shown=shown,
                planned=planned,
                times=int(min(1 / max(split.p, 1e-6), 1e6)),
            ),
        )
    seen = sum(arm.sample.n for arm in arms)
    if plan.method is Method.fixed and plan.planned is not None and seen < plan.planned:
        return Refusal(
            "too_early",
            T(
                "Only {n} of the {planned} subjects planned are in: read it at the end, or always-valid.",
                n=seen,
                planned=plan.planned,
            ),
        )
    return None


def arm(one: Arm, plan: Analysis) -> Refusal | None:
    """Return why this arm alone tells too little, or None."""
    sample = one.sample
    fewest = max(plan.fewest, FEWEST_ALWAYS if plan.method is Method.always_valid else 2)
    if sample.n < fewest:
        return Refusal(
            "too_few",
            TN(
                "Arm {arm} has {n} subject: {fewest} or more are needed.",
                "Arm {arm} has {n} subjects: {fewest} or more are needed.",
                n=sample.n,
                arm=one.name,
                fewest=fewest,
            ),
        )
    if not math.isfinite(sample.value):
        return Refusal(
            "no_denominator",
            T("Arm {arm} has nothing to divide by: its denominators sum to zero.", arm=one.name),
        )
    if sample.kind is Kind.proportion:
        rarer = round(min(sample.value, 1 - sample.value) * sample.n)
        if rarer < plan.fewest_events:
            return Refusal(
                "too_few_events",
                TN(
                    "Arm {arm} has {n} subject of the rarer outcome: {fewest} or more are needed.",
                    "Arm {arm} has {n} subjects of the rarer outcome: {fewest} or more are needed.",
                    n=rarer,
                    arm=one.name,
                    fewest=plan.fewest_events,
                ),
            )
    return None


def no_variance() -> Refusal:
    """All subjects of both arms did the same: chance cannot be told from effect."""
    return Refusal(
        "no_variance", T("All subjects of both arms have the same value: nothing tells chance from effect.")
    )


def no_baseline() -> Refusal:
    """The control is too near zero for a relative effect."""
    return Refusal(
        "no_baseline",
        T(
            "The control is too near zero, or too unsure, for an effect in per cent: read the difference itself."
        ),
    )


def no_comparison() -> Refusal:
    """One arm only."""
    return Refusal("no_comparison", T("A comparison needs a control and a variant: only one arm has data."))
