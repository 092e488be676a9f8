"""The records of the plan that stand around its chain, as lists that say what is missing.

They are written with the plan's own forms (`element-new`, `element-edit`); here they are only shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number
from gouvernail.checks.capacity import monthly_capacity
from gouvernail.checks.index import Index
from gouvernail.checks.skills import held, named
from gouvernail.plan.model import Benchmark, Element, Plan, Stage
from gouvernail.sources.catalogue import sources
from gouvernail.web.cockpit.links import address
from gouvernail.web.plans.choicewords import choice

Cell = Any
"""A text, or a typed value."""


@dataclass(frozen=True)
class Row:
    """One record: its name with the way to its form, its cells, and what it lacks."""

    id: str
    name: str
    section: str
    cells: tuple[Cell, ...]
    missing: Text | None = None


@dataclass(frozen=True)
class Part:
    """One list: title, what it is for, the section that a new record goes to, headings, and how its rows are made."""

    title: Text
    lead: Text
    icon: str
    section: str
    new: Text
    headings: tuple[Text, ...]
    rows: Callable[[Plan], Iterator[Row]]

    def count(self, plan: Plan) -> int:
        """Return how many records there are."""
        return len(getattr(plan, self.section))


def _row(element: Element, section: str, cells: Iterable[Cell], missing: Text | None = None) -> Row:
    return Row(element.id, element.name, section, tuple(cells), missing)


def _name(plan: Plan, id: str | None) -> str:
    found = plan.get(id) if id else None
    return found.name if found else (id or "")


def _people(plan: Plan) -> Iterator[Row]:
    owners = {element.owner for element in plan.elements() if element.owner}
    for one in plan.people:
        hours = (
            T("{hours} h a week", hours=Number(float(one.hours_per_week), 0)) if one.hours_per_week else ""
        )
        lacks = None if one.team else T("Belongs to no team.")
        if one.id not in owners and not lacks:
            lacks = T("Answers for nothing in the plan.")
        yield _row(one, "people", (one.role, _name(plan, one.team), _skills(one.skills), hours), lacks)


def _skills(skills: Iterable[str]) -> tuple[Text, ...]:
    return tuple(map(named, skills))


def _words(given: Iterable[str]) -> str:
    return ", ".join(given)


def _teams(plan: Plan) -> Iterator[Row]:
    for one in plan.teams:
        members = sum(1 for person in plan.people if person.team == one.id)
        leads = (
            T("{n} leads a month", n=Number(float(one.leads_per_month), 0))
            if one.leads_per_month is not None
            else ""
        )
        hours = (
            T("{hours} h", hours=Number(float(one.follow_up_hours), 0))
            if one.follow_up_hours is not None
            else ""
        )
        sells = one.function == "sales"
        lacks = T("Nobody is in it.") if not members else None
        if sells and one.leads_per_month is None:
            lacks = T("Does not say how many leads it can follow up in a month.")
        elif sells and one.follow_up_hours is None:
            lacks = T("Does not say within how many hours a lead is called back.")
        yield _row(one, "teams", (FUNCTIONS[one.function], str(members), leads, hours), lacks)


def _roles(plan: Plan) -> Iterator[Row]:
    for one in plan.roles:
        lacks = None if one.holder else T("Nobody holds it.")
        yield _row(one, "roles", (_name(plan, one.holder), _skills(one.skills)), lacks)


def _channels(plan: Plan) -> Iterator[Row]:
    for one in plan.channels:
        lacks = T("Has ages without a source.") if one.ages and not one.source else None
        stages = tuple(choice(Stage, stage) for stage in one.stages)
        cells = (_skills(one.skills), stages, _words(one.traffic), one.source)
        yield _row(one, "channels", cells, lacks)


def _charters(plan: Plan) -> Iterator[Row]:
    for one in plan.charters:
        lacks = None if one.tone else T("Does not say in which tone the brand speaks.")
        yield _row(
            one, "charters", (*map(_words, (one.tone, one.preferred_words, one.forbidden_words)),), lacks
        )


def _benchmarks(plan: Plan) -> Iterator[Row]:
    index = Index(plan)
    for one in plan.benchmarks:
        where = ", ".join(word for word in (one.industry, one.region, one.channel or "") if word)
        yield _row(
            one,
            "benchmarks",
            (index.metric_name(one.metric), quantity(index, one), where, one.source, str(one.year)),
        )


def quantity(index: Index, one: Benchmark) -> Any:
    """Return a benchmark's value with its unit; as it is written where nobody knows the metric."""
    return index.quantity(one.metric, one.value) if one.metric in index.metrics else str(one.value)


def _sources(plan: Plan) -> Iterator[Row]:
    index = Index(plan)
    for one in plan.sources:
        lacks = None if one.refreshed else T("Does not say how often it should arrive.")
        rhythm = CADENCES[one.refreshed] if one.refreshed else ""
        record = T("yes") if one.of_record else ""
        metrics = tuple(map(index.metric_name, one.metrics))
        yield _row(one, "sources", (_source(one.source), rhythm, metrics, record), lacks)


def _source(id: str | None) -> Text | str:
    return next((one.title for one in sources() if one.id == id), id or "")


FUNCTIONS = {
    "management": T("Management"),
    "marketing": T("Marketing"),
    "sales": T("Sales"),
    "operations": T("Operations"),
    "other": T("Other"),
}
CADENCES = {
    "daily": T("every day"),
    "weekly": T("every week"),
    "monthly": T("every month"),
    "quarterly": T("every quarter"),
    "half_yearly": T("every half year"),
    "yearly": T("every year"),
}
PARTS: dict[str, Part] = {
    "people": Part(
        T("People of the plan"),
        T("Who works on the plan: team, skills, hours."),
        "user",
        "people",
        T("New person"),
        (T("Position"), T("Team"), T("Skills"), T("Hours")),
        _people,
    ),
    "teams": Part(
        T("Teams and capacity"),
        T("Who markets and who sells, and how many leads can be followed up."),
        "users-group",
        "teams",
        T("New team"),
        (T("Function"), T("People"), T("Capacity"), T("Calls back within")),
        _teams,
    ),
    "roles": Part(
        T("Roles of the plan"),
        T("What must be held by somebody, with the skills it needs."),
        "flag",
        "roles",
        T("New role"),
        (T("Held by"), T("Skills")),
        _roles,
    ),
    "charter": Part(
        T("Charter"),
        T("How the brand speaks and looks, and what it never says."),
        "message",
        "charters",
        T("New charter"),
        (T("Tone"), T("Words to prefer"), T("Words never to use")),
        _charters,
    ),
    "benchmarks": Part(
        T("Benchmarks"),
        T("Figures to compare with, each with its source and year."),
        "chart-bar",
        "benchmarks",
        T("New benchmark"),
        (T("Metric"), T("Value"), T("Where"), T("Source"), T("Year")),
        _benchmarks,
    ),
    "sources": Part(
        T("Sources of data"),
        T("Where numbers come from, and how often they should arrive."),
        "database",
        "sources",
        T("New source"),
        (T("Program"), T("Arrives"), T("Metrics"), T("Counts for revenue")),
        _sources,
    ),
    "channels": Part(
        T("Channels of your own"),
        T("What you know better of a channel than the catalogue does."),
        "route",
        "channels",
        T("New channel"),
        (T("Skills"), T("Stages"), T("Visits named"), T("Source")),
        _channels,
    ),
}


@dataclass(frozen=True)
class SkillRow:
    """A channel that the plan uses: the skills it takes, and those that nobody has."""

    channel: Text | str
    actions: int
    skills: tuple[Text, ...]
    missing: tuple[Text, ...]


def skill_rows(plan: Plan) -> tuple[SkillRow, ...]:
    """Return the channels of living actions with the skills they take, those that lack one first."""
    index, have = Index(plan), held(plan)
    used: dict[str, int] = {}
    for action in index.actions:
        if action.channel:
            used[action.channel] = used.get(action.channel, 0) + 1
    rows = []
    for id, n in used.items():
        channel = index.channels.get(id)
        skills = channel.skills if channel else ()
        lacks = tuple(named(one) for one in skills if one not in have)
        rows.append(SkillRow(channel.name if channel else verbatim(id), n, tuple(map(named, skills)), lacks))
    return tuple(sorted(rows, key=lambda row: (not row.missing, -row.actions)))


def missing_count(key: str, plan: Plan) -> int:
    """Return how many records of a part lack something."""
    lacking = sum(1 for row in PARTS[key].rows(plan) if row.missing)
    return lacking + (sum(1 for row in skill_rows(plan) if row.missing) if key == "people" else 0)


def advice(key: str, plan: Plan) -> Text | None:
    """Return what the list as a whole says, None for nothing."""
    if key == "teams" and (capacity := monthly_capacity(plan)) is not None:
        return T("Together, the teams can follow up {n} leads a month.", n=Number(float(capacity), 0))
    return None


def form_of(slug: str, row: Row) -> str:
    """Return the address of a record's form."""
    return address("element-edit", slug, row.section, row.id)
