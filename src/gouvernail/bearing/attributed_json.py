"""Credit by model as JSON, and its schema: what `gouvernail attribute --json` prints. Fields are added, never renamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from gouvernail.base.money import Money
from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.text import T, Text
from gouvernail.bearing.attributed import Amounts, Attributed, Climb
from gouvernail.bearing.held_out_json import caused_to_dict, definitions
from gouvernail.bearing.outcome_json import refusal
from gouvernail.bearing.schema_parts import (
    AMOUNT,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    TEXT,
    Schema,
    fields,
    mapped,
)
from gouvernail.bearing.schema_parts import described as _of
from gouvernail.measurement.attribution.models import MODELS, Attribution, Share

if TYPE_CHECKING:
    from gouvernail.measurement.attribution.paths import Paths

SHAPE = 1
BACKED = T(
    "Backed by people held out at random: what the channels cause is told beside their credit. The credit itself still says only who was there."
)
LABEL = T("Credit, not cause: it says who was there before a sale, not what made it happen.")
BOUNDS = ("conversions_low", "conversions_high", "value_low", "value_high")


def to_dict(found: Attributed, language: str) -> dict[str, Any]:
    """Return the credit of a lake's sales as plain values."""
    models = {
        model: {step: {**_share(share), **_return(found, step, share)} for step, share in shares.items()}
        for model, shares in found.credit.models.items()
    }
    return {
        **_common(found.credit, models, language),
        "grade": str(found.grade),
        "label": label(found).render(language),
        "holdouts": caused_to_dict(found.caused, language),
        **({"paths": len(found.paths)} if found.paths is not None else {}),
        "period": str(found.question.period),
        "level": found.question.level,
        "currency": found.currency,
        "names": {step: name.render(language) for step, name in found.names.items()},
        "unmatched_cost": None if found.no_cost else _amount(found.unmatched),
        "no_cost": found.no_cost.render(language) if found.no_cost else None,
        "objectives": {model: _climb(climb) for model, climb in found.climbs.items()} or None,
    }


def label(found: Attributed) -> Text:
    """Return what the numbers are: credit, or credit that holdouts stand beside."""
    return BACKED if found.grade is Grade.experiment else LABEL


def table_to_dict(credit: Attribution, paths: Paths, language: str) -> dict[str, Any]:
    """Return the credit of a bare table of paths as plain values."""
    models = {
        model: {step: _share(share) for step, share in shares.items()}
        for model, shares in credit.models.items()
    }
    return {**_common(credit, models, language), "paths": len(paths)}


def refusal_to_dict(refused: Refusal, language: str) -> dict[str, Any]:
    """Return why nothing could be credited."""
    return {"shape": SHAPE, "refusal": refusal(refused, language)}


def _common(credit: Attribution, models: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "shape": SHAPE,
        "models": models,
        "conversions": credit.conversions,
        "value": credit.value,
        "nulls": credit.nulls,
        "untraced": credit.untraced,
        "untraced_value": credit.untraced_value,
        "coverage": credit.coverage,
        "disagreement": credit.disagreement,
        "options": dict(credit.options),
        "grade": str(credit.grade),
        "method": credit.method,
        "label": LABEL.render(language),
    }


def _share(share: Share) -> dict[str, Any]:
    bounds = {name: found for name in BOUNDS if (found := getattr(share, name)) is not None}
    return {"conversions": share.conversions, "value": share.value, **bounds}


def _return(found: Attributed, step: str, share: Share) -> dict[str, Any]:
    cost = found.cost(step)
    spent = float(cost.amount) if cost else 0.0
    return {
        "cost": _amount(cost) if cost is not None else None,
        "return": share.value / spent if spent else None,
        "cost_per_result": spent / share.conversions if spent and share.conversions > 0 else None,
    }


def _amount(money: Money) -> str:
    return f"{money.rounded().amount:.2f}"


def _climb(climb: Climb) -> dict[str, Any]:
    return {
        "objectives": {
            id: {**_amounts(held), "top": id in climb.tops} for id, held in climb.objectives.items()
        },
        "unlinked": _amounts(climb.unlinked),
        "total": _amounts(climb.total),
    }


def _amounts(held: Amounts) -> dict[str, float]:
    return {"conversions": float(held.conversions), "value": float(held.value), "cost": float(held.cost)}


def json_schema() -> Schema:
    """Return the JSON Schema of what the command prints."""
    share = fields(
        "What one model credits one channel with.",
        "conversions",
        "value",
        conversions=_of(NUMBER, "Conversions; a model's sum to the total."),
        value=_of(NUMBER, "Worth of those conversions; a model's sum to the total."),
        conversions_low=_of(NUMBER, "Lower bound of a 90 % interval, where people were resampled."),
        conversions_high=_of(NUMBER, "Upper bound."),
        value_low=_of(NUMBER, "Lower bound."),
        value_high=_of(NUMBER, "Upper bound."),
        cost=_of(
            {**AMOUNT, "type": ["string", "null"]}, "Spend of the period on it; null where none is known."
        ),
        cost_per_result=_of(MAYBE_NUMBER, "Cost of one credited conversion."),
        **{"return": _of(MAYBE_NUMBER, "Credited value over cost.")},
    )
    amounts = {name: _of(NUMBER, told) for name, told in _AMOUNTS.items()}
    held = fields(
        "What an objective comes to hold.", *_AMOUNTS, **amounts, top=_of({"type": "boolean"}, _TOP)
    )
    climb = fields(
        "Credit of one model climbed to the objectives: those with `top` and `unlinked` sum to `total`.",
        objectives=mapped({"$ref": "#/$defs/held"}, "Objective → what it comes to hold."),
        unlinked=_of(
            {"$ref": "#/$defs/held"}, "What leads to no business objective, untraced sales among it."
        ),
        total=_of({"$ref": "#/$defs/held"}, "All sales and all spend of the period."),
    )
    refused = fields("Why nothing could be credited.", code=TEXT, reason=TEXT)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gouvernail attribute --json",
        "type": "object",
        "properties": _top_level(),
        "required": ["shape"],
        "anyOf": [{"required": ["refusal"]}, {"required": list(_ALWAYS)}],
        "additionalProperties": False,
        "$defs": {"share": share, "held": held, "climb": climb, "refusal": refused, **definitions()},
    }


_AMOUNTS = {"conversions": "Conversions.", "value": "Worth.", "cost": "Spend of the period."}
_TOP = "Whether the climb ends here; other objectives pass on what they hold."
_ALWAYS = (
    "models",
    "conversions",
    "value",
    "nulls",
    "untraced",
    "untraced_value",
    "coverage",
    "disagreement",
    "options",
    "grade",
    "method",
    "label",
)


def _top_level() -> dict[str, Schema]:
    return {
        "shape": {"const": SHAPE, "description": "Version of this shape."},
        "models": mapped(
            mapped({"$ref": "#/$defs/share"}, "Channel → what it is credited with."),
            f"Model → channel → share. Models: {', '.join(f'`{model}`' for model in MODELS)}.",
        ),
        "conversions": _of(NUMBER, "Conversions that have a path, shared by every model."),
        "value": _of(NUMBER, "Their worth."),
        "nulls": _of(NUMBER, "Paths that led to nothing."),
        "untraced": _of(NUMBER, "Conversions without a path, credited to nothing."),
        "untraced_value": _of(NUMBER, "Their worth."),
        "coverage": _of(NUMBER, "Part of all conversions that has a path, 0 to 1."),
        "disagreement": _of(
            NUMBER, "Largest part of the credit that changes channel between two models, 0 to 1."
        ),
        "paths": _of({"type": "integer"}, "Distinct paths."),
        "options": _of({"type": "object"}, "What the models ran with."),
        "grade": _of(
            TEXT, "Evidence grade: `credit_rule`; `experiment` where `holdouts` tell what a channel causes."
        ),
        "method": _of(TEXT, "Method page."),
        "label": _of(TEXT, "What the numbers are, in the language asked."),
        **_of_lake(),
        "refusal": _of({"$ref": "#/$defs/refusal"}, "In place of all else, where nothing can be credited."),
    }


def _of_lake() -> dict[str, Schema]:
    """Return what is told of a lake, and not of a bare table of paths."""
    return {
        "period": _of(TEXT, "Days of the sales; not for a table of paths."),
        "level": _of(
            TEXT, "What a step is: `channel`, `source_medium`, `campaign` or `action`; not for a table."
        ),
        "currency": _of(TEXT, "Of value and cost; not for a table."),
        "names": mapped(TEXT, "Step → what it is called; not for a table."),
        "unmatched_cost": _of(
            {**AMOUNT, "type": ["string", "null"]},
            "Spend of the period on none of the steps; not for a table.",
        ),
        "no_cost": _of(MAYBE_TEXT, "Why there is no cost, where there is none; not for a table."),
        "objectives": {
            "type": ["object", "null"],
            "additionalProperties": {"$ref": "#/$defs/climb"},
            "description": "Model → climb to the objectives; null but at level `action`; not for a table.",
        },
        "holdouts": _of(
            {"$ref": "#/$defs/holdouts"}, "What channels cause, by people held out; not for a table."
        ),
    }
