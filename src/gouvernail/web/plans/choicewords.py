"""The words of what can be chosen: enumerations of the model, kinds and sections of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from gouvernail.base.text import T, Text
from gouvernail.base.units import Direction, Unit
from gouvernail.plan.model import (
    ActionType,
    Aggregate,
    Cadence,
    Choice,
    Compared,
    Function,
    KeyField,
    Level,
    Market,
    Match,
    Priority,
    Purpose,
    Quadrant,
    ReadingMethod,
    RecordKind,
    Stage,
    Status,
    Term,
    Tier,
)
from gouvernail.report import labels

CHOICES: Mapping[type[Enum], Mapping[str, Text]] = {
    ActionType: labels.ACTION_TYPES,
    Status: labels.STATUSES,
    Level: labels.LEVELS,
    Cadence: {
        "daily": T("every day"),
        "weekly": T("every week"),
        "monthly": T("every month"),
        "quarterly": T("every quarter"),
        "half_yearly": T("every half-year"),
        "yearly": T("every year"),
    },
    Term: {"short": T("short term: harvest demand"), "long": T("long term: build demand")},
    Tier: {"value": T("low price"), "mid": T("middle"), "premium": T("premium"), "luxury": T("luxury")},
    Market: {"b2b": T("businesses"), "b2c": T("consumers"), "both": T("both")},
    Stage: {
        "awareness": T("discovers the need"),
        "consideration": T("compares"),
        "decision": T("decides"),
        "retention": T("comes back"),
        "advocacy": T("recommends"),
    },
    Quadrant: {
        "strength": T("strength"),
        "weakness": T("weakness"),
        "opportunity": T("opportunity"),
        "threat": T("threat"),
    },
    Compared: {
        "proportion": T("a rate: how many people of a hundred do it"),
        "mean": T("an amount per person"),
        "ratio": T("a ratio, such as orders per visit"),
    },
    ReadingMethod: {
        "fixed": T("once, at the end"),
        "always_valid": T("at any time"),
        "group_sequential": T("at looks agreed beforehand"),
        "bayesian": T("as a belief (Bayesian)"),
    },
    Choice: {"adopt": T("adopt the variant"), "keep": T("keep the control")},
    Priority: {
        "primary": T("first priority"),
        "secondary": T("second priority"),
        "exploratory": T("to be explored"),
    },
    Match: {"exact": T("exactly"), "prefix": T("begins with"), "pattern": T("pattern with * and ?")},
    KeyField: {
        "utm_campaign": T("the utm_campaign tag"),
        "utm_id": T("the utm_id tag"),
        "campaign": T("any campaign name"),
        "promo_code": T("a promotion code"),
        "phone": T("a phone number"),
        "source": T("the source of the visit"),
    },
    Purpose: {
        "marketing_sales": T("marketing and sales"),
        "management": T("management"),
        "strategy_review": T("review of the strategy"),
        "sprint_review": T("review of a sprint"),
        "other": T("something else"),
    },
    Function: {
        "management": T("management"),
        "marketing": T("marketing"),
        "sales": T("sales"),
        "operations": T("operations"),
        "other": T("something else"),
    },
    RecordKind: {"evaluation": T("evaluation of the numbers"), "review": T("review of the objective")},
    Direction: {"up": T("up"), "down": T("down")},
    Unit: {
        "money": T("money"),
        "count": T("pieces"),
        "ratio": T("a percentage"),
        "days": T("days"),
        "hours": T("hours"),
        "months": T("months"),
        "score": T("a score"),
        "position": T("a rank"),
        "multiple": T("a multiple"),
    },
    Aggregate: {
        "sum": T("added up"),
        "count": T("counted"),
        "count_distinct": T("counted once each"),
        "mean": T("their mean"),
    },
}

KINDS: Mapping[str, Text] = {
    **labels.KINDS,
    "driver": T("Driver formula"),
    "team": T("Team"),
    "person": T("Person"),
    "role": T("Role"),
    "responsibility": T("Responsibility"),
    "meeting": T("Meeting"),
    "decision": T("Decision"),
    "evaluation": T("Evaluation or review"),
    "metric": T("Metric of your own"),
    "source": T("Data source"),
    "experiment": T("Experiment"),
    "benchmark": T("Benchmark"),
    "channel": T("Channel of your own"),
    "organisation": T("Organisation"),
}
"""Kind of element → its name."""

SECTIONS: Mapping[str, Text] = {
    "values": T("Values"),
    "visions": T("Vision"),
    "missions": T("Mission"),
    "needs": T("Customers’ needs"),
    "offers": T("Offers"),
    "big_ideas": T("Big idea"),
    "positionings": T("Positioning"),
    "value_propositions": T("Value propositions"),
    "segments": T("Segments"),
    "personas": T("Personas"),
    "journey": T("Customer journey"),
    "swot": T("SWOT"),
    "competitors": T("Competitors"),
    "market_studies": T("Market studies"),
    "trends": T("Trends"),
    "charters": T("Brand charter"),
    "objectives": T("Objectives"),
    "drivers": T("Driver formulas"),
    "actions": T("Actions"),
    "envelopes": T("Budget envelopes"),
    "sprints": T("Sprints"),
    "teams": T("Teams"),
    "people": T("People"),
    "roles": T("Roles"),
    "responsibilities": T("Responsibilities"),
    "meetings": T("Meetings"),
    "decisions": T("Decisions"),
    "evaluations": T("Evaluations and reviews"),
    "metrics": T("Metrics of your own"),
    "sources": T("Data sources"),
    "experiments": T("Experiments"),
    "benchmarks": T("Benchmarks"),
    "channels": T("Channels of your own"),
    "organisation": T("Organisation"),
    "rules": T("How the rules are tuned"),
    "vocabulary": T("Words of the chain"),
    "plan": T("The plan as a whole"),
    "revised": T("Last revision of the plan as a whole"),
}
"""Section of the plan → its title."""


def choice(enumeration: type[Enum], value: str) -> Text:
    """Return the words of one member of an enumeration."""
    return CHOICES[enumeration][value]
