"""The design of an experiment as JSON, and its schema: what `gouvernail experiment design --json` prints."""

from __future__ import annotations

from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.bearing.designed import Designed
from gouvernail.bearing.outcome_json import refusal
from gouvernail.bearing.schema_parts import MAYBE_NUMBER, MAYBE_TEXT, NUMBER, TEXT, Schema, fields
from gouvernail.bearing.schema_parts import described as _of
from gouvernail.measurement.experiments.design import Design
from gouvernail.measurement.experiments.plan import Method, Side
from gouvernail.measurement.experiments.question import Stakes
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.measurement.experiments.spending import Spending

SHAPE = 1


def to_dict(made: Designed, language: str) -> dict[str, Any]:
    """Return a design as plain values; where it is refused, why, with what weeks could show all the same."""
    asked, agreed = made.question, made.question.method is Method.group_sequential
    return {
        "shape": SHAPE,
        "baseline": {
            "kind": made.baseline.kind.value,
            "value": made.baseline.value,
            "deviation": made.baseline.variance**0.5,
            "correlation": made.baseline.correlation,
            "units": made.baseline.units,
        },
        "question": {
            "power": asked.power,
            "level": asked.level,
            "side": asked.side.value,
            "shares": list(asked.shares),
            "reading": asked.method.value,
            "looks": asked.looks if agreed else None,
            "spending": asked.spending.value if agreed else None,
            "subjects_a_day": made.wanted.traffic,
            "most_days": made.wanted.most_days,
        },
        "stakes": _stakes(made.stakes),
        **_found(made.found, language),
        "gain": made.gain,
        "worth_having": made.worth,
        "worth_having_uplift": made.share(made.worth),
        "reach": [
            {
                "days": one.days,
                "subjects": one.subjects,
                "effect": one.effect,
                "uplift": one.uplift,
                "gain": one.gain,
            }
            for one in made.reach
        ],
    }


def _found(found: Design | Refusal, language: str) -> dict[str, Any]:
    if isinstance(found, Refusal):
        nothing = dict.fromkeys(("effect", "uplift", "subjects", "arms", "power", "days"))
        return {**nothing, "refusal": refusal(found, language)}
    return {
        "effect": found.effect,
        "uplift": found.uplift,
        "subjects": found.subjects,
        "arms": list(found.arms),
        "power": found.power,
        "days": found.days,
        "refusal": None,
    }


def _stakes(stakes: Stakes | None) -> dict[str, Any] | None:
    if stakes is None:
        return None
    return {
        "value_of_one": stakes.value,
        "horizon_subjects": stakes.subjects,
        "horizon_days": stakes.days,
        "cost": stakes.cost,
        "least_gain": stakes.least,
        "currency": stakes.currency or None,
    }


def json_schema() -> Schema:
    """Return the JSON Schema of what the command prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gouvernail experiment design --json",
        **fields("", **_top()),
        "$defs": {
            "baseline": _baseline(),
            "question": _question(),
            "stakes": _stakes_schema(),
            "reach": fields(
                "What so many days can show.",
                days=_of({"type": "integer"}, "Days: whole weeks."),
                subjects=_of({"type": "integer"}, "Subjects that come in them, over all arms."),
                effect=_of(MAYBE_NUMBER, "Smallest effect found with the power asked; null where none is."),
                uplift=_of(MAYBE_NUMBER, "The same as a share of the level today."),
                gain=_of(
                    MAYBE_NUMBER, "Money that it brings over the horizon after cost; null without stakes."
                ),
            ),
            "refusal": fields("Why there is no such experiment.", code=TEXT, reason=TEXT),
        },
    }


def inlined() -> Schema:
    """Return the same schema with every part in its place, for documents that hold many."""
    whole = json_schema()
    parts = whole.pop("$defs")

    def placed(node: Any) -> Any:
        if isinstance(node, list):
            return [placed(one) for one in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return {**placed(parts[node["$ref"].rpartition("/")[2]]), **_without(node, "$ref")}
        return {key: placed(value) for key, value in node.items()}

    made: Schema = placed(_without(whole, "$schema"))
    return made


def _without(node: Schema, key: str) -> Schema:
    return {name: value for name, value in node.items() if name != key}


def _top() -> dict[str, Schema]:
    return {
        "shape": {"const": SHAPE, "description": "Version of this shape."},
        "baseline": _of({"$ref": "#/$defs/baseline"}, "What the control does today."),
        "question": _of({"$ref": "#/$defs/question"}, "How sure the answer must be."),
        "stakes": _maybe("stakes", "What an effect is worth; null where nothing is said of money."),
        "effect": _of(MAYBE_NUMBER, "Smallest effect found, in the metric's unit; null where refused."),
        "uplift": _of(MAYBE_NUMBER, "The same as a share of the level today (0.1 = 10 %)."),
        "subjects": _of({"type": ["integer", "null"]}, "Subjects needed over all arms; null where refused."),
        "arms": _of(
            {"type": ["array", "null"], "items": {"type": "integer"}}, "Subjects of each arm, control first."
        ),
        "power": _of(MAYBE_NUMBER, "Chance of finding the effect with these subjects."),
        "days": _of(
            {"type": ["integer", "null"]}, "Days, in whole weeks; null where the traffic is not given."
        ),
        "gain": _of(
            MAYBE_NUMBER,
            "Money that `effect` brings over the horizon, after cost; null where nothing is said of money.",
        ),
        "worth_having": _of(
            MAYBE_NUMBER,
            "Smallest effect that brings back its cost and the least gain, in the metric's unit.",
        ),
        "worth_having_uplift": _of(MAYBE_NUMBER, "The same as a share of the level today."),
        "reach": {
            "type": "array",
            "items": {"$ref": "#/$defs/reach"},
            "description": "What 1 to 12 weeks can show; empty where the traffic is not given.",
        },
        "refusal": _maybe("refusal", "Why there is no such experiment; null where there is one."),
    }


def _baseline() -> Schema:
    return fields(
        "What the control does today.",
        kind=_of({"enum": [str(one) for one in Kind]}, "What is compared."),
        value=_of(NUMBER, "Its share, mean or ratio."),
        deviation=_of(NUMBER, "Standard deviation of one subject."),
        correlation=_of(NUMBER, "Of the outcome with what the same subjects did before."),
        units=_of(NUMBER, "Mean denominator of a ratio, a subject; 1 otherwise."),
    )


def _question() -> Schema:
    return fields(
        "How sure the answer must be.",
        power=_of(NUMBER, "Chance of finding the effect if it is there."),
        level=_of(NUMBER, "Of confidence."),
        side=_of({"enum": [str(one) for one in Side]}, "Which effects are looked for."),
        shares=_of({"type": "array", "items": NUMBER}, "Of the arms, the control first, in any unit."),
        reading=_of({"enum": [str(one) for one in Method]}, "When one may look."),
        looks=_of({"type": ["integer", "null"]}, "Number of agreed looks; null for other readings."),
        spending=_of(
            {"enum": [*(str(one) for one in Spending), None]},
            "Curve of the false alarms spent over them; null for other readings.",
        ),
        subjects_a_day=_of(MAYBE_NUMBER, "Over all arms."),
        most_days=_of({"type": "integer"}, "Longest that it may take."),
    )


def _stakes_schema() -> Schema:
    return fields(
        "What an effect is worth.",
        value_of_one=_of(NUMBER, "Money for one more unit of the metric."),
        horizon_subjects=_of(
            NUMBER, "How many would meet the change over the horizon (denominators, of a ratio)."
        ),
        horizon_days=_of({"type": "integer"}, "Days of the horizon."),
        cost=_of(NUMBER, "Of the change over the horizon."),
        least_gain=_of(NUMBER, "After cost, under which nobody would bother."),
        currency=_of(MAYBE_TEXT, "Of all these; null where none is given."),
    )


def _maybe(name: str, about: str) -> Schema:
    return _of({"anyOf": [{"$ref": f"#/$defs/{name}"}, {"type": "null"}]}, about)
