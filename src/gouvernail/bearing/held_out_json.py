"""What holdouts tell as JSON, and its schema: the part `holdouts` of `gouvernail attribute --json`."""

from __future__ import annotations

from typing import Any

from gouvernail.base.outcome import Outcome, Refusal
from gouvernail.bearing.held_out import Caused
from gouvernail.bearing.outcome_json import refusal
from gouvernail.bearing.schema_parts import NUMBER, TEXT, Schema, fields, mapped

PARTS = ("conversions", "value", "share", "value_share")


def caused_to_dict(found: Caused | Refusal, language: str) -> dict[str, Any]:
    """Return what channels cause as plain values, or why it cannot be told."""
    if isinstance(found, Refusal):
        return {"refusal": refusal(found, language)}
    told = found.told
    channels = {
        name: {
            "name": found.names[name].render(language) if name in found.names else name,
            **{part: _outcome(getattr(effect, part), language) for part in PARTS},
            "held": effect.held,
            "shown": effect.shown,
        }
        for name, effect in told.channels.items()
    }
    return {
        "channels": channels,
        "total": _outcome(told.total, language),
        "total_value": _outcome(told.total_value, language),
        "basis": told.basis,
        "people": told.people,
        "left_out": found.left_out,
        "grade": str(found.grade),
        "options": dict(told.options),
        "method": told.method,
    }


def _outcome(outcome: Outcome, language: str) -> dict[str, Any]:
    if isinstance(outcome, Refusal):
        return {"refusal": refusal(outcome, language)}
    return {
        "estimate": outcome.value,
        "low": outcome.low,
        "high": outcome.high,
        "level": outcome.level,
        "grade": str(outcome.grade),
    }


def definitions() -> dict[str, Schema]:
    """Return the schemas of `holdouts` and of what it holds."""
    refused = {"$ref": "#/$defs/refusal"}
    told = {"estimate": NUMBER, "low": NUMBER, "high": NUMBER, "level": NUMBER, "grade": TEXT}
    effect = {part: {"$ref": "#/$defs/outcome", "description": said} for part, said in _SAID.items()}
    counts = {"held": "People held out who were compared.", "shown": "People shown who were compared."}
    channel: dict[str, Schema] = {
        "name": {**TEXT, "description": "What the channel is called."},
        **effect,
        **{name: {"type": "integer", "description": said} for name, said in counts.items()},
    }
    whole = _whole(channel)
    return {
        "outcome": {
            "oneOf": [
                fields("A number with its interval.", **told),
                fields("Why there is none.", refusal=refused),
            ]
        },
        "holdouts": {
            "oneOf": [
                fields("What channels cause.", **whole),
                fields("Why it cannot be told.", refusal=refused),
            ]
        },
    }


def _whole(channel: dict[str, Schema]) -> dict[str, Schema]:
    return {
        "channels": mapped(
            fields("What one channel or campaign causes.", **channel),
            "Channel or campaign → what it causes, the others running.",
        ),
        "total": {"$ref": "#/$defs/outcome", "description": "Conversions that all cause together."},
        "total_value": {"$ref": "#/$defs/outcome", "description": "Their worth."},
        "basis": {
            "enum": ["would_be_exposure", "intention_to_treat"],
            "description": "Whose sales are compared.",
        },
        "people": {"type": "integer", "description": "People of the study."},
        "left_out": {
            "type": "integer",
            "description": "People drawn for some of the channels only, left out.",
        },
        "grade": {**TEXT, "description": "`experiment` where at least one channel is told."},
        "options": {"type": "object", "description": "How the holdouts were read."},
        "method": {**TEXT, "description": "Method page."},
    }


_SAID = {
    "conversions": "Conversions that would not have been without it.",
    "value": "Their worth.",
    "share": "Its part of what channels cause one by one, by conversions.",
    "value_share": "The same by worth.",
}
