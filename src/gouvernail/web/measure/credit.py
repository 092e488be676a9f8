"""Credit by model and the paths behind it, as a question of the shelf."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import parse_period
from gouvernail.bearing.attributed import Attributed
from gouvernail.bearing.journeys import Journeying
from gouvernail.measurement.attribution.stream import Level
from gouvernail.web.bearings import shelf as bearings
from gouvernail.web.measure import shelf
from gouvernail.web.measure.models import AnswerRecord


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


def order(asked: bearings.Question, chosen: Chosen) -> AnswerRecord:
    """Return the record of a question about credit; where nobody asked before, order it."""
    return shelf.order(asked, "credit", asdict(chosen))


def look(made: AnswerRecord) -> Answer | None:
    """Return the answer of a record about credit, None where it is not ready."""
    found: Answer | None = shelf.look(made)
    return found


def work(made: AnswerRecord) -> Answer:
    """Work out the credit that a record asks for."""
    from gouvernail.bearing.attributed import Question, ask, asked_of
    from gouvernail.bearing.journeys import journeying
    from gouvernail.measurement.attribution.batches import Window
    from gouvernail.measurement.attribution.waits import waits
    from gouvernail.warehouse.engine import engine_of

    chosen = Chosen(**made.options)
    plan = bearings.loaded_of(made.workspace, made.revision).plan
    pinned = bearings.pinned(made.workspace, made.data)
    window = Window(float(chosen.days), restart=chosen.restart)
    question = Question(parse_period(made.period), chosen.level, window, intervals=True)
    found = ask(plan, pinned, question)
    if isinstance(found, Refusal) or pinned is None:
        return Answer(found)
    waited = waits(engine_of(pinned), asked_of(plan, question))
    return Answer(found.without_paths(), journeying(found, waited))
