"""What moved between two revisions of a plan: findings new, still there, and gone (and why they are gone)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from gouvernail.bearing.checking import CheckedPlan, check_loaded
from gouvernail.bearing.located import LocatedFinding
from gouvernail.checks.finding import Finding
from gouvernail.plan.load import LoadedPlan
from gouvernail.plan.revisions import earlier


class Gone(StrEnum):
    """Why a finding of the earlier plan is no more."""

    solved = "solved"
    removed = "removed"
    """Its element is no longer in the plan."""
    set_aside = "set_aside"
    unchecked = "unchecked"
    """Its rule lacks its input now, so that nobody knows."""


@dataclass(frozen=True)
class GoneFinding:
    """A finding of the earlier plan that is no more. Its place is that in the earlier plan."""

    located: LocatedFinding
    why: Gone


@dataclass(frozen=True)
class Moves:
    """What moved since `since`, a revision or a path: the findings now, told apart, and those gone."""

    since: str
    new: tuple[LocatedFinding, ...]
    still: tuple[LocatedFinding, ...]
    gone: tuple[GoneFinding, ...]

    @property
    def new_ids(self) -> frozenset[str]:
        """Identities of the new findings."""
        return frozenset(one.finding.identity for one in self.new)

    def of(self, why: Gone) -> tuple[LocatedFinding, ...]:
        """Return the findings that are gone for one reason."""
        return tuple(one.located for one in self.gone if one.why is why)


def check_since(
    loaded: LoadedPlan, path: Path, since: str | None, *, today: date
) -> tuple[CheckedPlan, Moves | None]:
    """Return the plan checked, and what moved since an earlier one (None where none is named).

    Both are judged by the same rules and as of the same day, so that only what the plan changed shows.

    Args:
        loaded: the plan now.
        path: where it was read from.
        since: a git revision, or the path of an earlier plan.
        today: the day that rules reading the calendar compare with.

    Raises:
        UsageError, PlanError: as `plan.revisions.earlier`.
    """
    if since is None:
        return check_loaded(loaded, today=today), None
    before = earlier(path, since)
    checked = check_loaded(loaded, today=today, previous=before.plan)
    return checked, compare(checked, check_loaded(before, today=today), since)


def compare(now: CheckedPlan, before: CheckedPlan, since: str) -> Moves:
    """Return what moved from `before` to `now`, both checked as of the same day.

    A finding is known by its identity (rule, element, and the pair where two are concerned), so that another
    order, title or line moves nothing. One that the earlier plan set aside is not new when it shows again.
    """
    known = {one.finding.identity for one in before.findings} | _aside(before)
    here = {one.finding.identity for one in now.findings}
    left = (one for one in before.findings if one.finding.identity not in here)
    aside, silent = _aside(now), {(gap.code, gap.element) for gap in now.not_checked}

    def why(finding: Finding) -> Gone:
        if finding.identity in aside:
            return Gone.set_aside
        if before.plan.get(finding.element) and not now.plan.get(finding.element):
            return Gone.removed
        unchecked = silent & {(finding.code, None), (finding.code, finding.element)}
        return Gone.unchecked if unchecked else Gone.solved

    return Moves(
        since,
        tuple(one for one in now.findings if one.finding.identity not in known),
        tuple(one for one in now.findings if one.finding.identity in known),
        tuple(GoneFinding(one, why(one.finding)) for one in left),
    )


def _aside(checked: CheckedPlan) -> frozenset[str]:
    return frozenset(one.located.finding.identity for one in checked.ignored if one.located)
