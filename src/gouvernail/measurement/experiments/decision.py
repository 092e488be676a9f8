"""What to do with a result: the effect in money over a horizon, with its interval, and one of five verdicts.

The verdict follows the interval of the money, after cost, and nothing else: what is surely a gain is adopted, what is
surely none is left, what is too small to matter either way is told so, and what is open says how many more subjects
would close it. An experiment refused for its split or its size has no verdict.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.text import T, Text
from gouvernail.measurement.experiments.analysis import Comparison, Reading
from gouvernail.measurement.experiments.laws import normal_quantile
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.posterior import losses
from gouvernail.measurement.experiments.question import Stakes

METHOD = "experiments"


class Verdict(StrEnum):
    """What to do."""

    adopt = "adopt"
    """The variant brings more than it costs, and the least gain wanted."""
    keep = "keep"
    """The control: the variant surely brings less than it costs."""
    indifferent = "indifferent"
    """The variant surely brings less than the least gain wanted, be it or not a gain."""
    undecided = "undecided"
    """The interval holds both."""
    refused = "refused"
    """The figures support no answer."""


@dataclass(frozen=True)
class Decision:
    """A verdict on one variant.

    `money` is the gain over the horizon, after cost: an `Estimate` of grade *experiment* in the currency of the
    stakes. `regret` is what adopting now is expected to lose (the mean of the losses that are still possible, nought for
    gains); `more` how many subjects would probably decide: beyond those seen, or of a new experiment where this one was
    to be read once.
    """

    variant: str
    verdict: Verdict
    money: Outcome
    reason: Text
    regret: float | None = None
    more: int | None = None


def decide(reading: Reading, stakes: Stakes) -> tuple[Decision, ...]:
    """Return a decision for each variant, in the order of the reading.

    Args:
        reading: the experiment as it was read.
        stakes: what one unit of the metric is worth, to how many subjects, over how long, and the cost.
    """
    return tuple(_decision(one, reading, stakes) for one in reading.comparisons)


def best(decisions: Sequence[Decision]) -> Decision | None:
    """Return the adopted variant that is worth most, or None where none is adopted."""
    adopted = [one for one in decisions if one.verdict is Verdict.adopt and isinstance(one.money, Estimate)]
    return max(
        adopted, key=lambda one: one.money.value if isinstance(one.money, Estimate) else 0.0, default=None
    )


def money(absolute: Outcome, stakes: Stakes) -> Outcome:
    """Return an effect, in the metric's unit, as money over the horizon after cost; a refusal stays one."""
    if isinstance(absolute, Refusal):
        return absolute
    ends = [None if end is None else stakes.money(end) - stakes.cost for end in (absolute.low, absolute.high)]
    if stakes.value < 0:
        ends.reverse()
    options: dict[str, Any] = {
        **absolute.options,
        "value": stakes.value,
        "subjects_over_horizon": stakes.subjects,
        "cost": stakes.cost,
        "currency": stakes.currency,
        "days": stakes.days,
    }
    gain = stakes.money(absolute.value) - stakes.cost
    return Estimate(gain, absolute.method, ends[0], ends[1], absolute.level, Grade.experiment, options)


def _decision(one: Comparison, reading: Reading, stakes: Stakes) -> Decision:
    gain = money(one.absolute, stakes)
    if isinstance(gain, Refusal):
        return Decision(one.variant, Verdict.refused, gain, gain.reason)
    verdict = _verdict(gain, stakes.least)
    regret = None
    if one.error:
        regret = losses(gain.value, abs(stakes.money(one.error)))[1]
    more = _more(one, gain, reading, stakes) if verdict is Verdict.undecided else None
    return Decision(
        one.variant, verdict, gain, _reason(verdict, more, anew=not may_go_on(reading)), regret, more
    )


def _verdict(gain: Estimate, least: float) -> Verdict:
    if gain.low is not None and gain.low > 0 and gain.value >= least:
        return Verdict.adopt
    if gain.high is not None and gain.high < 0:
        return Verdict.keep
    if gain.high is not None and gain.high < least:
        return Verdict.indifferent
    return Verdict.undecided


def _more(one: Comparison, gain: Estimate, reading: Reading, stakes: Stakes) -> int | None:
    """Subjects with which the gain now seen, or the least one wanted, would show with power 0.8.

    Beyond those seen where the experiment may go on; of a new one where it was to be read once.
    """
    seen = sum(level.subjects for level in reading.levels)
    target = max(abs(gain.value), stakes.least)
    if not one.error or not target:
        return None
    reach = normal_quantile((1 + reading.plan.level) / 2) + normal_quantile(0.8)
    needed = seen * (reach * abs(stakes.money(one.error)) / target) ** 2
    return math.ceil(needed - (seen if may_go_on(reading) else 0)) if needed > seen else None


def _reason(verdict: Verdict, more: int | None, *, anew: bool) -> Text:
    if verdict is Verdict.adopt:
        return T("The variant brings more than it costs: adopt it.")
    if verdict is Verdict.keep:
        return T("The variant brings less than it costs: keep the control.")
    if verdict is Verdict.indifferent:
        return T("Whatever the variant brings is less than is worth the effort: keep the control.")
    if more is None:
        return T("The figures allow a gain as well as a loss.")
    if anew:
        return T(
            "The figures allow a gain as well as a loss: a new experiment of about {n} subjects would decide.",
            n=more,
        )
    return T("The figures allow a gain as well as a loss: about {n} more subjects would decide.", n=more)


def may_go_on(reading: Reading) -> bool:
    """Return whether more subjects may be let in after this look without spoiling the answer."""
    return reading.plan.method is not Method.fixed
