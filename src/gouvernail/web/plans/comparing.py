"""What differs between two states of the plan: how much in which layer, and each element, a page of them at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from gouvernail.base.text import T, Text
from gouvernail.plan.diff import ChangeKind
from gouvernail.plan.model import SECTIONS, Layer, Plan
from gouvernail.report.labels import LAYERS
from gouvernail.web.plans import snapshots, store
from gouvernail.web.plans.assembly import WHOLE, Key
from gouvernail.web.plans.choicewords import SECTIONS as TITLES
from gouvernail.web.plans.differences import ElementMove, move_of
from gouvernail.web.plans.models import ElementRevision, Scenario
from gouvernail.web.plans.rows import rank
from gouvernail.web.workspaces.models import Workspace

PER_PAGE = 25
AROUND = "around"
BESIDE = T("Beside the chain")
KINDS: Mapping[ChangeKind, Text] = {
    ChangeKind.added: T("added"),
    ChangeKind.changed: T("changed"),
    ChangeKind.removed: T("taken out"),
}
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Pair:
    """One element in two states; None where it was not there. `people` are those who wrote it in between."""

    section: str
    element: str
    old: Body | None
    new: Body | None
    people: frozenset[int] = frozenset()

    @property
    def kind(self) -> ChangeKind:
        """What happened to it."""
        if self.section in WHOLE:
            return ChangeKind.changed
        if self.old is None:
            return ChangeKind.added
        return ChangeKind.removed if self.new is None else ChangeKind.changed

    @property
    def layer(self) -> str:
        """The layer that it stands in, or `AROUND`."""
        model = SECTIONS.get(self.section)
        return model.layer.value if model and model.layer else AROUND


@dataclass(frozen=True)
class Wanted:
    """What a reader wants to see: of one layer or section, of one kind of change, by one person."""

    part: str = ""
    kind: str = ""
    who: str = ""

    @property
    def any(self) -> bool:
        """Whether something is left out."""
        return bool(self.part or self.kind or self.who)

    def takes(self, pair: Pair) -> bool:
        """Return whether an element is wanted."""
        part = self.part in ("", pair.section, f"layer-{pair.layer}")
        who = not self.who or any(str(pk) == self.who for pk in pair.people)
        return part and who and self.kind in ("", pair.kind.value)


@dataclass(frozen=True)
class Line:
    """A layer or a section, and how many of its elements came, changed and went."""

    part: str
    title: Text
    added: int
    changed: int
    removed: int
    whole: bool = False
    """Whether it is a layer, which the sections after it make up."""

    @property
    def counts(self) -> tuple[tuple[str, Text, int], ...]:
        """(kind, its word, how many)."""
        numbers = (self.added, self.changed, self.removed)
        return tuple((kind.value, KINDS[kind], n) for kind, n in zip(KINDS, numbers, strict=True))


@dataclass(frozen=True)
class Comparison:
    """What differs, all of it counted and a page of it told."""

    pairs: tuple[Pair, ...]
    wanted: Wanted
    names: Plan
    number: str = ""
    people: tuple[tuple[int, str], ...] = ()

    @property
    def count(self) -> int:
        """How many elements differ."""
        return len(self.pairs)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The summary: each layer that differs, and the sections of the one that is looked at."""
        here = next((one.layer for one in self.pairs if one.section == self.wanted.part), "")
        opened = self.wanted.part or "-", f"layer-{here}"
        found, layer = [], ""
        for line in self.parts:
            layer = line.part if line.whole else layer
            found += [line] if line.whole or layer in opened else []
        return tuple(found)

    @cached_property
    def parts(self) -> tuple[Line, ...]:
        """Each layer that differs, with its sections."""
        found = []
        for layer in (*(one.value for one in Layer), AROUND):
            inside = [pair for pair in self.pairs if pair.layer == layer]
            if inside:
                title = LAYERS[Layer(layer)] if layer != AROUND else BESIDE
                found.append(_line(f"layer-{layer}", title, inside, whole=True))
                found += self._sections(inside)
        return tuple(found)

    def _sections(self, inside: Sequence[Pair]) -> list[Line]:
        names = sorted({pair.section for pair in inside}, key=rank)
        return [_line(name, TITLES[name], [one for one in inside if one.section == name]) for name in names]

    @cached_property
    def total(self) -> Line:
        """The summary in one line."""
        return _line("", T("In all"), self.pairs, whole=True)

    @cached_property
    def page(self) -> Page[Pair]:
        """The page of elements that is shown."""
        return Paginator([one for one in self.pairs if self.wanted.takes(one)], PER_PAGE).get_page(
            self.number
        )

    @cached_property
    def shown(self) -> tuple[ElementMove, ...]:
        """The elements of the page, field by field."""
        return tuple(
            move_of(one.section, one.element, one.old, one.new, one.kind, self.names) for one in self.page
        )

    @cached_property
    def held(self) -> frozenset[str]:
        """Elements that the plan holds now: only they have a page."""
        return frozenset(one.id for section in SECTIONS for one in getattr(self.names, section))


def comparison(
    pairs: Iterable[Pair],
    query: Mapping[str, str],
    names: Plan,
    people: Iterable[tuple[int, str]] = (),
) -> Comparison:
    """Return what differs as a page shows it: `?part=objectives&kind=changed&who=3&page=2`."""
    wanted = Wanted(query.get("part", ""), query.get("kind", ""), query.get("who", ""))
    return Comparison(tuple(pairs), wanted, names, query.get("page", ""), tuple(people))


def between(workspace: Workspace, a: int, b: int, scenario: Scenario | None) -> tuple[Pair, ...]:
    """Return what differs from revision `a` to `b`, in the plan's order: kept in memory, for it never changes."""
    return _between(workspace.pk, a, b, scenario.pk if scenario else None)


@lru_cache(maxsize=16)
def _between(organisation: int, a: int, b: int, branch: int | None) -> tuple[Pair, ...]:
    workspace = Workspace(pk=organisation)
    scenario = Scenario.objects.get(pk=branch) if branch else None
    written: dict[Key, set[int]] = {}
    for section, element, author in _written(workspace, a, b, scenario):
        written.setdefault((section, element), set()).update((author,) if author else ())
    old, new = (store.bodies_at(workspace, number, written, scenario) for number in (a, b))
    found = []
    for key in sorted(written, key=lambda key: _order(new.get(key) or old.get(key), key)):
        was, now = (rows[key].body if key in rows else None for rows in (old, new))
        if was != now:
            found.append(Pair(*key, was, now, frozenset(written[key])))
    return tuple(found)


snapshots.forgetting(_between.cache_clear)


def against(replacement: store.Replacement) -> tuple[Pair, ...]:
    """Return what writing a whole plan would change, in the plan's order; what only gets another place is left out."""
    before = replacement.before
    pairs = (
        Pair(one.section, one.element, before.get((one.section, one.element)), one.body)
        for one in replacement.changes
    )
    found = [pair for pair in pairs if pair.old != pair.new]
    return tuple(sorted(found, key=lambda pair: rank(pair.section)))


def writers(workspace: Workspace, pairs: Iterable[Pair]) -> tuple[tuple[int, str], ...]:
    """Return who wrote what differs, by name."""
    from gouvernail.web.accounts.models import User

    known = {pk for pair in pairs for pk in pair.people}
    found = User.objects.filter(pk__in=known) if len(known) > 1 else ()
    return tuple(sorted(((one.pk, str(one)) for one in found), key=lambda one: one[1].casefold()))


def _written(
    workspace: Workspace, a: int, b: int, scenario: Scenario | None
) -> Iterable[tuple[str, str, int | None]]:
    within = Q(scenario=None, number__gt=a, number__lte=b)
    if scenario:
        base = scenario.base
        within = Q(scenario=None, number__gt=min(a, base), number__lte=min(b, base))
        within |= Q(scenario=scenario, number__gt=a, number__lte=b)
    rows = ElementRevision.objects.filter(within, workspace=workspace)
    return rows.values_list("section", "element", "revision__author").distinct()


def _order(row: ElementRevision | None, key: Key) -> tuple[int, int, str]:
    return rank(key[0]), row.place if row else 0, key[1]


def _line(part: str, title: Text, pairs: Iterable[Pair], *, whole: bool = False) -> Line:
    counts = Counter(pair.kind for pair in pairs)
    added, changed, removed = (counts[kind] for kind in KINDS)
    return Line(part, title, added, changed, removed, whole)
