"""What holdouts tell beside the credit, in words: for the page, the site and the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

from gouvernail.base.money import Money
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.text import TN, T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.attributed import Attributed
from gouvernail.bearing.held_out import Caused
from gouvernail.report.crediting import model_name

V = TypeVar("V")
TITLE = T("What the channels cause, by people held out at random")
TOGETHER = T("All together")
_BASES = {
    "would_be_exposure": T(
        "Compared are people who were, or would have been, exposed, from that moment on: those held out at random beside the others, of {n} people drawn."
    ),
    "intention_to_treat": T(
        "Compared are all {n} people drawn, exposed or not: true, but wide. A log of who would have been exposed narrows the intervals."
    ),
}


@dataclass(frozen=True)
class Told(Generic[V]):
    """A number with its 90 % interval."""

    value: V
    low: V
    high: V

    @property
    def words(self) -> Text:
        """Return the number and, in brackets, its bounds."""
        return T("{value} [{low} … {high}]", value=self.value, low=self.low, high=self.high)


@dataclass(frozen=True)
class CausedRow:
    """What one channel causes beside what it is credited with; None where it is not told."""

    step: str
    name: Text
    conversions: Told[Number] | None
    value: Told[Money] | None
    share: Told[Ratio] | None
    credited: Ratio | None

    @property
    def cells(self) -> tuple[Text | None, ...]:
        """Return the numbers as words, in the order of the headings."""
        told = (self.conversions, self.value, self.share)
        credited = None if self.credited is None else T("{share}", share=self.credited)
        return (*(None if one is None else one.words for one in told), credited)


@dataclass(frozen=True)
class CausedTable:
    """All channels, the strongest first, then all together; sentences that belong beside it."""

    rows: tuple[CausedRow, ...]
    model: Text
    """Whose credit stands beside."""
    notes: tuple[Text, ...]

    @property
    def headings(self) -> tuple[Text, ...]:
        """Return the names of the columns beside the channel's."""
        return (
            T("Conversions caused"),
            T("Value caused"),
            T("Share caused"),
            T("Share credited, {model}", model=self.model),
        )

    @property
    def lines(self) -> tuple[tuple[Text, tuple[tuple[Text, Text | None], ...]], ...]:
        """Return the name of each row, with heading and words of each of its cells."""
        return tuple((row.name, tuple(zip(self.headings, row.cells, strict=True))) for row in self.rows)


def caused_table(found: Attributed) -> CausedTable | Text:
    """Return what holdouts tell, or the sentence that says why they do not."""
    held = found.caused
    if isinstance(held, Refusal):
        return held.reason
    model = "shapley" if "shapley" in found.credit.models else next(iter(found.credit.models))
    told = held.told
    rows = [
        CausedRow(
            step,
            held.names.get(step, verbatim(step)),
            _number(effect.conversions),
            _money(effect.value, found.currency),
            _ratio(effect.share),
            _credited(found, model, step),
        )
        for step, effect in held.ordered()
    ]
    whole = CausedRow("", TOGETHER, _number(told.total), _money(told.total_value, found.currency), None, None)
    if whole.conversions is not None:
        rows.append(whole)
    return CausedTable(tuple(rows), model_name(model), tuple(_notes(held)))


def _credited(found: Attributed, model: str, step: str) -> Ratio | None:
    shares = found.credit.models[model]
    return Ratio(found.share(model, step), 0) if step in shares else None


def _number(outcome: Outcome) -> Told[Number] | None:
    return _told(outcome, lambda value: Number(value, 0))


def _ratio(outcome: Outcome) -> Told[Ratio] | None:
    return _told(outcome, lambda value: Ratio(value, 0))


def _money(outcome: Outcome, currency: str) -> Told[Money] | None:
    return _told(outcome, lambda value: Money(Decimal(str(value)), currency).rounded())


def _told(outcome: Outcome, shown: Callable[[float], V]) -> Told[V] | None:
    if not isinstance(outcome, Estimate) or outcome.low is None or outcome.high is None:
        return None
    return Told(shown(outcome.value), shown(outcome.low), shown(outcome.high))


def _notes(held: Caused) -> Iterator[Text]:
    """Yield whose sales were compared, what the common effect is, and why what is missing is missing."""
    yield T("In brackets, intervals of 90%.")
    yield replace(_BASES[held.told.basis], values={"n": Number(held.told.people, 0)})
    if isinstance(held.told.total, Estimate):
        yield T(
            "All together is read from people held out of everything; where one channel does another’s work, it is not the sum of the rows."
        )
    if held.left_out:
        yield TN(
            "{n} person who was drawn for some of the channels only is left out.",
            "{n} people who were drawn for some of the channels only are left out.",
            held.left_out,
        )
    for refusal in held.refusals:
        yield refusal.reason
