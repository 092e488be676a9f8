"""Experiments within a bearing: asked once, only where there are any; and what they are evidence of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from gouvernail.base.outcome import Estimate
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import ActionStatus

if TYPE_CHECKING:
    from gouvernail.bearing.trial import Trial


def tested(measures: Measures, today: date) -> tuple[Trial, ...]:
    """Return the experiments of the plan, then those that only the facts know; nothing is loaded where there are none."""
    engine = measures.engine
    facts = engine is not None and not engine.is_empty("experiments")
    if not measures.plan.experiments and not facts:
        return ()
    from gouvernail.bearing.experiments import trials

    return trials(measures.plan, engine if facts else None, today)


def with_effects(actions: Iterable[ActionStatus], trials: Sequence[Trial]) -> tuple[ActionStatus, ...]:
    """Return the actions, each with what the last experiment on it has shown."""
    shown: dict[str, tuple[Estimate, str]] = {}
    for trial in sorted(trials, key=lambda one: one.last_day or date.min):
        effect = trial.effect
        if trial.action and effect is not None:
            shown[trial.action] = (effect, trial.id)
    return tuple(
        replace(one, effect=shown[one.id][0], experiment=shown[one.id][1]) if one.id in shown else one
        for one in actions
    )
