"""Plans out of thin air, for laws that must hold for every plan: `plans()`, and `sub_plans(plan)` of a valid one.

Built from the model itself, so that a new field or section is generated without a change here.
"""

from __future__ import annotations

import math
import types
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from annotated_types import Ge, Gt, Interval, Le, MinLen
from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from gouvernail.plan.model import SECTIONS, Element, Link, Organisation, Plan, Record, RuleSettings

R = TypeVar("R", bound=Record)

IDS = [f"e{i}" for i in range(12)]
"""Few ids, so that links often meet; unknown ones are possible too."""
_REFS = st.sampled_from([*IDS, "nobody"])
_METRICS = st.sampled_from(["revenue", "leads", "win_rate", "unheard_of"])
_TEXT = st.text(max_size=12) | st.sampled_from(
    [
        "NO",
        "2026",
        "1e5",
        "true",
        "~",
        "a: b",
        "# no",
        "- x",
        "é\nligne 2\n",
        " x ",
        "'",
        '"',
        "{",
        "null",
        "<<",
    ]
)
_TYPED = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e6, 1e6) | _TEXT,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(_TEXT, inner, min_size=1, max_size=3)
    ),
    max_leaves=4,
)
_PATTERNS = {"^[A-Z]{3}$": st.sampled_from(["CHF", "EUR", "USD"]), "^(en|fr)$": st.sampled_from(["en", "fr"])}
_LINKS = st.lists(
    st.builds(Link, id=_REFS, weight=st.decimals("0.1", "9", places=1) | st.just(Decimal(1))), max_size=3
).map(tuple)


@st.composite
def plans(draw: st.DrawFn, max_elements: int = 10) -> Plan:
    """Any plan that the model allows, coherent or not: links may dangle or turn in circles."""
    ids = draw(st.lists(st.sampled_from(IDS), max_size=max_elements, unique=True))
    sections: dict[str, list[Element]] = {}
    for id in ids:
        name = draw(st.sampled_from(list(SECTIONS)))
        sections.setdefault(name, []).append(draw(elements(SECTIONS[name], id)))
    return Plan(
        organisation=draw(records(Organisation)),
        revised=draw(st.none() | _days()),
        rules=draw(records(RuleSettings)),
        vocabulary=draw(st.dictionaries(_TEXT, _TEXT, max_size=2)),
        **{name: tuple(found) for name, found in sections.items()},  # type: ignore[arg-type]
    )


def elements(model: type[Element], id: str) -> st.SearchStrategy[Element]:
    """Elements of `model` called `id`."""
    return records(model, id=st.just(id))


def records(model: type[R], **given: st.SearchStrategy[Any]) -> st.SearchStrategy[R]:
    """Records of `model`, its optional fields often left out."""
    required, optional = {}, {}
    for name, field in model.model_fields.items():
        strategy = given[name] if name in given else _field(name, field)
        (required if field.is_required() else optional)[name] = strategy
    return st.fixed_dictionaries(required, optional=optional).map(lambda data: model(**data))


@st.composite
def sub_plans(draw: st.DrawFn, plan: Plan) -> Plan:
    """`plan` with elements left out and optional fields emptied: half-written, still valid."""
    changed: dict[str, Any] = {}
    for name in SECTIONS:
        kept = [element for element in getattr(plan, name) if draw(st.booleans())]
        changed[name] = tuple(draw(_poorer(element)) for element in kept)
    if draw(st.booleans()):
        changed["organisation"] = Organisation()
    return plan.model_copy(update=changed)


@st.composite
def _poorer(draw: st.DrawFn, element: Element) -> Element:
    optional = [name for name, field in type(element).model_fields.items() if not field.is_required()]
    emptied = draw(st.sets(st.sampled_from(optional), max_size=4))
    defaults = {name: type(element).model_fields[name].get_default() for name in emptied}
    return element.model_copy(update=defaults)


def _field(name: str, field: FieldInfo) -> st.SearchStrategy[Any]:
    if name == "serves":
        return _LINKS
    if "id of another element" in (field.description or ""):
        return _REFS
    return _annotation(field.annotation, field.metadata)


def _annotation(kind: Any, metadata: list[Any] | tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        return _annotation(inner, [*metadata, *more])
    if origin in (Union, types.UnionType):
        options = [one for one in get_args(kind) if one is not type(None)]
        return st.none() | _annotation(options[0], metadata)
    if origin is tuple:
        return st.lists(_annotation(get_args(kind)[0]), max_size=2).map(tuple)
    if origin is dict and get_origin(get_args(kind)[1]) is not dict:
        return st.dictionaries(_TEXT, _annotation(get_args(kind)[1]), max_size=2)
    if origin is dict:
        return st.dictionaries(_TEXT, st.dictionaries(_TEXT, _TYPED, min_size=1, max_size=2), max_size=2)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if isinstance(kind, type) and issubclass(kind, Record):
        return records(kind)
    return _scalar(kind, metadata)


def _scalar(kind: Any, metadata: list[Any] | tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if kind is bool:
        return st.booleans()
    if kind is date:
        return _days()
    if kind is int:
        low, high = _bounds(metadata)
        return st.integers(math.ceil(low), math.floor(high))
    if kind is Decimal:
        low, high = _bounds(metadata)
        return st.decimals(low, high, places=4, allow_nan=False, allow_infinity=False)
    return _words(metadata)


def _words(metadata: list[Any] | tuple[Any, ...]) -> st.SearchStrategy[str]:
    for rule in metadata:
        pattern = getattr(rule, "pattern", None)
        if pattern in _PATTERNS:
            return _PATTERNS[pattern]
        if "id of a metric" in (getattr(rule, "description", None) or ""):
            return _METRICS
        if isinstance(rule, MinLen):
            return st.text("abc: #é", min_size=rule.min_length)
    return _TEXT


def _bounds(metadata: list[Any] | tuple[Any, ...]) -> tuple[Decimal, Decimal]:
    low, high = Decimal(-(10**9)), Decimal(10**9)
    for rule in (inner for outer in metadata for inner in getattr(outer, "metadata", [outer])):
        match rule:
            case Ge(ge=value):
                low = Decimal(str(value))
            case Gt(gt=value):
                low = Decimal(str(value)) + Decimal("0.0001")
            case Le(le=value):
                high = Decimal(str(value))
            case Interval():
                low = Decimal(str(rule.ge)) if rule.ge is not None else low
                high = Decimal(str(rule.le)) if rule.le is not None else high
    return low, high


def _days() -> st.SearchStrategy[date]:
    return st.dates(date(1000, 1, 1), date(2999, 12, 31))
