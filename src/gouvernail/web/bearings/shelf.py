"""Bearings on the shelf: ask for one, and it is there, or it is being taken.

A bearing is kept by what it is made from: what the plan says, the data version, the period, the day and the code. In a
process the last ones stay in memory; between processes they stand in the database. Whoever asks first orders the work;
what failed or was cancelled is ordered again only when somebody says so.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Avg, F, QuerySet
from django.utils import timezone

from gouvernail.base.periods import Period, last_closed_month, parse_period
from gouvernail.bearing.model import Bearing
from gouvernail.plan.load import LoadedPlan
from gouvernail.warehouse.lake import Lake
from gouvernail.web.background import cancel as calling_off
from gouvernail.web.bearings import pulse
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.lakes import facts_of
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision, Scenario
from gouvernail.web.workspaces.models import Workspace

KEPT = 120
"""Bearings kept for one organisation; beyond, the one that nobody read for longest goes."""
PATIENCE = timedelta(seconds=45)
"""How long an order may lie without a sign of life before it is offered again."""


@dataclass(frozen=True)
class Question:
    """What a bearing is asked of."""

    workspace: Workspace
    loaded: LoadedPlan
    data: str
    period: Period
    today: date
    revision: int


def today(workspace: Workspace) -> date:
    """Return the organisation's day: the one its demonstration stands on, else the current one in its time zone."""
    return workspace.day


def lake(workspace: Workspace) -> Lake | None:
    """Return the organisation's lake, None where nothing was ever imported."""
    return Lake.open(workspace.lake_path) if workspace.lake_path.exists() else None


def pinned(workspace: Workspace, data: str) -> Lake | None:
    """Return the lake as it was at a data version, whatever was imported since; None where there was nothing."""
    found = lake(workspace)
    return found.at(data) if found and data else None


def question(
    workspace: Workspace,
    period: str | None = None,
    *,
    number: int | None = None,
    scenario: Scenario | None = None,
) -> Question:
    """Return what to ask: the newest revision and the last closed month where not said.

    Raises:
        PeriodError: the period cannot be understood.
    """
    day = today(workspace)
    revision = number if number is not None else store.head(workspace, scenario)
    return Question(
        workspace=workspace,
        loaded=loaded(workspace, revision, scenario),
        data=facts_of(workspace).version,
        period=parse_period(period) if period else last_closed_month(day),
        today=day,
        revision=revision,
    )


def loaded(workspace: Workspace, number: int, scenario: Scenario | None = None) -> LoadedPlan:
    """Return the plan of a revision with its digest, kept in memory: a revision never changes."""
    return _loaded(workspace.pk, number, scenario.pk if scenario else None)


def loaded_of(workspace: Workspace, number: int) -> LoadedPlan:
    """Return the plan of a revision as `loaded` does, of whichever branch the revision belongs to."""
    return loaded(workspace, number, _scenario_of(workspace, number))


def loaded_by(workspace: int, number: int, scenario: int | None) -> LoadedPlan:
    """Return the plan of a revision as `loaded` does, by numbers alone: for what is kept by them."""
    return _loaded(workspace, number, scenario)


def look(asked: Question) -> Bearing | None:
    """Return the bearing if it is ready; never takes one."""
    found = record_of(asked)
    return opened(found) if found else None


def opened(made: BearingRecord) -> Bearing | None:
    """Return the bearing of a record, None where it is not ready."""
    return _opened(made.pk) if made.state == BearingState.ready else None


def record_of(asked: Question) -> BearingRecord | None:
    """Return the record of the question, None where nobody asked."""
    return BearingRecord.objects.defer("body").filter(**_key(asked)).first()


def earlier(asked: Question) -> BearingRecord | None:
    """Return the newest ready bearing of the same period, made of earlier facts, an earlier plan or another day."""
    same = BearingRecord.objects.defer("body").filter(
        workspace=asked.workspace, period=str(asked.period), state=BearingState.ready, code=code_version()
    )
    # The same plan first: figures of other facts mislead less than those of another plan.
    return min(
        same.order_by("-finished")[:20], key=lambda one: one.digest != asked.loaded.digest, default=None
    )


def order(asked: Question, *, again: bool = False) -> BearingRecord:
    """Return the record of the bearing; where nobody asked before, order the work in the background.

    With `again`, what failed, was cancelled or lost its worker is ordered anew.
    """
    made = record_of(asked)
    if made is None:
        made, fresh = BearingRecord.objects.get_or_create(
            **_key(asked), defaults={"revision": asked.revision}
        )
        return _enqueue(made, str(asked.period)) if fresh else made
    return retry(made) if again else made


def retry(made: BearingRecord) -> BearingRecord:
    """Order a bearing anew that failed, was cancelled or lost its worker; any other is left alone."""
    if not (made.state in (BearingState.failed, BearingState.cancelled) or stalled(made)):
        return made
    BearingRecord.objects.filter(pk=made.pk).update(
        state=BearingState.waiting, progress=0, message=None, asked=timezone.now(), started=None, task=""
    )
    return _enqueue(made, made.period)


def cancel(made: BearingRecord) -> bool:
    """Give up a bearing that is waiting or being taken; what its worker still finds is dropped. True if there was one."""
    under_way = BearingRecord.objects.filter(
        pk=made.pk, state__in=(BearingState.waiting, BearingState.running)
    )
    if not under_way.update(state=BearingState.cancelled, finished=timezone.now()):
        return False
    calling_off.cancel(made.task)
    return True


def stalled(made: BearingRecord) -> bool:
    """Return whether nobody seems to work on a bearing any more: its worker died, or none ever took it up."""
    if made.state == BearingState.running:
        seen = pulse.last(made.workspace, made.pk) or made.started
        return seen is None or timezone.now() - seen > PATIENCE
    return made.state == BearingState.waiting and timezone.now() - made.asked > PATIENCE


def pace(workspace: Workspace) -> float | None:
    """Return the seconds that a bearing of this organisation usually takes, None where none was taken yet."""
    found = (
        BearingRecord.objects.filter(workspace=workspace, state=BearingState.ready, started__isnull=False)
        .annotate(took=F("finished") - F("started"))
        .aggregate(mean=Avg("took"))["mean"]
    )
    return found.total_seconds() if found else None


def put(made: BearingRecord, bearing: Bearing) -> None:
    """Keep a bearing that was taken, unless it was cancelled meanwhile; make room."""
    kept = BearingRecord.objects.filter(pk=made.pk).exclude(state=BearingState.cancelled)
    kept.update(
        body=packed(bearing),
        state=BearingState.ready,
        message=None,
        progress=1,
        finished=timezone.now(),
        used=timezone.now(),
    )
    made.refresh_from_db(fields=["state", "progress", "finished"])
    make_room(BearingRecord.objects.filter(workspace=made.workspace_id), KEPT)


def make_room(records: QuerySet[Any], most: int) -> None:
    """Take away records that nobody read for longest, but for the `most` read last."""
    last_read_first = records.order_by(F("used").desc(nulls_last=True), "-pk")
    gone = list(last_read_first.values_list("pk", flat=True)[most:])
    records.model.objects.filter(pk__in=gone).delete()


def _enqueue(made: BearingRecord, period: str) -> BearingRecord:
    # Imported here: the task imports the shelf.
    from gouvernail.web.bearings.tasks import take

    ordered = take.enqueue(made.pk, period, made.revision)
    BearingRecord.objects.filter(pk=made.pk).update(task=str(ordered.id))
    # Where tasks are done at once (tests), it is ready already.
    return BearingRecord.objects.defer("body").get(pk=made.pk)


def _key(asked: Question) -> dict[str, object]:
    return {
        "workspace": asked.workspace,
        "digest": asked.loaded.digest,
        "data": asked.data,
        "period": str(asked.period),
        "today": asked.today,
        "code": code_version(),
    }


def forget() -> None:
    """Forget what is kept in memory: for tests, where numbers return."""
    _opened.cache_clear()
    _loaded.cache_clear()


def _scenario_of(workspace: Workspace, revision: int) -> Scenario | None:
    found = PlanRevision.objects.select_related("scenario").filter(workspace=workspace, number=revision)
    return next((one.scenario for one in found), None)


@lru_cache(maxsize=64)
def _loaded(workspace: int, number: int, scenario: int | None) -> LoadedPlan:
    branch = Scenario.objects.get(pk=scenario) if scenario else None
    return store.loaded(Workspace(pk=workspace), number=number, scenario=branch)


@lru_cache(maxsize=32)
def _opened(pk: int) -> Bearing:
    body = BearingRecord.objects.values_list("body", flat=True).get(pk=pk)
    BearingRecord.objects.filter(pk=pk).update(used=timezone.now())
    found: Bearing = unpacked(body)
    return found


def packed(answer: object) -> bytes:
    """Return a bearing, or whatever else was worked out, as the body of a record."""
    return zlib.compress(pickle.dumps(answer), 6)


def unpacked(body: bytes | memoryview | None) -> Any:
    """Return what a record's body holds (`packed`)."""
    # Only the shelves write these columns, and only with what this program made: nothing of a user's is unpickled.
    return pickle.loads(zlib.decompress(bytes(body or b"")))  # noqa: S301
