"""Whether two functions of the company meet regularly: told by a meeting's purpose, or by the teams that meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gouvernail.base.text import T, Text
from gouvernail.checks.cadences import often
from gouvernail.checks.index import Index
from gouvernail.plan.model import Function, Meeting, Purpose, Team


@dataclass(frozen=True)
class Irregular:
    """A meeting that does not keep two functions in touch, and why."""

    meeting: Meeting
    why: Text


def functions(index: Index, meeting: Meeting) -> frozenset[Function]:
    """Return the functions of the teams that meet."""
    teams = (index.plan.get(id) for id in meeting.between)
    return frozenset(team.function for team in teams if isinstance(team, Team))


def gathering(
    index: Index, both: tuple[Function, Function], purposes: tuple[Purpose, ...]
) -> tuple[Meeting, ...]:
    """Return the meetings at which both functions sit.

    The teams tell it where they are written; a meeting that names no team is taken at its word (its purpose).
    """
    return tuple(
        meeting
        for meeting in index.plan.meetings
        if functions(index, meeting) >= set(both) or (not meeting.between and meeting.purpose in purposes)
    )


def irregular(
    meetings: tuple[Meeting, ...], today: date, *, longest_gap_days: float, patience_days: float
) -> Irregular | None:
    """Return why none of the meetings is regular, on the most recent one; None where one is regular.

    Regular: it has a cadence, comes back within `longest_gap_days`, and was last held no longer ago than twice its
    cadence, or than `patience_days`: nobody opens the plan to note every weekly meeting. Where nothing says when
    it was last held, the cadence is believed.
    """
    faults = [(meeting, _fault(meeting, today, longest_gap_days, patience_days)) for meeting in meetings]
    if not faults or any(fault is None for _, fault in faults):
        return None
    meeting, why = max(faults, key=lambda one: one[0].last or date.min)
    return Irregular(meeting, why) if why else None


def _fault(meeting: Meeting, today: date, longest: float, patience: float) -> Text | None:
    if meeting.cadence is None:
        return T("nothing says how often “{meeting}” takes place", meeting=meeting.name)
    if meeting.cadence.days > longest:
        return T("“{meeting}” takes place {often} only", meeting=meeting.name, often=often(meeting.cadence))
    if meeting.last and (today - meeting.last).days > max(2 * meeting.cadence.days, patience):
        return T(
            "“{meeting}” should take place {often} and was last held on {last}",
            meeting=meeting.name,
            often=often(meeting.cadence),
            last=meeting.last,
        )
    return None
