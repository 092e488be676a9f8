"""The plan file's JSON Schema: editors complete from it and underline what the loader would refuse."""

from __future__ import annotations

from typing import Any

from gouvernail.plan.model import Plan

FILE_NAME = ".gouvernail/plan.schema.json"
"""Where a workspace keeps the schema, from its plan; the plan's first line names it."""


def json_schema() -> dict[str, Any]:
    """Return the schema of a plan file (draft-07, what YAML editors understand), descriptions included.

    It is as strict as the loader on field names, choices and ranges, and accepts the loader's short forms
    (`serves: some-id`). It asks for values as YAML 1.2 types them: a title that is a number needs quotes.
    """
    schema = Plan.model_json_schema(mode="validation")
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_strict_numbers(schema)}


def _strict_numbers(part: Any) -> Any:
    """Take the text form out of every number, so that an editor underlines 1'200'000 and 20 %."""
    if isinstance(part, list):
        return [_strict_numbers(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {key: _strict_numbers(value) for key, value in part.items()}
    choices = part.get("anyOf", ())
    if any(choice.get("type") == "number" for choice in choices):
        part["anyOf"] = [choice for choice in choices if choice.get("type") != "string"]
    return part
