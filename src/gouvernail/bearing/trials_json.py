"""Experiments as JSON, and the schema: what `gouvernail experiment read` and `list` print with `--json`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gouvernail.bearing import experiments_schema as parts
from gouvernail.bearing.experiments import Trial
from gouvernail.bearing.experiments_json import trial
from gouvernail.bearing.schema_parts import ESTIMATE, MAYBE_TEXT, REFUSAL, Schema, listed, record

SHAPE = 1
_NAMED: dict[str, Schema] = {
    "trial": parts.TRIAL,
    "design": parts.DESIGN,
    "reading": parts.READING,
    "comparison": parts.COMPARISON,
    "decision": parts.DECISION,
    "stakes": parts.STAKES,
    "calibration": parts.CALIBRATION,
    "estimate": ESTIMATE,
    "refusal": REFUSAL,
}
"""Parts that stand by themselves in the schema."""


def to_dict(
    trials: Iterable[Trial], language: str, *, file: str | None = None, organisation: str | None = None
) -> dict[str, Any]:
    """Return experiments as plain values: of a file, or of an organisation."""
    return {
        "shape": SHAPE,
        "file": file,
        "organisation": organisation,
        "trials": [trial(one, language) for one in trials],
    }


def json_schema() -> Schema:
    """Return the JSON Schema of what the commands print."""
    top = record(
        "",
        shape={"const": SHAPE, "description": "Version of this shape."},
        file={**MAYBE_TEXT, "description": "Name of the file that was read; null for a list."},
        organisation={**MAYBE_TEXT, "description": "Whose experiments are listed; null for a file."},
        trials=listed(
            {"$ref": "#/$defs/trial"}, "One for each experiment; of a file, for each experiment and metric."
        ),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gouvernail experiment read --json, gouvernail experiment list --json",
        **top,
        "$defs": {name: _referring(part, part) for name, part in _NAMED.items()},
    }


def _referring(part: Any, whole: Schema) -> Any:
    """Return a schema in which the named parts are references."""
    if isinstance(part, list):
        return [_referring(one, whole) for one in part]
    if not isinstance(part, dict):
        return part
    if part is not whole:
        name = next((name for name, known in _NAMED.items() if known == part), None)
        if name is not None:
            return {"$ref": f"#/$defs/{name}"}
    return {key: _referring(value, whole) for key, value in part.items()}
