"""The interview: which question comes next for a plan, and what an answer changes and solves.

The plan itself is the memory: a question is asked where its field is empty. Beside it only what was skipped is kept,
so an interview may be left at any point and taken up again, on the command line or on a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from pydantic import ValidationError

from gouvernail.base.errors import UsageError
from gouvernail.base.ids import slugify
from gouvernail.base.text import T
from gouvernail.checks.finding import Finding
from gouvernail.checks.focus import with_element
from gouvernail.checks.guide.answers import read
from gouvernail.checks.guide.question import Question, Topic
from gouvernail.checks.guide.topics import TOPICS
from gouvernail.checks.runner import check
from gouvernail.checks.score import score
from gouvernail.plan.model import SECTIONS, Element, Organisation, Plan, Record


@dataclass(frozen=True)
class Step:
    """A question to ask now. `element` is None for the organisation and for an element still to be made."""

    topic: Topic
    question: Question
    element: str | None = None

    @property
    def key(self) -> str:
        """What names the step in the list of skipped ones."""
        return ":".join((self.topic.id, self.element or "", self.question.field))


@dataclass(frozen=True)
class Answered:
    """What an answer did: the interview after it, the findings it solved, those it opened, and the scores."""

    interview: Interview
    solved: tuple[Finding, ...]
    opened: tuple[Finding, ...]
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Interview:
    """A plan in the making. `skipped` holds the keys of steps passed over; `only` limits it to some topics."""

    plan: Plan
    today: date
    skipped: frozenset[str] = frozenset()
    only: tuple[str, ...] = ()

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every question still open, in the order of the chain."""
        return tuple(self._steps())

    @cached_property
    def step(self) -> Step | None:
        """The question to ask now, None when all is said or skipped."""
        return next(self._steps(), None)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say of the plan as it stands."""
        return check(self.plan, today=self.today).findings

    @cached_property
    def score(self) -> Decimal:
        """The coherence of the plan as it stands."""
        return score(self.plan, self.findings).score

    def answer(self, step: Step, words: str, language: str) -> Answered:
        """Return what `words` change.

        Raises:
            UsageError: they cannot be read as an answer; nothing changes.
        """
        after = self.take(step, words, language)
        was = {finding.identity for finding in self.findings}
        now = {finding.identity for finding in after.findings}
        return Answered(
            after,
            tuple(finding for finding in self.findings if finding.identity not in now),
            tuple(finding for finding in after.findings if finding.identity not in was),
            self.score,
            after.score,
        )

    def take(self, step: Step, words: str, language: str) -> Interview:
        """Return the interview after an answer, without asking what it solved.

        Raises:
            UsageError: `words` cannot be read as an answer.
        """
        value = read(step.question, words, self.plan, language, step.element)
        after = replace(self, plan=_written(self.plan, step, value))
        if (step.element or step.topic.section == "organisation") and step in after._open(step.topic):
            # The answer is what the model takes for granted: said, though the plan need not write it.
            after = after.skip(step)
        return after

    def skip(self, step: Step) -> Interview:
        """Return the interview with this question passed over."""
        return replace(self, skipped=self.skipped | {step.key})

    def unskip(self) -> Interview:
        """Return the interview with every question open again."""
        return replace(self, skipped=frozenset())

    def _steps(self) -> Iterator[Step]:
        return (step for topic in self._topics for step in self._open(topic))

    @property
    def _topics(self) -> Iterator[Topic]:
        return (topic for topic in TOPICS if not self.only or topic.id in self.only)

    def _open(self, topic: Topic) -> Iterator[Step]:
        elements: tuple[Element | None, ...] = topic.elements(self.plan)
        about_organisation = topic.section == "organisation"
        for element in (None,) if about_organisation else elements:
            for question in topic.questions:
                # What was said is told first, and quickly: of ten thousand elements most is said.
                if _said(element or self.plan.organisation, question.field):
                    continue
                step = Step(topic, question, element.id if element else None)
                if question.applies(self.plan, element) and step.key not in self.skipped:
                    yield step
        fresh = Step(topic, topic.questions[0])
        if (
            not about_organisation
            and (topic.most is None or len(elements) < topic.most)
            and fresh.key not in self.skipped
            and fresh.question.applies(self.plan, None)
        ):
            yield fresh


def _said(holder: Record, path: str) -> bool:
    """Whether the field holds something of the reader's own: neither nothing nor the model's default."""
    *above, last = path.split(".")
    for name in above:
        holder = getattr(holder, name)
    return bool(getattr(holder, last) != _usual(type(holder), last))


@cache
def _usual(model: type[Record], field: str) -> Any:
    return model.model_fields[field].get_default(call_default_factory=True)


def _written(plan: Plan, step: Step, value: Any) -> Plan:
    section = step.topic.section
    try:
        if section == "organisation":
            data = plan.organisation.model_dump(exclude_defaults=True)
            _put(data, step.question.field, value)
            return plan.model_copy(update={"organisation": Organisation.model_validate(data)})
        held = next((one for one in getattr(plan, section) if one.id == step.element), None)
        data = held.model_dump(exclude_defaults=True) if held else _made(plan, step, value)
        if held:
            _put(data, step.question.field, value)
        return with_element(plan, section, SECTIONS[section].model_validate(data))
    except ValidationError:
        raise UsageError(T("“{words}” does not fit here.", words=str(value))) from None


def _made(plan: Plan, step: Step, value: Any) -> dict[str, Any]:
    """A new element that holds the answer, with an id from its words and a link to the one above."""
    element: dict[str, Any] = {"id": _fresh_id(plan, str(value)), **step.topic.fixed}
    for section in step.topic.serves:
        above = getattr(plan, section)
        if len(above) == 1:
            element["serves"] = [{"id": above[0].id}]
        if above:
            break
    _put(element, step.question.field, value)
    return element


def _fresh_id(plan: Plan, words: str) -> str:
    base = slugify(words)[:40].strip("-") or "element"
    taken, n, id = plan.by_id, 2, base
    while id in taken:
        id, n = f"{base}-{n}", n + 1
    return id


def _put(holder: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for name in above:
        holder = holder.setdefault(name, {})
    if last == "tracking":
        value = [{"value": value, "field": "utm_campaign"}]
    elif last == "serves":
        value = [{"id": id} for id in ((value,) if isinstance(value, str) else value)]
    holder[last] = value
