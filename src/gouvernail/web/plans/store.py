"""Reading and writing the plan in the database. Everything that changes a plan goes through `commit`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Window
from django.db.models.functions import RowNumber
from pydantic import BaseModel

from gouvernail.base.errors import UsageError
from gouvernail.base.text import T
from gouvernail.plan.digest import digest_of
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.locations import Locations
from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import order
from gouvernail.web.plans.models import ElementRevision, PlanRevision, Scenario
from gouvernail.web.workspaces.models import Workspace
from gouvernail.web.workspaces.trail import record

WHOLE = ("organisation", "rules", "vocabulary", "plan")
"""What is kept beside the elements, each as one body: section and id are the same word."""
Key = tuple[str, str]
"""Section and element id."""
Bodies = dict[Key, dict[str, Any]]
MANY = 200
"""Beyond so many elements it is quicker to read them all."""


@dataclass(frozen=True)
class Change:
    """What an element becomes; a body of None takes it out. `base` is the revision number the writer had seen."""

    section: str
    element: str
    body: Mapping[str, Any] | None
    base: int | None = None
    place: int | None = None
    """Where it stands within its section; None leaves it where it is, or puts what is new at the end."""


class Conflict(Exception):  # noqa: N818  # a conflict is no error: two people worked
    """Somebody changed the same element since the writer read it. Both versions are here to choose from."""

    def __init__(
        self, section: str, element: str, theirs: ElementRevision, mine: Mapping[str, Any] | None
    ) -> None:
        self.section, self.element, self.theirs, self.mine = section, element, theirs, mine
        super().__init__(f"{section}/{element}")


def latest(
    workspace: Workspace, *, number: int | None = None, scenario: Scenario | None = None
) -> list[ElementRevision]:
    """Return the body of every living element at a revision (the newest when not given), in the plan's order.

    In a scenario, its own bodies lie over those of the plan at the revision that it started from.
    """
    main = _latest(workspace, None, scenario.base if scenario else number)
    over = _latest(workspace, scenario, number) if scenario else []
    found = {(row.section, row.element): row for row in (*main, *over)}
    ranks = {name: i for i, name in enumerate((*WHOLE, *SECTIONS))}
    living = (row for row in found.values() if not row.deleted)
    return sorted(living, key=lambda row: (ranks.get(row.section, 99), row.place, row.pk))


def _latest(workspace: Workspace, scenario: Scenario | None, number: int | None) -> list[ElementRevision]:
    rows = ElementRevision.objects.filter(workspace=workspace, scenario=scenario)
    if number is not None:
        rows = rows.filter(number__lte=number)
    newest = Window(RowNumber(), partition_by=[F("section"), F("element")], order_by=F("number").desc())
    return list(rows.annotate(newest=newest).filter(newest=1))


def head(workspace: Workspace, scenario: Scenario | None = None) -> int:
    """Return the number of the newest revision of the plan (or of the scenario), 0 for none."""
    own = PlanRevision.objects.filter(workspace=workspace, scenario=scenario).aggregate(n=Max("number"))["n"]
    return int(own or (scenario.base if scenario else 0))


def read(workspace: Workspace, *, number: int | None = None, scenario: Scenario | None = None) -> Plan:
    """Return the plan at a revision (the newest when not given). A plan never written is empty."""
    wanted = number if number is not None else head(workspace, scenario)
    return _read(workspace.pk, scenario.pk if scenario else None, wanted)


def forget() -> None:
    """Forget the plans kept in memory: for tests, where a database begins anew and numbers return."""
    _read.cache_clear()


@lru_cache(maxsize=64)
def _read(workspace: int, scenario: int | None, number: int) -> Plan:
    # A revision never changes, so neither does its plan: kept for as long as the process has room.
    rows = latest(
        Workspace(pk=workspace),
        number=number,
        scenario=Scenario.objects.get(pk=scenario) if scenario else None,
    )
    return assemble({(row.section, row.element): row.body for row in rows})


def loaded(
    workspace: Workspace, *, number: int | None = None, scenario: Scenario | None = None
) -> LoadedPlan:
    """Return the plan as `take_bearing` wants it: without places in files, for there are none."""
    plan = read(workspace, number=number, scenario=scenario)
    return LoadedPlan(plan, Locations({}, {}), digest_of(plan))


def assemble(bodies: Mapping[Key, Mapping[str, Any]]) -> Plan:
    """Return the plan that these bodies make.

    Raises:
        pydantic.ValidationError: a body does not fit the model. `commit` never lets one in.
    """
    data: dict[str, Any] = {}
    for (section, element), body in bodies.items():
        if section == "plan":
            data.update(body)
        elif section in WHOLE:
            data[section] = body
        else:
            data.setdefault(section, []).append({"id": element, **body})
    return Plan.model_validate(data)


def bodies_of(plan: Plan) -> Bodies:
    """Return a plan as bodies: what `assemble` makes the same plan of."""
    found: Bodies = {}
    for section in SECTIONS:
        for element in getattr(plan, section):
            body = short(element)
            found[section, body.pop("id")] = body
    for section in ("organisation", "rules"):
        if body := short(getattr(plan, section)):
            found[section, section] = body
    if plan.vocabulary:
        found["vocabulary", "vocabulary"] = dict(plan.vocabulary)
    if plan.revised:
        found["plan", "plan"] = {"revised": plan.revised.isoformat()}
    return found


def short(record_: BaseModel) -> dict[str, Any]:
    """Return a record as JSON without its defaults; decimals are text, so that no digit is lost."""
    found: dict[str, Any] = _without_nul(record_.model_dump(mode="json", exclude_defaults=True))
    return found


def _without_nul(value: Any) -> Any:
    """Drop the character of number 0, which says nothing to anybody and which PostgreSQL cannot keep."""
    match value:
        case str():
            return value.replace("\0", "")
        case Mapping():
            return {_without_nul(key): _without_nul(one) for key, one in value.items()}
        case list() | tuple():
            return [_without_nul(one) for one in value]
        case _:
            return value


def commit(
    workspace: Workspace,
    author: User | None,
    changes: Iterable[Change],
    *,
    note: str = "",
    scenario: Scenario | None = None,
) -> PlanRevision | None:
    """Write changes as one revision; return it, or None where nothing differs.

    Raises:
        Conflict: an element was changed by somebody else since `Change.base`.
        pydantic.ValidationError: the plan would not hold together.
        UsageError: the same element stands twice among the changes.
    """
    changes = [replace(one, body=_without_nul(one.body)) for one in changes]
    if len({(one.section, one.element) for one in changes}) < len(changes):
        raise UsageError(T("The same element was given twice."))
    with transaction.atomic():
        # One writer at a time in an organisation: numbers follow one another without a gap.
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        rows = {(row.section, row.element): row for row in latest(workspace, scenario=scenario)}
        real = [change for change in changes if _differs(rows.get((change.section, change.element)), change)]
        for change in real:
            _guard(workspace, scenario, change)
        if not real:
            return None
        _validate(rows, real)
        return _write(workspace, author, real, rows, note, scenario)


def _differs(row: ElementRevision | None, change: Change) -> bool:
    moved = row is not None and change.place is not None and row.place != change.place
    return (row.body if row else None) != change.body or moved


def _guard(workspace: Workspace, scenario: Scenario | None, change: Change) -> None:
    if change.base is None:
        return
    newest = (
        ElementRevision.objects.filter(
            workspace=workspace, scenario=scenario, section=change.section, element=change.element
        )
        .select_related("revision__author")
        .order_by("-number")
        .first()
    )
    if newest and newest.number > change.base:
        raise Conflict(change.section, change.element, newest, change.body)


def _validate(rows: Mapping[Key, ElementRevision], changes: Iterable[Change]) -> None:
    bodies: dict[Key, Mapping[str, Any]] = {key: row.body for key, row in rows.items()}
    for change in changes:
        key = change.section, change.element
        if change.body is None:
            bodies.pop(key, None)
        else:
            bodies[key] = change.body
    assemble(bodies)


def _write(
    workspace: Workspace,
    author: User | None,
    changes: list[Change],
    rows: Mapping[Key, ElementRevision],
    note: str,
    scenario: Scenario | None,
) -> PlanRevision:
    newest = PlanRevision.objects.filter(workspace=workspace).aggregate(n=Max("number"))["n"] or 0
    revision = PlanRevision.objects.create(
        workspace=workspace, scenario=scenario, number=newest + 1, author=author, note=note[:300]
    )
    last = max((row.place for row in rows.values()), default=0)
    last = max([last, *(change.place for change in changes if change.place is not None)])
    written = []
    for i, change in enumerate(changes, 1):
        row = rows.get((change.section, change.element))
        written.append(
            ElementRevision(
                revision=revision,
                workspace=workspace,
                scenario=scenario,
                number=revision.number,
                section=change.section,
                element=change.element,
                place=_place(change, row, last + i * order.STEP),
                body=dict(change.body) if change.body is not None else {},
                deleted=change.body is None,
            )
        )
    ElementRevision.objects.bulk_create(written, batch_size=500)
    subject = f"{changes[0].section}/{changes[0].element}" if len(changes) == 1 else ""
    record(
        workspace, author, "plan.changed", subject, revision=revision.number, elements=len(changes), note=note
    )
    return revision


def _place(change: Change, row: ElementRevision | None, end: int) -> int:
    if change.place is not None:
        return change.place
    return row.place if row else end


@dataclass(frozen=True)
class Replacement:
    """What importing a whole plan would do: changes, and how many of each kind."""

    changes: tuple[Change, ...]
    added: int = 0
    removed: int = 0
    changed: int = 0
    kept: int = field(default=0)


def replacement(
    workspace: Workspace, plan: Plan, scenario: Scenario | None = None, *, keep: bool = False
) -> Replacement:
    """Return the changes that make the workspace's plan say `plan`, element by element and in its order.

    With `keep`, what `plan` does not name stays.
    """
    rows = {(row.section, row.element): row for row in latest(workspace, scenario=scenario)}
    now: Bodies = {key: row.body for key, row in rows.items()}
    new = bodies_of(plan)
    places = _places(list(new), rows)
    changes = [
        Change(*key, body, place=places[key])
        for key, body in new.items()
        if now.get(key) != body or places[key] != rows[key].place
    ]
    gone = [] if keep else [key for key in now if key not in new]
    return Replacement(
        (*changes, *(Change(*key, None) for key in gone)),
        added=len(new.keys() - now.keys()),
        removed=len(gone),
        changed=sum(1 for key in new.keys() & now.keys() if new[key] != now[key]),
        kept=sum(1 for key in new.keys() & now.keys() if new[key] == now[key]),
    )


def _places(keys: list[Key], rows: Mapping[Key, ElementRevision]) -> dict[Key, int]:
    by_section: dict[str, list[Key]] = {}
    for key in keys:
        by_section.setdefault(key[0], []).append(key)
    found: dict[Key, int] = {}
    for members in by_section.values():
        held = {key: rows[key].place for key in members if key in rows}
        found |= order.places(members, held)
    return found


def bodies_at(
    workspace: Workspace, number: int | None, keys: Iterable[Key], scenario: Scenario | None = None
) -> dict[Key, ElementRevision]:
    """Return the rows of some elements at a revision, those that live; asks for no others."""
    wanted = set(keys)
    found = {
        (row.section, row.element): row for row in _some(workspace, None, _base(number, scenario), wanted)
    }
    if scenario:
        found |= {(row.section, row.element): row for row in _some(workspace, scenario, number, wanted)}
    return {key: row for key, row in found.items() if not row.deleted}


def _base(number: int | None, scenario: Scenario | None) -> int | None:
    return scenario.base if scenario else number


def _some(
    workspace: Workspace, scenario: Scenario | None, number: int | None, keys: set[Key]
) -> Iterable[ElementRevision]:
    rows = ElementRevision.objects.filter(workspace=workspace, scenario=scenario)
    if number is not None:
        rows = rows.filter(number__lte=number)
    if len(keys) <= MANY:
        rows = rows.filter(element__in={element for _, element in keys})
    newest = Window(RowNumber(), partition_by=[F("section"), F("element")], order_by=F("number").desc())
    found = rows.annotate(newest=newest).filter(newest=1)
    return [row for row in found if (row.section, row.element) in keys]


def own(workspace: Workspace, scenario: Scenario) -> list[ElementRevision]:
    """Return the latest row of every element that a scenario changed, those taken out included."""
    return _latest(workspace, scenario, None)
