"""Which findings to show, and under which headings: by rule, element, owner; by layer, element, gravity, owner."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from gouvernail.base.errors import UsageError
from gouvernail.base.suggest import closest
from gouvernail.base.text import T, Text, verbatim
from gouvernail.bearing.checking import CheckedPlan
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.moves import Moves
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Severity
from gouvernail.plan.model import Layer, Plan

LAYERS: dict[str, Text] = {
    "values": T("Values"),
    "vision": T("Vision"),
    "mission": T("Mission"),
    "strategy": T("Strategy"),
    "objectives": T("Objectives"),
    "execution": T("Execution"),
}
AROUND = T("Around the chain")
GRAVITIES: dict[Severity, Text] = {
    Severity.blocking: T("Blocking"),
    Severity.warning: T("Warnings"),
    Severity.advice: T("Advice"),
}
NOBODY = T("Nobody")


class By(StrEnum):
    """What findings are grouped by."""

    layer = "layer"
    element = "element"
    gravity = "gravity"
    owner = "owner"


@dataclass(frozen=True)
class Group:
    """Findings under one heading; `key` is the layer, element, gravity or owner, empty for what has none."""

    key: str
    title: Text
    findings: tuple[LocatedFinding, ...]


@dataclass(frozen=True)
class Selection:
    """Findings asked for: of these rules, on these elements, of this owner; everything where nothing is named."""

    rules: frozenset[str] = frozenset()
    elements: frozenset[str] = frozenset()
    owner: str | None = None

    def holds(self, located: LocatedFinding) -> bool:
        """Whether the finding is asked for."""
        finding = located.finding
        return (
            (not self.rules or finding.code in self.rules)
            and (not self.elements or finding.element in self.elements)
            and (self.owner is None or located.owner == self.owner)
        )

    def of_check(self, checked: CheckedPlan) -> CheckedPlan:
        """Return the checked plan with the findings asked for; its score stays that of the whole plan."""
        return replace(
            checked,
            findings=tuple(filter(self.holds, checked.findings)),
            ignored=tuple(one for one in checked.ignored if one.located and self.holds(one.located)),
            not_checked=tuple(
                one
                for one in checked.not_checked
                if (not self.rules or one.code in self.rules) and not self.elements and self.owner is None
            ),
        )

    def of_moves(self, moves: Moves) -> Moves:
        """Return the moves of the findings asked for."""
        return replace(
            moves,
            new=tuple(filter(self.holds, moves.new)),
            still=tuple(filter(self.holds, moves.still)),
            gone=tuple(one for one in moves.gone if self.holds(one.located)),
        )


def select(plan: Plan, rules: Iterable[str], elements: Iterable[str], owner: str | None) -> Selection:
    """Return a selection of names that exist. A rule may be a family too (`ACT`), in any case of letters.

    Raises:
        UsageError: a rule, element or owner is not known; did you mean …?
    """
    codes = frozenset(code for word in rules for code in rules_called(word))
    known = {*(element.id for element in plan.elements()), *Layer, *Plan.model_fields}
    wanted = frozenset(
        _known(word, known, T("The plan has no element “{word}”.", word=word)) for word in elements
    )
    if owner is not None:
        owners = {element.owner for element in plan.elements() if element.owner}
        holders = {one.id for one in (*plan.people, *plan.teams, *plan.roles)}
        _known(owner, owners | holders, T("Nobody in the plan is called “{word}”.", word=owner))
    return Selection(codes, wanted, owner)


def rules_called(word: str) -> tuple[str, ...]:
    """Return the code that `word` names, or all codes of a family.

    Raises:
        UsageError: no rule and no family is called so.
    """
    code = word.upper()
    found = (code,) if code in RULES else tuple(one for one in RULES if one.rstrip("0123456789") == code)
    return found or (_known(word, RULES, T("There is no rule “{word}”.", word=word)),)


def _known(word: str, known: Iterable[str], wrong: Text) -> str:
    names = {str(name) for name in known}
    if word in names:
        return word
    near = closest(word, names)
    if near is None:
        raise UsageError(wrong)
    raise UsageError(T("{wrong} Did you mean “{near}”?", wrong=wrong, near=near))


def grouped(findings: Iterable[LocatedFinding], by: By, plan: Plan) -> tuple[Group, ...]:
    """Return the findings under headings, within each in the order given.

    Layers stand in the order of the chain, what is around it last; gravities gravest first; elements as their
    first finding; owners by what their findings are worth, nobody last.
    """
    read, name = _READERS[by]
    found: dict[str, list[LocatedFinding]] = {}
    for located in findings:
        found.setdefault(read(located), []).append(located)
    groups = [Group(key, name(key, plan), tuple(several)) for key, several in found.items()]
    return tuple(sorted(groups, key=_ORDERS[by])) if by in _ORDERS else tuple(groups)


def _element_title(id: str, plan: Plan) -> Text:
    element = plan.get(id)
    return verbatim(element.name) if element else LAYERS.get(id, verbatim(id))


_READERS: dict[By, tuple[Callable[[LocatedFinding], str], Callable[[str, Plan], Text]]] = {
    By.layer: (lambda one: str(one.layer or ""), lambda key, _: LAYERS.get(key, AROUND)),
    By.element: (lambda one: one.finding.element, _element_title),
    By.gravity: (lambda one: str(one.finding.severity), lambda key, _: GRAVITIES[Severity(key)]),
    By.owner: (
        lambda one: one.owner or "",
        lambda key, plan: _element_title(key, plan) if key else NOBODY,
    ),
}
_ORDERS: dict[By, Callable[[Group], tuple[int, Decimal, str]]] = {
    By.layer: lambda group: (list(LAYERS).index(group.key) if group.key else len(LAYERS), Decimal(0), ""),
    By.gravity: lambda group: (list(Severity).index(Severity(group.key)), Decimal(0), ""),
    By.owner: lambda group: (
        int(not group.key),
        -sum((one.worth for one in group.findings), Decimal(0)),
        group.key,
    ),
}
