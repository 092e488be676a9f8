"""What a page looks at: a plan revision or scenario, a period, and the bearing of the two as far as it is there.

A page never waits: `current` orders the bearing in the background and gives what is on the shelf. What was chosen last
(in the address, `?period=2026-09&revision=4&scenario=2`) is remembered in the session.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail.base.errors import PeriodError
from gouvernail.base.periods import Period, last_closed_month, parse_period
from gouvernail.base.text import T, Text
from gouvernail.bearing.model import Bearing
from gouvernail.plan.model import Plan
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.lakes import LakeFacts, facts_of
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.bearings.offer import PeriodGroup, offered
from gouvernail.web.bearings.progress import Progress, progress
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision, Scenario
from gouvernail.web.workspaces.access import MemberRequest
from gouvernail.web.workspaces.models import Workspace


@dataclass(frozen=True)
class Current:
    """What a page looks at. `bearing` is None while none is there; with `older` it is one made of earlier facts or plan."""

    workspace: Workspace
    plan: Plan
    revision: int
    """Number of the plan revision in view, 0 where there is no plan yet."""
    head: int
    """Number of the newest revision of the plan (or of the scenario in view)."""
    scenario: Scenario | None
    scenarios: tuple[Scenario, ...]
    """Scenarios that can be looked at."""
    period: Period
    previous: Period
    periods: tuple[PeriodGroup, ...]
    """Periods on offer: closed months, quarters, years, the whole of the data."""
    today: date
    data: LakeFacts
    record: BearingRecord | None
    bearing: Bearing | None
    older: bool = False
    complaint: Text | None = None
    """What was asked for in the address and cannot be shown."""

    @property
    def has_plan(self) -> bool:
        """Whether anybody wrote a plan."""
        # Facts of the organisation alone (its name, its currency) are no plan yet.
        return next(self.plan.elements(), None) is not None

    @property
    def has_data(self) -> bool:
        """Whether anything was imported."""
        return self.data.imports > 0

    @property
    def under_way(self) -> bool:
        """Whether the bearing asked for is being taken."""
        return self.record is not None and self.record.state in (BearingState.waiting, BearingState.running)

    @property
    def progress(self) -> Progress | None:
        """What to say of the bearing while it is not ready; None where it is, or where none is asked for."""
        return progress(self.record, language()) if self.record else None

    @property
    def stale(self) -> tuple[Text, ...]:
        """Why what is shown is not of today's facts: older figures, data that stop, sources that are late."""
        return (*_older(self), *_stops(self), *_late(self))


def current(request: MemberRequest) -> Current:
    """Return what the page looks at, by the address, then the session; the bearing is ordered where nobody did."""
    workspace = request.workspace
    today, data = shelf.today(workspace), facts_of(workspace)
    kept = request.session.get(_key(workspace), {})
    asked = {name: request.GET.get(name, kept.get(name, "")) for name in ("period", "revision", "scenario")}
    period, complaint = _period(asked["period"], today)
    scenarios = tuple(Scenario.objects.filter(workspace=workspace, dropped=None, merged=None).order_by("pk"))
    scenario = next((one for one in scenarios if str(one.pk) == asked["scenario"]), None)
    head = store.head(workspace, scenario)
    revision = _revision(workspace, asked["revision"], scenario, head)
    _remember(request, kept, complaint, period, asked, revision, scenario)
    record, bearing, older = _from_shelf(workspace, period, revision, scenario, data)
    return Current(
        workspace=workspace,
        plan=shelf.loaded(workspace, revision, scenario).plan,
        revision=revision,
        head=head,
        scenario=scenario,
        scenarios=scenarios,
        period=period,
        previous=period.previous(),
        periods=offered(today, data, period),
        today=today,
        data=data,
        record=record,
        bearing=bearing,
        older=older,
        complaint=complaint,
    )


def _key(workspace: Workspace) -> str:
    return f"view:{workspace.pk}"


def _remember(
    request: MemberRequest,
    kept: dict[str, str],
    complaint: Text | None,
    period: Period,
    asked: dict[str, str],
    revision: int,
    scenario: Scenario | None,
) -> None:
    chosen = {
        # The default moves on with the calendar: only what was asked for is held.
        "period": str(period) if asked["period"] and not complaint else "",
        "revision": str(revision) if asked["revision"] == str(revision) else "",
        "scenario": str(scenario.pk) if scenario else "",
    }
    if {name: value for name, value in chosen.items() if value} != kept:
        request.session[_key(request.workspace)] = {name: value for name, value in chosen.items() if value}


def _period(words: str, today: date) -> tuple[Period, Text | None]:
    if not words:
        return last_closed_month(today), None
    try:
        return parse_period(words), None
    except PeriodError as error:
        return last_closed_month(today), error.message


def _revision(workspace: Workspace, words: str, scenario: Scenario | None, head: int) -> int:
    if not words.isdecimal() or int(words) == head:
        return head
    there = PlanRevision.objects.filter(workspace=workspace, scenario=scenario, number=int(words)).exists()
    return int(words) if there else head


def _from_shelf(
    workspace: Workspace, period: Period, revision: int, scenario: Scenario | None, data: LakeFacts
) -> tuple[BearingRecord | None, Bearing | None, bool]:
    if not revision and not data.imports:
        return None, None, False
    asked = shelf.Question(
        workspace=workspace,
        loaded=shelf.loaded(workspace, revision, scenario),
        data=data.version,
        period=period,
        today=shelf.today(workspace),
        revision=revision,
    )
    record = shelf.order(asked)
    record.workspace = workspace
    bearing = shelf.opened(record)
    if bearing is not None:
        return record, bearing, False
    earlier = shelf.earlier(asked)
    return record, shelf.opened(earlier) if earlier else None, earlier is not None


def _older(here: Current) -> tuple[Text, ...]:
    if not here.older or here.bearing is None:
        return ()
    if here.bearing.made_from.data != here.data.version:
        return (T("These figures were worked out before the last import; newer ones are on their way."),)
    return (T("These figures were worked out before the last change; newer ones are on their way."),)


def _stops(here: Current) -> tuple[Text, ...]:
    last = here.data.last
    if last is None or last >= min(here.period.end, here.today):
        return ()
    return (T("The data stop on {day}, before the end of the period.", day=last),)


def _late(here: Current) -> tuple[Text, ...]:
    late = []
    for one in here.plan.sources:
        last = here.data.last_by_source.get(one.source or "")
        if last and one.refreshed and (here.today - last).days > one.refreshed.days:
            late.append(T("{source} is late: its last day is {day}.", source=one.name, day=last))
    return tuple(late)
