"""A plan as bodies, one an element, and bodies as a plan: nothing is lost either way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from gouvernail.plan.model import SECTIONS, Plan

WHOLE = ("organisation", "rules", "vocabulary", "plan")
"""What is kept beside the elements, each as one body: section and id are the same word."""
Key = tuple[str, str]
"""Section and element id."""
Bodies = dict[Key, dict[str, Any]]


def assemble(bodies: Mapping[Key, Mapping[str, Any]]) -> Plan:
    """Return the plan that these bodies make.

    Raises:
        pydantic.ValidationError: a body does not fit the model. `commit` never lets one in.
    """
    data: dict[str, Any] = {}
    for (section, element), body in bodies.items():
        if section == "plan":
            data.update(body)
        elif section in WHOLE:
            data[section] = body
        else:
            data.setdefault(section, []).append({"id": element, **body})
    return Plan.model_validate(data)


def bodies_of(plan: Plan) -> Bodies:
    """Return a plan as bodies: what `assemble` makes the same plan of."""
    found: Bodies = {}
    for section in SECTIONS:
        for element in getattr(plan, section):
            body = short(element)
            found[section, body.pop("id")] = body
    for section in ("organisation", "rules"):
        if body := short(getattr(plan, section)):
            found[section, section] = body
    if plan.vocabulary:
        found["vocabulary", "vocabulary"] = dict(plan.vocabulary)
    if plan.revised:
        found["plan", "plan"] = {"revised": plan.revised.isoformat()}
    return found


def short(record_: BaseModel) -> dict[str, Any]:
    """Return a record as JSON without its defaults; decimals are text, so that no digit is lost."""
    found: dict[str, Any] = without_nul(record_.model_dump(mode="json", exclude_defaults=True))
    return found


def without_nul(value: Any) -> Any:
    """Drop the character of number 0, which says nothing to anybody and which PostgreSQL cannot keep."""
    match value:
        case str():
            return value.replace("\0", "")
        case Mapping():
            return {without_nul(key): without_nul(one) for key, one in value.items()}
        case list() | tuple():
            return [without_nul(one) for one in value]
        case _:
            return value
