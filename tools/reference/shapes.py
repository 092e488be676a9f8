"""The machine-readable shapes: JSON Schemas of the plan and of the bearing, kept as files and told as pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.reference.markdown import cell, code, table


def plan_schema() -> dict[str, str]:
    """Return the plan's schema and its page."""
    from gouvernail.plan.schema import json_schema

    told = "Editors complete and check a plan from [plan.schema.json](plan.schema.json) (`# yaml-language-server: $schema=…`)."
    return _both("plan", "Plan file", told, json_schema())


def bearing_schema() -> dict[str, str]:
    """Return the schema of `gouvernail bearing --json` and its page."""
    from gouvernail.bearing.schema import json_schema

    told = "What `gouvernail bearing --json` prints; [bearing.schema.json](bearing.schema.json) is the whole of it."
    return _both("bearing", "Bearing (JSON)", told, json_schema())


def attribution_schema() -> dict[str, str]:
    """Return the schema of `gouvernail attribute --json` and its page."""
    from gouvernail.bearing.attributed_json import json_schema

    told = "What `gouvernail attribute --json` prints, of the imported data or of a table of paths; [attribution.schema.json](attribution.schema.json) is the whole of it."
    return _both("attribution", "Attribution (JSON)", told, json_schema())


def forecast_schema() -> dict[str, str]:
    """Return the schema of `gouvernail forecast --json` and its page."""
    from gouvernail.bearing.foreseen_schema import json_schema

    told = "What `gouvernail forecast --json` prints, of a plan's objectives or of a bare series; [forecast.schema.json](forecast.schema.json) is the whole of it."
    return _both("forecast", "Forecast (JSON)", told, json_schema())


def geo_schema() -> dict[str, str]:
    """Return the schema of `gouvernail geo … --json` and its page."""
    from gouvernail.bearing.geo_json import json_schema

    told = "What `gouvernail geo choose --json` and `gouvernail geo read --json` print; [geo.schema.json](geo.schema.json) is the whole of it."
    return _both("geo", "Geo tests (JSON)", told, json_schema())


def experiment_schemas() -> dict[str, str]:
    """Return the schemas of what the commands `gouvernail experiment …` print, and their pages."""
    from gouvernail.bearing import dealt_json, designed_json, trials_json

    told = "What `gouvernail experiment {name} --json` prints; [experiment-{name}.schema.json](experiment-{name}.schema.json) is the whole of it."
    both = "What `gouvernail experiment read --json` and `gouvernail experiment list --json` print; [experiment-read.schema.json](experiment-read.schema.json) is the whole of it."
    pages: dict[str, str] = {}
    for name, title, schema in (
        ("design", "Design of an experiment (JSON)", designed_json.json_schema()),
        ("assign", "Deal of an experiment (JSON)", dealt_json.json_schema()),
        ("read", "Experiments (JSON)", trials_json.json_schema()),
    ):
        pages |= _both(
            f"experiment-{name}", title, both if name == "read" else told.format(name=name), schema
        )
    return pages


def _both(name: str, title: str, told: str, schema: dict[str, Any]) -> dict[str, str]:
    parts = [f"# {title}", told, *_objects(schema)]
    written = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return {f"{name}.schema.json": written, f"{name}.md": "\n\n".join(parts)}


def _objects(schema: dict[str, Any]) -> Iterator[str]:
    yield _object("At the top", schema)
    for name, definition in sorted(schema.get("$defs", {}).items()):
        yield _object(name, definition)


def _object(name: str, schema: dict[str, Any]) -> str:
    parts = [f"## {name} {{ #{name.replace(' ', '-').lower()} }}", schema.get("description", "")]
    if "enum" in schema:
        parts.append("One of " + ", ".join(code(value) for value in schema["enum"]) + ".")
    required = schema.get("required", [])
    rows = [
        (code(field) + (" *" if field in required else ""), _type(told), cell(told.get("description", "")))
        for field, told in schema.get("properties", {}).items()
    ]
    if rows:
        parts.append(table(("Field", "Type", "Meaning"), rows))
    return "\n\n".join(part for part in parts if part)


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            kinds = dict.fromkeys(_type(option) for option in schema[choice])
            return " or ".join(kinds)
    if "const" in schema:
        return code(schema["const"])
    if "enum" in schema:
        return ", ".join(code(value) for value in schema["enum"])
    kind = schema.get("type", "any")
    kind = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return f"list of {_type(schema['items'])}" if kind == "array" and "items" in schema else kind
