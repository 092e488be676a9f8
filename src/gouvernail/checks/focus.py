"""What the rules say of one element while it is being written: the same as `check` would, without asking about the others.

Most rules go through a section and judge each element by itself, looking up what stands around it. Such a rule is given
a plan in which that section holds the one element, beside an index of the whole plan; it cannot tell the difference.
Rules that compare elements with one another run over everything, and are few and quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Finding
from gouvernail.checks.index import Index, lives
from gouvernail.checks.rule import Rule, Scene
from gouvernail.checks.runner import keep
from gouvernail.checks.settings import merged
from gouvernail.plan import references
from gouvernail.plan.graph import Graph
from gouvernail.plan.model import SECTIONS, Action, Element, Level, Objective, Plan

_CHAIN = {"actions", "objectives"}
_WORDS = {"actions", "objectives", "drivers", "sources", "personas", "journey"}
_BY_SECTION: Mapping[str, str] = {
    "actions": "ACT01 ACT02 ACT03 ACT04 ACT05 ACT06 ACT07 ACT08 ACT09 ACT10 AUD01 AUD02 AUD05 POS01 POS02 POS03",
    "objectives": "BUD01 BUD02 CAS02 CAS03 KPI02 KPI04 OBJ01 OBJ02 OBJ03 OBJ04 OBJ05 OBJ06 OBJ07 OBJ08 OBJ10 OBJ12 REV01",
    "envelopes": "BUD06",
    "journey": "STR09",
    "segments": "AUD03",
}
ONE_BY_ONE: Mapping[str, frozenset[str]] = {
    **{code: frozenset({section}) for section, codes in _BY_SECTION.items() for code in codes.split()},
    "KPI01": frozenset(_CHAIN),
    "REF01": frozenset(SECTIONS),
    "REF03": frozenset(_WORDS),
}
"""Rule → the sections of which it speaks, where it judges their elements one by one. It says nothing of any other."""
TOGETHER: Mapping[str, frozenset[str]] = {
    "ACT11": frozenset(),
    "ACT12": frozenset(),
    "BUD03": frozenset({"actions"}),
    "BUD07": frozenset(),
    "CAS01": frozenset({"objectives"}),
    "KPI05": frozenset({"objectives"}),
    "OBJ09": frozenset({"objectives"}),
    "OBJ11": frozenset({"objectives"}),
    "OBJ14": frozenset(),
    "OBJ15": frozenset({"objectives"}),
    "ORG02": frozenset({"teams"}),
    "ORG06": frozenset({"actions"}),
    "REV05": frozenset({"objectives"}),
    "VAL04": frozenset({"values"}),
}
"""Rule → the sections of which it speaks, where it compares elements: it is asked about the whole plan, or not at all.
A rule that stands in neither table is always asked about the whole plan."""


_AROUND = ("organisation", "rules", "vocabulary")
"""What every element is judged by."""


@dataclass(frozen=True)
class Outlook:
    """A plan and what is known of it, kept as long as the plan: verdicts on its elements are quick from here."""

    plan: Plan

    @cached_property
    def index(self) -> Index:
        """The look-ups over the plan."""
        return Index(self.plan)

    def after(self, plan: Plan) -> Outlook:
        """Return the outlook of a later state of the plan; where one element differs, what is known is taken over."""
        made = Outlook(plan)
        moved = _moved(self.plan, plan)
        if moved is not None:
            made.__dict__["index"] = self.index.over(plan, *moved)
        return made

    def verdict(self, section: str, element: Element, today: date) -> tuple[Finding, ...]:
        """Return the findings on `element` once it stands in the plan, in the place of its former self or as a new one.

        These are the findings on it that `check` returns for that plan, in the same order.
        """
        plan = with_element(self.plan, section, element)
        index = self.index.over(plan, section, element.id)
        found = [
            finding
            for rule in RULES.values()
            if rule.run is not None and not rule.measured
            for finding in _asked(rule, plan, index, section, element, today)
        ]
        return keep(plan, found, RULES)[0]


def _moved(old: Plan, new: Plan) -> tuple[str, str] | None:
    """The section and id of the one element that differs, or that has another place; None where more do."""
    sections = [name for name in SECTIONS if getattr(old, name) is not getattr(new, name)]
    if len(sections) != 1 or any(getattr(old, name) != getattr(new, name) for name in _AROUND):
        return None
    before, after = ({id(one): one.id for one in getattr(plan, sections[0])} for plan in (old, new))
    changed = {
        *(before[key] for key in before.keys() - after),
        *(after[key] for key in after.keys() - before),
    }
    if not changed and before:
        return sections[0], next(iter(before.values()))
    return (sections[0], changed.pop()) if len(changed) == 1 else None


def with_element(plan: Plan, section: str, element: Element) -> Plan:
    """Return the plan with `element` in the place of the one of its id, or at the end of its section."""
    held = list(getattr(plan, section))
    at = next((i for i, one in enumerate(held) if one.id == element.id), None)
    if at is None:
        held.append(element)
    else:
        held[at] = element
    # `by_id` is kept in the instance's dictionary: the copy must reckon its own.
    made = plan.model_copy(update={section: tuple(held)})
    made.__dict__.pop("by_id", None)
    return made


def _asked(
    rule: Rule, plan: Plan, index: Index, section: str, element: Element, today: date
) -> Iterator[Finding]:
    by_itself = rule.code in ONE_BY_ONE
    of = ONE_BY_ONE.get(rule.code, TOGETHER.get(rule.code))
    if rule.run is None or (of is not None and section not in of):
        return
    seen = _alone(plan, of or (), section, element) if by_itself else plan
    look_ups = cast(Index, _Alone(index, of or (), element)) if by_itself else index
    scene = Scene(seen, cast(Graph, _Links(plan, element)), look_ups, today, parameters=merged(rule, plan))
    for answer in rule.run(scene):
        if isinstance(answer, Finding) and answer.element == element.id:
            yield answer


def _alone(plan: Plan, of: Iterable[str], section: str, element: Element) -> Plan:
    """The plan in which a rule finds the element alone to judge, and everything else is still known by its id."""
    made = plan.model_copy(update={**dict.fromkeys(of, ()), section: (element,)})
    made.__dict__["by_id"] = plan.by_id
    return made


class _Alone:
    """The index of the whole plan, which names no other element where it lists those that a rule judges."""

    def __init__(self, whole: Index, of: Iterable[str], element: Element) -> None:
        self._whole = whole
        if "actions" in of:
            self.actions = (element,) if isinstance(element, Action) and lives(element) else ()
        if "objectives" in of:
            management = isinstance(element, Objective) and element.level is Level.business
            self.business = (element,) if management else ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


class _Links:
    """What the plan's rules ask of its graph: references that lead nowhere, those of the one element."""

    def __init__(self, plan: Plan, element: Element) -> None:
        self._known, self._element = plan.by_id, element

    def dangling(self) -> list[tuple[str, str, str]]:
        """Return (element id, field, missing id) for every reference of the element to nothing."""
        made = references.of(self._element)
        return [(one.element, one.field, one.target) for one in made if one.target not in self._known]
