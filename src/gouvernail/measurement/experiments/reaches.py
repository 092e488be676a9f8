"""How far an effect is from nought, and how far its interval reaches, by the method that the experiment is read with."""

from __future__ import annotations

from gouvernail.measurement.experiments import sequential
from gouvernail.measurement.experiments.compare import Pair, Relative
from gouvernail.measurement.experiments.laws import t_quantile, t_tail
from gouvernail.measurement.experiments.plan import Analysis, Method, Side
from gouvernail.measurement.experiments.spending import FARTHEST, bounds


def _statistic(pair: Pair, plan: Analysis) -> float:
    """The effect in standard errors: of the relative effect where its interval is, else of the difference."""
    if plan.relative is Relative.delta and pair.plain_control and pair.relative_error > 0:
        return pair.plain_uplift / pair.relative_error
    return pair.difference / pair.error


def p_value(pair: Pair, plan: Analysis) -> float | None:
    """Return the chance of so large an effect where there is none; None where the method has none."""
    statistic = _statistic(pair, plan)
    if plan.method is Method.always_valid:
        return sequential.p_value(statistic, pair.subjects, plan.level, plan.tuning)
    if plan.method is not Method.fixed:
        return None
    if plan.side is Side.both:
        return min(1.0, 2 * t_tail(abs(statistic), pair.freedom))
    return t_tail(statistic if plan.side is Side.greater else -statistic, pair.freedom)


def reaches(pair: Pair, level: float, plan: Analysis) -> tuple[float | None, float | None]:
    """Return how many standard errors the interval reaches down and up; None for a side that is not looked at."""
    two_sided = plan.side is Side.both
    if plan.method is Method.always_valid:
        # The multiplier is that of the plan's own level, tuned for it: with several variants only alpha shrinks.
        reach = sequential.multiplier(pair.subjects, level, plan.tuning, tuned_for=plan.level)
    elif plan.method is Method.group_sequential:
        looks = bounds(
            plan.fractions,
            level=level,
            two_sided=two_sided,
            spending=plan.spending,
            exponent=plan.exponent,
        )
        reach = min(looks.bounds[-1], FARTHEST)
    else:
        reach = t_quantile((1 + level) / 2 if two_sided else level, pair.freedom)
    return (None if plan.side is Side.less else reach), (None if plan.side is Side.greater else reach)
