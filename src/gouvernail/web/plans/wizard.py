"""The guided audit as a wizard: the question to ask, how far each part is, what an answer solved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gouvernail.base.text import T, Text
from gouvernail.base.values import Number
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.finding import Finding
from gouvernail.checks.guide.answers import Option, options
from gouvernail.checks.guide.interview import Interview, Step
from gouvernail.checks.guide.question import Form, Topic
from gouvernail.checks.guide.topics import TOPICS, around
from gouvernail.checks.pages import section
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.model import Element, Layer, Plan
from gouvernail.report.labels import LAYERS
from gouvernail.web.plans import typed
from gouvernail.web.plans.fields import Field, Shape, every, fields_of, model_of
from gouvernail.web.plans.saying import unit_of
from gouvernail.web.plans.standing import large, standing
from gouvernail.web.plans.store import Change, short
from gouvernail.web.plans.verdicts import outlook

PARTS: Mapping[str, Text] = {
    "company": T("The company"),
    **{layer.value: LAYERS[layer] for layer in Layer},
    "rhythm": T("Rhythm and figures"),
}
"""Parts of the audit, in the order in which they are asked."""
REMEMBERED = 30
"""So many steps back."""
LISTED = 14
"""So many things to choose from stand as buttons; more are a list."""


@dataclass(frozen=True)
class Part:
    """How far one part is."""

    id: str
    title: Text
    done: int
    whole: int
    here: bool

    @property
    def open(self) -> int:
        return self.whole - self.done


@dataclass(frozen=True)
class Asked:
    """A question as the page asks it."""

    step: Step
    about: str
    """The element's name, empty for a new one."""
    more: bool
    """Whether the topic has elements already: one more?"""
    options: tuple[Option, ...]
    chosen: frozenset[str]
    value: str
    """What stands in the plan already, as it would be typed."""
    why: tuple[tuple[str, Text, str], ...]
    """Rule, its title, and why it matters."""

    @property
    def long(self) -> bool:
        """Whether the answer may take several lines."""
        return self.step.question.form is Form.words or self.step.question.field in (
            "text",
            "example",
            "message",
        )

    @property
    def listed(self) -> bool:
        """Whether the choices stand as buttons rather than as a list."""
        return len(self.options) <= LISTED


@dataclass(frozen=True)
class Effect:
    """What an answer did."""

    solved: tuple[tuple[str, Text], ...]
    opened: tuple[Finding, ...]
    before: Number | None
    after: Number | None
    element: str = ""

    @property
    def moved(self) -> bool:
        return self.before != self.after


def topics_of(part: str) -> tuple[str, ...]:
    """Return the topics of one part of the audit; none for all."""
    if part == "company":
        return tuple(topic.id for topic in around.COMPANY)
    if part == "rhythm":
        return tuple(topic.id for topic in around.RHYTHM)
    return tuple(topic.id for topic in TOPICS if topic.layer and topic.layer.value == part)


def part_of(topic: Topic) -> str:
    """Return the part of the audit that a topic belongs to."""
    if topic.layer:
        return topic.layer.value
    return "company" if topic in around.COMPANY else "rhythm"


def parts(plan: Plan, interview: Interview, here: str) -> tuple[Part, ...]:
    """Return how far each part is: what was answered or passed over, of what may be asked."""
    whole: dict[str, int] = dict.fromkeys(PARTS, 0)
    left: dict[str, int] = dict.fromkeys(PARTS, 0)
    for topic in TOPICS:
        whole[part_of(topic)] += sum(1 for _ in _applying(topic, plan))
    for step in interview.steps:
        left[part_of(step.topic)] += step.element is not None or step.topic.section == "organisation"
    return tuple(
        Part(id, title, max(whole[id] - left[id], 0), whole[id], id == here) for id, title in PARTS.items()
    )


def step_at(key: str, plan: Plan) -> Step | None:
    """Return the step that a key names, asked again though it may have been answered."""
    topic_id, _, rest = key.partition(":")
    element, _, field = rest.rpartition(":")
    topic = next((one for one in TOPICS if one.id == topic_id), None)
    question = next((one for one in topic.questions if one.field == field), None) if topic else None
    if topic is None or question is None:
        return None
    if element and element not in {one.id for one in topic.elements(plan)}:
        return None
    return Step(topic, question, element or None)


def asked(step: Step, plan: Plan, language: str) -> Asked:
    """Return a question as the page asks it."""
    holder = _holder(step, plan)
    value = _present(step, holder)
    form = step.question.form
    chosen = _chosen(value) if form.several or form in _SINGLE else frozenset()
    return Asked(
        step=step,
        about=getattr(holder, "name", "") if step.element else "",
        more=step.element is None and bool(step.topic.elements(plan)),
        options=_options(step, plan),
        chosen=chosen,
        value="" if chosen else _typed(step, value, plan, holder, language),
        why=tuple(
            (code, RULES[code].title, section(code, language, 1))
            for code in step.question.solves
            if code in RULES
        ),
    )


def effect(step: Step, plans: tuple[LoadedPlan, LoadedPlan], element: str, today: date) -> Effect:
    """Return what to tell of an answer: what it solved, and what the rules think of the answer itself.

    Of a large plan only what the rules say of the element answered about: the rest takes longer than a page may.
    """
    was, now = (_found(loaded, step, element, today) for loaded in plans)
    opened = (one for id, one in now.items() if id not in was and one.code in step.question.solves)
    solved = tuple((one.code, RULES[one.code].title) for id, one in was.items() if id not in now)
    before, after = (None if large(loaded) else standing(loaded, today).score for loaded in plans)
    return Effect(solved, tuple(opened), before, after, element)


def _found(loaded: LoadedPlan, step: Step, element: str, today: date) -> dict[str, Finding]:
    """Identity → finding."""
    if large(loaded):
        held = loaded.plan.get(element)
        said = outlook(loaded).verdict(step.topic.section, held, today) if held else ()
        return {one.identity: one for one in said}
    return {one.identity: one for one in standing(loaded, today).findings}


def written(step: Step, before: Plan, after: Plan, head: int) -> tuple[Change, str]:
    """Return the change that an answer makes, and the id of the element it is about."""
    if step.topic.section == "organisation":
        return Change("organisation", "organisation", short(after.organisation), head), "organisation"
    held: tuple[Element, ...] = getattr(after, step.topic.section)
    element = next(one for one in held if one.id == step.element) if step.element else held[-1]
    body = short(element)
    return Change(step.topic.section, body.pop("id"), body, head), element.id


def already(step: Step, plan: Plan, words: str) -> bool:
    """Return whether a new element would repeat one that is there: the same answer was sent twice."""
    if step.element or step.topic.section == "organisation" or step.question.field != "title":
        return False
    return any(one.title.casefold() == words.strip().casefold() for one in step.topic.elements(plan))


def interview(plan: Plan, today: date, skipped: Iterator[str] | list[str], part: str) -> Interview:
    """Return the interview over a plan, limited to a part where one is chosen."""
    return Interview(plan, today, frozenset(skipped), topics_of(part) if part in PARTS else ())


_SINGLE = frozenset({Form.choice, Form.element, Form.metric, Form.channel})


def _options(step: Step, plan: Plan) -> tuple[Option, ...]:
    """What may be chosen; of metrics, those that most people want first, then all others."""
    offered = options(step.question, plan, step.element)
    if step.question.form not in (Form.metric, Form.metrics):
        return offered
    known = {one.value for one in offered}
    return (*offered, *(Option(id, one.name) for id, one in METRICS.items() if id not in known))


def _applying(topic: Topic, plan: Plan) -> Iterator[tuple[Element | None, str]]:
    holders: tuple[Element | None, ...] = topic.elements(plan)
    if topic.section == "organisation":
        holders = (None,)
    for one in holders:
        for question in topic.questions:
            if question.applies(plan, one):
                yield one, question.field


def _holder(step: Step, plan: Plan) -> object:
    if step.topic.section == "organisation":
        return plan.organisation
    return plan.get(step.element) if step.element else None


def _present(step: Step, holder: object) -> object:
    for name in step.question.field.split("."):
        holder = getattr(holder, name, None)
    if step.question.field == "tracking" and holder:
        return holder[0].value  # type: ignore[index]
    return holder


def _chosen(value: object) -> frozenset[str]:
    if isinstance(value, tuple):
        return frozenset(str(getattr(one, "id", one)) for one in value)
    return frozenset({str(value)}) if value else frozenset()


def _typed(step: Step, value: object, plan: Plan, holder: object, language: str) -> str:
    field = _field(step)
    if value in (None, "", ()) or field is None:
        return ""
    if field.shape is Shape.record:
        return f"{value.low}-{value.high}"  # type: ignore[attr-defined]  # ages
    if field.shape is Shape.records:
        return str(value)
    metric = getattr(holder, "metric", None)
    return typed.write(field, value, language, unit_of(plan, metric))


def _field(step: Step) -> Field | None:
    model = model_of(step.topic.section)
    found = every(fields_of(model)) if model else iter(())
    return next((one for one in found if one.path == step.question.field), None)
