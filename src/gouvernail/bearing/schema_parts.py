"""Parts of which the JSON Schemas are made: plain values, money, estimates and refusals."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
NUMBER: Schema = {"type": "number"}
MAYBE_NUMBER: Schema = {"type": ["number", "null"]}
AMOUNT: Schema = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
MAYBE_AMOUNT: Schema = {"type": ["string", "null"]}
DAY: Schema = {"type": ["string", "null"], "format": "date"}


def record(about: str, /, **properties: Schema) -> Schema:
    """Return the schema of an object with exactly these properties."""
    return fields(about, *sorted(properties), **properties)


def fields(about: str, /, *required: str, **properties: Schema) -> Schema:
    """Return the schema of an object with no other properties; all are required unless it is said which."""
    return {
        "type": "object",
        **({"description": about} if about else {}),
        "properties": properties,
        "required": list(required or properties),
        "additionalProperties": False,
    }


def described(schema: Schema, about: str) -> Schema:
    """Return a schema with what it stands for where it is used."""
    return {**schema, "description": about}


def listed(items: Schema, about: str = "") -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items, **({"description": about} if about else {})}


def mapped(values: Schema, about: str) -> Schema:
    """Return the schema of an object whose keys are names."""
    return {"type": "object", "additionalProperties": values, "description": about}


def maybe(shape: Schema) -> Schema:
    """Return the schema of something that may be null."""
    return {"anyOf": [{"type": "null"}, shape]}


MONEY: Schema = {
    "anyOf": [{"type": "null"}, record("an amount and its currency", amount=AMOUNT, currency=TEXT)]
}
REFUSAL = record("why no number can be given", code=TEXT, reason=TEXT)
ESTIMATE = record(
    "a number with what stands behind it",
    value=NUMBER,
    low=MAYBE_NUMBER,
    high=MAYBE_NUMBER,
    level=NUMBER,
    method=TEXT,
    grade=TEXT,
)
OUTCOME: Schema = {"anyOf": [ESTIMATE, record("no number", refusal=REFUSAL)]}
PERIOD = record("a period of days", name=TEXT, **{"from": DAY, "to": DAY})
