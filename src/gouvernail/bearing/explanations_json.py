"""Explanations of a metric's move as JSON: part of a bearing, and what `gouvernail explain --json` prints."""

from __future__ import annotations

from typing import Any

from gouvernail.bearing.explained import Driven, Explained
from gouvernail.bearing.outcome_json import outcome
from gouvernail.bearing.values_json import period_to_dict
from gouvernail.measurement.explain.explanation import Explanation


def explanation(one: Explained, language: str) -> dict[str, Any]:
    """Return one explanation: its ends, and its parts (none beside a `refusal`)."""
    found = one.found if isinstance(one.found, Explanation) else None
    refused = None if isinstance(one.found, Explanation) else outcome(one.found, language)["refusal"]
    return {
        "kind": one.kind,
        "metric": one.metric,
        "name": one.name.render(language),
        "unit": str(one.unit),
        "objective": one.objective,
        "period": period_to_dict(one.period),
        "against": period_to_dict(one.against),
        "before": found.before if found else None,
        "now": found.now if found else None,
        "move": found.move if found else None,
        "method": found.method if found else None,
        "refusal": refused,
        "parts": [_driven(one, each, language) for each in one.parts],
    }


def _driven(whole: Explained, one: Driven, language: str) -> dict[str, Any]:
    part = one.part
    return {
        "metric": part.metric,
        "name": whole.title(one).render(language),
        "unit": str(one.unit),
        "of": part.of,
        "role": str(part.role),
        "segment": part.segment or None,
        "depth": part.depth,
        "before": part.before,
        "now": part.now,
        "added": part.added,
        "lowest": part.lowest,
        "note": outcome(part.note, language)["refusal"] if part.note else None,
        "actions": [
            {
                "action": mover.action,
                "title": mover.title,
                "shortfalls": [
                    {"code": str(each.lag), "said": each.said.render(language)} for each in mover.shortfalls
                ],
            }
            for mover in one.movers
        ],
    }
