"""Bearings on the shelf: ask for one, and it is there, or it is being taken.

A bearing is kept by what it is made from: what the plan says, the data version, the period, the day and the code. In a
process the last ones stay in memory; between processes they stand in the database. Whoever asks first orders the work.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone

from gouvernail import __version__
from gouvernail.base.periods import Period, last_closed_month, parse_period
from gouvernail.bearing.model import Bearing
from gouvernail.plan.load import LoadedPlan
from gouvernail.warehouse.lake import Lake
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.plans import store
from gouvernail.web.plans.models import Scenario
from gouvernail.web.workspaces.models import Workspace


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
    return workspace.today or datetime.now(ZoneInfo(workspace.time_zone)).date()


def lake(workspace: Workspace) -> Lake | None:
    """Return the organisation's lake, None where nothing was ever imported."""
    return Lake.open(workspace.lake_path) if workspace.lake_path.exists() else None


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
    there = lake(workspace)
    return Question(
        workspace=workspace,
        loaded=store.loaded(workspace, number=number, scenario=scenario),
        data=there.version() if there else "",
        period=parse_period(period) if period else last_closed_month(day),
        today=day,
        revision=number if number is not None else store.head(workspace, scenario),
    )


def look(asked: Question) -> Bearing | None:
    """Return the bearing if it is ready; never takes one."""
    found = _record(asked)
    return _opened(found.pk) if found and found.state == BearingState.ready else None


def order(asked: Question) -> BearingRecord:
    """Return the record of the bearing; where nobody asked before (or it failed), order the work in the background."""
    from gouvernail.web.bearings.tasks import take

    made, fresh = BearingRecord.objects.get_or_create(**_key(asked), defaults={"revision": asked.revision})
    if fresh or made.state in (BearingState.failed, BearingState.cancelled):
        made.state, made.progress, made.message = BearingState.waiting, 0, None
        made.task = str(take.enqueue(made.pk, str(asked.period), asked.revision).id)
        made.save()
    return made


def put(made: BearingRecord, bearing: Bearing) -> None:
    """Keep a bearing that was taken."""
    made.body = zlib.compress(pickle.dumps(bearing), 6)
    made.state, made.progress, made.finished = BearingState.ready, 1, timezone.now()
    made.save()


def _key(asked: Question) -> dict[str, object]:
    return {
        "workspace": asked.workspace,
        "digest": asked.loaded.digest,
        "data": asked.data,
        "period": str(asked.period),
        "today": asked.today,
        "code": __version__,
    }


def _record(asked: Question) -> BearingRecord | None:
    return BearingRecord.objects.defer("body").filter(**_key(asked)).first()


def forget() -> None:
    """Forget the bearings kept in memory: for tests, where numbers return."""
    _opened.cache_clear()


@lru_cache(maxsize=32)
def _opened(pk: int) -> Bearing:
    # Only `put` writes this column, and only with what this program made: nothing of a user's is unpickled.
    body = BearingRecord.objects.values_list("body", flat=True).get(pk=pk)
    found: Bearing = pickle.loads(zlib.decompress(bytes(body or b"")))  # noqa: S301
    return found
