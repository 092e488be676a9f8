"""Words of the page that do not depend on a Bearing: headings, column names, names of kinds and states."""

from __future__ import annotations

from collections.abc import Mapping

from gouvernail.base.outcome import Grade
from gouvernail.base.text import T, Text
from gouvernail.bearing.alignment import Soundness
from gouvernail.bearing.model import Health
from gouvernail.checks.finding import Severity
from gouvernail.plan.model import Layer

HEADINGS: Mapping[str, Text] = {
    "bearing": T("Bearing"),
    "figures": T("The four figures"),
    "decide": T("What to decide first"),
    "chain": T("The chain, from values to actions"),
    "money": T("Where the money goes"),
    "objectives": T("Objectives"),
    "metrics": T("Indicators in context"),
    "actions": T("Actions"),
    "credit": T("What is credited with the sales"),
    "findings": T("Findings, gravest first"),
    "orphans": T("Spend outside the plan"),
    "data": T("Sources, coverage and method"),
    "method": T("How the figures are made"),
    "not_checked": T("Not checked"),
    "ignored": T("Set aside by the plan"),
    "made_from": T("Made from"),
    "why": T("Where this figure comes from"),
    "whys": T("Where the four figures come from"),
    "numbers": T("The numbers of this chart"),
    "target_path": T("Course and target path"),
    "forecast": T("Forecast and its interval"),
    "smarter": T("The seven SMARTER letters"),
    "drivers": T("How the indicators make one another"),
    "other_metrics": T("All other indicators with data"),
    "totals": T("Totals of each source"),
}

CONTENTS: Mapping[str, Text] = {
    "figures": T("Figures"),
    "decide": T("Decisions"),
    "chain": T("Chain"),
    "money": T("Money"),
    "objectives": T("Objectives"),
    "metrics": T("Indicators"),
    "actions": T("Actions"),
    "findings": T("Findings"),
    "data": T("Sources"),
}
"""Where to go on the page, in its order: anchor and short name."""

COLUMNS: Mapping[str, Text] = {
    "layer": T("Layer"),
    "left": T("Points kept"),
    "finding": T("Finding"),
    "element": T("Element"),
    "cost": T("Points lost"),
    "lost": T("Lost in all"),
    "channel": T("Channel"),
    "planned": T("Planned"),
    "spent": T("Spent"),
    "total": T("Total"),
    "unmatched": T("of which matches no planned action"),
    "objective": T("Objective"),
    "probability": T("Chance of reaching it"),
    "due": T("Due"),
    "rule": T("Credit rule"),
    "return": T("Return"),
    "owner": T("Owner"),
    "serves": T("Serves"),
    "findings": T("Findings"),
    "from": T("From"),
    "to": T("To"),
    "state": T("Chain"),
    "month": T("Month"),
    "reached": T("Reached"),
    "path": T("Target path"),
    "health": T("Health"),
    "progress": T("Progress"),
    "confidence": T("Team’s confidence"),
    "indicator": T("Indicator"),
    "value": T("Value"),
    "against_last": T("Against the period before"),
    "against_year": T("Against a year before"),
    "beside_target": T("Target"),
    "beside_last": T("Before"),
    "beside_year": T("Year before"),
    "beside_benchmark": T("Benchmark"),
    "action": T("Action"),
    "brought": T("What it brought"),
    "source": T("Source"),
    "campaign": T("Campaign"),
    "amount": T("Amount"),
    "table": T("Table"),
    "rows": T("Rows"),
    "covers": T("Covers"),
    "gaps": T("Days without data"),
    "totals": T("Totals"),
    "formula": T("Formula"),
    "todo": T("What to do"),
    "plan": T("Plan"),
    "data": T("Data"),
    "code": T("Gouvernail"),
    "options": T("Options"),
    "made_at": T("Made on"),
    "nobody": T("Nobody yet"),
    "none": T("None"),
    "period": T("Period"),
    "money_planned": T("Money planned"),
    "money_spent": T("Money spent"),
}

HEALTH: Mapping[Health, tuple[str, str, Text]] = {
    Health.on_course: ("good", "ok", T("On course")),
    Health.at_risk: ("warn", "warn", T("At risk")),
    Health.off_course: ("bad", "stop", T("Off course")),
    Health.unknown: ("unknown", "unknown", T("Unknown")),
}
"""Tone, icon and words."""

SOUNDNESS: Mapping[Soundness, tuple[str, str, Text]] = {
    Soundness.aligned: ("good", "ok", T("Aligned")),
    Soundness.weak: ("warn", "warn", T("Weak")),
    Soundness.orphan: ("bad", "stop", T("Orphan")),
}

SOUNDNESS_MEANING: Mapping[Soundness, Text] = {
    Soundness.aligned: T("reaches a business objective through a sound chain"),
    Soundness.weak: T("reaches one, but through a chain with a blocking flaw"),
    Soundness.orphan: T("reaches none, or matches no planned action"),
}

SEVERITY: Mapping[Severity, tuple[str, str, Text]] = {
    Severity.blocking: ("bad", "stop", T("Blocking")),
    Severity.warning: ("warn", "warn", T("Warning")),
    Severity.advice: ("info", "info", T("Advice")),
}

LAYERS: Mapping[Layer, Text] = {
    Layer.values: T("Values"),
    Layer.vision: T("Vision"),
    Layer.mission: T("Mission"),
    Layer.strategy: T("Strategy"),
    Layer.objectives: T("Objectives"),
    Layer.execution: T("Execution"),
}

LAYER_QUESTIONS: Mapping[Layer, Text] = {
    Layer.values: T("What guides us, ten years from now as today"),
    Layer.vision: T("The future we want for customers and society"),
    Layer.mission: T("By what means we bring it about"),
    Layer.strategy: T("What makes us different, and for whom"),
    Layer.objectives: T("What we want to reach, and by when"),
    Layer.execution: T("What we do now"),
}

KINDS: Mapping[str, Text] = {
    # Not "Value": columns of numbers are called so.
    "value": T("Core value"),
    "vision": T("Vision"),
    "mission": T("Mission"),
    "offer": T("Offer"),
    "need": T("Need"),
    "big_idea": T("Big idea"),
    "positioning": T("Positioning"),
    "value_proposition": T("Value proposition"),
    "segment": T("Segment"),
    "persona": T("Persona"),
    "journey_stage": T("Journey stage"),
    "swot_item": T("SWOT item"),
    "competitor": T("Competitor"),
    "market_study": T("Market study"),
    "trend": T("Trend"),
    "charter": T("Brand charter"),
    "objective": T("Objective"),
    "action": T("Action"),
    "envelope": T("Budget envelope"),
    "sprint": T("Sprint"),
}

LINKED_UPWARD = frozenset({"vision", "mission", "objective", "action"})
"""Kinds of which the page says that they serve nothing; what surrounds them (competitors, SWOT …) need not."""

LEVELS: Mapping[str, Text] = {
    "business": T("Business objective"),
    "marketing": T("Marketing objective"),
    "digital": T("Digital objective"),
}

ACTION_TYPES: Mapping[str, Text] = {
    "campaign": T("Campaign"),
    "content": T("Content"),
    "event": T("Event"),
    "promotion": T("Promotion"),
    "product": T("Product"),
    "price": T("Price"),
    "distribution": T("Distribution"),
}

STATUSES: Mapping[str, Text] = {
    "idea": T("idea"),
    "planned": T("planned"),
    "running": T("running"),
    "paused": T("paused"),
    "done": T("done"),
    "cancelled": T("cancelled"),
}

GRADES: Mapping[Grade, Text] = {
    Grade.experiment: T("shown by an experiment"),
    Grade.calibrated_model: T("from a model calibrated by experiments"),
    Grade.model: T("from a model"),
    Grade.credit_rule: T("from a credit rule: credit, not proof of cause"),
    Grade.none: T("without evidence of effect"),
}

METHODS: Mapping[str, Text] = {
    "first": T("First contact"),
    "first_touch": T("First contact"),
    "last": T("Last contact"),
    "last_touch": T("Last contact"),
}

SMARTER: tuple[tuple[str, str, Text], ...] = (
    ("S", "OBJ01", T("Specific")),
    ("M", "OBJ02", T("Measurable")),
    ("A", "OBJ03", T("Attainable")),
    ("R", "OBJ04", T("Realistic")),
    ("T", "OBJ05", T("Time-bound")),
    ("E", "OBJ06", T("Evaluated")),
    ("R", "OBJ07", T("Reviewed")),
)
"""Letter, the rule that judges it, and its name (S4)."""

TABLES: Mapping[str, Text] = {
    "spend": T("Spend"),
    "web": T("Web visits"),
    "touchpoints": T("Contacts"),
    "conversions": T("Conversions"),
    "deals": T("Deals"),
    "search": T("Search results"),
    "email": T("E-mail"),
    "social": T("Social networks"),
    "keywords": T("Keywords"),
    "backlinks": T("Backlinks"),
    "experiments": T("Experiments"),
    "holdouts": T("People held out"),
    "surveys": T("Surveys"),
    "tasks": T("Tasks"),
    "observations": T("Readings typed in"),
}

TOTALS: Mapping[str, Text] = {
    "cost": T("cost"),
    "impressions": T("impressions"),
    "clicks": T("clicks"),
    "conversions": T("conversions"),
    "exposures": T("subjects of tests"),
    "units": T("units"),
    "reported_conversions": T("reported conversions"),
    "reported_value": T("reported value"),
    "sessions": T("sessions"),
    "users": T("users"),
    "transactions": T("transactions"),
    "revenue": T("revenue"),
    "value": T("value"),
    "amount": T("amount"),
    "sent": T("sent"),
    "opens": T("opens"),
    "page_views": T("page views"),
    "reach": T("reach"),
    "engagements": T("engagements"),
}
"""Summable columns; those that hold money are named in `MONEY_TOTALS`."""

MONEY_TOTALS = frozenset({"cost", "reported_value", "revenue", "value", "amount"})

MODELS: Mapping[str, Text] = {
    "first": T("First touch"),
    "last": T("Last touch"),
    "last_non_direct": T("Last touch that is not direct"),
    "linear": T("Linear"),
    "position": T("By position"),
    "time_decay": T("Time decay"),
    "markov_1": T("Markov 1"),
    "markov_2": T("Markov 2"),
    "markov_3": T("Markov 3"),
    "shapley": T("Shapley"),
    "shapley_rate": T("Shapley of the rate"),
}
"""Attribution models, as readers see them."""
