"""Geo experiments as JSON, and its schema: what `gouvernail geo --json` prints. Fields are added, never renamed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.bearing.geo import GeoRead
from gouvernail.bearing.geo_choosing import Chosen, Proposal
from gouvernail.bearing.outcome_json import outcome, refusal
from gouvernail.bearing.schema_parts import (
    DAY,
    MAYBE_NUMBER,
    NUMBER,
    OUTCOME,
    REFUSAL,
    TEXT,
    Schema,
    listed,
    record,
)
from gouvernail.bearing.schema_parts import described as _of
from gouvernail.measurement.experiments.decision import Verdict

SHAPE = 1


def read_to_dict(found: GeoRead, language: str) -> dict[str, Any]:
    """Return a test that was read as plain values."""
    ask, reading, decision = found.ask, found.reading, found.decision
    return {
        **_common("read", found.outcome, found.step, found.notes, language),
        "treated": list(ask.treated),
        "left_out": list(ask.left_out),
        "from": ask.start.isoformat(),
        "to": ask.end.isoformat(),
        "since": found.days[0].isoformat(),
        "lift": outcome(reading.lift, language),
        "incremental": outcome(reading.incremental, language),
        "chance": reading.chance,
        "pretend": reading.pretend,
        "spend": found.spend,
        "spend_from": None if found.spend is None else "file" if found.measured else "told",
        "per_spend": outcome(found.per_spend, language),
        "gain": outcome(decision.money, language),
        "currency": ask.worth.currency,
        "verdict": str(decision.verdict),
        "reason": decision.reason.render(language),
        "controls": dict(reading.weights or {}),
        "cross_check": _check(found, language),
        "days": list(_days(found)),
    }


def chosen_to_dict(found: Chosen, language: str) -> dict[str, Any]:
    """Return proposals as plain values."""
    return {
        **_common("choose", found.outcome, found.step, found.notes, language),
        "markets": found.markets,
        "since": found.days[0].isoformat(),
        "currency": found.ask.worth.currency,
        "proposals": [_proposal(one, language, best=one is found.best) for one in found.proposals],
        "rehearsal": list(_days(found.rehearsal)) if found.rehearsal else [],
    }


def refusal_to_dict(refused: Refusal, language: str) -> dict[str, Any]:
    """Return why nothing can be chosen."""
    return {"shape": SHAPE, "refusal": refusal(refused, language)}


def _common(asked: str, counted: str, step: int, notes: Any, language: str) -> dict[str, Any]:
    return {
        "shape": SHAPE,
        "asked": asked,
        "outcome": counted,
        "period_days": step,
        "method": "geo",
        "notes": [note.render(language) for note in notes],
    }


def _check(found: GeoRead, language: str) -> dict[str, Any]:
    check = found.check
    return {
        "method": "time-based regression",
        "incremental": outcome(check.incremental, language),
        "per_spend": outcome(check.per_cost, language),
        "slope": _finite(check.slope),
        "chance": _finite(check.chance),
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _days(found: GeoRead) -> Iterator[dict[str, Any]]:
    shown = found.shown
    if shown is None:
        return
    rows = zip(found.days, shown.sold, shown.expected, shown.low, shown.high, strict=True)
    for place, (day, sold, expected, low, high) in enumerate(rows):
        yield {
            "day": day.isoformat(),
            "sold": float(sold),
            "expected": float(expected),
            "low": float(low),
            "high": float(high),
            "test": place >= shown.start,
        }


def _proposal(one: Proposal, language: str, *, best: bool) -> dict[str, Any]:
    split = one.split
    return {
        "days": one.days,
        "count": one.count,
        "treated": list(split.treated) if split else [],
        "controls": len(split.controls) if split else 0,
        "smallest_effect": split.lift if split else None,
        "wanted_effect": split.wanted if split else None,
        "power": split.power if split else None,
        "sales": split.sales if split else None,
        "smallest_pays": one.pays,
        "budget_pays": split.pays if split else None,
        "false_alarms": one.alarms,
        "tried_dates": split.dates if split else 0,
        "recommended": best,
        "refusal": refusal(one.refusal, language) if one.refusal else None,
    }


def json_schema() -> Schema:
    """Return the JSON Schema of what the command prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "gouvernail geo --json",
        "type": "object",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in ("read", "choose", "refused")],
        "$defs": {
            "read": record(
                "A test that was read (`gouvernail geo read`).", **_common_fields("read"), **_READ
            ),
            "choose": record(
                "Ways to test (`gouvernail geo choose`).", **_common_fields("choose"), **_CHOOSE
            ),
            "refused": record("Nothing can be chosen.", shape={"const": SHAPE}, refusal=_of(REFUSAL, "Why.")),
            "day": record("One period of the treated markets together.", **_DAY),
            "proposal": record("One way to test.", **_PROPOSAL),
            "check": record("Time-based regression: a second opinion.", **_CHECK),
        },
    }


def _common_fields(asked: str) -> dict[str, Schema]:
    return {
        "shape": {"const": SHAPE, "description": "Version of this shape."},
        "asked": {"const": asked, "description": "What was asked."},
        "outcome": _of(TEXT, "How the table calls what is counted."),
        "period_days": _of({"enum": [1, 7]}, "Days of a period: read by day or by week."),
        "method": _of({"const": "geo"}, "Method page."),
        "notes": listed(TEXT, "What a reader must know besides, as sentences."),
        "since": _of(DAY, "First day that is compared with."),
        "currency": _of(TEXT, "Of the money; empty where nobody said."),
    }


_COUNT: Schema = {"type": "integer"}
_READ: dict[str, Schema] = {
    "treated": listed(TEXT, "Markets with the action."),
    "left_out": listed(TEXT, "Markets neither treated nor compared with."),
    "from": _of(DAY, "First day of the test."),
    "to": _of(DAY, "Last day of it."),
    "lift": _of(OUTCOME, "Effect as a share of what the treated would have sold; a refusal where none can be told."),
    "incremental": _of(OUTCOME, "The same in units of the outcome, over the whole test."),
    "chance": _of(MAYBE_NUMBER, "Chance that the effect is above nought."),
    "pretend": _of(MAYBE_NUMBER, "Two-sided p of a pretend test before the test; near 0 the markets do not go together."),
    "spend": _of(MAYBE_NUMBER, "What the action cost in the treated markets beyond the usual."),
    "spend_from": _of({"enum": ["told", "file", None]}, "Whether it was told, or is of the file's own column."),
    "per_spend": _of(OUTCOME, "Money brought, before margin, by one unit spent."),
    "gain": _of(OUTCOME, "Money brought after margin and cost."),
    "verdict": _of({"enum": [str(one) for one in Verdict]}, "What to do, by the interval of the gain."),
    "reason": _of(TEXT, "The verdict as a sentence."),
    "controls": _of({"type": "object", "additionalProperties": NUMBER}, "Market → what it counts in the comparison; they sum to one."),
    "cross_check": _of({"$ref": "#/$defs/check"}, "Time-based regression."),
    "days": listed({"$ref": "#/$defs/day"}, "Period by period; in the test `sold` − `expected` sums to `incremental`."),
}  # fmt: skip
_CHOOSE: dict[str, Schema] = {
    "markets": _of(_COUNT, "Markets of the table."),
    "proposals": listed({"$ref": "#/$defs/proposal"}, "By length and number of treated markets."),
    "rehearsal": listed(
        {"$ref": "#/$defs/day"}, "The recommended markets over the last days of the history, where nothing was done."
    ),
}  # fmt: skip
_DAY: dict[str, Schema] = {
    "day": _of(DAY, "First day of the period."),
    "sold": _of(NUMBER, "By the treated markets."),
    "expected": _of(NUMBER, "Without the action, by the others."),
    "low": _of(NUMBER, "Lower edge of the expected, as of the whole test."),
    "high": _of(NUMBER, "Upper edge."),
    "test": _of({"type": "boolean"}, "Whether it is of the test."),
}
_PROPOSAL: dict[str, Schema] = {
    "days": _of(_COUNT, "That the test lasts."),
    "count": _of(_COUNT, "Markets to treat."),
    "treated": listed(TEXT, "Which, drawn by the seed among the best."),
    "controls": _of(_COUNT, "Markets that they are compared with."),
    "smallest_effect": _of(MAYBE_NUMBER, "Smallest effect, as a share, that is found with the power asked for."),
    "wanted_effect": _of(MAYBE_NUMBER, "Effect that was asked for, or that pays the budget."),
    "power": _of(MAYBE_NUMBER, "Chance of finding it."),
    "sales": _of(MAYBE_NUMBER, "Of these markets over a test's length, as lately."),
    "smallest_pays": _of(
        MAYBE_NUMBER, "Money that the smallest effect brings after margin: a costlier action pays only by an effect that shows."
    ),
    "budget_pays": _of(MAYBE_NUMBER, "Effect that brings the budget back."),
    "false_alarms": _of(_COUNT, "Past dates that told an effect where nothing was done."),
    "tried_dates": _of(_COUNT, "Of so many, which overlap."),
    "recommended": _of({"type": "boolean"}, "Whether it is the one to take."),
    "refusal": _of({"anyOf": [REFUSAL, {"type": "null"}]}, "Why this many over this time show nothing."),
}  # fmt: skip
_CHECK: dict[str, Schema] = {
    "method": _of(TEXT, "Its name."),
    "incremental": _of(OUTCOME, "Units brought."),
    "per_spend": _of(OUTCOME, "Units brought by one unit spent."),
    "slope": _of(MAYBE_NUMBER, "Of the treated on the controls."),
    "chance": _of(MAYBE_NUMBER, "That the effect is above nought."),
}
