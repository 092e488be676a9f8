"""Credit by model for people: models side by side, what has no path, and what comes to the objectives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from gouvernail.base.money import Money
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.attributed import Amounts, Attributed
from gouvernail.bearing.attributed_json import LABEL, label
from gouvernail.cli.attribute_caused import print_caused
from gouvernail.cli.printing import console, table
from gouvernail.report.labels import MODELS

if TYPE_CHECKING:
    from gouvernail.measurement.attribution.models import Attribution, Share
    from gouvernail.plan.model import Plan

WIDE = 6
"""Models that fit beside each other; more stand in a second table."""


def print_credit(credit: Attribution, language: str) -> None:
    """Print the credit of a bare table of paths."""
    names = {step: verbatim(step) for shares in credit.models.values() for step in shares}
    _tables(credit, names, language, T("Conversions"), lambda share: Number(share.conversions, 1))
    if credit.value:
        _tables(credit, names, language, T("Value"), lambda share: Number(share.value, 2))
    _foot(credit, language)


def print_attributed(found: Attributed, language: str, plan: Plan) -> None:
    """Print the credit of the sales of a period, with cost and return, and what comes to the objectives."""
    credit, currency = found.credit, found.currency
    title = T("Credit by model · {period}", period=found.question.period)
    console().print(escape(title.render(language)), style="bold")
    _tables(credit, found.names, language, T("Conversions"), lambda share: Number(share.conversions, 1))
    _tables(credit, found.names, language, T("Value"), lambda share: _money(share.value, currency))
    _costs(found, language)
    if found.climbs:
        _climb(found, language, plan)
    print_caused(found, language)
    _foot(credit, language, label(found))


def _tables(
    credit: Attribution,
    names: Mapping[str, Text],
    language: str,
    what: Text,
    shown: Callable[[Share], Any],
) -> None:
    """Print one number by channel and model, the most credited first."""
    models = list(credit.models)
    whole = {step: max(credit.models[m][step].conversions for m in models) for step in names}
    order = sorted(names, key=lambda step: (-whole[step], step))
    for start in range(0, len(models), WIDE):
        some = models[start : start + WIDE]
        made = table(
            what.render(language), *(MODELS[model].render(language) for model in some), numbers_from=1
        )
        for step in order:
            cells = (_say(shown(credit.models[model][step]), language) for model in some)
            made.add_row(escape(names[step].render(language)), *map(escape, cells))
        console().print(made)


def _costs(found: Attributed, language: str) -> None:
    if found.no_cost:
        console().print(escape(found.no_cost.render(language)), soft_wrap=True)
        return
    models = [model for model in ("last", "markov_1", "shapley") if model in found.credit.models]
    models = models or list(found.credit.models)[:3]
    headings = [
        T("Cost and return"),
        T("Cost"),
        *(T("Return, {model}", model=MODELS[model]) for model in models),
    ]
    made = table(*(one.render(language) for one in headings))
    for step, cost in sorted(found.costs.items(), key=lambda one: (-one[1].amount, one[0])):
        if step not in found.names or not cost:
            continue
        returns = (found.credit.models[model][step].value / float(cost.amount) for model in models)
        cells = (_say(cost, language), *(f"× {_say(Number(one, 2), language)}" for one in returns))
        made.add_row(escape(found.names[step].render(language)), *map(escape, cells))
    console().print(made)


def _climb(found: Attributed, language: str, plan: Plan) -> None:
    """Print what comes to the business objectives by the model shown last, and what is linked to none."""
    model = "shapley" if "shapley" in found.climbs else list(found.climbs)[-1]
    climb, currency = found.climbs[model], found.currency
    headings = (T("Objectives, by {model}", model=MODELS[model]), T("Conversions"), T("Value"), T("Cost"))
    made = table(*(one.render(language) for one in headings))

    def row(name: str, held: Amounts) -> None:
        cells = (
            Number(float(held.conversions), 1),
            _money(float(held.value), currency),
            _money(float(held.cost), currency),
        )
        made.add_row(escape(name), *(escape(_say(cell, language)) for cell in cells))

    titles = {element.id: element.name for element in plan.elements()}
    for id in climb.tops:
        row(titles.get(id, id), climb.objectives[id])
    row(T("Unlinked: no action, or one that serves no business objective").render(language), climb.unlinked)
    row(T("Total").render(language), climb.total)
    console().print(made)


def _foot(credit: Attribution, language: str, said: Text = LABEL) -> None:
    told = [
        T(
            "Conversions with a path: {conversions}, {coverage} of all; without, and credited to nothing: {untraced}.",
            conversions=Number(credit.conversions, 0),
            coverage=Ratio(credit.coverage, 1),
            untraced=Number(credit.untraced, 0),
        ),
        said,
    ]
    if len(credit.models) > 1:
        told.insert(
            1,
            T("The models disagree on {share} of the credit at most.", share=Ratio(credit.disagreement, 0)),
        )
    for sentence in told:
        console().print(escape(sentence.render(language)), soft_wrap=True)


def _money(amount: float, currency: str) -> Money:
    from decimal import Decimal

    return Money(Decimal(str(amount)), currency).rounded()


def _say(value: Any, language: str) -> str:
    return T("{share}", share=value).render(language)
