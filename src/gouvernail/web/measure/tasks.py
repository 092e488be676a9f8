"""Working out credit by model in the background."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from django_tasks import task

from gouvernail.base.errors import GouvernailError
from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import parse_period
from gouvernail.base.text import Text
from gouvernail.measurement.attribution.stream import Level
from gouvernail.web.bearings.models import BearingState
from gouvernail.web.bearings.tasks import BROKEN
from gouvernail.web.measure.models import CreditRecord

if TYPE_CHECKING:
    from gouvernail.web.measure.shelf import Answer

log = logging.getLogger(__name__)


@task()
def work_out(pk: int) -> None:
    """Work out one record, keep the answer, or keep why there is none."""
    from gouvernail.web.measure import shelf

    CreditRecord.objects.filter(pk=pk).update(state=BearingState.running)
    made = CreditRecord.objects.select_related("workspace").defer("body").filter(pk=pk).first()
    if made is None:
        return
    try:
        answer = _answer(made)
    except GouvernailError as error:
        _failed(made, error.message)
    except Exception:
        log.exception("credit %s failed", pk)
        _failed(made, BROKEN)
    else:
        shelf.put(made, answer)


def _answer(made: CreditRecord) -> Answer:
    from gouvernail.bearing.attributed import Question, ask, asked_of
    from gouvernail.bearing.journeys import journeying
    from gouvernail.measurement.attribution.journeys import Window
    from gouvernail.measurement.attribution.waits import waits
    from gouvernail.warehouse.engine import engine_of
    from gouvernail.web.bearings import shelf as bearings
    from gouvernail.web.measure import shelf

    workspace = made.workspace
    scenario = bearings.scenario_of(workspace, made.revision)
    plan = bearings.loaded(workspace, made.revision, scenario).plan
    lake = bearings.lake(workspace)
    pinned = lake.at(made.data) if lake and made.data else None
    window = Window(float(made.days), restart=made.restart)
    question = Question(parse_period(made.period), cast("Level", made.level), window, intervals=True)
    found = ask(plan, pinned, question)
    if isinstance(found, Refusal) or pinned is None:
        return shelf.Answer(found)
    waited = waits(engine_of(pinned), asked_of(plan, question))
    return shelf.Answer(found.without_paths(), journeying(found, waited))


def _failed(made: CreditRecord, message: Text) -> None:
    said = {language: message.render(language) for language in ("en", "fr")}
    CreditRecord.objects.filter(pk=made.pk).update(state=BearingState.failed, message=said)
