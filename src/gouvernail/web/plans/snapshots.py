"""The plan of a revision, kept in memory: a revision never changes, and the next differs from it in little.

Whoever asks for a revision after one that was read already gets that plan with what was written since: reading ten thousand
elements anew for each change would take seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.web.plans import rows
from gouvernail.web.plans.assembly import WHOLE, Key, assemble
from gouvernail.web.plans.models import ElementRevision, Scenario
from gouvernail.web.workspaces.models import Workspace

KEPT = 64
_Branch = tuple[int, int | None]


@dataclass(frozen=True)
class Snapshot:
    """A plan at a revision, and where each of its elements stands: (place, number of its row)."""

    number: int
    plan: Plan
    places: Mapping[Key, tuple[int, int]]

    def places_in(self, section: str) -> dict[str, int]:
        """Return id → place of the elements of a section, in their order."""
        return {one.id: self.places[section, one.id][0] for one in getattr(self.plan, section)}


_newest: dict[_Branch, Snapshot] = {}
_others: list[Callable[[], None]] = []
_lock = Lock()


def snapshot(workspace: Workspace, number: int, scenario: Scenario | None = None) -> Snapshot:
    """Return the plan of a revision with the places of its elements."""
    return _kept(workspace.pk, scenario.pk if scenario else None, number)


def forget() -> None:
    """Forget the plans kept in memory: for tests, where a database begins anew and numbers return."""
    _kept.cache_clear()
    _newest.clear()
    for clear in _others:
        clear()


def forgetting(clear: Callable[[], None]) -> None:
    """Have `clear` called when the plans are forgotten: for what else is kept by numbers of revisions."""
    _others.append(clear)


@lru_cache(maxsize=KEPT)
def _kept(workspace: int, scenario: int | None, number: int) -> Snapshot:
    branch = workspace, scenario
    found = _read(Workspace(pk=workspace), scenario, number, _newest.get(branch))
    if not rows.reached(Workspace(pk=workspace), number):
        return found
    with _lock:
        if branch not in _newest or _newest[branch].number < number:
            _newest[branch] = found
            while len(_newest) > KEPT:
                del _newest[next(iter(_newest))]
    return found


def _read(workspace: Workspace, scenario: int | None, number: int, before: Snapshot | None) -> Snapshot:
    branch = Scenario.objects.get(pk=scenario) if scenario else None
    if before is not None and before.number < number:
        written = rows.since(workspace, branch, before.number, number)
        if written is not None:
            return _after(before, number, written)
    found = rows.latest(workspace, number=number, scenario=branch)
    plan = assemble({(row.section, row.element): row.body for row in found})
    return Snapshot(number, plan, {(row.section, row.element): (row.place, row.pk) for row in found})


def _after(before: Snapshot, number: int, written: Iterable[ElementRevision]) -> Snapshot:
    last = {(row.section, row.element): row for row in written}
    places = dict(before.places)
    for key, row in last.items():
        places.pop(key, None)
        if not row.deleted:
            places[key] = row.place, row.pk
    changed: dict[str, Any] = {}
    for section in {section for section, _ in last}:
        mine = {id: row for (name, id), row in last.items() if name == section}
        if section in WHOLE:
            changed |= _whole(section, mine[section]) if section in mine else {}
        else:
            changed[section] = _section(before.plan, section, mine, places)
    plan = before.plan.model_copy(update=changed)
    # `by_id` is kept in the instance's dictionary: the copy must reckon its own.
    plan.__dict__.pop("by_id", None)
    return Snapshot(number, plan, places)


def _whole(section: str, row: ElementRevision) -> dict[str, Any]:
    """What a body that is no element says, as fields of the plan."""
    made = assemble({} if row.deleted else {(section, section): row.body})
    names = ("revised",) if section == "plan" else (section,)
    return {name: getattr(made, name) for name in names}


def _section(
    plan: Plan, section: str, written: Mapping[str, ElementRevision], places: Mapping[Key, tuple[int, int]]
) -> tuple[Any, ...]:
    model = SECTIONS[section]
    found = {one.id: one for one in getattr(plan, section) if one.id not in written}
    for id, row in written.items():
        if not row.deleted:
            found[id] = model.model_validate({"id": id, **row.body})
    return tuple(found[id] for id in sorted(found, key=lambda id: places[section, id]))
