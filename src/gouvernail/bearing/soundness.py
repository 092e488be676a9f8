"""Where money goes: aligned, weak or orphan, and by which way (DOMAIN §1, DESIGN §6).

Money climbs the links of an action, split by their weights, to the business objectives; links that lead
to none take none of it. It is *aligned* when no element on the way has a blocking finding, *weak* when one
has, *orphan* when no business objective is reached. Only findings of the plan count: the facts move the
other figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gouvernail.base.money import Money, split
from gouvernail.bearing.model import Flow, MoneySplit, Soundness
from gouvernail.checks.finding import Finding, Severity
from gouvernail.plan.graph import Graph, is_business_objective
from gouvernail.plan.model import Action

BUDGET, ORPHAN = "budget", "orphan"


@dataclass(frozen=True)
class Shares:
    """What of an element's money is aligned, weak and orphan; they sum to 1."""

    aligned: Fraction
    weak: Fraction
    orphan: Fraction

    @property
    def soundness(self) -> Soundness:
        """The gravest state that takes a part of the money."""
        if self.orphan:
            return Soundness.orphan
        return Soundness.weak if self.weak else Soundness.aligned

    def divide(self, amount: Money) -> MoneySplit:
        """Return `amount` split by the shares, to the cent, summing to it exactly."""
        weights = [
            Decimal(part.numerator) / Decimal(part.denominator)
            for part in (self.aligned, self.weak, self.orphan)
        ]
        parts = split(amount.amount, weights)
        aligned, weak, orphan = (Money(part, amount.currency) for part in parts)
        return MoneySplit(aligned, weak, orphan)


NOWHERE = Shares(Fraction(0), Fraction(0), Fraction(1))


class Ways:
    """The ways that money takes through one plan."""

    def __init__(self, graph: Graph, findings: Iterable[Finding]) -> None:
        self.graph = graph
        self.blocking: dict[str, list[str]] = {}
        for finding in findings:
            if finding.severity is Severity.blocking:
                self.blocking.setdefault(finding.element, []).append(finding.identity)
        self._known: dict[str, Shares] = {}
        self._reasons: dict[str, tuple[str, ...]] = {}
        self._circle = {id: index for index, ids in enumerate(graph.cycles()) for id in ids}

    def shares(self, id: str) -> Shares:
        """Return what of the money spent on `id` is aligned, weak and orphan."""
        return self._climb(id, frozenset())

    def reasons(self, id: str) -> tuple[str, ...]:
        """Return the identities of the blocking findings on the ways of `id`, its own first."""
        if id not in self._reasons:
            found = list(self.blocking.get(id, ()))
            for parent, _ in self.steps(id):
                found.extend(self.reasons(parent))
            self._reasons[id] = tuple(dict.fromkeys(found))
        return self._reasons[id]

    def steps(self, id: str) -> list[tuple[str, Fraction]]:
        """Return the next elements on the way up of `id` with their share of its money."""
        element = self.graph.plan.get(id)
        if element is None or is_business_objective(element):
            return []
        useful = [
            (parent.id, Fraction(share))
            for parent, share in self.graph.parents(id)
            if self.graph.business_shares(parent.id) and not self._in_circle(parent.id, id)
        ]
        whole = sum((share for _, share in useful), Fraction(0))
        return [(parent, share / whole) for parent, share in useful] if whole else []

    def _in_circle(self, parent: str, id: str) -> bool:
        return id in self._circle and self._circle.get(parent) == self._circle[id]

    def _climb(self, id: str, passed: frozenset[str]) -> Shares:
        if id in self._known:
            return self._known[id]
        if id in passed or not self.graph.business_shares(id):
            return NOWHERE
        steps = self.steps(id)
        if not steps:
            found = Shares(Fraction(1), Fraction(0), Fraction(0))
        else:
            above = [(self._climb(parent, passed | {id}), share) for parent, share in steps]
            found = Shares(
                sum((one.aligned * share for one, share in above), Fraction(0)),
                sum((one.weak * share for one, share in above), Fraction(0)),
                sum((one.orphan * share for one, share in above), Fraction(0)),
            )
        if id in self.blocking:
            found = Shares(Fraction(0), found.aligned + found.weak, found.orphan)
        self._known[id] = found
        return found


@dataclass
class _Pipe:
    """What has gone through one link so far."""

    planned: Money
    spent: Money | None
    soundness: Soundness

    def add(self, planned: Money, spent: Money | None) -> None:
        self.planned = self.planned + planned
        if spent is not None:
            self.spent = self.spent + spent if self.spent is not None else spent


class _Network:
    """The links between nodes, and the passing on of money from one to the next."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.pipes: dict[tuple[str, str], _Pipe] = {}

    def add(self, source: str, target: str, planned: Money, spent: Money | None, state: Soundness) -> None:
        if (pipe := self.pipes.get((source, target))) is None:
            self.pipes[source, target] = _Pipe(planned, spent, state)
        else:
            pipe.add(planned, spent)

    def pass_on(self, id: str, planned: Money, spent: Money | None, state: Soundness) -> None:
        """Pass what `id` received to the elements it serves, by its shares, to the cent."""
        steps = self.ways.steps(id)
        weights = [Decimal(share.numerator) / Decimal(share.denominator) for _, share in steps]
        plans = split(planned.amount, weights)
        reals = split(spent.amount, weights) if spent is not None else (None,) * len(steps)
        for (parent, _), part, done in zip(steps, plans, reals, strict=True):
            money = Money(done, planned.currency) if done is not None else None
            self.add(id, parent, Money(part, planned.currency), money, state)
            self.pass_on(parent, Money(part, planned.currency), money, state)


def flows(
    ways: Ways,
    actions: Iterable[Action],
    planned: Mapping[str, Money],
    spent: Mapping[str, Money],
    unmatched: Money,
) -> tuple[Flow, ...]:
    """Return the money from budget or envelope to actions, objectives and business objectives.

    Every node passes on what it receives. `unmatched` is spend that matches no action.
    """
    network = _Network(ways)
    zero = Money(Decimal(0), unmatched.currency)
    for action in actions:
        plan, real = planned.get(action.id, zero), spent.get(action.id)
        if not plan and not real:
            continue
        state = ways.shares(action.id).soundness
        network.add(action.envelope or BUDGET, action.id, plan, real, state)
        if state is Soundness.orphan:
            network.add(action.id, ORPHAN, plan, real, state)
        else:
            network.pass_on(action.id, plan, real, state)
    if unmatched:
        network.add(BUDGET, ORPHAN, zero, unmatched, Soundness.orphan)
    return tuple(
        Flow(source, target, pipe.planned, pipe.spent, pipe.soundness)
        for (source, target), pipe in network.pipes.items()
    )
