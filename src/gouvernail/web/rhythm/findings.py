"""The findings page as data: which findings, in which order and groups, and what people said of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from gouvernail.base.text import LANGUAGES, T, Text, verbatim
from gouvernail.base.values import Number
from gouvernail.bearing.located import LocatedFinding
from gouvernail.bearing.model import Bearing
from gouvernail.checks.finding import Severity
from gouvernail.plan.model import Layer, Plan
from gouvernail.report.groups import rule_title
from gouvernail.report.labels import LAYERS, SEVERITY
from gouvernail.report.story import decisions
from gouvernail.web.rhythm.asides import cause
from gouvernail.web.rhythm.filters import AROUND, FAMILIES, GROUPINGS, NOBODY, STATES, Filters
from gouvernail.web.rhythm.links import element_link, finding_link, link
from gouvernail.web.rhythm.models import Assignment

ENOUGH = 5
"""Only where there are more findings than this do three stand before the others."""

OFFERED = 200
"""Values that a filter offers."""


@dataclass(frozen=True)
class Row:
    """One finding as the page shows it."""

    told: Told
    located: LocatedFinding
    identity: str
    title: Text
    owner: str
    rule: Text
    cost: Text | None = None
    new: bool = False
    assignment: Assignment | None = None
    overdue: bool = False

    # Addresses are made where a page shows them: a list of thousands is filtered and counted without any.
    @property
    def url(self) -> str:
        """The page of the element."""
        return element_link(self.told.slug, self.told.plan, self.located.finding.element)

    @property
    def page(self) -> str:
        """The page of the finding."""
        return finding_link(self.told.slug, self.identity)

    @property
    def rule_url(self) -> str:
        """The page of the rule."""
        return link("rule", self.told.slug, self.located.finding.code)


@dataclass(frozen=True)
class Group:
    """Findings that stand together, and how many of them there are on all pages."""

    title: Text
    rows: tuple[Row, ...]
    total: int


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how many findings have it."""

    value: str
    title: Text
    count: int = 0


@dataclass(frozen=True)
class Field:
    """A filter: its name in the address, its title, what it offers, what is chosen."""

    name: str
    title: Text
    choices: tuple[Choice, ...]
    value: str
    more: int = 0
    """How many values it does not offer: they are found by words."""


@dataclass(frozen=True)
class Told:
    """What all findings of a page are told with."""

    slug: str
    plan: Plan
    bearing: Bearing
    today: date
    assignments: Mapping[str, Assignment]
    new: frozenset[str] = frozenset()
    me: int | None = None

    @cached_property
    def live(self) -> tuple[LocatedFinding, ...]:
        """The findings, without those that the plan in view sets aside meanwhile: a bearing may lag behind."""
        return tuple(
            one
            for one in self.bearing.findings
            if cause(self.plan, one.finding.code, one.finding.element) is None
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The findings as the page shows them, each made once."""
        return tuple(row(self, one) for one in self.live)

    def name(self, id: str) -> str:
        """Return how people name an element, a layer or anything else that a finding is about."""
        element = self.plan.get(id)
        return element.name if element else self.bearing.titles.get(id, id)


def rows(told: Told, filters: Filters) -> tuple[Row, ...]:
    """Return the findings asked for, in the order of their groups, the most worthwhile first within each."""
    wanted = (one for one in told.rows if _wanted(one, filters, told))
    return tuple(sorted(wanted, key=lambda one: (_place(one, filters.group), *_worth(one.located))))


def first(told: Told, found: Iterable[Row]) -> tuple[Row, ...]:
    """Return the three most worth a decision."""
    known = {one.identity: one for one in found}
    if len(known) <= ENOUGH:
        return ()
    return tuple(known[one.finding.identity] for one in decisions(one.located for one in known.values()))


def row(told: Told, located: LocatedFinding) -> Row:
    """Return one finding with all that the page says of it."""
    finding = located.finding
    identity = finding.identity
    given = told.assignments.get(identity)
    element = finding.element
    layer = finding.missing_in or (Layer(element) if element in set(Layer) else None)
    known = told.plan.get(element)
    title = LAYERS[layer] if layer and not known else verbatim(told.name(element))
    return Row(
        told=told,
        located=located,
        identity=identity,
        title=title,
        owner=told.name(located.owner) if located.owner else "",
        rule=title_of(finding.code),
        cost=T("−{points} of coherence", points=Number(float(located.cost), 1)) if located.cost else None,
        new=identity in told.new,
        assignment=given,
        overdue=bool(given and given.due and given.due < told.today),
    )


def title_of(code: str) -> Text:
    """Return the title of a rule; its code where the catalogue no longer knows it."""
    return rule_title(code) or verbatim(code)


def grouped(page: Iterable[Row], everything: Iterable[Row], by: str) -> tuple[Group, ...]:
    """Return the findings of one page in groups, which know how many they are on all pages."""
    totals = Counter(_key(one, by) for one in everything)
    found: dict[str, list[Row]] = {}
    for one in page:
        found.setdefault(_key(one, by), []).append(one)
    return tuple(
        Group(_group_title(key, several[0], by), tuple(several), totals[key])
        for key, several in found.items()
    )


def fields(told: Told, filters: Filters) -> tuple[Field, ...]:
    """Return the filters: what each offers, with how many findings it would show."""
    return (
        *(_field(told.rows, by, title, getattr(filters, by)) for by, title in GROUPINGS.items()),
        Field(
            "state",
            T("State"),
            tuple(Choice(key, title) for key, title in STATES.items()),
            filters.state,
        ),
    )


def _field(found: Sequence[Row], by: str, title: Text, value: str) -> Field:
    """Return a filter; it offers what has the most findings where there is more than one can choose from."""
    counts = Counter(_key(one, by) for one in found)
    firsts = {_key(one, by): one for one in reversed(found)}
    offered = {key for key, _ in counts.most_common(OFFERED)} | ({value} & counts.keys())
    ordered = sorted(offered, key=lambda key: (_place(firsts[key], by), key))
    choices = tuple(Choice(key, _group_title(key, firsts[key], by), counts[key]) for key in ordered)
    return Field(by, title, choices, value, len(counts) - len(choices))


def _wanted(one: Row, filters: Filters, told: Told) -> bool:
    keys = {"severity": filters.severity, "layer": filters.layer, "owner": filters.owner}
    keys |= {"family": filters.family, "element": filters.element}
    if any(value and _key(one, by) != value for by, value in keys.items()):
        return False
    return _in_state(one, filters.state, told) and _says(one, filters.text)


def _in_state(one: Row, state: str, told: Told) -> bool:
    given = one.assignment
    match state:
        case "new":
            return one.new
        case "mine":
            return given is not None and given.assignee_id == told.me
        case "given":
            return given is not None
        case "begun":
            return given is not None and given.begun is not None
        case "free":
            return given is None
    return True


def _says(one: Row, words: str) -> bool:
    if not words:
        return True
    finding = one.located.finding
    short = _folded((one.title, one.rule), finding.code, finding.element)
    # Sentences are put together only for what the short words do not tell.
    wanted = [word for word in words.casefold().split() if word not in short]
    said = f"{short} {_folded((finding.message, finding.hint))}" if wanted else short
    return all(word in said for word in wanted)


def _folded(texts: Iterable[Text], *more: str) -> str:
    return " ".join((*more, *(text.render(lang) for text in texts for lang in LANGUAGES))).casefold()


_KEYS: Mapping[str, Callable[[Row], str]] = {
    "severity": lambda one: one.located.finding.severity.value,
    "layer": lambda one: _layer(one) or "around",
    "element": lambda one: one.located.finding.element,
    "owner": lambda one: one.located.owner or "nobody",
    "family": lambda one: one.located.finding.code[:3],
}


def _layer(one: Row) -> str:
    layer = one.located.layer or one.located.finding.missing_in
    return layer.value if layer else ""


def _key(one: Row, by: str) -> str:
    return _KEYS[by](one)


_SEVERITIES, _LAYERS = [one.value for one in Severity], [*(one.value for one in Layer), "around"]
_FAMILIES = list(FAMILIES)


def _place(one: Row, by: str) -> tuple[int, str]:
    key = _key(one, by)
    match by:
        case "severity":
            return _SEVERITIES.index(key), ""
        case "layer":
            return _LAYERS.index(key), ""
        case "family":
            return (_FAMILIES.index(key) if key in FAMILIES else len(FAMILIES)), key
        case "owner":
            return int(key == "nobody"), one.owner.casefold()
        case _:
            return _LAYERS.index(_layer(one) or "around"), str(one.title).casefold()


def _worth(located: LocatedFinding) -> tuple[Decimal, int, Decimal, str]:
    finding = located.finding
    return -located.worth, _SEVERITIES.index(finding.severity.value), -located.cost, finding.identity


def _group_title(key: str, one: Row, by: str) -> Text:
    match by:
        case "severity":
            return SEVERITY[Severity(key)][2]
        case "layer":
            return AROUND if key == "around" else LAYERS[Layer(key)]
        case "family":
            return FAMILIES.get(key) or verbatim(key)
        case "owner":
            return verbatim(one.owner) if one.owner else NOBODY
        case _:
            return one.title
