"""Answers on the shelf: ask for one, and it is there, or it is being worked out in the background.

As with bearings, but of any kind of question: `tasks.WORKS` names them. What failed is asked again when somebody says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone

from gouvernail.web.bearings import shelf as bearings
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.current import Current
from gouvernail.web.bearings.models import BearingState
from gouvernail.web.measure.models import AnswerRecord

KEPT = 60
"""Answers kept for one organisation; beyond, the one that nobody read for longest goes."""
PATIENCE = timedelta(minutes=10)
"""After which an order without an answer is given again."""


def asked_of(here: Current) -> bearings.Question:
    """Return what a page looks at, as a question."""
    loaded = bearings.loaded(here.workspace, here.revision, here.scenario)
    return bearings.Question(
        here.workspace, loaded, here.data.version, here.period, here.today, here.revision
    )


def order(asked: bearings.Question, kind: str, options: Mapping[str, Any]) -> AnswerRecord:
    """Return the record of a question; where nobody asked before, or the work was lost, order it.

    Args:
        asked: the plan, the facts and the period.
        kind: what is asked of them (`tasks.WORKS`).
        options: of that kind; JSON.
    """
    made, fresh = AnswerRecord.objects.defer("body").get_or_create(
        workspace=asked.workspace,
        key=_key(asked, kind, options),
        defaults={
            "kind": kind,
            "options": dict(options),
            "data": asked.data,
            "period": str(asked.period),
            "revision": asked.revision,
        },
    )
    lost = (
        made.state in (BearingState.waiting, BearingState.running) and timezone.now() - made.asked > PATIENCE
    )
    return _enqueue(made) if fresh or lost else made


def again(made: AnswerRecord) -> AnswerRecord:
    """Order an answer anew that failed; any other is left alone."""
    return _enqueue(made) if made.state == BearingState.failed else made


def look(made: AnswerRecord) -> Any | None:
    """Return the answer of a record, None where it is not ready."""
    return _opened(made.pk) if made.state == BearingState.ready else None


def put(made: AnswerRecord, answer: object) -> None:
    """Keep an answer; make room."""
    made.body, made.state, made.used = bearings.packed(answer), BearingState.ready, timezone.now()
    made.save(update_fields=["body", "state", "used"])
    bearings.make_room(AnswerRecord.objects.filter(workspace=made.workspace), KEPT)


def forget() -> None:
    """Forget what is kept in memory: for tests, where numbers return."""
    _opened.cache_clear()


@lru_cache(maxsize=16)
def _opened(pk: int) -> Any:
    # Once a process: a write on every reading would make all kept pages of the organisation anew.
    body = AnswerRecord.objects.values_list("body", flat=True).get(pk=pk)
    AnswerRecord.objects.filter(pk=pk).update(used=timezone.now())
    return bearings.unpacked(body)


def _key(asked: bearings.Question, kind: str, options: Mapping[str, Any]) -> str:
    # What the plan says, and not its revision: a revision that changes nothing asks nothing new.
    whole = [kind, options, asked.loaded.digest, asked.data, str(asked.period), code_version()]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _enqueue(made: AnswerRecord) -> AnswerRecord:
    # Imported here: the task imports the shelf.
    from gouvernail.web.measure.tasks import work_out

    mine = AnswerRecord.objects.filter(pk=made.pk)
    mine.update(state=BearingState.waiting, asked=timezone.now(), message=None, task="")
    ordered = work_out.enqueue(made.pk)
    mine.update(task=str(ordered.id))
    # Where tasks are done at once (tests), it is ready already.
    return AnswerRecord.objects.defer("body").get(pk=made.pk)
