"""The coherence score: 0 to 100, every lost point told to the finding that lost it (DESIGN §6, docs/score.md).

All shares are exact fractions; only the results are rounded, to 0.01, by largest remainders, so that the losses
sum to 100 − score exactly and no finding's cost depends on the order of the findings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Finding, Severity
from gouvernail.checks.index import lives
from gouvernail.plan.model import Action, Element, Layer, Plan

LAYER_SHARE = Fraction(100, 6)
COST: Mapping[Severity, Fraction] = {
    Severity.blocking: Fraction(1),
    Severity.warning: Fraction(1, 2),
    Severity.advice: Fraction(1, 10),
}
"""Severity → part of the element's share that it costs."""


@dataclass(frozen=True)
class Loss:
    """Points of coherence lost to one finding. `finding` is its identity, `cost` a multiple of 0.01."""

    finding: str
    code: str
    element: str
    layer: Layer
    cost: Decimal


@dataclass(frozen=True)
class ScoreResult:
    """The score, its losses (they sum to 100 − score exactly), and what is left of each layer's 100/6
    (these sum to the score exactly)."""

    score: Decimal
    losses: tuple[Loss, ...]
    by_layer: Mapping[Layer, Decimal]


def score(plan: Plan, findings: Iterable[Finding]) -> ScoreResult:
    """Return the coherence score of `plan` given what the rules found.

    Findings of measured or dated rules, and findings on what stands around the chain, cost nothing and have no
    loss. An action's share of its layer follows its planned money; one without money has the average share.
    """
    costs: list[tuple[Finding, Layer, Fraction]] = []
    by_layer = _by_layer(plan, findings)
    for layer in Layer:
        costs += [(finding, layer, cost) for finding, cost in _layer_costs(plan, layer, by_layer[layer])]
    lost_by = {layer: _total(cost for _, at, cost in costs if at is layer) for layer in Layer}
    lost = _total(lost_by.values())
    units = round(lost * 100)
    losses = tuple(
        Loss(finding.identity, finding.code, finding.element, layer, _points(part))
        for (finding, layer, _), part in zip(costs, _rounded([c for *_, c in costs], units), strict=True)
    )
    left = [LAYER_SHARE - lost_by[layer] for layer in Layer]
    remaining = dict(zip(Layer, map(_points, _rounded(left, 10_000 - units)), strict=True))
    return ScoreResult(_points(10_000 - units), losses, remaining)


def _by_layer(plan: Plan, findings: Iterable[Finding]) -> dict[Layer, list[Finding]]:
    found: dict[Layer, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=lambda finding: (finding.identity, finding.severity)):
        rule = RULES.get(finding.code)
        element = plan.get(finding.element)
        layer = finding.missing_in or (element.layer if element else None)
        if layer and (rule is None or rule.scored):
            found[layer].append(finding)
    return found


def _layer_costs(plan: Plan, layer: Layer, findings: Sequence[Finding]) -> list[tuple[Finding, Fraction]]:
    members = [e for e in plan.of_layer(layer) if not isinstance(e, Action) or lives(e)]
    missing = [finding for finding in findings if finding.missing_in]
    # What is missing counts as one more element, of the weight of its severity, wholly lost: so an empty layer
    # loses all, and one finding more never raises the score.
    size = len(members) + sum((COST[finding.severity] for finding in missing), Fraction(0))
    if not size:
        return []
    unit = LAYER_SHARE / size
    costs = [(finding, unit * COST[finding.severity]) for finding in missing]
    shares = {id: unit * weight for id, weight in _weights(members).items()}
    on_element: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if not finding.missing_in and finding.element in shares:
            on_element[finding.element].append(finding)
    for element, judged in on_element.items():
        costs += _element_costs(shares[element], judged)
    return costs


def _element_costs(share: Fraction, findings: Sequence[Finding]) -> list[tuple[Finding, Fraction]]:
    whole = sum((COST[finding.severity] for finding in findings), Fraction(0))
    scale = share / max(whole, Fraction(1))
    return [(finding, scale * COST[finding.severity]) for finding in findings]


def _weights(members: Sequence[Element]) -> dict[str, Fraction]:
    """Every element weighs 1; the actions' weights, 1 on average, follow their planned money."""
    weights = {element.id: Fraction(1) for element in members}
    budgets = {e.id: Fraction(e.budget) for e in members if isinstance(e, Action) and e.budget}
    if budgets:
        average = sum(budgets.values(), Fraction(0)) / len(budgets)
        weights |= {id: budget / average for id, budget in budgets.items()}
    return weights


def _total(parts: Iterable[Fraction]) -> Fraction:
    """The exact sum; equal denominators are added first, for ten thousand costs have few."""
    numerators: dict[int, int] = defaultdict(int)
    for part in parts:
        numerators[part.denominator] += part.numerator
    return sum((Fraction(n, d) for d, n in numerators.items()), Fraction(0))


def _rounded(parts: Sequence[Fraction], units: int) -> list[int]:
    """Return `parts`, in hundredths, rounded so that they sum to `units`: largest remainders, then order."""
    whole_of = lcm(*(part.denominator for part in parts))
    found: list[int] = []
    remainders: list[int] = []
    for part in parts:
        quotient, remainder = divmod(part.numerator * 100 * (whole_of // part.denominator), whole_of)
        found.append(quotient)
        remainders.append(remainder)
    order = sorted(range(len(parts)), key=lambda i: (-remainders[i], i))
    for i in order[: units - sum(found)]:
        found[i] += 1
    return found


def _points(units: int) -> Decimal:
    return Decimal(units).scaleb(-2)
