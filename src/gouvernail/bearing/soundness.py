"""Where money goes: aligned, weak or orphan, and by which way (DOMAIN §1, DESIGN §6).

Money climbs the links of an action, split by their weights, to the business objectives; links that lead
to none take none of it. It is *aligned* when no element on the way has a blocking finding, *weak* when one
has, *orphan* when no business objective is reached. Only findings of the plan count: the facts move the
other figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TypeVar

from gouvernail.base.money import Money, split
from gouvernail.bearing.alignment import Flow, MoneySplit, Soundness
from gouvernail.checks.finding import Finding, Severity
from gouvernail.plan.graph import Graph
from gouvernail.plan.model import Action

K = TypeVar("K")
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
        aligned, weak, orphan = split_by(amount, (self.aligned, self.weak, self.orphan))
        return MoneySplit(aligned, weak, orphan)


def split_by(amount: Money, shares: Sequence[Fraction]) -> tuple[Money, ...]:
    """Return `amount` split by `shares`, to the cent, the parts summing to it exactly."""
    # Twenty digits of an amount by a share of any fineness: more than the 28 digits of every day.
    with localcontext(prec=60):
        weights = [Decimal(share.numerator) / Decimal(share.denominator) for share in shares]
        parts = split(amount.amount, weights)
    return tuple(Money(part, amount.currency) for part in parts)


NOWHERE = Shares(Fraction(0), Fraction(0), Fraction(1))


class Ways:
    """The ways that money takes through one plan."""

    def __init__(self, graph: Graph, findings: Iterable[Finding]) -> None:
        self.graph = graph
        self.blocking: dict[str, list[str]] = {}
        for finding in findings:
            if finding.severity is Severity.blocking:
                self.blocking.setdefault(finding.element, []).append(finding.identity)
        self._steps = {id: graph.money_links(id) for id in graph.money_order()}
        self._shares: dict[str, Shares] = {}
        for id in self._steps:
            self._shares[id] = self._blend(id)

    def shares(self, id: str) -> Shares:
        """Return what of the money spent on `id` is aligned, weak and orphan."""
        return self._shares.get(id, NOWHERE)

    def reasons(self, id: str) -> tuple[str, ...]:
        """Return the identities of the blocking findings on the ways of `id`, its own first."""
        waiting, passed = [id], {id: None}
        for one in waiting:
            above = [parent for parent, _ in self.steps(one) if parent not in passed]
            passed.update(dict.fromkeys(above))
            waiting += above
        return tuple(finding for one in passed for finding in self.blocking.get(one, ()))

    def steps(self, id: str) -> tuple[tuple[str, Fraction], ...]:
        """Return the next elements on the way up of `id` with their share of its money."""
        return self._steps.get(id, ())

    def upward(self) -> Iterator[str]:
        """Yield every element that money can climb from, each before those that it climbs to."""
        return reversed(self._steps)

    def arrivals(self, amounts: Mapping[str, Money]) -> Mapping[str, Fraction]:
        """Return what of `amounts`, spent on elements, comes to each element on the ways, itself included."""
        return self.carried({id: Fraction(amount.amount) for id, amount in amounts.items() if amount})

    def carried(self, amounts: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
        """Return the same for amounts of anything: what comes to each element on the ways, itself included."""
        come = dict(amounts)
        for id in self.upward():
            for parent, share in self.steps(id) if id in come else ():
                come[parent] = come.get(parent, Fraction(0)) + come[id] * share
        return come

    def _blend(self, id: str) -> Shares:
        """Blend the shares of the next elements, which are known already: the top comes first."""
        steps = self._steps[id]
        aligned = sum((self._shares[parent].aligned * share for parent, share in steps), Fraction(0))
        if not steps:
            aligned = Fraction(1)
        if id in self.blocking:
            aligned = Fraction(0)
        return Shares(aligned, 1 - aligned, Fraction(0))


@dataclass
class _Parcel:
    """Money that arrived somewhere: planned, and spent where any is."""

    planned: Money
    spent: Money | None

    def add(self, planned: Money, spent: Money | None) -> None:
        self.planned = self.planned + planned
        if spent is not None:
            self.spent = self.spent + spent if self.spent is not None else spent


class _Network:
    """Money by link and by node. What is weak stays apart from what is aligned all the way up."""

    def __init__(self) -> None:
        self.links: dict[tuple[str, str, Soundness], _Parcel] = {}
        self.nodes: dict[tuple[str, Soundness], _Parcel] = {}

    def send(self, source: str, target: str, planned: Money, spent: Money | None, state: Soundness) -> None:
        """Let money go from one node to the next."""
        _receive(self.links, (source, target, state), planned, spent)
        _receive(self.nodes, (target, state), planned, spent)

    def climb(self, ways: Ways) -> None:
        """Pass on what every node holds to the elements it serves, by its shares, to the cent."""
        for id in ways.upward():
            steps = ways.steps(id)
            shares = [share for _, share in steps]
            for state in Soundness:
                held = self.nodes.get((id, state))
                if held is None or not steps:
                    continue
                plans = split_by(held.planned, shares)
                reals = split_by(held.spent, shares) if held.spent is not None else (None,) * len(steps)
                for (parent, _), plan, real in zip(steps, plans, reals, strict=True):
                    self.send(id, parent, plan, real, state)


def _receive(place: dict[K, _Parcel], key: K, planned: Money, spent: Money | None) -> None:
    if key in place:
        place[key].add(planned, spent)
    else:
        place[key] = _Parcel(planned, spent)


def flows(
    ways: Ways,
    actions: Iterable[Action],
    planned: Mapping[str, Money],
    spent: Mapping[str, Money],
    unmatched: Money,
) -> tuple[Flow, ...]:
    """Return the money from budget or envelope to actions, objectives and business objectives.

    Every node passes on what it receives. Two flows join the same nodes where a part of the money is weak.
    `unmatched` is spend that matches no action.
    """
    network = _Network()
    zero = Money(Decimal(0), unmatched.currency)
    for action in actions:
        plan, real = planned.get(action.id, zero), spent.get(action.id)
        if not plan and not real:
            continue
        state = ways.shares(action.id).soundness
        network.send(action.envelope or BUDGET, action.id, plan, real, state)
        if state is Soundness.orphan:
            network.send(action.id, ORPHAN, plan, real, state)
    if unmatched:
        network.send(BUDGET, ORPHAN, zero, unmatched, Soundness.orphan)
    network.climb(ways)
    return tuple(
        Flow(source, target, parcel.planned, parcel.spent, state)
        for (source, target, state), parcel in network.links.items()
    )
