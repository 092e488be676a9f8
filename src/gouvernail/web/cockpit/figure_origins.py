"""Where each of the four figures comes from: its method, its parts and their imports."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from gouvernail.base.ids import source_name
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.alignment import Soundness
from gouvernail.bearing.model import Bearing
from gouvernail.report import labels, phrases, story
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.estimate_words import name_of, plain
from gouvernail.web.cockpit.figures import credit_rules, deductions, score
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links
from gouvernail.web.cockpit.origin import Fact, Part, Provenance, brought, made_from

MOST_DEDUCTIONS, MOST_PARTS = 300, 300
"""Lines that a page lists; beyond, it says how many more there are."""


def coherence(bearing: Bearing, here: Current, links: Links) -> Provenance:
    """Return the score as 100 minus named deductions."""
    layers = [
        Part(labels.LAYERS[layer], Number(float(kept), 2), f"{links.element(layer).url}")
        for layer, kept in bearing.figures.coherence.by_layer.items()
    ]
    return Provenance(
        "coherence",
        T("Coherence"),
        bearing.period,
        value=score(bearing),
        method=method_of("coherence"),
        facts=made_from(bearing, here),
        parts=tuple(layers),
        parts_title=T("Points that each layer keeps of 16.67"),
        deductions=deductions(bearing, known(bearing).losses[:MOST_DEDUCTIONS], links),
        more_deductions=max(0, len(known(bearing).losses) - MOST_DEDUCTIONS),
        more_cost=sum((one.cost for one in known(bearing).losses[MOST_DEDUCTIONS:]), Decimal(0)),
        left=score(bearing),
    )


def aligned_spend(bearing: Bearing, here: Current, links: Links) -> Provenance:
    """Return the money by where it goes, action by action, and what matches no action."""
    money = story.shown_money(bearing.figures.aligned_spend)
    spent = money is bearing.figures.aligned_spend.actual
    told = story.aligned_spend(bearing.figures.aligned_spend, bearing.currency)
    parts = [
        Part(one.title, one.spent if spent else one.planned, links.origin(f"action:{one.id}"), labels.SOUNDNESS[one.soundness][2])
        for one in sorted(bearing.actions, key=lambda one: -((one.spent if spent else one.planned) or one.planned).amount)
        if (one.spent if spent else one.planned)
    ]  # fmt: skip
    parts += [
        Part(one.campaign or phrases.UNNAMED, one.amount, "", T("matches no planned action ({source})", source=source_name(one.source)))
        for one in bearing.orphans
        if spent
    ]  # fmt: skip
    return Provenance(
        "aligned_spend",
        told.name,
        bearing.period,
        value=told.value,
        refusal=told.sentence if told.value is None else None,
        method=method_of("aligned_spend"),
        facts=(
            (labels.SOUNDNESS[Soundness.aligned][2], money.aligned),
            (labels.SOUNDNESS[Soundness.weak][2], money.weak),
            (labels.SOUNDNESS[Soundness.orphan][2], money.orphan),
            (T("Total"), money.total),
            *made_from(bearing, here),
        ),
        parts=tuple(parts[:MOST_PARTS]),
        more_parts=max(0, len(parts) - MOST_PARTS),
        parts_title=T("Money spent, action by action") if spent else T("Money planned, action by action"),
        imports=brought(here, bearing.period, tables=("spend",)),
        rows=spent,
    )


def on_course(bearing: Bearing, here: Current, links: Links) -> Provenance:
    """Return the chances of every business objective."""
    told = story.on_course(bearing.objectives, bearing.currency)
    parts = [
        Part(
            one.title,
            Ratio(one.probability.value, 0) if isinstance(one.probability, Estimate) else T("no answer"),
            links.origin(f"objective:{one.id}"),
            phrases.health(one),
        )
        for one in bearing.objectives
        if one.level == "business"
    ]
    return Provenance(
        "on_course",
        told.name,
        bearing.period,
        value=told.value,
        refusal=told.sentence if told.value is None else None,
        method=method_of("on_course"),
        facts=made_from(bearing, here),
        parts=tuple(parts[:MOST_PARTS]),
        more_parts=max(0, len(parts) - MOST_PARTS),
        parts_title=T("Chance of each business objective"),
    )


def returns(bearing: Bearing, here: Current, links: Links) -> Provenance:
    """Return revenue credited over cost, by each credit rule, action by action."""
    figure = bearing.figures.returns
    told = story.returns(figure, bearing.currency)
    facts: list[Fact] = [(phrases.CREDITED, figure.revenue), (phrases.COST, figure.cost)]
    facts += [(one.name if isinstance(one.name, Text) else verbatim(one.name), one.value or one.refusal) for one in credit_rules(bearing)]  # fmt: skip
    facts.append((phrases.EVIDENCE, labels.GRADES[figure.grade]))
    if figure.coverage is not None:
        facts.append((T("Revenue with a traceable origin"), Ratio(figure.coverage, 0)))
    if isinstance(figure.value, Estimate):
        facts += [(name_of(option), plain(value)) for option, value in figure.value.options.items()]
    parts = [
        Part(one.title, one.last_touch, links.origin(f"action:{one.id}"), one.spent)
        for one in bearing.actions
        if one.last_touch
    ]
    return Provenance(
        "return",
        told.name,
        bearing.period,
        value=told.value,
        refusal=told.sentence if told.value is None else None,
        method=(*method_of("return"), phrases.CREDIT_NOTE),
        facts=(*facts, *made_from(bearing, here)),
        parts=tuple(sorted(parts, key=lambda one: -one.value.amount)),
        parts_title=T("Revenue credited by last contact, and cost"),
        imports=brought(here, bearing.period, tables=("spend", "touchpoints", "deals", "conversions")),
    )


FIGURES: dict[str, Callable[[Bearing, Current, Links], Provenance]] = {
    "coherence": coherence,
    "aligned_spend": aligned_spend,
    "on_course": on_course,
    "return": returns,
}
"""Figure → what makes its page."""
_METHOD = dict(zip(FIGURES, phrases.METHOD, strict=True))


def method_of(figure: str) -> tuple[Text, ...]:
    """Return how a figure is made, in a sentence."""
    return (_METHOD[figure][1],)
