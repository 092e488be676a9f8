"""Several comparisons at once: p-values raised so that their number does not make false alarms.

Source: Holm, Scandinavian Journal of Statistics 6 (1979); Hochberg, Biometrika 75 (1988); Benjamini and Hochberg,
JRSS B 57 (1995); Benjamini and Yekutieli, Annals of Statistics 29 (2001); Benjamini and Yekutieli, "False discovery
rate-adjusted multiple confidence intervals", JASA 100 (2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import accumulate


class Correction(StrEnum):
    """What is kept down: the chance of any false alarm, or the share of false alarms among the finds."""

    none = "none"
    bonferroni = "bonferroni"
    holm = "holm"
    hochberg = "hochberg"
    benjamini_hochberg = "benjamini_hochberg"
    benjamini_yekutieli = "benjamini_yekutieli"


def adjusted(p_values: Sequence[float], correction: Correction = Correction.holm) -> tuple[float, ...]:
    """Return the p-values, in their order, corrected for being several.

    An adjusted p-value is compared with the level itself. `holm` holds for any dependence and beats `bonferroni`;
    `hochberg` and `benjamini_hochberg` want comparisons that are independent or hang together positively (arms against
    one control do); `benjamini_yekutieli` holds always.
    """
    count = len(p_values)
    order = sorted(range(count), key=lambda place: p_values[place])
    ranked = [p_values[place] for place in order]
    harmonic = sum(1 / rank for rank in range(1, count + 1))
    factors = {
        Correction.none: [1.0] * count,
        Correction.bonferroni: [float(count)] * count,
        Correction.holm: [float(count - rank) for rank in range(count)],
        Correction.hochberg: [float(count - rank) for rank in range(count)],
        Correction.benjamini_hochberg: [count / (rank + 1) for rank in range(count)],
        Correction.benjamini_yekutieli: [harmonic * count / (rank + 1) for rank in range(count)],
    }[correction]
    raised = [min(1.0, p * factor) for p, factor in zip(ranked, factors, strict=True)]
    if correction is Correction.holm:
        raised = list(accumulate(raised, max))
    elif correction not in (Correction.none, Correction.bonferroni):
        raised = list(accumulate(raised[::-1], min))[::-1]
    back = dict(zip(order, raised, strict=True))
    return tuple(back[place] for place in range(count))


def interval_level(level: float, count: int, found: int, correction: Correction) -> float:
    """Return the level of each interval, so that all of them keep the promise of the correction.

    Args:
        level: of the whole (0.95).
        count: comparisons made.
        found: of them, those that the corrected p-values call an effect.
        correction: corrections of the false discovery rate widen by the share found; the others by the number made.
    """
    if correction is Correction.none or not count:
        return level
    share = 1 / count
    if correction in (Correction.benjamini_hochberg, Correction.benjamini_yekutieli):
        share = max(found, 1) / count
    return 1 - (1 - level) * share
