"""Whether the arms have the sizes that chance would give them: the alarm of sample ratio mismatch.

A split that chance would hardly make means that subjects were lost, counted twice or dealt out wrongly, in one arm
more than in another; then no comparison of the arms can be trusted, whatever its p-value.

Source: Fabijan et al., "Diagnosing sample ratio mismatch in online controlled experiments", KDD 2019; for looks at
any time, Lindon and Malek, "Anytime-valid inference for multinomial count data", NeurIPS 2022.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gouvernail.measurement.experiments.laws import chi_tail, normal_tail

ALARM = 0.001
EXACT_BELOW = 1000
"""Subjects under which two arms are judged by the binomial law itself."""
CONCENTRATION = 1000.0
"""Weight of the planned shares in the always-valid test, in subjects: small departures are what is looked for."""


@dataclass(frozen=True)
class Split:
    """What the arms hold, what they should hold, the chance of so much difference, and whether it is an alarm."""

    counts: tuple[int, ...]
    expected: tuple[float, ...]
    p: float
    alarm: bool
    level: float = ALARM
    always_valid: bool = False


def split(
    counts: Sequence[int],
    shares: Sequence[float] | None = None,
    *,
    level: float = ALARM,
    always_valid: bool = False,
) -> Split:
    """Return whether the arms' sizes agree with the planned shares.

    Args:
        counts: subjects by arm, two or more.
        shares: planned, in any unit; equal where none are given.
        level: chance of a false alarm.
        always_valid: for looks at any time: the chance of a false alarm holds over all of them together.

    Raises:
        ValueError: shares and counts differ in number, or a share is not above zero.
    """
    planned = [float(share) for share in shares] if shares is not None else [1.0] * len(counts)
    if len(planned) != len(counts) or len(counts) < 2 or any(share <= 0 for share in planned):
        raise ValueError("Each arm needs a planned share above zero.")
    n = sum(counts)
    chances = [share / sum(planned) for share in planned]
    expected = tuple(n * chance for chance in chances)
    if not n:
        p = 1.0
    elif always_valid:
        p = _sequential(counts, chances)
    elif len(counts) == 2:
        p = _two(counts[0], n, chances[0])
    else:
        apart = sum((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True))
        p = chi_tail(apart, len(counts) - 1)
    return Split(tuple(int(count) for count in counts), expected, p, p < level, level, always_valid)


def _two(count: int, n: int, chance: float) -> float:
    """Both tails of the binomial law: twice the smaller one; with the continuity correction for large counts."""
    if n < EXACT_BELOW:
        from scipy.special import bdtr, bdtrc

        below, above = float(bdtr(count, n, chance)), float(bdtrc(count - 1, n, chance)) if count else 1.0
        return min(1.0, 2 * min(below, above))
    apart = max(abs(count - n * chance) - 0.5, 0.0)
    return min(1.0, 2 * normal_tail(apart / math.sqrt(n * chance * (1 - chance))))


def _sequential(counts: Sequence[int], chances: Sequence[float]) -> float:
    """One over the Bayes factor of "any shares, near the planned ones" against "the planned shares"."""
    n = sum(counts)
    evidence = math.lgamma(CONCENTRATION) - math.lgamma(CONCENTRATION + n)
    for count, chance in zip(counts, chances, strict=True):
        weight = CONCENTRATION * chance
        evidence += math.lgamma(weight + count) - math.lgamma(weight) - count * math.log(chance)
    return min(1.0, math.exp(-min(max(evidence, -700.0), 700.0)))
