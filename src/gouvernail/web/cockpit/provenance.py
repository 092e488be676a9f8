"""Where a figure comes from: what it means, how it is made, of which parts, sources, imports and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from gouvernail.base.formula import names, parse
from gouvernail.base.ids import source_name
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Period, last_whole
from gouvernail.base.text import TN, T, Text, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.measures import WINDOWS
from gouvernail.bearing.model import ActionStatus, Bearing, MetricReading, ObjectiveStatus, Soundness
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.model import Objective
from gouvernail.report import labels, phrases, story
from gouvernail.report.values import in_unit
from gouvernail.warehouse.records import ImportRecord
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.explain import formula_of
from gouvernail.web.cockpit.figures import credit_rules, deductions, score
from gouvernail.web.cockpit.known import known
from gouvernail.web.cockpit.links import Links, Ref, address
from gouvernail.web.look.parts import Deduction

Fact = tuple[Text, Any]
MADE_OF = T("Made of")
MOST_DEDUCTIONS, MOST_PARTS = 300, 300
"""Lines that a page lists; beyond, it says how many more there are."""


@dataclass(frozen=True)
class Part:
    """One of the parts that a figure is made of, with its own provenance."""

    name: Any
    value: Any
    origin: str = ""
    note: Any = None


@dataclass(frozen=True)
class Brought:
    """An import that the figure rests on. `rows` are those that it brought to the tables concerned."""

    record: ImportRecord
    source: str
    rows: int
    url: str = ""


@dataclass(frozen=True)
class Provenance:
    """The page of where one figure comes from."""

    subject: str
    title: Any
    period: Period
    value: Any = None
    refusal: Text | None = None
    meaning: Any = None
    method: tuple[Text, ...] = ()
    formula: str = ""
    facts: tuple[Fact, ...] = ()
    parts: tuple[Part, ...] = ()
    parts_title: Text = MADE_OF
    more_parts: int = 0
    deductions: tuple[Deduction, ...] = ()
    more_deductions: int = 0
    """Deductions beyond those listed; they cost `more_cost` together."""
    more_cost: Decimal = Decimal(0)
    left: Number | None = None
    imports: tuple[Brought, ...] = ()
    rows: bool = False
    """Whether the rows behind it can be shown."""
    element: Ref | None = None


def find(subject: str, bearing: Bearing, here: Current, links: Links) -> Provenance | None:
    """Return where the figure called `subject` comes from, None where there is no such figure."""
    kind, _, id = subject.partition(":")
    if not id:
        made = _FIGURES.get(subject)
        return made(bearing, here, links) if made else None
    if kind == "metric":
        found = next((one for one in bearing.metrics if one.id == id), None)
        return metric(found, bearing, here, links) if found else None
    if kind == "objective":
        status = next((one for one in bearing.objectives if one.id == id), None)
        return objective(status, bearing, here, links) if status else None
    if kind == "action":
        action_ = next((one for one in bearing.actions if one.id == id), None)
        return action(action_, bearing, here, links) if action_ else None
    return None


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
        method=_method("coherence"),
        facts=_made_from(bearing, here),
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
        method=_method("aligned_spend"),
        facts=(
            (labels.SOUNDNESS[Soundness.aligned][2], money.aligned),
            (labels.SOUNDNESS[Soundness.weak][2], money.weak),
            (labels.SOUNDNESS[Soundness.orphan][2], money.orphan),
            (T("Total"), money.total),
            *_made_from(bearing, here),
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
        method=_method("on_course"),
        facts=_made_from(bearing, here),
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
        facts += [
            (_OPTIONS.get(name, verbatim(name)), _plain(value))
            for name, value in figure.value.options.items()
        ]
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
        method=(*_method("return"), phrases.CREDIT_NOTE),
        facts=(*facts, *_made_from(bearing, here)),
        parts=tuple(sorted(parts, key=lambda one: -one.value.amount)),
        parts_title=T("Revenue credited by last contact, and cost"),
        imports=brought(here, bearing.period, tables=("spend", "touchpoints", "deals", "conversions")),
    )


_FIGURES: dict[str, Callable[[Bearing, Current, Links], Provenance]] = {
    "coherence": coherence,
    "aligned_spend": aligned_spend,
    "on_course": on_course,
    "return": returns,
}
_METHOD = dict(zip(_FIGURES, phrases.METHOD, strict=True))
_OPTIONS = {
    "rule": T("Credit rule"),
    "basis": T("Traced by"),
    "window_days": T("Days looked back"),
    "model": T("Model"),
    "expected": T("Expected at the due date"),
    "expected_low": T("Expected, low (interval at 90%)"),
    "expected_high": T("Expected, high (interval at 90%)"),
    "so_far": T("Reached so far"),
    "target": T("Target"),
    "buckets_left": T("Periods left"),
    "points": T("Values used"),
    "yearly_growth": T("Growth over a year"),
    "autocorrelation": T("How much one error tells of the next"),
    "slope": T("Slope"),
    "drift": T("Drift"),
    "origins": T("Earlier dates it was tried on"),
    "error": T("Mean miss on earlier dates"),
    "error_ahead": T("Periods ahead at which it was tried"),
    "error_origins": T("Earlier dates that could see that far"),
    "mase": T("Error of a period, against repeating the value of a season before"),
    "smape": T("Error of a period in percent"),
    "coverage": T("Past sums within the interval (90%)"),
    "last": T("Last value"),
}
_MODELS = {
    "fact": T("the due date has passed: a fact, no forecast"),
    "ensemble": T("blend of forecasts of its own past, chosen by back-test"),
    "drivers": T("through its drivers, each foreseen from its own past"),
    "line": T("straight line through the values"),
    "drift": T("drift from month to month"),
    "same_month_last_year": T("growth over the same month a year before"),
}
_RATIOS = ("yearly_growth", "error", "coverage")
_IN_UNIT = ("expected", "expected_low", "expected_high", "so_far", "target", "last")


def _method(figure: str) -> tuple[Text, ...]:
    return (_METHOD[figure][1],)


def _made_from(bearing: Bearing, here: Current) -> tuple[Fact, ...]:
    made = bearing.made_from
    return (
        (T("Plan"), T("revision {n} ({digest})", n=here.revision, digest=made.plan[:8])),
        (T("Data version"), made.data or T("no data")),
        (T("Gouvernail"), made.code),
        (T("Worked out on"), bearing.made_at),
    )


def _plain(value: Any) -> Any:
    return Number(value, 2) if isinstance(value, float) else str(value)


def metric(found: MetricReading, bearing: Bearing, here: Current, links: Links) -> Provenance:
    """Return a metric: definition, formula or measure, parts, sources and imports."""
    page = of_outcome(f"metric:{found.id}", found.value, found, bearing, here, links)
    return replace(page, title=found.name, meaning=found.meaning)


def of_outcome(
    subject: str, outcome: Outcome, found: MetricReading, bearing: Bearing, here: Current, links: Links
) -> Provenance:
    """Return where one value of a metric comes from."""
    facts: list[Fact] = [(T("Indicator"), verbatim(found.id))]
    if found.benchmark_source:
        facts.append((T("Benchmark"), T("{value}: {source}", value=in_unit(found.benchmark or 0, found.unit, bearing.currency), source=found.benchmark_source)))  # fmt: skip
    if isinstance(outcome, Refusal):
        return Provenance(
            subject,
            found.name,
            bearing.period,
            refusal=outcome.reason,
            formula=formula_of(bearing, found.id) or _definition(found.id),
            facts=tuple(facts),
        )
    options = outcome.options
    formula = str(options.get("formula") or "")
    sources = tuple(str(one) for one in options.get("sources", ()))
    if options.get("measure"):
        facts.append((T("Counted as"), verbatim(str(options["measure"]))))
    if sources:
        facts.append((T("Sources"), [source_name(one) for one in sources]))
    if "rows" in options:
        facts.append((T("Rows"), Number(int(options["rows"]))))
    if "exact" in options:
        facts.append(
            (T("Exact value"), verbatim(f"{options['exact']} {options.get('currency', '')}".strip()))
        )
    return Provenance(
        subject,
        found.name,
        bearing.period,
        value=in_unit(outcome.value, found.unit, bearing.currency),
        formula=formula or formula_of(bearing, found.id) or "",
        facts=(*facts, *_made_from(bearing, here)),
        parts=_parts(options.get("parts") or {}, formula, bearing, links),
        imports=brought(here, bearing.period, sources=sources, tables=_tables(options)) if sources else (),
        rows=bool(options.get("measure")),
    )


def _definition(id: str) -> str:
    found = METRICS.get(id)
    if found is None:
        return ""
    return found.formula or " · ".join(map(str, found.measures))


def _tables(options: Any) -> tuple[str, ...]:
    words = str(options.get("measure") or "")
    table = words.partition("(")[2].partition(".")[0].partition(")")[0]
    return (table,) if table else ()


def _parts(values: Any, formula: str, bearing: Bearing, links: Links) -> tuple[Part, ...]:
    known = {one.id: one for one in bearing.metrics}
    found = []
    for id in names(parse(formula)) if formula else ():
        one = known.get(id)
        value = values.get(id)
        if one is None or value is None:
            found.append(Part(METRICS[id].name if id in METRICS else id, _plain(value)))
        else:
            found.append(
                Part(
                    one.name,
                    in_unit(value, one.unit, bearing.currency),
                    links.origin(f"metric:{id}"),
                    one.meaning,
                )
            )
    return tuple(found)


def objective(status: ObjectiveStatus, bearing: Bearing, here: Current, links: Links) -> Provenance:
    """Return an objective's value over its own window, and what its chances rest on."""
    found = next((one for one in bearing.metrics if one.id == status.metric), None)
    subject = f"objective:{status.id}"
    if found is None:
        reason = status.current.reason if isinstance(status.current, Refusal) else None
        page = Provenance(subject, status.title, bearing.period, refusal=reason)
    else:
        page = replace(
            of_outcome(subject, status.current, found, bearing, here, links),
            period=window_of(status.id, bearing, here),
        )
    facts: list[Fact] = [
        (T("Aim"), phrases.aim(status, bearing.currency)),
        (T("Chances"), phrases.health(status)),
    ]
    if isinstance(status.probability, Estimate):
        for name, value in status.probability.options.items():
            if name in _IN_UNIT:
                shown: Any = in_unit(value, status.unit, bearing.currency)
            elif name in _RATIOS:
                shown = Ratio(value, 1)
            elif name == "model":
                shown = _MODELS.get(str(value), verbatim(str(value)))
            else:
                shown = _plain(value)
            facts.append((_OPTIONS.get(name, verbatim(name)), shown))
    return replace(
        page,
        title=status.title,
        meaning=status.metric_name,
        facts=(*facts, *page.facts),
        method=_method("on_course"),
        element=links.element(status.id),
    )


def window_of(objective_: str, bearing: Bearing, here: Current) -> Period:
    """Return the days over which an objective's value counts, up to the period's end."""
    element = here.plan.get(objective_)
    if not isinstance(element, Objective):
        return bearing.period
    grain, width = WINDOWS[element.window]
    last = last_whole(bearing.period.end, grain)
    return Period(last.back(width - 1).start, last.end)


def action(status: ActionStatus, bearing: Bearing, here: Current, links: Links) -> Provenance:
    """Return what the data say of an action, and by which keys they were matched."""
    facts: list[Fact] = [(T("Planned"), status.planned), (T("Spent"), status.spent or phrases.UNKNOWN_SPEND)]
    facts += [(T("Brought"), one) for one in phrases.brought(status)]
    facts.append((phrases.EVIDENCE, labels.GRADES[status.grade]))
    facts.append((T("Chain"), labels.SOUNDNESS[status.soundness][2]))
    element = here.plan.get(status.id)
    for key in getattr(element, "tracking", ()) or ():
        facts.append((T("Matched by"), verbatim(str(getattr(key, "value", key)))))
    shares = tuple(
        Part(links.element(id).title, Ratio(float(share), 0), links.element(id).url)
        for id, share in status.objectives
    )
    return Provenance(
        f"action:{status.id}",
        status.title,
        bearing.period,
        value=status.spent or status.planned,
        facts=(*facts, *_made_from(bearing, here)),
        parts=shares,
        parts_title=T("Objectives that it serves"),
        imports=brought(here, bearing.period, tables=("spend",)),
        element=links.element(status.id),
    )


def brought(
    here: Current, period: Period, *, sources: Iterable[str] = (), tables: Iterable[str] = ()
) -> tuple[Brought, ...]:
    """Return the imports of these sources (any where none is named) that fill these tables in the period."""
    wanted, names_ = set(sources), set(tables)
    found = []
    for record in here.data.records:
        if wanted and record.source not in wanted:
            continue
        rows = 0
        for name, table in record.tables.items():
            inside = table.first is None or (
                table.first <= period.end and (table.last or table.first) >= period.start
            )
            if inside and (not names_ or name in names_):
                rows += table.rows
        if rows:
            url = address("import", here.workspace.slug, record.id)
            found.append(Brought(record, source_name(record.source), rows, url))
    return tuple(found)


def counted(rows: int) -> Text:
    """Return how many rows there are."""
    return TN("{n} row", "{n} rows", rows)
