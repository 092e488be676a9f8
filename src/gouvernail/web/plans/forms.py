"""A form for any element, built from the model's fields: one control a field, what is basic first, the rest under “more”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.checks.finding import Finding
from gouvernail.plan.model import Plan, Record
from gouvernail.web.plans import formulas, options, typed
from gouvernail.web.plans.fields import Field, Shape, fields_of, sections
from gouvernail.web.plans.options import FEW, Choice
from gouvernail.web.plans.saying import unit_of
from gouvernail.web.plans.verdicts import NONE, Verdicts, examples

MOST_OPTIONS = 150
"""A single choice out of so many is a plain list; beyond, there is a search."""
_YES_NO = (Choice("yes", T("yes")), Choice("no", T("no")))


@dataclass(frozen=True)
class Control:
    """One field as a form shows it. `inner` are the controls of a record, `rows` those of several records."""

    field: Field
    name: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    """What is shown to choose from; where there is a search, what is chosen and the first of what it finds."""
    more: int = 0
    """How many more a search would find."""
    error: Text | None = None
    findings: tuple[Finding, ...] = ()
    wrong: tuple[Text, ...] = ()
    weak: Text | None = None
    strong: Text | None = None
    inner: tuple[Control, ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()
    unit: str = ""
    metrics: tuple[Choice, ...] = ()
    """What a formula may be put together from."""
    said: str = ""
    """What a formula says, in the names of its metrics."""
    fixed: bool = False
    """Shown, but not to be changed."""

    @property
    def id(self) -> str:
        """The control's id on the page."""
        return "f-" + self.name.replace(".", "-")

    @property
    def widget(self) -> str:
        """The template that draws it."""
        shape = self.field.shape
        if shape in (Shape.record, Shape.records):
            return str(shape)
        if shape is Shape.links or self.search:
            return "picker"
        if shape.several:
            return "boxes"
        if self.choices or shape in (Shape.yes, Shape.maybe):
            return "select"
        long = shape in (Shape.text, Shape.words, Shape.filters) or "\n" in self.value
        return "text" if long else "line"

    @property
    def search(self) -> bool:
        """Whether there is more to choose from than is shown."""
        return self.more > 0

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """What is chosen."""
        return tuple(one for one in self.choices if one.chosen)

    @property
    def open(self) -> tuple[Choice, ...]:
        """What may be chosen besides."""
        return tuple(one for one in self.choices if not one.chosen)

    @property
    def blank(self) -> bool:
        """Whether the choice may be left open."""
        return self.field.optional or self.field.required

    @property
    def multiple(self) -> bool:
        """Whether several may be chosen."""
        return self.field.shape.several


@dataclass(frozen=True)
class Form:
    """The controls of an element: what is shown first, and what stands under “more”."""

    section: str
    element: str
    basic: tuple[Control, ...]
    more: tuple[Control, ...]
    whole: tuple[Finding, ...] = ()
    filled: int = 0
    """How many of the fields under “more” say something."""
    error: Text | None = field(default=None)


class Builder:
    """Builds the controls of one element in one plan for one reader."""

    def __init__(
        self,
        section: str,
        element: str,
        plan: Plan,
        language: str,
        *,
        faults: Mapping[str, Text] | None = None,
        typed_: Mapping[str, str] | None = None,
        verdicts: Verdicts = NONE,
        record: Record | None = None,
    ) -> None:
        self.section, self.element, self.plan, self.language = section, element, plan, language
        self.faults, self.typed, self.verdicts = faults or {}, typed_ or {}, verdicts
        self.examples = examples(section, record)

    def form(self, body: Mapping[str, Any], *, new: bool = False, error: Text | None = None) -> Form:
        """Return the form of an element whose body is `body`, as JSON holds it."""
        fields = fields_of(sections()[self.section])
        held = {"id": self.element if not new else body.get("id", ""), **body}
        made = {one.name: self.control(one, one.name, held.get(one.name), held) for one in fields}
        if "id" in made and not new:
            made["id"] = replace(made["id"], fixed=True)
        more = tuple(made[one.name] for one in fields if not one.basic)
        return Form(
            self.section,
            self.element,
            tuple(made[one.name] for one in fields if one.basic),
            more,
            self.verdicts.whole,
            sum(1 for one in more if body.get(one.field.name) not in (None, "", [], {})),
            error,
        )

    def control(
        self, one: Field, name: str, value: Any, holder: Mapping[str, Any], path: str | None = None
    ) -> Control:
        """Return the control of a field that says `value`; `path` is the field's path without row numbers."""
        path = path or one.path
        example = self.examples.get(path)
        unit = self._unit(one, holder)
        control = Control(
            field=one,
            name=name,
            error=self.faults.get(name),
            findings=self.verdicts.by_field.get(path, ()),
            wrong=self.verdicts.faults.get(path, ()),
            weak=example.weak if example else None,
            strong=example.strong if example else None,
            unit=self.plan.organisation.currency if one.shape is Shape.money or unit is Unit.money else "",
        )
        if one.shape is Shape.record:
            return replace(control, inner=self._inside(one, name, value))
        if one.shape is Shape.records:
            return replace(control, rows=self._rows(one, name, value or ()))
        if one.shape.several or options.choices(one, self.plan, self.element):
            return self._choosing(control, value)
        if one.shape in (Shape.yes, Shape.maybe):
            said = one.default if value is None else value
            word = "" if said is None else "yes" if said else "no"
            return replace(control, choices=_marked(_YES_NO, [word]))
        written = self._written(control, value, unit)
        if one.name == "formula":
            said = formulas.said(written, self.plan, self.language)
            return replace(control, value=written, said=said, metrics=options.metrics(self.plan))
        return replace(control, value=written)

    def row(
        self, one: Field, name: str, n: int, value: Mapping[str, Any] | None = None
    ) -> tuple[Control, ...]:
        """Return the controls of one row of a field that holds several records."""
        return tuple(
            self.control(inner, f"{name}.{n}.{inner.name}", (value or {}).get(inner.name), value or {})
            for inner in one.inner
        )

    def _inside(self, one: Field, name: str, value: Mapping[str, Any] | None) -> tuple[Control, ...]:
        # A record that is there shows its defaults, so that it is still there when it comes back.
        shown = {} if value is None else {inner.name: inner.default for inner in one.inner} | dict(value)
        return tuple(
            self.control(inner, f"{name}.{inner.name}", shown.get(inner.name), shown) for inner in one.inner
        )

    def _rows(self, one: Field, name: str, values: Sequence[Any]) -> tuple[tuple[Control, ...], ...]:
        filled = [self.row(one, name, n, value) for n, value in enumerate(values)]
        return tuple(filled) or (self.row(one, name, 0),)

    def _choosing(self, control: Control, value: Any) -> Control:
        one = control.field
        values, weights = _chosen(one, value)
        weights = {id: self.typed.get(f"{control.name}.weight.{id}", words) for id, words in weights.items()}
        made = options.chosen(one, self.plan, self.element, values)
        offered = options.choices(one, self.plan, self.element)
        if one.shape is Shape.links:
            offered = options.nearest_first(offered, self.plan, sections()[self.section])
        others = tuple(choice for choice in offered if choice.value not in values)
        limit = FEW if one.shape.several else MOST_OPTIONS
        if len(offered) <= limit:
            # What is chosen comes first, in its own order: some orders mean something.
            several = one.shape.several and one.shape is not Shape.choices
            unknown = tuple(choice for choice in made if choice.value not in {o.value for o in offered})
            listed = (*made, *others) if several else (*_marked(offered, values), *unknown)
            return replace(control, choices=options.weighed(listed, weights))
        shown = others[: FEW // 2]
        return replace(
            control, choices=options.weighed((*made, *shown), weights), more=len(others) - len(shown)
        )

    def _written(self, control: Control, value: Any, unit: Unit | None) -> str:
        if control.name in self.typed:
            return self.typed[control.name]
        if value is None and control.field.shape is Shape.line and "." not in control.field.path:
            value = control.field.default
        return _as_typed(control.field, value, self.language, unit)

    def _unit(self, one: Field, holder: Mapping[str, Any]) -> Unit | None:
        if one.path not in ("baseline", "target", "value"):
            return None
        metric = holder.get("metric")
        objective = self.plan.get(str(holder.get("objective") or ""))
        return unit_of(self.plan, metric or getattr(objective, "metric", None))


def _as_typed(one: Field, value: Any, language: str, unit: Unit | None) -> str:
    """`value` as JSON holds it (numbers and days are text) as its control shows it."""
    if value is None or value == "":
        return ""
    model_value = _VALUES.get(one.shape, lambda same: same)(value)
    return typed.write(one, model_value, language, unit)


def _chosen(one: Field, value: Any) -> tuple[list[str], dict[str, str]]:
    """The values chosen, and the weights beside them."""
    if one.shape is Shape.links:
        links = value or []
        return [link["id"] for link in links], {
            link["id"]: str(link["weight"]) for link in links if "weight" in link
        }
    if one.shape.several:
        return [str(item) for item in value or []], {}
    if value is None:
        default = getattr(one.default, "value", one.default)
        return ([str(default)] if default else []), {}
    return [str(value)], {}


def _marked(offered: Sequence[Choice], values: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(replace(one, chosen=one.value in values) for one in offered)


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def _date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


_VALUES: Mapping[Shape, Any] = {
    Shape.number: _decimal,
    Shape.money: _decimal,
    Shape.share: _decimal,
    Shape.day: _date,
}
