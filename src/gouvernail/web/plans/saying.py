"""Values of the plan in the reader's words: names for ids, labels for choices, money with its currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail.base.channels import channels
from gouvernail.base.money import Money
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.units import Unit
from gouvernail.base.values import Country, Ratio
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.model import Plan, Record
from gouvernail.report import labels
from gouvernail.sources.catalogue import sources
from gouvernail.web.plans.called import called
from gouvernail.web.plans.choicewords import choice
from gouvernail.web.plans.fields import Field, Shape, fields_of

NOTHING = T("nothing")


@dataclass(frozen=True)
class Said:
    """A field and what it says. `links` holds id and name where it names elements of the plan."""

    field: Field
    value: Any
    links: tuple[tuple[str, str], ...] = ()
    note: Text | None = None
    """What to add: the weights of links."""

    @property
    def label(self) -> Text:
        return self.field.label

    @property
    def list(self) -> bool:
        """Whether it is shown as a list, one item a line."""
        return isinstance(self.value, tuple) and len(self.value) > 1


def said(field: Field, value: Any, plan: Plan, holder: Record | None = None) -> Any:
    """Return what a field's value says, ready for `|say`; None where it says nothing."""
    if value is None or value in ("", (), {}):
        return None
    if field.shape is Shape.record:
        return _record(field, value, plan)
    if field.shape is Shape.records:
        return tuple(words for one in value if (words := _record(field, one, plan, holder)))
    return _plain(field, value, plan, holder)


def facts(record: Record, plan: Plan, *, empty: bool = False) -> tuple[Said, ...]:
    """Return the fields of a record that say something, in the model's order; with `empty` the others too."""
    found = []
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        words = said(field, value, plan, record)
        if words is not None or empty:
            found.append(Said(field, words, _links(field, value, plan), _weights(field, value, plan)))
    return tuple(found)


def name_of(plan: Plan, id: str) -> str:
    """Return how an element is called, its id where the plan does not know it."""
    found = plan.get(id)
    return called(found, plan) if found else id


def metric_name(plan: Plan, id: str) -> Text:
    """Return the name of a metric of the plan or of the catalogue."""
    own = next((one for one in plan.metrics if one.id == id), None)
    if own:
        return verbatim(own.name)
    return METRICS[id].name if id in METRICS else verbatim(id)


def channel_name(plan: Plan, id: str) -> Text:
    """Return the name of a channel of the plan or of the catalogue."""
    own = next((one for one in plan.channels if one.id == id), None)
    if own and own.title:
        return verbatim(own.title)
    shipped = channels()
    return shipped[id].name if id in shipped else verbatim(id)


def source_name(id: str) -> str:
    """Return the name of a source of the catalogue."""
    return next((one.title for one in sources() if one.id == id), id)


def unit_of(plan: Plan, metric: str | None) -> Unit | None:
    """Return what a metric counts in, None where nobody knows it."""
    own = next((one for one in plan.metrics if one.id == metric), None)
    if own:
        return own.unit
    return METRICS[metric].unit if metric in METRICS else None


def amount(value: Decimal, unit: Unit | None, plan: Plan) -> Any:
    """Return a figure as its unit wants it: money, a percentage, a plain number."""
    if unit is Unit.money:
        return Money(value, plan.organisation.currency)
    if unit is Unit.ratio:
        return share(value)
    return value


def share(value: Decimal) -> Ratio:
    """Return a share with as many digits as it has, four at most."""
    exponent = (value * 100).normalize().as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Ratio(float(value), min(digits, 4))


def _plain(field: Field, value: Any, plan: Plan, holder: Record | None) -> Any:
    match field.shape:
        case Shape.choice if field.enumeration:
            return choice(field.enumeration, str(value))
        case Shape.choices if field.enumeration:
            return tuple(choice(field.enumeration, str(one)) for one in value)
        case Shape.element:
            return name_of(plan, value)
        case Shape.elements:
            return tuple(name_of(plan, one) for one in value)
        case Shape.links:
            return tuple(name_of(plan, one.id) for one in value)
        case Shape.yes | Shape.maybe:
            return T("yes") if value else T("no")
        case Shape.words if field.name == "countries":
            return tuple(Country(one) for one in value)
        case _:
            return _worded(field, value, plan, holder)


def _worded(field: Field, value: Any, plan: Plan, holder: Record | None) -> Any:
    match field.shape:
        case Shape.metric:
            return metric_name(plan, value)
        case Shape.metrics:
            return tuple(metric_name(plan, one) for one in value)
        case Shape.channel:
            return channel_name(plan, value)
        case Shape.channels:
            return tuple(channel_name(plan, one) for one in value)
        case Shape.source:
            return source_name(value)
        case Shape.table:
            return labels.TABLES.get(value, value)
        case Shape.money:
            return Money(value, plan.organisation.currency)
        case Shape.share:
            return share(value)
        case Shape.number:
            return amount(value, unit_of(plan, measured(field, holder, plan)), plan)
        case Shape.filters:
            return tuple(f"{column}: {one}" for column, ones in value.items() for one in ones or ("",))
        case Shape.whole:
            return str(value) if field.name == "year" else value
        case _:
            return value


def measured(field: Field, holder: Record | None, plan: Plan) -> str | None:
    """Return the metric whose unit a number of the plan is in, None for a number of its own."""
    if field.path not in ("baseline", "target", "value"):
        return None
    metric = getattr(holder, "metric", None)
    if metric is None and (objective := plan.get(getattr(holder, "objective", None) or "")):
        metric = getattr(objective, "metric", None)
    return metric


def _record(field: Field, value: Any, plan: Plan, holder: Record | None = None) -> Text | None:
    parts = []
    for inner in field.inner:
        words = said(inner, getattr(value, inner.name), plan, value)
        if words is not None and getattr(value, inner.name) != inner.default:
            parts.append(T("{label}: {value}", label=inner.label, value=words))
    return Text("{parts}", {"parts": _joined(parts)}) if parts else None


def _joined(parts: list[Text]) -> Text:
    template = " · ".join(f"{{p{i}}}" for i in range(len(parts)))
    return Text(template, {f"p{i}": part for i, part in enumerate(parts)})


def _links(field: Field, value: Any, plan: Plan) -> tuple[tuple[str, str], ...]:
    match field.shape:
        case Shape.element:
            ids = (value,) if value else ()
        case Shape.elements:
            ids = tuple(value)
        case Shape.links:
            ids = tuple(one.id for one in value)
        case _:
            ids = ()
    return tuple((id, name_of(plan, id)) for id in ids)


def _weights(field: Field, value: Any, plan: Plan) -> Text | None:
    if field.shape is not Shape.links or len({one.weight for one in value}) < 2:
        return None
    return T("weights {weights}", weights=tuple(f"{one.weight:f}" for one in value))
