"""What a finding is worth looking at: the money at stake, how sure the rule is, and the three to decide first.

Defined once, in docs/findings.md; the plan check, the bearing and the report all show this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from gouvernail.base.money import Money
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Finding, Severity
from gouvernail.plan.model import Action

if TYPE_CHECKING:
    from gouvernail.bearing.located import LocatedFinding
    from gouvernail.checks.index import Index

FIRST = 3
PART: Mapping[Severity, Decimal] = {
    Severity.blocking: Decimal(1),
    Severity.warning: Decimal("0.5"),
    Severity.advice: Decimal("0.1"),
}
"""Severity → part of the money behind an element that its fault puts at stake; the weights of the score."""
BELOW = Decimal("0.5")
"""Of money that only climbs to an element from actions below: they may be sound, and do much of their work all the same."""


@dataclass(frozen=True)
class Stake:
    """Money at stake in a finding (None where there is none) and what the finding is worth, in that currency."""

    money: Money | None
    worth: Decimal


def stake(finding: Finding, index: Index) -> Stake:
    """Return the money at stake in `finding` and its worth: money × part × confidence.

    The money is what the rule computed, else the planned money that climbs to the element. A fault of the plan
    puts a part of it at stake, by its severity, and half of that where the money is that of actions below; money
    that was counted in the facts is at stake whole.
    """
    money = finding.money
    if money is None and finding.missing_in is None:
        money = index.money_behind(finding.element)
    if not money:
        return Stake(None, Decimal(0))
    rule = RULES.get(finding.code)
    part = Decimal(1) if rule and rule.measured and finding.money else PART[finding.severity]
    if not finding.money and not isinstance(index.plan.get(finding.element), Action):
        part *= BELOW
    return Stake(money, money.amount * part * Decimal(str(finding.confidence)))


def worthwhile(findings: Iterable[LocatedFinding], limit: int = FIRST) -> tuple[LocatedFinding, ...]:
    """Return at most `limit` findings most worth a decision, the dearest first.

    By worth, then severity × confidence, then points of coherence, then identity: whatever the order of
    `findings`, the answer is the same. One a rule and one an element, so that three say three things.
    """
    chosen: list[LocatedFinding] = []
    codes: set[str] = set()
    elements: set[str] = set()
    for located in sorted(findings, key=_rank):
        finding = located.finding
        if len(chosen) < limit and finding.code not in codes and finding.element not in elements:
            chosen.append(located)
            codes.add(finding.code)
            elements.add(finding.element)
    return tuple(chosen)


def _rank(located: LocatedFinding) -> tuple[Decimal, Decimal, Decimal, str]:
    finding = located.finding
    sure = PART[finding.severity] * Decimal(str(finding.confidence))
    return -located.worth, -sure, -located.cost, finding.identity
