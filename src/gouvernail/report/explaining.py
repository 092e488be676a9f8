"""An explanation as its readers see it: a heading, and one row a driver with what it added and the actions behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import TN, T, Text, verbatim
from gouvernail.base.units import Direction, Unit
from gouvernail.base.values import Points
from gouvernail.bearing.explained import Driven, Explained, Mover
from gouvernail.bearing.model import Bearing
from gouvernail.measurement.explain.explanation import Role
from gouvernail.report.values import grammatical, in_unit

HEADINGS = (T("Driver"), T("Before"), T("Now"), T("What it added"), T("Actions that move it"))
GAP_HEADINGS = (HEADINGS[0], T("Aim"), *HEADINGS[2:])
CLOSES = T("The drivers add up to the whole, exactly; whatever the order in which they are written.")


@dataclass(frozen=True)
class Row:
    """One part. `depth` is 0 right under the metric; `before` and `now` are None where they would say nothing."""

    title: Text
    depth: int
    before: Any | None
    now: Any | None
    added: Text
    amount: float
    tone: str
    """`good`, `bad` or `still`: which way it moved the metric."""
    movers: tuple[Mover, ...]
    note: Text | None


@dataclass(frozen=True)
class Told:
    """One explanation: its heading, the headings of its columns, its rows; a refusal's reason where there are none."""

    explained: Explained
    title: Text
    headings: tuple[Text, ...]
    rows: tuple[Row, ...]
    refusal: Text | None


def told(one: Explained, currency: str) -> Told:
    """Return an explanation to show."""
    headings = GAP_HEADINGS if one.kind == "gap" else HEADINGS
    title, refusal = heading(one, currency), one.found.reason if isinstance(one.found, Refusal) else None
    return Told(one, title, headings, tuple(_row(one, each, currency) for each in one.parts), refusal)


def of_objective(bearing: Bearing, objective: str) -> tuple[Explained, ...]:
    """Return the explanations of an objective: its move, then its gap to the target."""
    return tuple(one for one in bearing.explanations if one.objective == objective)


def heading(one: Explained, currency: str) -> Text:
    """Return what an explanation explains, with its ends where they are known."""
    if isinstance(one.found, Refusal):
        words = T("Why {metric} moved") if one.kind == "move" else T("{metric}: gap to the target")
        return Text(words.template, {"metric": one.name})
    before, now = (in_unit(end, one.unit, currency) for end in (one.found.before, one.found.now))
    move = signed(one.found.move, one.unit, currency)
    if one.kind == "gap":
        return T(
            "{metric}: target {before}, reached {now} ({move}), {period}",
            metric=one.name, before=before, now=now, move=move, period=one.period,
        )  # fmt: skip
    return T(
        "{metric}: {before} → {now} ({move}), {period} against {against}",
        metric=one.name, before=before, now=now, move=move, period=one.period, against=one.against,
    )  # fmt: skip


def signed(value: float, unit: Unit, currency: str) -> Text:
    """Return an amount with its sign, differences of rates in points."""
    size: Any = in_unit(abs(value), unit, currency)
    if unit is Unit.ratio:
        digits = 2 if abs(value) < 0.01 else 1
        points = Points(abs(value), digits)
        size = TN(
            "{points} point", "{points} points", grammatical(round(100 * abs(value), digits)), points=points
        )
    if not value:
        return T("unchanged") if unit is Unit.ratio else T("{value}", value=size)
    return T("+{amount}", amount=size) if value > 0 else T("−{amount}", amount=size)


def top(one: Told) -> Sequence[Row]:
    """Return the rows right under the metric, which add up to its move."""
    return [row for row in one.rows if row.depth == 0]


def mover(one: Mover) -> Text:
    """Return an action, and in what it falls short, as words."""
    said: Text | None = None
    for each in one.shortfalls:
        said = each.said if said is None else T("{first}, {second}", first=said, second=each.said)
    return verbatim(one.title) if said is None else T("{title} ({said})", title=one.title, said=said)


def _row(whole: Explained, one: Driven, currency: str) -> Row:
    part = one.part
    unit = Unit.ratio if part.role is Role.mix else Unit.count if part.role is Role.volume else one.unit
    ends = (None, None)
    if part.role is not Role.rest:
        ends = in_unit(part.before, unit, currency), in_unit(part.now, unit, currency)
    ahead = part.added if whole.better is Direction.up else -part.added
    return Row(
        title=whole.title(one),
        depth=part.depth - 1,
        before=ends[0],
        now=ends[1],
        added=signed(part.added, whole.unit, currency),
        amount=part.added,
        tone="good" if ahead > 0 else "bad" if ahead < 0 else "still",
        movers=one.movers,
        note=part.note.reason if part.note else None,
    )
