"""The normal and Student's laws, from SciPy's special functions.

`scipy.special` is imported inside the functions: it costs a third of a second, `scipy.stats` over a second, and these
are the few of its functions that experiments need.
"""

from __future__ import annotations

import math
from statistics import NormalDist

NORMAL = NormalDist()


def normal_tail(z: float) -> float:
    """Return P(Z > z)."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def normal_quantile(probability: float) -> float:
    """Return z with P(Z ≤ z) = `probability` (strictly between 0 and 1)."""
    return NORMAL.inv_cdf(probability)


def t_tail(t: float, freedom: float) -> float:
    """Return P(T > t) for Student's law; the normal one where `freedom` is infinite."""
    from scipy.special import stdtr

    return normal_tail(t) if math.isinf(freedom) else float(stdtr(freedom, -t))


def t_quantile(probability: float, freedom: float) -> float:
    """Return t with P(T ≤ t) = `probability`."""
    from scipy.special import stdtrit

    return normal_quantile(probability) if math.isinf(freedom) else float(stdtrit(freedom, probability))


def t_power(shift: float, critical: float, freedom: float) -> float:
    """Return P(T > critical) where T is Student's with non-centrality `shift`."""
    from scipy.special import nctdtr

    if freedom > 1e5:
        return normal_tail(critical - shift)
    told = 1 - float(nctdtr(freedom, shift, critical))
    return told if math.isfinite(told) else normal_tail(critical - shift)


def chi_tail(value: float, freedom: int) -> float:
    """Return P(X > value) for the chi-squared law."""
    from scipy.special import chdtrc

    return float(chdtrc(freedom, value))
