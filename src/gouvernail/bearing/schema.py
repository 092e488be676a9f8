"""The JSON Schema of `gouvernail bearing --json`: what others may build on. Fields are added, never renamed."""

from __future__ import annotations

from gouvernail.bearing.experiments_schema import TRIAL
from gouvernail.bearing.foreseen_schema import FORECAST
from gouvernail.bearing.schema_parts import (
    AMOUNT,
    DAY,
    ESTIMATE,
    MAYBE_AMOUNT,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    MONEY,
    NUMBER,
    OUTCOME,
    PERIOD,
    REFUSAL,
    TEXT,
    Schema,
    described,
    maybe,
)  # fmt: skip
from gouvernail.bearing.schema_parts import listed as _list
from gouvernail.bearing.schema_parts import mapped as _map
from gouvernail.bearing.schema_parts import record as _object

SPLIT = {"aligned": AMOUNT, "weak": AMOUNT, "orphan": AMOUNT}
LOSS = _object("points lost to one finding", finding=TEXT, code=TEXT, element=TEXT, layer=TEXT, cost=NUMBER)
COHERENCE = _object(
    "0 to 100; the losses sum to 100 − score",
    score=NUMBER,
    by_layer=_map(NUMBER, "what is left of each layer's 100/6"),
    losses=_list(LOSS),
)
ALIGNED_SPEND = _object(
    "where the money goes: what was really spent, or what is planned where no spend is in the data",
    **SPLIT,
    currency=TEXT,
    basis={"enum": ["actual", "planned"]},
    planned=_object("planned money of the period", **SPLIT),
    actual=maybe(_object("money really spent", **SPLIT)),
    unmatched=AMOUNT,
)
ON_COURSE: Schema = {
    "type": "object",
    "description": "the chance of reaching an objective, or why it cannot be told",
    "properties": {
        "objective": TEXT,
        "health": {"enum": ["on_course", "at_risk", "off_course", "unknown"]},
        "progress": MAYBE_NUMBER,
        "probability": NUMBER,
        "method": TEXT,
        "refusal": REFUSAL,
    },
    "required": ["objective", "health", "progress"],
    "oneOf": [{"required": ["probability"]}, {"required": ["refusal"]}],
    "additionalProperties": False,
}
RETURN: Schema = {
    "type": "object",
    "description": "revenue credited to actions over what was spent",
    "properties": {
        **ESTIMATE["properties"],
        "refusal": REFUSAL,
        "revenue": MONEY,
        "cost": MONEY,
        "coverage": MAYBE_NUMBER,
        "by_rule": _map(OUTCOME, "each credit rule's own answer"),
    },
    "required": ["revenue", "cost", "grade", "coverage", "by_rule"],
    "additionalProperties": False,
}
FINDING = _object(
    "one thing wrong, and what to do",
    id=TEXT,
    code=TEXT,
    element=TEXT,
    severity={"enum": ["blocking", "warning", "advice"]},
    file=MAYBE_TEXT,
    line={"type": ["integer", "null"]},
    layer=MAYBE_TEXT,
    owner=MAYBE_TEXT,
    message=TEXT,
    hint=TEXT,
    money=MONEY,
    at_stake=MONEY,
    confidence=NUMBER,
    cost=NUMBER,
    related=_list(TEXT),
    evidence={"type": "object"},
)
METRIC: Schema = {
    "type": "object",
    "description": "a metric with its context; `value` is null beside a `refusal`",
    "properties": {
        **ESTIMATE["properties"],
        "value": MAYBE_NUMBER,
        "refusal": REFUSAL,
        "id": TEXT,
        "name": TEXT,
        "unit": TEXT,
        "better": {"enum": ["up", "down"]},
        "family": TEXT,
        "vanity": {"type": "boolean"},
        "previous": OUTCOME,
        "year_before": OUTCOME,
        "target": MAYBE_TEXT,
        "objective": MAYBE_TEXT,
        "benchmark": MAYBE_TEXT,
        "benchmark_source": MAYBE_TEXT,
        "worth": MONEY,
        "worth_step": MAYBE_NUMBER,
        "worth_root": MAYBE_TEXT,
        "series": _list(_object("one month", period=TEXT, value=MAYBE_NUMBER)),
    },
    "required": ["id", "name", "unit", "value", "previous", "year_before"],
    "additionalProperties": False,
}
OBJECTIVE = _object(
    "an objective and its course",
    id=TEXT,
    title=TEXT,
    level=MAYBE_TEXT,
    metric=MAYBE_TEXT,
    baseline=MAYBE_TEXT,
    target=MAYBE_TEXT,
    start=DAY,
    due=DAY,
    owner=MAYBE_TEXT,
    current=OUTCOME,
    progress=MAYBE_NUMBER,
    probability=OUTCOME,
    forecast=maybe(FORECAST),
    confidence=MAYBE_TEXT,
    health=TEXT,
    points=_list(_object("one bucket", period=TEXT, actual=MAYBE_NUMBER, path=MAYBE_NUMBER)),
    money_planned=AMOUNT,
    money_spent=MAYBE_AMOUNT,
    parents=_list(TEXT),
    findings=_list(TEXT),
)
ACTION = _object(
    "an action against the facts",
    id=TEXT,
    title=TEXT,
    type=TEXT,
    channel=MAYBE_TEXT,
    status=TEXT,
    owner=MAYBE_TEXT,
    objectives=_map(TEXT, "objective → share of the action"),
    start=DAY,
    end=DAY,
    planned=AMOUNT,
    spent=MAYBE_AMOUNT,
    soundness={"enum": ["aligned", "weak", "orphan"]},
    reasons=_list(TEXT),
    silent={"type": "boolean"},
    clicks={"type": ["integer", "null"]},
    leads=MAYBE_TEXT,
    first_touch=MAYBE_AMOUNT,
    last_touch=MAYBE_AMOUNT,
    grade=TEXT,
    effect=described(maybe(ESTIMATE), "what an experiment showed, as a share of the control"),
    experiment=MAYBE_TEXT,
)
COVERAGE = _object(
    "what the data of one source and table cover",
    source=TEXT,
    table=TEXT,
    account=TEXT,
    rows={"type": "integer"},
    missing_days={"type": "integer"},
    totals=_map(TEXT, "summable column → exact sum"),
    currency=MAYBE_TEXT,
    **{"from": DAY, "to": DAY},
)


MADE_FROM = _object(
    "enough to make it again, number for number", plan=TEXT, data=TEXT, code=TEXT, options={"type": "object"}
)
FIGURES = _object(
    "the four figures",
    coherence=COHERENCE,
    aligned_spend=ALIGNED_SPEND,
    on_course=_list(ON_COURSE, "business objectives first"),
    **{"return": RETURN},
)
NOT_CHECKED = _object("a rule that lacked its input", code=TEXT, element=MAYBE_TEXT, reason=TEXT)
IGNORED = _object(
    "a finding that the plan sets aside", code=TEXT, element=TEXT, reason=TEXT, by=MAYBE_TEXT, day=DAY
)
FLOW = _object(
    "money from one node to the next",
    source=TEXT,
    target=TEXT,
    planned=AMOUNT,
    spent=MAYBE_AMOUNT,
    soundness=TEXT,
)
ORPHAN = _object("spend that matches no action", source=TEXT, campaign=TEXT, amount=AMOUNT)
DRIVER = _object("one formula of the driver tree", metric=TEXT, formula=TEXT)
SHORTFALL = _object(
    "one thing in which an action falls short",
    code={"enum": ["late", "paused", "silent", "under_spent", "less_effective"]},
    said=TEXT,
)
PART = _object(
    "one part of an explanation; the `lowest` add up to the move",
    metric=TEXT,
    name=TEXT,
    unit=TEXT,
    of={"type": "string", "description": "the metric that it is a part of"},
    role={"enum": ["driver", "rest", "volume", "rate", "mix", "apart"]},
    segment=MAYBE_TEXT,
    depth={"type": "integer"},
    before=NUMBER,
    now=NUMBER,
    added={"type": "number", "description": "in the unit of the metric explained"},
    lowest={"type": "boolean"},
    note=maybe(REFUSAL),
    actions=_list(
        _object("an action that moves it", action=TEXT, title=TEXT, shortfalls=_list(SHORTFALL)),
        "the actions that move it, those that fall short first",
    ),
)
EXPLANATION = _object(
    "why a metric moved, or what stands between it and its target (`gap`: `before` is the target)",
    kind={"enum": ["move", "gap"]},
    metric=TEXT,
    name=TEXT,
    unit=TEXT,
    objective=MAYBE_TEXT,
    period=PERIOD,
    against=PERIOD,
    before=MAYBE_NUMBER,
    now=MAYBE_NUMBER,
    move=MAYBE_NUMBER,
    method=MAYBE_TEXT,
    refusal=maybe(REFUSAL),
    parts=_list(PART, "each under what it is a part of, in reading order"),
)
GEO_TEST = _object(
    "a geo test of the plan",
    experiment=TEXT,
    title=TEXT,
    markets=_list(TEXT, "with the action"),
    to=DAY,
    lift=OUTCOME,
    incremental=OUTCOME,
    gain=OUTCOME,
    verdict=TEXT,
    reason=TEXT,
    **{"from": DAY},
)
BEARING = _object(
    "The bearing: the four figures of one organisation, period, plan and data, and what stands behind them.",
    shape={"const": 1, "description": "version of this shape"},
    organisation=TEXT,
    currency=TEXT,
    period=PERIOD,
    previous=PERIOD,
    made_at={"type": "string", "format": "date-time"},
    made_from=MADE_FROM,
    figures=FIGURES,
    findings=_list(FINDING, "gravest first, then by money at stake"),
    first=_list(TEXT, "ids of at most three findings to decide first"),
    not_checked=_list(NOT_CHECKED),
    ignored=_list(IGNORED),
    metrics=_list(METRIC),
    objectives=_list(OBJECTIVE),
    actions=_list(ACTION),
    flows=_list(FLOW),
    orphans=_list(ORPHAN),
    coverage=_list(COVERAGE),
    drivers=_list(DRIVER),
    explanations=_list(EXPLANATION, "of every objective whose metric a formula makes"),
    trials=_list(TRIAL, "experiments: those of the plan in its order, then those that only the facts know"),
    geo_tests=_list(GEO_TEST, "geo tests of the plan that are over"),
)
EXPLAIN = _object(
    "What `gouvernail explain --json` prints.",
    shape={"const": 1, "description": "version of this shape"},
    organisation=TEXT,
    currency=TEXT,
    explanations=_list(EXPLANATION),
)


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of the bearing as `gouvernail bearing --json` prints it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Bearing", **BEARING}
