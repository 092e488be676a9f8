"""“What I owe”: one list for one person, from the plan, from what was given to them, from who called them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gouvernail.base.text import T, Text, verbatim
from gouvernail.plan.model import Element, Plan, RecordKind
from gouvernail.web.rhythm import dues
from gouvernail.web.rhythm.links import name_of

TO_PREPARE = timedelta(days=7)
"""How long before a meeting it stands in the list of those who prepare it."""


class Kind(StrEnum):
    """What kind of thing is owed, in the order in which they stand on one day."""

    finding = "finding"
    decision = "decision"
    evaluation = "evaluation"
    review = "review"
    meeting = "meeting"
    mention = "mention"


ICONS = {
    Kind.finding: "list-check",
    Kind.decision: "flag",
    Kind.evaluation: "chart-bar",
    Kind.review: "question-mark",
    Kind.meeting: "users",
    Kind.mention: "at",
}


@dataclass(frozen=True)
class Me:
    """Who is asked of: what owners may call them in the plan, and the teams they belong to."""

    names: frozenset[str]
    teams: frozenset[str] = frozenset()

    @classmethod
    def of(cls, plan: Plan, person: str, email: str) -> Me:
        """Return somebody by the person of the plan that they are ("" for none) and their address."""
        found = next((one for one in plan.people if one.id == person), None)
        names = frozenset(name for name in (person, email) if name)
        return cls(names, frozenset({found.team} if found and found.team else ()))

    def owns(self, element: Element) -> bool:
        """Whether an element is theirs, or their team's."""
        return element.owner in self.names or element.owner in self.teams


@dataclass(frozen=True)
class Given:
    """A finding given to them: its words where the bearing in view still has it, None where it is gone."""

    identity: str
    words: Text | None
    hint: Text | None
    due: date | None
    begun: bool = False


@dataclass(frozen=True)
class Call:
    """A comment that calls them."""

    author: str
    words: str
    element: str
    day: date


@dataclass(frozen=True)
class Owed:
    """One thing owed. `target` is the element, meeting or finding that it is about."""

    kind: Kind
    what: Text
    target: str
    due: date | None
    late: bool = False
    detail: Text | None = None

    @property
    def icon(self) -> str:
        return ICONS[self.kind]


def owed(
    plan: Plan, me: Me, today: date, *, given: Iterable[Given] = (), calls: Iterable[Call] = ()
) -> tuple[Owed, ...]:
    """Return what somebody owes: what is overdue first, then by day, what has no day last."""
    found = (
        *_findings(given, today),
        *_decisions(plan, me, today),
        *_objectives(plan, me, today),
        *_meetings(plan, me, today),
        *_mentions(plan, calls),
    )
    return tuple(sorted(found, key=_order))


def _order(one: Owed) -> tuple[bool, date, int, str, str]:
    return not one.late, one.due or date.max, list(Kind).index(one.kind), one.target, str(one.what)


def _findings(given: Iterable[Given], today: date) -> Iterator[Owed]:
    for one in given:
        if one.words is not None:
            late = one.due is not None and one.due < today
            yield Owed(Kind.finding, one.words, one.identity, one.due, late, one.hint)


def _decisions(plan: Plan, me: Me, today: date) -> Iterator[Owed]:
    for one in dues.open_decisions(plan):
        if me.owns(one):
            yield Owed(
                Kind.decision,
                verbatim(one.name),
                one.id,
                one.due,
                dues.state_of(one, today) is dues.State.overdue,
                T("decided on {day}", day=one.date) if one.date else None,
            )


def _objectives(plan: Plan, me: Me, today: date) -> Iterator[Owed]:
    for one in dues.objectives_due(plan, today):
        if not me.owns(one.objective):
            continue
        name = one.objective.name
        if one.type is RecordKind.review:
            kind, what = Kind.review, T("Review “{objective}”: is it still right?", objective=name)
        elif one.final:
            kind, what = Kind.evaluation, T("“{objective}” is over: was it reached?", objective=name)
        else:
            kind, what = Kind.evaluation, T("Evaluate “{objective}”", objective=name)
        detail = T("last on {day}", day=one.last) if one.last else T("never yet")
        yield Owed(kind, what, one.objective.id, one.day, one.day < today, detail)


def _meetings(plan: Plan, me: Me, today: date) -> Iterator[Owed]:
    for one in dues.meetings(plan, today):
        mine = me.owns(one.meeting) or bool({*me.names, *me.teams} & set(one.meeting.between))
        if mine and one.next and one.next <= today + TO_PREPARE:
            what = T("Prepare “{meeting}”", meeting=one.meeting.name)
            detail = (
                T("last held on {day}", day=one.meeting.last) if one.meeting.last else T("never held yet")
            )
            yield Owed(Kind.meeting, what, one.meeting.id, one.next, one.late, detail)


def _mentions(plan: Plan, calls: Iterable[Call]) -> Iterator[Owed]:
    for one in calls:
        what = T("{person} asks you about “{element}”", person=one.author, element=name_of(plan, one.element))
        yield Owed(Kind.mention, what, one.element, None, False, verbatim(one.words))
