"""Experiments from their design to a decision: what the plan says of each, what its figures say, and what to do.

Statistics are `measurement.experiments`; this module brings plan and facts together. An experiment stands in the plan
(`trials` tells those first), or only in the facts, or is one file (`trial_of`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from gouvernail.base.outcome import Estimate
from gouvernail.bearing.experiment_figures import Look
from gouvernail.bearing.experiment_telling import Telling, arranged, plain
from gouvernail.bearing.trial import Calibration, State, Trial
from gouvernail.measurement.experiments.sample import Kind

if TYPE_CHECKING:
    from gouvernail.plan.model import Experiment, Plan
    from gouvernail.sources.experiment_table import ExperimentTable
    from gouvernail.warehouse.engine import Engine

__all__ = ["Calibration", "Look", "State", "Trial", "trial_of", "trials"]


def trials(
    plan: Plan,
    engine: Engine | None,
    today: date,
    tables: Sequence[ExperimentTable] | None = None,
) -> tuple[Trial, ...]:
    """Return every experiment: those of the plan in its order, then those that only the facts know.

    Args:
        plan: with its `experiments`.
        engine: over the facts; None where nothing was ever imported.
        today: the day by which states are told. Facts are not cut at it.
        tables: the facts, where they are known already.
    """
    if tables is None:
        from gouvernail.sources.experiment_table import tables as ask

        tables = ask(engine) if engine is not None else ()
    currency = plan.organisation.currency
    found, left = [], list(tables)
    for setup in plan.experiments:
        mine = [one for one in left if belongs(setup, one)]
        found.append(trial_of(setup, chosen(setup, mine), today, currency))
        left = [one for one in left if one not in mine]
    return (*found, *(trial_of(None, one, today, currency) for one in left))


def belongs(setup: Experiment, table: ExperimentTable) -> bool:
    """Return whether facts are of an experiment of the plan, letter case and odd spaces aside."""
    names = {plain(name) for name in (setup.source_id, setup.id, setup.title) if name}
    return plain(table.experiment) in names


def chosen(setup: Experiment, tables: Sequence[ExperimentTable]) -> ExperimentTable | None:
    """Return the facts to read: of the metric that the plan names, then those with most subjects."""
    wanted = {plain(name) for name in (setup.measure, setup.metric or "") if name}
    return max(
        tables,
        key=lambda one: (plain(one.metric) in wanted, one.subjects, one.last_day or date.min),
        default=None,
    )


def trial_of(
    setup: Experiment | None,
    table: ExperimentTable | None,
    today: date,
    currency: str = "",
    *,
    kind: Kind | None = None,
    measure: str | None = None,
) -> Trial:
    """Return one experiment from what the plan says of it (None for a bare file) and from its facts (None before any).

    Args:
        setup: options of design, reading and stakes; without it figures are read once, at 95 %.
        table: the facts.
        today: the day by which its state is told.
        currency: of the organisation.
        kind, measure: what is compared, before what the plan says.
    """
    known = arranged(setup, table) if table else None
    told = Telling(setup, known, today, currency, kind, measure)
    outcome, of = (
        told.compared if isinstance(told.compared, tuple) else (kind or Kind.proportion, measure or "")
    )
    return Trial(
        **_planned(setup),
        **_measured(known),
        id=setup.id if setup else known.experiment if known else "",
        name=setup.name if setup else known.experiment if known else "",
        metric=(setup.metric if setup else None) or (known.metric if known else "") or None,
        variants=_names(setup, known),
        outcome=outcome,
        measure=of,
        state=_state(told),
        design=told.design,
        reading=told.reading,
        decisions=told.decisions,
        stakes=told.stakes,
        currency=currency or (known.currency if known else "") or "",
        looks=told.looks,
        planned=told.planned,
        calibration=_calibration(setup, known, told),
    )


def _planned(setup: Experiment | None) -> dict[str, Any]:
    """Return what the plan itself says of an experiment."""
    if setup is None:
        return {
            "action": None, "hypothesis": "", "start": None, "end": None, "in_plan": False, "applied": None,
        }  # fmt: skip
    return {
        "action": setup.action,
        "hypothesis": setup.hypothesis,
        "start": setup.start,
        "end": setup.end,
        "in_plan": True,
        "applied": setup.applied,
        "decision": setup.decision.value if setup.decision else None,
        "winner": setup.winner,
        "decided": setup.decided,
        "result": setup.result,
    }


def _measured(table: ExperimentTable | None) -> dict[str, Any]:
    """Return what the facts themselves say of an experiment."""
    if table is None:
        return {"first_day": None, "last_day": None, "sources": ()}
    return {
        "first_day": table.first_day,
        "last_day": table.last_day,
        "sources": (table.source,),
        "subjects": table.subjects,
        "crossed": table.crossed,
        "kinds": table.kinds,
        "notes": table.notes,
    }


def _names(setup: Experiment | None, table: ExperimentTable | None) -> tuple[str, ...]:
    if table is not None:
        return tuple(one.name for one in table.variants)
    return tuple(setup.variants) if setup else ()


def _state(told: Telling) -> State:
    setup = told.setup
    if setup and setup.applied:
        return State.applied
    if setup and (setup.decision or setup.decided or setup.result.strip()):
        return State.decided
    if told.table is None and (setup is None or setup.start is None or setup.start > told.today):
        return State.planned
    return State.to_decide if told.ended or told.answered else State.running


def _calibration(
    setup: Experiment | None, table: ExperimentTable | None, told: Telling
) -> Calibration | None:
    """Return what a reading says of the action: the effect on all subjects of the leading variant."""
    ahead = told.ahead
    if setup is None or setup.action is None or table is None or ahead is None:
        return None
    each = ahead.absolute
    if not isinstance(each, Estimate):
        return None
    subjects = next(one.counted.subjects for one in table.variants if one.name == ahead.variant)
    days = table.first_day, table.last_day
    return Calibration(setup.action, setup.metric, ahead.variant, *days, subjects, each, each.times(subjects))
