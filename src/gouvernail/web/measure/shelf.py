"""Answers about credit on the shelf: ask for one, and it is there, or it is being worked out in the background."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.db.models import F
from django.utils import timezone

from gouvernail.base.outcome import Refusal
from gouvernail.bearing.attributed import Attributed
from gouvernail.bearing.journeys import Journeying
from gouvernail.measurement.attribution.stream import Level
from gouvernail.web.bearings import shelf as bearings
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.current import Current
from gouvernail.web.bearings.models import BearingState
from gouvernail.web.measure.models import CreditRecord

KEPT = 60
"""Answers kept for one organisation; beyond, the one that nobody read for longest goes."""
PATIENCE = timedelta(minutes=10)
"""After which an order without an answer is given again."""


@dataclass(frozen=True)
class Chosen:
    """What the reader chose."""

    level: Level = "channel"
    days: int = 90
    restart: bool = True


@dataclass(frozen=True)
class Answer:
    """Credit by model and the paths behind it, or why there is none."""

    credit: Attributed | Refusal
    journeys: Journeying | None = None


def asked_of(here: Current) -> bearings.Question:
    """Return what a page looks at, as a question."""
    loaded = bearings.loaded(here.workspace, here.revision, here.scenario)
    return bearings.Question(
        here.workspace, loaded, here.data.version, here.period, here.today, here.revision
    )


def order(asked: bearings.Question, chosen: Chosen) -> CreditRecord:
    """Return the record of a question; where nobody asked before, or the work was lost, order it."""
    made, fresh = CreditRecord.objects.defer("body").get_or_create(
        workspace=asked.workspace,
        digest=asked.loaded.digest,
        data=asked.data,
        period=str(asked.period),
        level=chosen.level,
        days=chosen.days,
        restart=chosen.restart,
        code=code_version(),
        defaults={"revision": asked.revision},
    )
    lost = (
        made.state in (BearingState.waiting, BearingState.running) and timezone.now() - made.asked > PATIENCE
    )
    return _enqueue(made) if fresh or lost else made


def look(made: CreditRecord) -> Answer | None:
    """Return the answer of a record, None where it is not ready."""
    return _opened(made.pk) if made.state == BearingState.ready else None


def put(made: CreditRecord, answer: Answer) -> None:
    """Keep an answer; make room."""
    made.body, made.state, made.used = (
        zlib.compress(pickle.dumps(answer), 6),
        BearingState.ready,
        timezone.now(),
    )
    made.save(update_fields=["body", "state", "used"])
    mine = CreditRecord.objects.filter(workspace=made.workspace).order_by(
        F("used").desc(nulls_last=True), "-pk"
    )
    CreditRecord.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[KEPT:])).delete()


def forget() -> None:
    """Forget what is kept in memory: for tests, where numbers return."""
    _opened.cache_clear()


@lru_cache(maxsize=16)
def _opened(pk: int) -> Answer:
    # Once a process: a write on every reading would make all kept pages of the organisation anew.
    body = CreditRecord.objects.values_list("body", flat=True).get(pk=pk)
    CreditRecord.objects.filter(pk=pk).update(used=timezone.now())
    # Only `put` writes this column, and only with what this program made: nothing of a user's is unpickled.
    found: Answer = pickle.loads(zlib.decompress(bytes(body or b"")))  # noqa: S301
    return found


def _enqueue(made: CreditRecord) -> CreditRecord:
    # Imported here: the task imports the shelf.
    from gouvernail.web.measure.tasks import work_out

    CreditRecord.objects.filter(pk=made.pk).update(state=BearingState.waiting, asked=timezone.now())
    ordered = work_out.enqueue(made.pk)
    CreditRecord.objects.filter(pk=made.pk).update(task=str(ordered.id))
    # Where tasks are done at once (tests), it is ready already.
    return CreditRecord.objects.defer("body").get(pk=made.pk)
