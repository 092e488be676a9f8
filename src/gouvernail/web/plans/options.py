"""What can be chosen for a field: elements of the right kinds, metrics, channels, sources, in the reader's words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gouvernail.base.channels import channels
from gouvernail.base.text import T, Text, verbatim
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.model import Layer, Plan, Record
from gouvernail.report import labels
from gouvernail.sources.catalogue import sources
from gouvernail.warehouse.tables import TABLES
from gouvernail.web.plans.choicewords import CHOICES, KINDS
from gouvernail.web.plans.fields import Field, Shape

FEW = 12
"""So many are shown at once; beyond, there is a search."""
SHOWN = 20
"""So many are shown that a search found."""
_LAYERS = list(Layer)


@dataclass(frozen=True)
class Choice:
    """Something to choose. `note` tells what it is; `weight` is what was typed beside a link."""

    value: str
    label: Text
    note: Text | None = None
    chosen: bool = False
    weight: str = ""


def choices(field: Field, plan: Plan, element: str = "") -> tuple[Choice, ...]:
    """Return everything that may be chosen for the field of `element`, in the order shown."""
    if field.enumeration is not None:
        return tuple(Choice(value, words) for value, words in CHOICES[field.enumeration].items())
    offer = _OFFERS.get(field.shape)
    return offer(field, plan, element) if offer else ()


def found(
    field: Field, plan: Plan, element: str, words: str, language: str
) -> tuple[tuple[Choice, ...], int]:
    """Return the choices that fit what was searched, the first `SHOWN`, and how many there are."""
    wanted = fold(words).split()
    fitting = [
        one
        for one in choices(field, plan, element)
        if all(part in fold(f"{one.label.render(language)} {one.value}") for part in wanted)
    ]
    return tuple(fitting[:SHOWN]), len(fitting)


def chosen(field: Field, plan: Plan, element: str, values: Sequence[str]) -> tuple[Choice, ...]:
    """Return the choices that are made, in their order; one that the plan does not know says so."""
    offered = {one.value: one for one in choices(field, plan, element)}
    return tuple(_marked(offered.get(value), value) for value in values)


def nearest_first(offered: Sequence[Choice], plan: Plan, model: type[Record]) -> tuple[Choice, ...]:
    """Return what may be served with the layer right above first: an action serves objectives rather than values."""
    own = getattr(model, "layer", None)
    if own is None:
        return tuple(offered)

    def far(one: Choice) -> int:
        found = plan.get(one.value)
        if found is None or found.layer is None:
            return 2 * len(_LAYERS)
        up = _LAYERS.index(own) - _LAYERS.index(found.layer)
        # Right above, then beside (an objective serves an objective), then further up; what is below comes last.
        return {1: 0, 0: 1}.get(up, up if up > 0 else len(_LAYERS) - up)

    return tuple(sorted(offered, key=far))


def metrics(plan: Plan) -> tuple[Choice, ...]:
    """Return every metric: those of the plan first, then the catalogue's."""
    own = [Choice(one.id, verbatim(one.name), T("of your own")) for one in plan.metrics]
    mine = {one.value for one in own}
    return (*own, *(Choice(id, one.name) for id, one in METRICS.items() if id not in mine))


def weighed(made: Iterable[Choice], weights: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return links with the weights beside them."""
    return tuple(
        Choice(one.value, one.label, one.note, one.chosen, weights.get(one.value, "")) for one in made
    )


def fold(words: str) -> str:
    """Return words in small letters without accents, as a search compares them."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _marked(one: Choice | None, value: str) -> Choice:
    if one is None:
        return Choice(value, verbatim(value), T("not in the plan"), chosen=True)
    return Choice(one.value, one.label, one.note, chosen=True)


def _elements(field: Field, plan: Plan, element: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.id, verbatim(one.name), KINDS.get(one.kind) if len(field.kinds) != 1 else None)
        for one in plan.elements()
        if one.id != element and (not field.kinds or one.kind in field.kinds)
    )


def _links(field: Field, plan: Plan, element: str) -> tuple[Choice, ...]:
    """Elements of the chain first: they are what is served."""
    every = [one for one in plan.elements() if one.id != element]
    every.sort(key=lambda one: one.layer is None)
    return tuple(Choice(one.id, verbatim(one.name), KINDS.get(one.kind)) for one in every)


def _metrics(field: Field, plan: Plan, element: str) -> tuple[Choice, ...]:
    return metrics(plan)


def _channels(field: Field, plan: Plan, element: str) -> tuple[Choice, ...]:
    titles = {one.id: verbatim(one.title) for one in plan.channels if one.title}
    shipped = {id: one.name for id, one in channels().items()}
    rest = {one.id: verbatim(one.name) for one in plan.channels if one.id not in shipped}
    return tuple(Choice(id, words) for id, words in {**shipped, **rest, **titles}.items())


def _sources(field: Field, plan: Plan, element: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.id, verbatim(one.title)) for one in sources())


def _tables(field: Field, plan: Plan, element: str) -> tuple[Choice, ...]:
    return tuple(Choice(id, labels.TABLES.get(id, verbatim(id))) for id in TABLES)


_OFFERS: Mapping[Shape, Callable[[Field, Plan, str], tuple[Choice, ...]]] = {
    Shape.element: _elements,
    Shape.elements: _elements,
    Shape.links: _links,
    Shape.metric: _metrics,
    Shape.metrics: _metrics,
    Shape.channel: _channels,
    Shape.channels: _channels,
    Shape.source: _sources,
    Shape.table: _tables,
}
