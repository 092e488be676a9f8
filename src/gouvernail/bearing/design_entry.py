"""A design as an experiment of the plan: what was decided before the first subject is kept where it is read later."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from gouvernail.base.errors import UsageError
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.bearing.designed import Designed
from gouvernail.measurement.experiments.plan import Method
from gouvernail.measurement.experiments.sample import Kind
from gouvernail.plan.dump import dump_plan
from gouvernail.plan.model import Plan

_DIGITS = 12


def entry(made: Designed, id: str) -> str:
    """Return the section `experiments` of a plan file with this design under `id`, ready to be pasted.

    Raises:
        UsageError: there is no such experiment to write down, or the id is none that a plan takes.
    """
    if isinstance(made.found, Refusal):
        raise UsageError(made.found.reason)
    told = {name: value for name, value in _fields(made, made.found.uplift).items() if value is not None}
    try:
        plan = Plan.model_validate({"experiments": [{"id": id, "subjects": made.found.subjects, **told}]})
    except ValidationError:
        raise UsageError(
            T(
                "“{id}” is no id of a plan: lower-case letters, digits and hyphens, such as new-offer.",
                id=id[:60],
            )
        ) from None
    _version, _, section = dump_plan(plan).partition("\n")
    return section


def _fields(made: Designed, uplift: float | None) -> dict[str, Any]:
    asked, wanted, stakes = made.question, made.wanted, made.stakes
    # The plan has room for shares of the control up to one; beyond, the planned subjects tell the same.
    smallest = abs(uplift) if uplift is not None and abs(uplift) <= 1 else None
    return {
        "allocation": tuple(_exact(share) for share in asked.shares),
        "outcome": made.baseline.kind.value,
        "reading": asked.method.value,
        "looks": asked.looks if asked.method is Method.group_sequential else None,
        "confidence": _exact(asked.level),
        "power": _exact(asked.power),
        "smallest_effect": _exact(smallest),
        "baseline": _exact(made.baseline.value),
        "deviation": None if made.baseline.kind is Kind.proportion else _exact(wanted.deviation),
        "subjects_a_day": _exact(wanted.traffic),
        "value_of_one": _exact(stakes.value) if stakes else None,
        "cost": _exact(stakes.cost) if stakes and stakes.cost else None,
        "least_gain": _exact(stakes.least) if stakes and stakes.least else None,
        "horizon_days": stakes.days if stakes else None,
        "horizon_subjects": round(stakes.subjects) if stakes else None,
    }


def _exact(value: float | None) -> str | None:
    """A figure as a plan writes it: in digits, as many as are meant."""
    return None if value is None else format(Decimal(f"{value:.{_DIGITS}g}"), "f")
