"""The list of experiments: by state, each with what it says in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text
from gouvernail.bearing.experiments import State, Trial, trial_of
from gouvernail.plan.model import Experiment
from gouvernail.report.experiment_arms import Told
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.links import Links, Ref
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure.experiments_places import page_of
from gouvernail.web.measure.experiments_telling import STATES, Saying, Sign, leading_decision
from gouvernail.web.plans.saying import unit_of

COLUMNS = (
    T("Experiment"),
    T("Id"),
    T("State"),
    T("Action"),
    T("First day"),
    T("Last day"),
    T("People"),
    T("Variant"),
    T("Effect, of the control"),
    T("At least"),
    T("At most"),
    T("Money over the horizon"),
    T("At least"),
    T("At most"),
    T("Currency"),
    T("What it says"),
)


@dataclass(frozen=True)
class TrialRow:
    """One line of the list."""

    trial: Trial
    url: str
    said: tuple[Text, ...]
    action: Ref | None
    money: Told | None
    days: Text | date | None
    sign: Sign


@dataclass(frozen=True)
class Group:
    """The experiments of one state; `rows` are those shown."""

    state: State
    sign: Sign
    count: int
    rows: tuple[TrialRow, ...]


def every(here: Current) -> tuple[Trial, ...]:
    """Return the experiments in view: of the bearing, brought up to what the plan says now."""
    measured = here.bearing.trials if here.bearing else ()
    if not here.older and here.bearing is not None:
        return measured
    known = {one.id: one for one in measured if one.in_plan}
    planned = [_now(one, known.get(one.id), here) for one in here.plan.experiments]
    return (*planned, *(one for one in measured if not one.in_plan))


def _now(setup: Experiment, measured: Trial | None, here: Current) -> Trial:
    """Return an experiment as the plan has it now, with the figures of the bearing before."""
    fresh = trial_of(setup, None, here.today, here.plan.organisation.currency)
    if measured is None:
        return fresh
    state = fresh.state
    if state in (State.planned, State.running, State.to_decide):
        over = measured.state in (State.decided, State.applied)
        state = State.to_decide if over else measured.state
    planned = (
        "name",
        "action",
        "hypothesis",
        "start",
        "end",
        "applied",
        "decision",
        "winner",
        "decided",
        "result",
    )
    return replace(measured, state=state, **{name: getattr(fresh, name) for name in planned})


def tried(here: Current, action: str, links: Links) -> tuple[TrialRow, ...]:
    """Return the experiments that test an action."""
    return tuple(row(one, here, links) for one in every(here) if one.action == action)


def groups(trials: Iterable[Trial], here: Current, links: Links, most: int) -> tuple[Group, ...]:
    """Return the experiments by state, those first that wait for somebody; `most` of each."""
    found = list(trials)
    told = []
    for state, sign in STATES.items():
        of_state = [one for one in found if one.state is state]
        if of_state:
            rows = tuple(row(one, here, links) for one in of_state[:most])
            told.append(Group(state, sign, len(of_state), rows))
    return tuple(told)


def row(one: Trial, here: Current, links: Links) -> TrialRow:
    """Return one line of the list."""
    saying = saying_of(one, here)
    return TrialRow(
        trial=one,
        url=page_of(links.slug, one.id),
        said=saying.sentences(),
        action=links.element(one.action) if one.action else None,
        money=saying.gain(leading_decision(one)),
        days=days(one),
        sign=saying.state(),
    )


def saying_of(one: Trial, here: Current) -> Saying:
    """Return the words of an experiment, in the unit of its metric."""
    waiting = one.reading is None and here.has_data and (here.bearing is None or here.older)
    own = any(metric.id == one.metric for metric in here.plan.metrics)
    return Saying(one, unit_of(here.plan, one.metric) if own else None, waiting)


def days(one: Trial) -> Text | date | None:
    """Return from when to when it runs: of the plan, else of the facts."""
    first, last = one.start or one.first_day, one.end or one.last_day
    if first and last:
        return T("{start} to {end}", start=first, end=last)
    return first or last


def cells(one: Trial, here: Current) -> tuple[Any, ...]:
    """Return one experiment as a row for spreadsheets."""
    saying, ahead, leading = saying_of(one, here), one.comparison, leading_decision(one)
    effect = ahead.relative if ahead else None
    money = leading.money if leading else None
    return (
        one.name, one.id, STATES[one.state].words, one.action, one.start or one.first_day,
        one.end or one.last_day, one.subjects, ahead.variant if ahead else None, *three(effect), *three(money),
        one.currency, T("{all}", all=" ".join(said.render(language()) for said in saying.sentences())),
    )  # fmt: skip


def three(found: Any) -> tuple[float | None, float | None, float | None]:
    """Return an estimate and the ends of its interval; nothing for a refusal."""
    return (found.value, found.low, found.high) if isinstance(found, Estimate) else (None, None, None)
