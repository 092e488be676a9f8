"""The chain as a graph: who serves whom, with what share, up to business objectives and values (S2).

A graph is made once for a plan and answers in memory; everything is linear in elements and links.
Links to unknown ids are left out (they are `dangling`), an element that serves itself is a cycle of one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cached_property

from gouvernail.base.money import split
from gouvernail.plan import references
from gouvernail.plan.components import components
from gouvernail.plan.model import Element, Level, Objective, Plan, Value

Predicate = Callable[[Element], bool]
Parent = tuple[Element, Decimal]


def is_business_objective(element: Element) -> bool:
    """Whether `element` is an objective in the language of management: where money finally counts."""
    return isinstance(element, Objective) and element.level is Level.business


class Graph:
    """The links of one plan. The plan is immutable, and so is what the graph answers."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._by_id = plan.by_id
        self._weights = {element.id: _weights(element, self._by_id) for element in self._by_id.values()}
        self._children: dict[str, list[Element]] = {}
        for id, weights in self._weights.items():
            for parent in weights:
                self._children.setdefault(parent, []).append(self._by_id[id])

    def parents(self, id: str) -> tuple[Parent, ...]:
        """Return the existing elements that `id` serves, each with its share; the shares sum to exactly 1."""
        weights = self._weights.get(id)
        if not weights:
            return ()
        return tuple(
            (self._by_id[parent], share)
            for parent, share in zip(weights, _shares(list(weights.values())), strict=True)
        )

    def children(self, id: str) -> tuple[Element, ...]:
        """Return the elements that serve `id`, in the order of the plan."""
        return tuple(self._children.get(id, ()))

    def ancestors(self, id: str) -> tuple[Element, ...]:
        """Return every element above `id`, nearest first, each once, without `id` itself."""
        return self._walk(id, lambda one: self._weights.get(one, ()))

    def descendants(self, id: str) -> tuple[Element, ...]:
        """Return every element below `id`, nearest first, each once, without `id` itself."""
        return self._walk(id, lambda one: (child.id for child in self._children.get(one, ())))

    def paths_up(self, id: str, until: Predicate | None = None) -> Iterator[tuple[Element, ...]]:
        """Yield the paths from `id` (first) up to an element that `until` accepts, or up to the tops.

        A path never passes twice by one element. With `until`, paths that never meet it are not yielded.
        There may be exponentially many: take what is needed from the iterator.
        """
        if id not in self._by_id:
            return
        stack: list[tuple[Element, ...]] = [(self._by_id[id],)]
        while stack:
            path = stack.pop()
            last = path[-1]
            if until is not None and until(last):
                yield path
                continue
            above = [
                self._by_id[parent]
                for parent in self._weights[last.id]
                if all(parent != passed.id for passed in path)
            ]
            if not above and until is None:
                yield path
            stack.extend((*path, parent) for parent in reversed(above))

    def reaches(self, id: str, predicate: Predicate) -> bool:
        """Whether `predicate` accepts the element or one above it."""
        element = self._by_id.get(id)
        if element is None:
            return False
        return predicate(element) or any(predicate(above) for above in self.ancestors(id))

    def to_values(self, id: str) -> tuple[Value, ...]:
        """Return the values that `id` finally serves (itself, where it is one)."""
        return tuple(one for one in self._with_above(id) if isinstance(one, Value))

    def business_objectives(self, id: str) -> tuple[Objective, ...]:
        """Return the business objectives that `id` serves first on its ways up (itself, where it is one)."""
        shares = self._to_business.get(id, {})
        return tuple(one for key in shares if isinstance(one := self._by_id[key], Objective))

    def business_shares(self, id: str) -> Mapping[str, Fraction]:
        """Return business objective → share of `id` that reaches it; they sum to 1, or there are none."""
        return self._to_business.get(id, {})

    def money_links(self, id: str) -> tuple[tuple[str, Fraction], ...]:
        """Return the next elements that money spent on `id` climbs to, with its shares, which sum to 1.

        There are none at a business objective, and where none is reached. These links never turn in a circle.
        """
        upward = self._upward.get(id, [])
        weights = [Fraction(self._weights[id][parent]) for parent in upward]
        scale = sum(weights)
        return tuple((parent, weight / scale) for parent, weight in zip(upward, weights, strict=True))

    def money_order(self) -> tuple[str, ...]:
        """Return the elements that reach a business objective, each after those that its money climbs to."""
        return tuple(self._upward)

    def split_money(self, id: str, amount: Decimal) -> dict[str, Decimal]:
        """Return what of `amount`, spent on `id`, goes to each business objective, to the cent.

        The money climbs by the shares of the links and stops at the first business objective on each way.
        Links that lead to no business objective take none of it. The parts sum to `amount` exactly;
        they are empty where no business objective is reached (the money is orphan). In a circle of links
        money takes only those that lead out of it or nearer to a business objective.
        """
        shares = self._to_business.get(id)
        if not shares:
            return {}
        with localcontext(prec=60):
            weights = [Decimal(share.numerator) / Decimal(share.denominator) for share in shares.values()]
            parts = split(amount, weights)
        return dict(zip(shares, parts, strict=True))

    def dangling(self) -> list[tuple[str, str, str]]:
        """Return (element id, field, missing id) for every reference, in any field, to nothing."""
        return references.dangling(self.plan)

    def cycles(self) -> list[tuple[str, ...]]:
        """Return the ids of each set of elements that serve one another in a circle, in the order of the plan."""
        return [
            tuple(sorted(group, key=self._order.__getitem__))
            for group in self._components
            if len(group) > 1 or self._serves_itself(group[0])
        ]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {id: i for i, id in enumerate(self._by_id)}

    @cached_property
    def _components(self) -> list[tuple[str, ...]]:
        return components(self._weights)

    def _serves_itself(self, id: str) -> bool:
        return any(link.id == id for link in self._by_id[id].serves)

    def _with_above(self, id: str) -> Iterator[Element]:
        if id in self._by_id:
            yield self._by_id[id]
            yield from self.ancestors(id)

    def _walk(self, id: str, following: Callable[[str], Iterable[str]]) -> tuple[Element, ...]:
        seen = {id}
        waiting = deque(following(id))
        found = []
        while waiting:
            one = waiting.popleft()
            if one not in seen:
                seen.add(one)
                found.append(self._by_id[one])
                waiting.extend(following(one))
        return tuple(found)

    @cached_property
    def _to_business(self) -> dict[str, dict[str, Fraction]]:
        """Element → business objective → share, computed from the top down."""
        found: dict[str, dict[str, Fraction]] = {}
        for id, upward in self._upward.items():
            found[id] = self._blend(id, upward, found)
        return found

    @cached_property
    def _upward(self) -> dict[str, list[str]]:
        """Element → parents that its money climbs to, those of the top first; a circle is cut where it turns back."""
        far = self._distances
        useful = {
            id: [parent for parent in self._weights[id] if parent in far] if far[id] else [] for id in far
        }
        found: dict[str, list[str]] = {}
        for group in components(useful):
            members = set(group)
            for id in sorted(group, key=far.__getitem__):
                found[id] = [
                    parent
                    for parent in useful[id]
                    if len(group) == 1 or parent not in members or far[parent] < far[id]
                ]
        return found

    def _blend(
        self, id: str, upward: list[str], found: Mapping[str, dict[str, Fraction]]
    ) -> dict[str, Fraction]:
        if not upward:
            return {id: Fraction(1)}
        if len(upward) == 1:
            return found[upward[0]]
        weights = [Fraction(self._weights[id][parent]) for parent in upward]
        scale = sum(weights)
        blend: dict[str, Fraction] = {}
        for parent, weight in zip(upward, weights, strict=True):
            for objective, share in found[parent].items():
                blend[objective] = blend.get(objective, Fraction(0)) + share * weight / scale
        return blend

    @cached_property
    def _distances(self) -> dict[str, int]:
        """Element → least number of links up to a business objective, nearest first."""
        found = {id: 0 for id, element in self._by_id.items() if is_business_objective(element)}
        waiting = deque(found)
        while waiting:
            id = waiting.popleft()
            for child in self._children.get(id, ()):
                if child.id not in found:
                    found[child.id] = found[id] + 1
                    waiting.append(child.id)
        return found


def _weights(element: Element, known: Mapping[str, Element]) -> dict[str, Decimal]:
    """Parent → weight, the existing ones; a parent named twice counts with both weights."""
    found: dict[str, Decimal] = {}
    for link in element.serves:
        if link.id in known and link.id != element.id:
            found[link.id] = found.get(link.id, Decimal(0)) + link.weight
    return found


def _shares(weights: list[Decimal]) -> list[Decimal]:
    scale = sum(weights)
    shares = [weight / scale for weight in weights[:-1]]
    return [*shares, 1 - sum(shares, Decimal(0))]
