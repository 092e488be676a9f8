"""What is credited with the sales: models side by side, for the page and the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gouvernail.base.money import Money
from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.attributed import Attributed
from gouvernail.measurement.attribution.models import Attribution, Share
from gouvernail.report.labels import GRADES, MODELS

NOT_TOLD = T("No credit by model was worked out for this period.")


@dataclass(frozen=True)
class Cell:
    """What one model credits one channel with."""

    model: Text
    share: Ratio
    conversions: Number
    value: Money
    back: Number | None
    """Value over cost; None where no cost is known."""
    between: tuple[Ratio, Ratio] | None = None
    """Bounds of the share, where people were resampled."""


@dataclass(frozen=True)
class CreditRow:
    """One channel, campaign or action, across the models."""

    step: str
    name: Text
    cells: tuple[Cell, ...]
    cost: Money | None
    spread: Ratio
    """How far the largest share is from the smallest."""


def model_name(model: str) -> Text:
    """Return what readers call a model."""
    return MODELS.get(model, verbatim(model))


def credit_rows(found: Attributed) -> tuple[CreditRow, ...]:
    """Return the steps, the most credited by any model first."""
    rows = [_row(found, step) for step in found.names]
    return tuple(sorted(rows, key=lambda row: (-max(cell.share.value for cell in row.cells), row.step)))


def _row(found: Attributed, step: str) -> CreditRow:
    cost = found.cost(step)
    cells = tuple(
        Cell(
            model_name(model),
            Ratio(found.share(model, step), 0),
            Number(shares[step].conversions, 1),
            Money(Decimal(str(shares[step].value)), found.currency).rounded(),
            _back(shares[step], cost),
            _between(shares[step], found.credit.conversions),
        )
        for model, shares in found.credit.models.items()
    )
    said = [found.share(model, step) for model in found.credit.models]
    return CreditRow(step, found.names[step], cells, cost, Ratio(max(said) - min(said), 0))


def _between(share: Share, whole: float) -> tuple[Ratio, Ratio] | None:
    if share.conversions_low is None or share.conversions_high is None:
        return None
    return Ratio(share.conversions_low / whole, 0), Ratio(min(share.conversions_high / whole, 1.0), 0)


def _back(share: Share, cost: Money | None) -> Number | None:
    return Number(share.value / float(cost.amount), 2) if cost is not None and cost.amount > 0 else None


def credit_notes(credit: Attribution, grade: Grade | None = None) -> Iterator[Text]:
    """Yield what must be known beside the table: coverage, disagreement, evidence."""
    yield T(
        "Sales with a path: {conversions}, {coverage} of all; without, and credited to nothing: {untraced}.",
        conversions=Number(credit.conversions, 0),
        coverage=Ratio(credit.coverage, 0),
        untraced=Number(credit.untraced, 0),
    )
    if len(credit.models) > 1:
        yield T(
            "From one model to another, up to {share} of the credit changes place.",
            share=Ratio(credit.disagreement, 0),
        )
    yield T("Evidence: {grade}.", grade=GRADES[grade or credit.grade])


def missing(found: Attributed | Refusal | None) -> Text | None:
    """Return why there is nothing to show, None where there is."""
    if found is None:
        return NOT_TOLD
    return found.reason if isinstance(found, Refusal) else None
