"""Where a figure comes from, found by its subject: one of the four, an indicator, an objective, an action."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gouvernail.base.formula import names, parse
from gouvernail.base.ids import source_name
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Period, last_whole
from gouvernail.base.text import T, verbatim
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.measures import WINDOWS
from gouvernail.bearing.model import ActionStatus, Bearing, MetricReading, ObjectiveStatus
from gouvernail.metrics.catalogue import METRICS
from gouvernail.plan.model import Objective
from gouvernail.report import labels, phrases
from gouvernail.report.values import in_unit
from gouvernail.web.bearings.current import Current
from gouvernail.web.cockpit.estimate_words import name_of, plain, shown
from gouvernail.web.cockpit.explain import formula_of
from gouvernail.web.cockpit.figure_origins import FIGURES, method_of
from gouvernail.web.cockpit.links import Links
from gouvernail.web.cockpit.origin import Fact, Part, Provenance, brought, made_from


def find(subject: str, bearing: Bearing, here: Current, links: Links) -> Provenance | None:
    """Return where the figure called `subject` comes from, None where there is no such figure."""
    kind, _, id = subject.partition(":")
    if not id:
        made = FIGURES.get(subject)
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
        facts=(*facts, *made_from(bearing, here)),
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
            found.append(Part(METRICS[id].name if id in METRICS else id, plain(value)))
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
        facts += [
            (name_of(option), shown(option, value, status.unit, bearing.currency))
            for option, value in status.probability.options.items()
        ]
    return replace(
        page,
        title=status.title,
        meaning=status.metric_name,
        facts=(*facts, *page.facts),
        method=method_of("on_course"),
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
        facts=(*facts, *made_from(bearing, here)),
        parts=shares,
        parts_title=T("Objectives that it serves"),
        imports=brought(here, bearing.period, tables=("spend",)),
        element=links.element(status.id),
    )
