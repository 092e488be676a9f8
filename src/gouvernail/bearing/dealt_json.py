"""A deal as JSON, and its schema: what `gouvernail experiment assign --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gouvernail.bearing.schema_parts import MAYBE_TEXT, NUMBER, TEXT, Schema, fields
from gouvernail.bearing.schema_parts import described as _of
from gouvernail.measurement.experiments.assignment import Allocation

SHAPE = 1


def to_dict(
    deal: Allocation,
    pairs: Sequence[tuple[str, str | None]],
    counts: Mapping[str, int],
    *,
    repeated: int,
) -> dict[str, Any]:
    """Return who got what, and how the deal was made."""
    return {
        "shape": SHAPE,
        "experiment": deal.experiment,
        "seed": deal.seed,
        "layer": deal.layer,
        "window": list(deal.window),
        "arms": [
            {"arm": name, "share": share, "subjects": counts[name]}
            for (name, _), share in zip(deal.arms, deal.shares, strict=True)
        ],
        "aside": sum(arm is None for _, arm in pairs),
        "repeated": repeated,
        "subjects": [{"subject": subject, "arm": arm} for subject, arm in pairs],
    }


def json_schema() -> Schema:
    """Return the JSON Schema of what the command prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gouvernail experiment assign --json",
        **fields("", **_top()),
        "$defs": {
            "arm": fields(
                "An arm, the control first.",
                arm=_of(TEXT, "Its name."),
                share=_of(NUMBER, "Of the subjects who take part, 0 to 1; the arms' shares sum to 1."),
                subjects=_of({"type": "integer"}, "How many it got."),
            ),
            "dealt": fields(
                "A subject and its arm.",
                subject=_of(TEXT, "As it was given, spaces around it taken off."),
                arm=_of(MAYBE_TEXT, "Null where it takes no part."),
            ),
        },
    }


def _top() -> dict[str, Schema]:
    whole: Schema = {"type": "integer"}
    return {
        "shape": {"const": SHAPE, "description": "Version of this shape."},
        "experiment": _of(TEXT, "Its name: with `seed`, what the deal depends on."),
        "seed": _of(TEXT, "Empty where none is given."),
        "layer": _of(TEXT, "Experiments of one layer share its traffic."),
        "window": {
            "type": "array",
            "items": NUMBER,
            "description": "Part of the layer's traffic that takes part, from 0 to 1.",
        },
        "arms": {"type": "array", "items": {"$ref": "#/$defs/arm"}, "description": "The arms."},
        "aside": _of(whole, "Subjects who take no part."),
        "repeated": _of(whole, "Names that had been given before; they are told once."),
        "subjects": {
            "type": "array",
            "items": {"$ref": "#/$defs/dealt"},
            "description": "Every subject once, in the order given.",
        },
    }
