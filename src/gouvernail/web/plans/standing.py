"""How a plan stands with the rules: its coherence and the findings, worked out once for what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gouvernail.base.values import Number
from gouvernail.checks.finding import Finding
from gouvernail.checks.runner import check
from gouvernail.checks.score import score
from gouvernail.plan.load import LoadedPlan
from gouvernail.web.plans.verdicts import Held

LARGE = 1500
"""From so many elements on the rules take longer over a plan than a page may."""
_done: set[tuple[str, date]] = set()


@dataclass(frozen=True)
class Standing:
    """What the rules say of a whole plan."""

    score: Number
    findings: tuple[Finding, ...]


def standing(loaded: LoadedPlan, today: date) -> Standing:
    """Return how the plan stands on a day."""
    found = _standing(Held(loaded), today)
    _done.add((loaded.digest, today))
    return found


def at_once(loaded: LoadedPlan, today: date) -> Standing | None:
    """Return how the plan stands, None where that takes long: then the page asks for it once it is shown."""
    if large(loaded) and (loaded.digest, today) not in _done:
        return None
    return standing(loaded, today)


def large(loaded: LoadedPlan) -> bool:
    """Return whether the rules take long over the plan."""
    return len(loaded.plan.by_id) > LARGE


@lru_cache(maxsize=32)
def _standing(held: Held, today: date) -> Standing:
    plan = held.loaded.plan
    findings = check(plan, today=today).findings
    return Standing(Number(float(score(plan, findings).score), 1), findings)
