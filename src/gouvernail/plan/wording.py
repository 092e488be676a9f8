"""What the model refuses, said to the reader: one entry a kind of error, never the validator's own jargon."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, get_args

from pydantic_core import ErrorDetails

from gouvernail.base.ids import slugify
from gouvernail.base.text import T, Text
from gouvernail.plan import spelling
from gouvernail.plan.faults import short
from gouvernail.plan.model import Plan, Record

Said = tuple[Text, Text, str | None]
"""What is wrong, what was expected, what was perhaps meant."""

_DAY = T("Write the day as year-month-day, such as 2026-06-30.")
_NUMBER = T("Write digits only, with a point for decimals, such as 1200000 or 0.25.")
_FRACTION = T("Write percentages as fractions, such as 0.2 for 20 %.")
_LIST = T("Write a list: each item on its own line after “- ”, or [a, b].")
_ELEMENTS = T("Write each element as “- id: …” followed by its fields.")
_FIELDS = T("Write fields below it, such as “field: value”, indented by two spaces.")
_WORDS = T("Write a text.")


def say(error: ErrorDetails) -> Said:
    """Return the words for one error of the model."""
    kind = error["type"]
    for prefix, words in _WORDS_FOR:
        if kind.startswith(prefix):
            return words(error)
    return _wrong_value(error), T("Correct this value."), None


def show(value: Any) -> str | None:
    """Return `value` as the plan writes it, on one short line."""
    if value is None or isinstance(value, str):
        return short(value)
    return short(json.dumps(value, ensure_ascii=False, default=str))


def model_at(steps: Sequence[str | int]) -> type[Record] | None:
    """Return the model that holds the field at `steps` of a plan, or None where it is a plain value."""
    model: type[Record] | None = Plan
    for step in steps:
        if isinstance(step, str):
            field = model.model_fields.get(step) if model else None
            model = _record_in(field.annotation) if field else None
    return model


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    found = (_record_in(inner) for inner in get_args(annotation))
    return next((model for model in found if model), None)


def _wrong_value(error: ErrorDetails) -> Text:
    return T("“{value}” cannot stand here.", value=show(error["input"]) or "")


def _unknown_field(error: ErrorDetails) -> Said:
    *above, name = error["loc"]
    model = model_at(above)
    fields = list(model.model_fields) if model else []
    place = next((str(step) for step in reversed(above) if isinstance(step, str)), "")
    wrong = T("“{field}” is not a field of “{place}”.", field=str(name), place=place)
    expected = T("Its fields are {fields}.", fields=tuple(fields))
    return wrong, expected, spelling.name(str(name), fields)


def _missing(error: ErrorDetails) -> Said:
    name = str(error["loc"][-1])
    wrong = T("The field “{field}” is missing.", field=name)
    expected = T("It is compulsory here.")
    if name == "id":
        expected = T("Every element has an id: lower-case letters, digits and hyphens, unique in the plan.")
    return wrong, expected, None


def _choice(error: ErrorDetails) -> Said:
    choices = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
    value = show(error["input"]) or ""
    wrong = T("“{value}” is not one of the possible values of “{field}”.", value=value, field=_field(error))
    expected = T("Choose one of {choices}.", choices=tuple(choices))
    return wrong, expected, spelling.name(value, choices)


def _number(error: ErrorDetails) -> Said:
    value = error["input"]
    if isinstance(value, list | dict):
        return _one_value(error, _NUMBER)
    words = show(value) or ""
    wrong = T("“{value}” is not a number as a plan writes it.", value=words)
    return wrong, _FRACTION if "%" in words else _NUMBER, spelling.number(words)


def _whole_number(error: ErrorDetails) -> Said:
    wrong, _, suggestion = _number(error)
    expected = T("Write a whole number, in digits only.")
    return wrong, expected, suggestion if (suggestion or "").isdigit() else None


def _too_many_digits(error: ErrorDetails) -> Said:
    wrong = T("“{value}” has too many digits.", value=show(error["input"]) or "")
    return wrong, T("A number has at most 20 digits."), None


def _range(error: ErrorDetails) -> Said:
    context = error.get("ctx", {})
    value = show(error["input"]) or ""
    limit = next((context[key] for key in ("ge", "gt", "le", "lt") if key in context), 0)
    if error["type"].startswith("less") and limit == 1:
        wrong = T(
            "“{value}” is more than 1 in “{field}”, which is a fraction.", value=value, field=_field(error)
        )
        return wrong, _FRACTION, spelling.number(f"{value}%")
    if error["type"].startswith("less"):
        wrong = T("“{value}” is too large for “{field}”.", value=value, field=_field(error))
        return wrong, T("The largest value is {limit}.", limit=str(limit)), None
    wrong = T("“{value}” is too small for “{field}”.", value=value, field=_field(error))
    if error["type"] == "greater_than":
        return wrong, T("The value must be more than {limit}.", limit=str(limit)), None
    return wrong, T("The smallest value is {limit}.", limit=str(limit)), None


def _day(error: ErrorDetails) -> Said:
    if isinstance(error["input"], list | dict):
        return _one_value(error, _DAY)
    words = show(error["input"]) or ""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
        return T("There is no day {value} in the calendar.", value=words), _DAY, None
    return T("“{value}” is not a day as a plan writes it.", value=words), _DAY, spelling.day(words)


def _yes_no(error: ErrorDetails) -> Said:
    wrong = T("“{value}” is neither yes nor no.", value=show(error["input"]) or "")
    return wrong, T("Write true or false."), None


def _text(error: ErrorDetails) -> Said:
    if error["input"] is None:
        return T("This item of the list is empty."), T("Fill it in or remove its dash."), None
    return _one_value(error, _WORDS)


def _one_value(error: ErrorDetails, expected: Text) -> Said:
    if isinstance(error["input"], list):
        return T("“{field}” holds a list where one value is expected.", field=_field(error)), expected, None
    return T("“{field}” holds fields where one value is expected.", field=_field(error)), expected, None


def _pattern(error: ErrorDetails) -> Said:
    field, value = _field(error), show(error["input"]) or ""
    wrong = T("“{value}” cannot be the value of “{field}”.", value=value, field=field)
    if field == "currency":
        code = re.sub(r"[^A-Z]", "", value.upper())
        expected = T("Write the currency's code of three capital letters, such as CHF.")
        return wrong, expected, code if len(code) == 3 else None
    if field == "language":
        return wrong, T("Write en or fr."), spelling.name(value, ("en", "fr"))
    expected = T("An id is made of lower-case letters, digits and hyphens, such as new-customers.")
    return wrong, expected, slugify(value)[:80].strip("-") or None


def _length(error: ErrorDetails) -> Said:
    context = error.get("ctx", {})
    if "max_length" in context:
        wrong = T("The value of “{field}” is too long.", field=_field(error))
        return wrong, T("It has at most {n} characters.", n=context["max_length"]), None
    wrong = T("The value of “{field}” is too short.", field=_field(error))
    return wrong, T("It has at least {n} characters.", n=context.get("min_length", 1)), None


def _list(error: ErrorDetails) -> Said:
    return T("“{field}” must be a list.", field=_field(error)), _LIST, None


def _mapping(error: ErrorDetails) -> Said:
    if error["input"] is None:
        return T("This item of the list is empty."), T("Fill it in or remove its dash."), None
    if isinstance(error["loc"][-1], int) and len(error["loc"]) == 2:
        wrong = T("“{value}” is not an element.", value=show(error["input"]) or "")
        return wrong, _ELEMENTS, None
    return T("“{field}” must hold fields of its own.", field=_field(error)), _FIELDS, None


def _field(error: ErrorDetails) -> str:
    return next((str(step) for step in reversed(error["loc"]) if isinstance(step, str)), "")


_WORDS_FOR: tuple[tuple[str, Callable[[ErrorDetails], Said]], ...] = (
    ("extra_forbidden", _unknown_field),
    ("missing", _missing),
    ("enum", _choice),
    ("decimal_max", _too_many_digits),
    ("decimal_whole", _too_many_digits),
    ("decimal", _number),
    ("float", _number),
    ("finite", _number),
    ("int", _whole_number),
    ("greater_than", _range),
    ("less_than", _range),
    ("day", _day),
    ("date", _day),
    ("bool", _yes_no),
    ("string_pattern", _pattern),
    ("string_too", _length),
    ("string", _text),
    ("tuple", _list),
    ("dict", _mapping),
    ("model", _mapping),
)
"""First letters of the validator's error type → the words for it; the first that fits counts."""
