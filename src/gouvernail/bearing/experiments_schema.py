"""The JSON Schema of one experiment: part of a bearing, and of what commands print. Fields are added, never renamed."""

from __future__ import annotations

from gouvernail.bearing.schema_parts import (
    DAY,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    OUTCOME,
    REFUSAL,
    TEXT,
    Schema,
    listed,
    maybe,
    record,
)  # fmt: skip

WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
DESIGN = record(
    "how large it has to be: the smallest effect found with `power`, subjects by arm, whole weeks",
    effect=NUMBER,
    uplift=MAYBE_NUMBER,
    subjects=WHOLE,
    arms=listed(WHOLE),
    power=NUMBER,
    level=NUMBER,
    days={"type": ["integer", "null"]},
)
COMPARISON = record(
    "a variant against the control: in the metric's unit, and as a share of the control",
    variant=TEXT,
    absolute=OUTCOME,
    relative=OUTCOME,
    p=MAYBE_NUMBER,
    p_alone=MAYBE_NUMBER,
    found=FLAG,
    error=MAYBE_NUMBER,
)
READING = record(
    "what the figures say",
    method=TEXT,
    level=NUMBER,
    control=TEXT,
    explained=NUMBER,
    refusal=maybe(REFUSAL),
    arms=listed(record("an arm by itself", variant=TEXT, subjects=WHOLE, value=OUTCOME)),
    split=maybe(
        record("sizes of the arms against the plan's", expected=listed(NUMBER), p=NUMBER, alarm=FLAG)
    ),
    comparisons=listed(COMPARISON),
)
DECISION = record(
    "what to do with a variant; `money` is the gain over the horizon, after cost",
    variant=TEXT,
    verdict={"enum": ["adopt", "keep", "indifferent", "undecided", "refused"]},
    money=OUTCOME,
    reason=TEXT,
    regret=MAYBE_NUMBER,
    more={"type": ["integer", "null"]},
)
STAKES = record(
    "what an effect is worth",
    value=NUMBER,
    subjects=NUMBER,
    cost=NUMBER,
    least=NUMBER,
    currency=TEXT,
    days=WHOLE,
)
CALIBRATION = record(
    "what it says of its action: the effect of all the variant's subjects",
    action=TEXT,
    metric=MAYBE_TEXT,
    variant=TEXT,
    to=DAY,
    subjects=WHOLE,
    per_subject=OUTCOME,
    effect=OUTCOME,
    **{"from": DAY},
)
TRIAL = record(
    "an experiment: of the plan, of the facts, or of both",
    id=TEXT,
    name=TEXT,
    action=MAYBE_TEXT,
    metric=MAYBE_TEXT,
    hypothesis=TEXT,
    variants=listed(TEXT),
    outcome={"enum": ["proportion", "mean", "ratio"]},
    measure=TEXT,
    state={"enum": ["planned", "running", "to_decide", "decided", "applied"]},
    in_plan=FLAG,
    start=DAY,
    end=DAY,
    first_day=DAY,
    last_day=DAY,
    subjects=WHOLE,
    planned={"type": ["integer", "null"]},
    crossed=WHOLE,
    kinds=listed(TEXT),
    design={"anyOf": [{"type": "null"}, DESIGN, record("why it cannot be sized", refusal=REFUSAL)]},
    reading=maybe(READING),
    refusal=maybe(REFUSAL),
    decisions=listed(DECISION),
    stakes=maybe(STAKES),
    currency=TEXT,
    looks=listed(
        record(
            "the leading variant at the end of a day",
            day=TEXT,
            subjects=WHOLE,
            absolute=OUTCOME,
            relative=OUTCOME,
        )
    ),
    decision=MAYBE_TEXT,
    winner=TEXT,
    decided=DAY,
    result=TEXT,
    applied={"type": ["boolean", "null"]},
    sources=listed(TEXT),
    notes=listed(TEXT),
    calibration=maybe(CALIBRATION),
)
