"""What a geo experiment's result is worth, and what to do: the same verdicts as of any experiment, in money.

The sales that the test brought, times what is kept of them, less what the action cost in the test.
"""

from __future__ import annotations

from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.text import T, Text
from gouvernail.measurement.experiments.decision import Decision, Verdict, money
from gouvernail.measurement.experiments.question import Stakes
from gouvernail.measurement.geo.reading import Reading


def decide(
    reading: Reading, *, cost: float, margin: float = 1.0, least: float = 0.0, currency: str = ""
) -> Decision:
    """Return what to do with the action.

    Args:
        reading: the experiment as it was read.
        cost: of the action in the treated markets over the test, beyond what would have been spent.
        margin: kept of one unit of sales.
        least: gain under which nobody would bother.
        currency: of all these.
    """
    gain = money(reading.incremental, Stakes(margin, 1.0, cost, least, currency, 0))
    name = ", ".join(reading.plan.treated)
    if isinstance(gain, Refusal):
        return Decision(name, Verdict.refused, gain, gain.reason)
    verdict = _verdict(gain, least)
    return Decision(name, verdict, gain, _reason(verdict))


def per_cost(reading: Reading, cost: float) -> Outcome:
    """Return the sales brought by one unit of cost (incremental return on spend)."""
    told = reading.incremental
    if isinstance(told, Refusal):
        return told
    if cost <= 0:
        return Refusal("no_cost", T("The cost of the action is not known: its return cannot be told."))
    low, high = (None if end is None else end / cost for end in (told.low, told.high))
    options = {**told.options, "cost": cost}
    return Estimate(told.value / cost, told.method, low, high, told.level, told.grade, options)


def _verdict(gain: Estimate, least: float) -> Verdict:
    low, high = gain.low or 0.0, gain.high or 0.0
    if low > 0 and gain.value >= least:
        return Verdict.adopt
    if high < 0:
        return Verdict.keep
    return Verdict.indifferent if high < least else Verdict.undecided


def _reason(verdict: Verdict) -> Text:
    if verdict is Verdict.adopt:
        return T("The test markets brought more than the action cost: extend it.")
    if verdict is Verdict.keep:
        return T("The test markets brought less than the action cost: stop it.")
    if verdict is Verdict.indifferent:
        return T("Whatever the action brings is less than is worth the effort.")
    return T("The figures allow a gain as well as a loss: test longer, or in more markets.")
