"""The verdict beside the field: what the rules say of a draft, sorted under the fields that the findings are about.

A verdict never blocks: a plan with findings is kept as any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gouvernail.base.text import Text
from gouvernail.bearing.own_metrics import measure_faults
from gouvernail.checks.finding import Finding
from gouvernail.checks.focus import Outlook, with_element
from gouvernail.checks.guide.question import Question
from gouvernail.checks.guide.topics import TOPICS
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.formulas import parse_drivers
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.locations import Locations
from gouvernail.plan.model import Element, Plan, Record

ABOUT: Mapping[str, str] = {
    "ACT09": "lesson",
    "ACT11": "type",
    "BUD02": "budget",
    "BUD03": "channel",
    "BUD06": "envelope",
    "BUD07": "term",
    "CAS02": "metric",
    "KPI05": "metric",
    "OBJ04": "serves",
    "OBJ11": "metric",
    "ORG03": "accountable",
    "ORG04": "holder",
    "PER08": "applied",
    "POS02": "channel",
    "POS03": "message",
    "REV02": "follow_up",
    "STR11": "horizon_years",
    "STR12": "relevance",
    "VAL05": "text",
}
"""Rule → the field it is about, where no question of the guided audit says so."""


@dataclass(frozen=True)
class Verdicts:
    """What is said of a draft. `by_field` holds what concerns one field, `whole` the rest."""

    by_field: Mapping[str, tuple[Finding, ...]]
    whole: tuple[Finding, ...]
    faults: Mapping[str, tuple[Text, ...]]
    """Path → what is wrong with a formula or a measure there."""

    @property
    def count(self) -> int:
        """How many findings and faults there are."""
        inside = sum(map(len, self.by_field.values())) + sum(map(len, self.faults.values()))
        return len(self.whole) + inside


NONE = Verdicts({}, (), {})


def verdicts(loaded: LoadedPlan, section: str, record: Record, today: date) -> Verdicts:
    """Return what the rules say of `record`, put in the place of its former self in the plan."""
    if not isinstance(record, Element):
        return NONE
    by_field: dict[str, list[Finding]] = {}
    rest: list[Finding] = []
    for finding in outlook(loaded).verdict(section, record, today):
        place = field_of(section, finding)
        (by_field.setdefault(place, []) if place else rest).append(finding)
    return Verdicts(
        {path: tuple(found) for path, found in by_field.items()},
        tuple(rest),
        _faults(loaded.plan, section, record),
    )


def outlook(loaded: LoadedPlan) -> Outlook:
    """Return what is known of a plan, worked out once as long as it is the one that people work on."""
    return _outlook(Held(loaded))


@dataclass(frozen=True, eq=False)
class Held:
    """A plan under the digest of what it says: the key of what is kept of it in memory."""

    loaded: LoadedPlan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and other.loaded.digest == self.loaded.digest

    def __hash__(self) -> int:
        return hash(self.loaded.digest)


@lru_cache(maxsize=8)
def _outlook(held: Held) -> Outlook:
    # What people look at next is mostly what they changed a moment ago.
    plan = held.loaded.plan
    made = _last[-1].after(plan) if _last else Outlook(plan)
    _last[:] = [made]
    return made


_last: list[Outlook] = []


def field_of(section: str, finding: Finding) -> str:
    """Return the path of the field that a finding is about, empty where it is about the whole element."""
    named = finding.message.values.get("field")
    if finding.code.startswith("REF") and isinstance(named, str):
        return named
    return _asked(section).get(finding.code) or ABOUT.get(finding.code, "")


@lru_cache
def _asked(section: str) -> Mapping[str, str]:
    """Rule → the field whose question solves it first."""
    found: dict[str, tuple[int, str]] = {}
    for topic in TOPICS:
        for question in topic.questions if topic.section == section else ():
            for rank, code in enumerate(question.solves):
                if code not in found or rank < found[code][0]:
                    found[code] = rank, question.field
    return {code: field for code, (_, field) in found.items()}


def examples(section: str, record: Record | None) -> Mapping[str, Question]:
    """Return field → the question of the guided audit with a weak and a strong example, as fits the record."""
    found: dict[str, Question] = {}
    for topic in TOPICS:
        if topic.section != section:
            continue
        fits = record is not None and all(
            str(getattr(record, name, "")) == str(value) for name, value in topic.fixed.items()
        )
        for question in topic.questions:
            if (question.weak or question.strong) and (fits or question.field not in found):
                found[question.field] = question
    return found


def _faults(plan: Plan, section: str, record: Element) -> dict[str, tuple[Text, ...]]:
    """Formulas and measures that cannot be reckoned with, under their field."""
    if section not in ("drivers", "metrics"):
        return {}
    draft, id = with_element(plan, section, record), record.id
    at = next((i for i, one in enumerate(getattr(draft, section)) if one.id == id), -1)
    _, faults = parse_drivers(draft, METRICS)
    found: dict[str, tuple[Text, ...]] = {}
    mine = tuple(one.message for one in faults if one.path == f"{section}[{at}].formula")
    if mine:
        found["formula"] = mine
    measured = measure_faults(LoadedPlan(draft, Locations({}, {}), ""))
    mine = tuple(one.message for one in measured if one.path == f"metrics.{id}.measure")
    if mine and section == "metrics":
        found["measure"] = mine
    return found
