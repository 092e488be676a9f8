"""What the components of `templates/look` are given: frozen records, built by the pages' own modules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.bearing.alignment import MoneySplit

Tone = Literal["good", "warn", "bad", "info", "unknown", "stale", "accent", ""]
Words = Text | str
MORE = T("More")


@dataclass(frozen=True)
class Crumb:
    """A step on the way to a page."""

    title: Words
    url: str


@dataclass(frozen=True)
class Tab:
    """One of several views of the same thing, each with its own address."""

    title: Words
    url: str
    here: bool = False
    icon: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Move:
    """How a figure moved against an explicit period: `words` with sign and unit, `against` names the period."""

    words: Words
    icon: str = "equal"
    tone: Tone = ""
    against: Words = ""


def move(change: float | Decimal, words: Words, against: Words, *, better: str = "up") -> Move:
    """Return a move whose arrow shows the direction and whose tone shows whether that is better (`up`, `down`, ``)."""
    if not change:
        return Move(words, "equal", "", against)
    up = change > 0
    tone: Tone = "" if not better else "good" if up == (better == "up") else "bad"
    return Move(words, "trending-up" if up else "trending-down", tone, against)


@dataclass(frozen=True)
class Figure:
    """A figure card: a number with its unit and move, or the refusal that stands in its place.

    `provenance` is the address that tells where the number comes from; `url` with `more` leads on.
    """

    title: Words
    value: Any = None
    unit: Words = ""
    move: Move | None = None
    sub: Words = ""
    tone: Tone = ""
    refusal: Words | None = None
    provenance: str = ""
    url: str = ""
    more: Words = MORE

    @classmethod
    def refused(cls, title: Words, refusal: Refusal, **others: Any) -> Figure:
        """Return a card that says why there is no number."""
        return cls(title, refusal=refusal.reason, tone="unknown", **others)


@dataclass(frozen=True)
class Deduction:
    """One named deduction from a score, and the element that it belongs to."""

    words: Words
    cost: Decimal
    element: Words = ""
    url: str = ""


@dataclass(frozen=True)
class MoneyPart:
    """One part of a bar of money: where it begins and how wide it is, in thousandths of the whole."""

    name: str
    words: Text
    icon: str
    tone: Tone
    money: Money
    share: Ratio | None
    start: int = 0
    width: int = 0


SOUNDNESS: tuple[tuple[str, Text, str, Tone], ...] = (
    ("aligned", T("Aligned"), "circle-check", "good"),
    ("weak", T("Weak"), "alert-triangle", "warn"),
    ("orphan", T("Orphan"), "circle-x", "bad"),
)


def money_parts(split: MoneySplit) -> tuple[MoneyPart, ...]:
    """Return the three parts of a split of money; parts without money have no width and no share."""
    whole = split.total.amount
    parts, start = [], 0
    for name, words, icon, tone in SOUNDNESS:
        money: Money = getattr(split, name)
        share = money.amount / whole if whole > 0 else None
        width = round(1000 * share) if share else 0
        parts.append(
            MoneyPart(
                name,
                words,
                icon,
                tone,
                money,
                None if share is None else Ratio(float(share), 0),
                start,
                width,
            )
        )
        start += width
    return tuple(parts)
