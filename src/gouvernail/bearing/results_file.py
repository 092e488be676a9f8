"""Experiments of one bare file of results: read as the plan says, or as is said beside the file; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouvernail.base.errors import UsageError
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.bearing.experiment_telling import plain
from gouvernail.bearing.experiments import Trial, belongs, trial_of
from gouvernail.bearing.wanted import Wanted, check_met, question_of, stakes_of, within
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.sample import Kind

if TYPE_CHECKING:
    from gouvernail.plan.model import Experiment, Plan
    from gouvernail.sources.experiment_table import ExperimentTable

MEASURES: Mapping[str, str] = {
    "conversions": "conversions",
    "conversion": "conversions",
    "revenue": "value",
    "value": "value",
    "chiffre d'affaires": "value",
    "valeur": "value",
    "units": "units",
}
"""How people call what the columns of results hold."""
UNSIZED = 0.5
"""Stands for a level that a file's own figures tell."""


@dataclass(frozen=True)
class Terms:
    """How a file is to be read, as far as it is said; the plan's experiment says the rest.

    Attributes:
        metric: `conversions`, `revenue`, or a metric as the file names it; kind: how it is compared.
        method, level, planned, looks, shares: see `Wanted`; `planned` subjects over all arms.
        value, cost, least, horizon_days, horizon_subjects, currency: of the money, see `Wanted`.
    """

    metric: str | None = None
    kind: Kind | None = None
    method: Method | None = None
    level: float | None = None
    planned: float | None = None
    looks: int | None = None
    shares: tuple[float, ...] | None = None
    value: float | None = None
    cost: float | None = None
    least: float | None = None
    horizon_days: int | None = None
    horizon_subjects: float | None = None
    currency: str = ""

    def fields(self) -> dict[str, Any]:
        """Return what is said as fields of the plan's experiment.

        Raises:
            UsageError: a figure is none that there can be.
        """
        self._check()
        told: dict[str, Any] = {
            "reading": self.method.value if self.method else None,
            "confidence": _exact(self.level),
            "subjects": None if self.planned is None else int(self.planned),
            "looks": self.looks,
            "allocation": tuple(str(_exact(share)) for share in self.shares) if self.shares else None,
            "value_of_one": _exact(self.value),
            "cost": _exact(self.cost),
            "least_gain": _exact(self.least),
            "horizon_days": self.horizon_days,
            "horizon_subjects": None if self.horizon_subjects is None else int(self.horizon_subjects),
        }
        return {name: value for name, value in told.items() if value is not None}

    def _check(self) -> None:
        said: dict[str, Any] = {
            "level": self.level,
            "looks": self.looks,
            "shares": self.shares,
            "method": self.method,
            "horizon_days": self.horizon_days,
        }
        if self.value is not None:
            # Where the horizon is not said, the file's own days may tell it.
            met = 1.0 if self.horizon_subjects is None else self.horizon_subjects
            said |= {"value": self.value, "horizon_subjects": met}
        wanted = Wanted(UNSIZED, **{name: value for name, value in said.items() if value is not None})
        question_of(wanted)
        stakes_of(wanted)
        for amount in (self.cost, self.least):
            within(amount or 0.0, 0.0)
        if self.planned is not None and not 2 <= self.planned <= 1e12:
            raise UsageError(T("The subjects planned are a whole number, 2 or more."))
        if self.horizon_subjects is not None:
            check_met(self.horizon_subjects)


@dataclass(frozen=True)
class File:
    """A file of results, and what its own headers do not tell: see `read_experiment`."""

    path: Path
    control: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def read_trials(
    file: File,
    terms: Terms,
    today: date,
    *,
    experiment: str | None = None,
    plan: Plan | None = None,
) -> tuple[Trial, ...]:
    """Return every experiment and metric of a file that is asked for.

    Args:
        file: the file.
        terms: how it is read; before what the plan says.
        today: by which states are told.
        experiment: only this one of the file; where a plan is given, its id there.
        plan: whose experiments say how the file is read.

    Raises:
        SourceError: the file cannot be read, or is none of results.
        UsageError: what is asked for is not there, or a figure is none that there can be.
    """
    from gouvernail.sources.experiment_table import read_experiment

    told = terms.fields()
    setup = _of_plan(plan, experiment) if plan is not None and experiment is not None else None
    tables = read_experiment(file.path, columns=dict(file.columns) or None, control=file.control)
    chosen = _chosen(tables, experiment, setup)
    metric = _metric(chosen, terms)
    trials = [
        _trial(table, setup or _known(plan, table), told, terms, metric, today, plan)
        for table in metric.tables
    ]
    for trial in trials:
        _complete(trial, terms)
    return tuple(trials)


@dataclass(frozen=True)
class _Metric:
    """The tables that tell of what is compared, and of which columns."""

    tables: tuple[ExperimentTable, ...]
    kind: Kind | None
    measure: str | None


def _of_plan(plan: Plan, id: str) -> Experiment:
    found = next((one for one in plan.experiments if one.id == id), None)
    if found is None:
        known = ", ".join(f"“{one.id}”" for one in plan.experiments) or "–"
        raise UsageError(T("The plan has no experiment “{id}”. It has: {known}.", id=id, known=known))
    return found


def _known(plan: Plan | None, table: ExperimentTable) -> Experiment | None:
    return next((one for one in plan.experiments if belongs(one, table)), None) if plan is not None else None


def _chosen(
    tables: Sequence[ExperimentTable], experiment: str | None, setup: Experiment | None
) -> tuple[ExperimentTable, ...]:
    """The experiment asked for: by its name in the file, by its plan, or the only one that there is."""
    if experiment is None:
        return tuple(tables)
    names = list(dict.fromkeys(one.experiment for one in tables))
    mine = tuple(
        one
        for one in tables
        if plain(one.experiment) == plain(experiment) or (setup is not None and belongs(setup, one))
    )
    if not mine and setup is not None and len(names) == 1:
        return tuple(tables)
    if not mine:
        raise UsageError(
            T(
                "The file has no experiment “{name}”. It has: {known}.",
                name=experiment,
                known=", ".join(f"“{one}”" for one in names),
            )
        )
    return mine


def _metric(tables: tuple[ExperimentTable, ...], terms: Terms) -> _Metric:
    """What is compared: a metric as the file names it, or one of its columns."""
    if terms.metric is None:
        return _Metric(tables, terms.kind, None)
    wanted = plain(terms.metric)
    named = tuple(one for one in tables if one.metric and plain(one.metric) == wanted)
    if named:
        return _Metric(named, terms.kind, None)
    measure = MEASURES.get(wanted.replace("’", "'"))
    if measure is None:
        known = [*dict.fromkeys(one.metric for one in tables if one.metric), "conversions", "revenue"]
        raise UsageError(
            T(
                "The file tells nothing of “{metric}”. Name one of: {known}.",
                metric=terms.metric,
                known=", ".join(known),
            )
        )
    kind = terms.kind or (Kind.proportion if measure == "conversions" else Kind.mean)
    return _Metric(tables, kind, measure)


def _trial(
    table: ExperimentTable,
    setup: Experiment | None,
    told: Mapping[str, Any],
    terms: Terms,
    metric: _Metric,
    today: date,
    plan: Plan | None,
) -> Trial:
    currency = terms.currency or table.currency or (plan.organisation.currency if plan is not None else "")

    def asking(experiment: Experiment | None) -> Trial:
        return trial_of(experiment, table, today, currency, kind=metric.kind, measure=metric.measure)

    if setup is not None:
        return asking(_with(setup, told))
    if not told:
        return asking(None)
    # A bare file is over unless a size was planned for it: then it is read once that is there.
    ended = {} if "subjects" in told else {"end": (today - timedelta(days=1)).isoformat()}
    from gouvernail.plan.model import Experiment

    found = asking(Experiment.model_validate({"id": "file", **told, **ended}))
    size = {} if "subjects" in told else {"design": None, "planned": None}
    return replace(
        found,
        id=table.experiment,
        name=table.experiment,
        in_plan=False,
        end=None,
        **size,  # type: ignore[arg-type]
    )


def _with(setup: Experiment, told: Mapping[str, Any]) -> Experiment:
    return type(setup).model_validate({**setup.model_dump(exclude_unset=True), **told})


def _complete(trial: Trial, terms: Terms) -> None:
    """Say what lacks for the money that was asked for, and for agreed looks."""
    if isinstance(trial.reading, Refusal):
        return
    if terms.method is Method.group_sequential and trial.planned is None:
        raise UsageError(T("Agreed looks need the subjects planned over all arms: say how many."))
    if trial.stakes is not None:
        return
    if terms.value is not None:
        raise UsageError(
            T("Say how many subjects would meet the change over the horizon: the file does not tell by day.")
        )
    if terms.cost or terms.least or terms.horizon_subjects:
        raise UsageError(T("Say what one more unit of the metric is worth: without it nothing is money."))


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))
