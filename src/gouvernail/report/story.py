"""The four figures and what to decide first, told as a manager would say them (S3): meaning before numbers.

Every function takes parts of a Bearing and returns `Text`. Nothing is computed here beyond what presentation
needs: shares of a hundred, an order, a choice of words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gouvernail.base.money import split
from gouvernail.base.outcome import Estimate, Refusal
from gouvernail.base.text import TN, T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.alignment import AlignedSpend, MoneySplit
from gouvernail.bearing.located import Coherence, LocatedFinding
from gouvernail.bearing.model import Bearing, Health, ObjectiveStatus, ReturnFigure
from gouvernail.bearing.worth import worthwhile
from gouvernail.plan.model import Layer
from gouvernail.report.chances import chance, chance_sentence, shown_health
from gouvernail.report.labels import HEALTH, LAYERS

_CURRENCIES = {
    "CHF": T("francs"),
    "EUR": T("euros"),
    "USD": T("dollars"),
    "CAD": T("dollars"),
    "AUD": T("dollars"),
}


@dataclass(frozen=True)
class Figure:
    """One of the four figures: `value` is None where the sentence is a refusal."""

    id: str
    name: Text
    question: Text
    value: Any | None
    unit: Text | None
    sentence: Text
    caveat: Text | None = None
    tone: str = "accent"
    icon: str = ""


def currency_name(currency: str) -> Text:
    """Return how people say the currency after a number, or its code."""
    return _CURRENCIES.get(currency) or verbatim(currency)


def figures(bearing: Bearing) -> tuple[Figure, ...]:
    """Return the four figures of DOMAIN §1, in their order."""
    return (
        coherence(bearing.figures.coherence),
        aligned_spend(bearing.figures.aligned_spend, bearing.currency),
        on_course(bearing.figures.on_course, bearing.currency),
        returns(bearing.figures.returns, bearing.currency),
    )


def coherence(figure: Coherence) -> Figure:
    """Return the coherence figure: how whole the chain is, and where it loses most."""
    losses = {
        layer: sum((loss.cost for loss in figure.losses if loss.layer is layer), Decimal(0))
        for layer in Layer
    }
    worst = max(losses, key=lambda layer: losses[layer])
    if not figure.losses:
        sentence = T("From values to actions, the chain is whole: no finding takes a point away.")
    else:
        sentence = T(
            "From values to actions, {lost} points in 100 are lost on the way, {points} of them in the layer "
            "“{layer}” alone.",
            lost=_points(100 - figure.score),
            points=_points(losses[worst]),
            layer=LAYERS[worst],
        )
    return Figure(
        "coherence",
        T("Coherence"),
        T("Is the chain whole, from values to actions?"),
        _points(figure.score),
        T("out of 100"),
        sentence,
    )


def _points(points: Decimal) -> Number:
    return Number(float(points), 0 if points == int(points) else 1)


def per_hundred(money: MoneySplit) -> tuple[int, int, int]:
    """Return aligned, weak and orphan money out of 100; the three sum to 100.

    Raises:
        ValueError: there is no money at all.
    """
    amounts = (money.aligned.amount, money.weak.amount, money.orphan.amount)
    aligned, weak, orphan = split(Decimal(100), [max(amount, Decimal(0)) for amount in amounts], Decimal(1))
    return int(aligned), int(weak), int(orphan)


def aligned_spend(figure: AlignedSpend, currency: str) -> Figure:
    """Return the aligned-spend figure: of what is spent (or else planned), what reaches an objective."""
    money = shown_money(figure)
    name, question = T("Aligned spend"), T("Does the money reach an objective?")
    if money.total.amount <= 0:
        return Figure(
            "aligned_spend",
            name,
            question,
            None,
            None,
            T(
                "No money is planned for this period, and none is in the data: give the actions a budget or import "
                "what was spent."
            ),
            tone="unknown",
            icon="unknown",
        )
    caveat = None if money is figure.actual else T("This is the plan: no spend is in the data yet.")
    share = money.aligned.share_of(money.total) or 0.0
    return Figure(
        "aligned_spend",
        name,
        question,
        Ratio(share, 0),
        None,
        split_sentence(money, currency),
        caveat,
    )


def shown_money(figure: AlignedSpend) -> MoneySplit:
    """Return the money to speak of: really spent where the data hold spend, planned otherwise."""
    return figure.actual if figure.actual is not None and figure.actual.total.amount > 0 else figure.planned


def _loss_of_money(money: MoneySplit, currency: str, *, spent: bool) -> Text:
    _, weak, orphan = per_hundred(money)
    francs = currency_name(currency)
    if orphan and spent:
        return TN(
            "Of every 100 {currency} spent, {n} reaches no objective.",
            "Of every 100 {currency} spent, {n} reach no objective.",
            orphan,
            currency=francs,
        )
    if orphan:
        return TN(
            "Of every 100 {currency} planned, {n} reaches no objective.",
            "Of every 100 {currency} planned, {n} reach no objective.",
            orphan,
            currency=francs,
        )
    if weak:
        return TN(
            "All the money heads for an objective, but {n} {currency} in 100 through a flawed chain.",
            "All the money heads for an objective, but {n} {currency} in 100 through a flawed chain.",
            weak,
            currency=francs,
        )
    if money.weak.amount or money.orphan.amount:
        return T("Nearly all the money reaches a business objective through a sound chain.")
    return T("All the money reaches a business objective through a sound chain.")


def split_sentence(money: MoneySplit, currency: str) -> Text:
    """Return where a hundred units of the currency go, the three ways."""
    aligned, weak, orphan = per_hundred(money)
    return T(
        "Out of 100 {currency}: {aligned} reach a business objective through a sound chain, {weak} through a "
        "flawed one, {orphan} reach none.",
        currency=currency_name(currency),
        aligned=aligned,
        weak=weak,
        orphan=orphan,
    )


def on_course(statuses: Iterable[ObjectiveStatus], currency: str) -> Figure:
    """Return the on-course figure over the business objectives."""
    business = [status for status in statuses if status.level == "business"]
    name, question = T("On course"), T("Shall we reach our objectives in time?")
    known = [status for status in business if isinstance(status.probability, Estimate)]
    if not known:
        return Figure(
            "on_course", name, question, None, None, _no_course(business), tone="unknown", icon="unknown"
        )
    least = min(known, key=chance)
    tone, icon, _ = HEALTH[shown_health(least)]
    unknown = len(business) - len(known)
    caveat = (
        TN(
            "{n} other business objective has no answer yet.",
            "{n} other business objectives have no answer yet.",
            unknown,
        )
        if unknown
        else None
    )
    if len(business) == 1:
        value: Any = Ratio(chance(least), 0)
    else:
        sure = sum(1 for status in business if shown_health(status) is Health.on_course)
        value = T("{n} of {total}", n=sure, total=len(business))
    return Figure(
        "on_course",
        name,
        question,
        value,
        None,
        chance_sentence(least, currency, least=len(known) > 1),
        caveat,
        tone,
        icon,
    )


def _no_course(business: list[ObjectiveStatus]) -> Text:
    if not business:
        return T(
            "The plan has no business objective: without one, no course can be held. Write the result that "
            "the company wants, on a metric, with a target and a date."
        )
    refusals = [status.probability for status in business if isinstance(status.probability, Refusal)]
    return T(
        "No answer yet for “{objective}”. {reason}", objective=business[0].title, reason=refusals[0].reason
    )


def returns(figure: ReturnFigure, currency: str) -> Figure:
    """Return the return figure: what 100 units of cost bring, with the evidence behind."""
    name, question = T("Return"), T("What does the money of marketing bring back?")
    if isinstance(figure.value, Refusal):
        return Figure(
            "return", name, question, None, None, figure.value.reason, tone="unknown", icon="unknown"
        )
    francs = currency_name(currency)
    sentence = T(
        "For every 100 {currency} of cost, {back} {currency} of revenue are credited to marketing actions.",
        currency=francs,
        back=Number(100 * figure.value.value),
    )
    return Figure(
        "return",
        name,
        question,
        T("× {count}", count=Number(figure.value.value, 2)),
        None,
        sentence,
        _return_caveat(figure),
        "accent",
    )


def _return_caveat(figure: ReturnFigure) -> Text:
    answers = [outcome.value for outcome in figure.by_rule.values() if isinstance(outcome, Estimate)]
    if len(answers) > 1 and min(answers) != max(answers):
        return T(
            "Credit, not proof of cause: depending on the rule, from × {low} to × {high}.",
            low=Number(min(answers), 2),
            high=Number(max(answers), 2),
        )
    return T("Credit, not proof of cause.")


def decisions(findings: Iterable[LocatedFinding]) -> tuple[LocatedFinding, ...]:
    """Return the three findings most worth a decision, in the order that the command line shows too."""
    return worthwhile(findings)


def headline(bearing: Bearing) -> Text:
    """Return the sentence that opens the page: what becomes of the money, or else what becomes of the chain."""
    money = shown_money(bearing.figures.aligned_spend)
    if money.total.amount <= 0:
        return coherence(bearing.figures.coherence).sentence
    spent = money is bearing.figures.aligned_spend.actual
    return _loss_of_money(money, bearing.currency, spent=spent)
