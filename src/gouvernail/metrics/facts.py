"""Values of metrics from the lake: a value, many values, a series, a breakdown. No data is a refusal, never zero.

Everything a table can tell for one window is asked in one grouped query and kept, so that seventy
metrics over twenty-four months cost a dozen queries. Method: docs/methods/facts.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from gouvernail.base.errors import FormulaError, UsageError
from gouvernail.base.formula import Node, evaluate, names, parse
from gouvernail.base.outcome import Estimate, Outcome, Refusal
from gouvernail.base.periods import Grain, Period, bucket
from gouvernail.base.units import Unit
from gouvernail.metrics.catalogue import METRICS, unknown
from gouvernail.metrics.cells import Cell, Question
from gouvernail.metrics.measured import Measured, Place
from gouvernail.metrics.metric import Metric
from gouvernail.metrics.rates import rates_of
from gouvernail.metrics.special import observed
from gouvernail.metrics.stock import EVENTS, Chosen
from gouvernail.metrics.telling import (
    METHOD,
    Made,
    circular,
    estimate,
    more_than_the_whole,
    no_breakdown,
    no_currency,
    no_data,
    no_denominator,
    not_additive,
)

DIMENSIONS = ("action", "channel", "campaign", "source", "segment")


class Facts:
    """The numbers of one organisation, read through one engine at one data version.

    Args:
        engine: `warehouse.engine.Engine`, or anything with `table(name)` and `execute(expr)`.
        metrics: the catalogue, the plan's own metrics included.
        currency: ISO code in which money is told.
        rates: (currency, day, rate): from that day on, one unit is worth `rate` of `currency`.
        of_record: source of record, for `revenue` (`conversions`, `deals` or a source id), `leads`
            (the same), `web` (a source id) and `domain` (our own). Chosen by what is there where not said.
        actions: (source, campaign, action) triples for breakdowns by action
            (`metrics.matches.Matches.owners`).
    """

    def __init__(
        self,
        engine: Any,
        metrics: Mapping[str, Metric] | None = None,
        currency: str = "EUR",
        rates: Iterable[tuple[str, date, Decimal]] = (),
        of_record: Mapping[str, str] | None = None,
        actions: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        self._engine, self.currency = engine, currency.upper()
        self._metrics = dict(METRICS if metrics is None else metrics)
        self._rates = rates_of(rates)
        self._measured = Measured(engine, self._metrics, self.currency, self._rates, of_record or {}, actions)
        self._typed: dict[Question, dict[tuple[str, date | None], tuple[Cell, Decimal | float]]] = {}
        self._outcomes: dict[tuple[str, Question, Place], Outcome] = {}
        self._trees: dict[str, Node] = {}
        self._windows: dict[Question, None] = {}

    def value(self, metric: str, period: Period) -> Outcome:
        """Return the metric over the period, or why it cannot be told.

        Raises:
            UsageError: the catalogue has no such metric.
        """
        for question in self._windows:
            # A month of a series already asked is that month: the same rows, no new question.
            if question.grain is period.grain and question.period.overlap(period) == period:
                return self._outcome(metric, question, (period.start, None), ())
        return self._outcome(metric, Question(period), (None, None), ())

    def values(self, metrics: Iterable[str], period: Period) -> dict[str, Outcome]:
        """Return several metrics over one period; one query a table."""
        return {metric: self.value(metric, period) for metric in metrics}

    def series(self, metric: str, period: Period, grain: Grain) -> tuple[tuple[Period, Outcome], ...]:
        """Return the metric for each calendar bucket that touches the period, whole buckets, in order."""
        buckets = tuple(period.buckets(grain))
        whole = Question(Period(buckets[0].start, buckets[-1].end), grain)
        self._windows[whole] = None
        return tuple((each, self._outcome(metric, whole, (each.start, None), ())) for each in buckets)

    def breakdown(self, metric: str, period: Period, by: str) -> dict[str, Outcome]:
        """Return the metric by `action`, `channel`, `campaign`, `source` or `segment`, where the facts allow.

        Rows without the dimension are in no part: parts need not sum to the whole. Empty where no
        fact carries the dimension.

        Raises:
            UsageError: no such metric or dimension.
        """
        if by not in DIMENSIONS:
            raise UsageError(no_breakdown(by, DIMENSIONS))
        question = Question(period, None, by)
        keys = sorted(
            {
                key
                for each in self._leaves(metric)
                for _, key in self._measured.cells(each, question)
                if key is not None
            }
        )
        return {key: self._outcome(metric, question, (None, key), ()) for key in keys}

    def measure_of(self, metric: str) -> Chosen | None:
        """Return the measure that answers for a metric, with its sources and days; None where none can."""
        return self._measured.choose(self._metric(metric))

    def last_day(self, metric: str) -> date | None:
        """Return the last day with data of the tables that make a metric; None where a part of it has none.

        Raises:
            UsageError: the catalogue has no such metric.
        """
        leaves = self._leaves(metric)
        return min((each.span.end for each in leaves), default=None)

    def _metric(self, id: str) -> Metric:
        if id not in self._metrics:
            raise UsageError(unknown(id, self._metrics))
        return self._metrics[id]

    def _outcome(self, id: str, question: Question, place: Place, above: tuple[str, ...]) -> Outcome:
        key = (id, question, place)
        if key not in self._outcomes:
            if id in above:
                return circular(id)
            self._outcomes[key] = self._work_out(self._metric(id), question, place, (*above, id))
        return self._outcomes[key]

    def _work_out(self, metric: Metric, question: Question, place: Place, above: tuple[str, ...]) -> Outcome:
        answer: Outcome = no_data(metric, question)
        if metric.measures:
            answer = self._measure(metric, question, place)
        if isinstance(answer, Refusal) and metric.formula:
            calculated = self._calculated(metric, question, place, above)
            if isinstance(calculated, Estimate) or not metric.measures:
                answer = calculated
        if isinstance(answer, Refusal) and question.by is None:
            return self._observed(metric, question, place) or answer
        return answer

    def _measure(self, metric: Metric, question: Question, place: Place) -> Outcome:
        window = bucket(place[0], question.grain) if place[0] and question.grain else question.period
        if metric.measure and metric.measure.how == "months":
            return Estimate(_months(window), METHOD)
        chosen = self.measure_of(metric.id)
        if chosen is None:
            return no_data(metric, question)
        cell = self._measured.cells(chosen, question).get(place)
        made = Made(metric, chosen, window, self.currency)
        if cell is None or not cell.rows:
            happened = chosen.measure.table in EVENTS or (cell is not None and cell.alive > 0)
            sums = chosen.measure.how in ("sum", "count", "count_distinct", "count_first", "influenced")
            zero = sums and happened and bool(chosen.span.overlap(window)) and self._may_be_zero(chosen, cell)
            return (
                estimate(made, Cell(0, None, 0, 0, 0))
                if zero and not question.by
                else no_data(metric, question)
            )
        if cell.excluded and cell.excluded == cell.rows:
            return no_currency(metric, self.currency, cell.excluded)
        if chosen.measure.how == "single" and cell.rows > 1:
            return not_additive(metric)
        if cell.weight is not None and not cell.weight:
            return no_denominator(metric)
        return estimate(made, cell)

    def _may_be_zero(self, chosen: Chosen, cell: Cell | None) -> bool:
        """In daily tables only rows that the measure leaves out on purpose prove a zero."""
        measure = chosen.measure
        selective = bool(measure.where or measure.without or measure.at_most)
        return measure.table in EVENTS or (cell is not None and selective)

    def _calculated(
        self, metric: Metric, question: Question, place: Place, above: tuple[str, ...]
    ) -> Outcome:
        tree = self._tree(metric)
        if isinstance(tree, Refusal):
            return tree
        parts = {id: self._outcome(id, question, place, above) for id in names(tree) if id in self._metrics}
        for id in names(tree):
            part = parts.get(id) or Refusal("unknown_metric", unknown(id, self._metrics))
            if isinstance(part, Refusal):
                return part
        numbers = {id: part.value for id, part in parts.items() if isinstance(part, Estimate)}
        value = evaluate(tree, numbers.get)
        if value is None:
            return no_denominator(metric)
        if metric.share and value > 1:
            return more_than_the_whole(metric, value)
        options: dict[str, Any] = {"formula": metric.formula, "parts": numbers}
        covered = [
            part.options["covered"]
            for part in parts.values()
            if isinstance(part, Estimate) and "covered" in part.options
        ]
        if covered:
            options["covered"] = min(covered)
        return Estimate(value, METHOD, options=options)

    def _tree(self, metric: Metric) -> Node | Refusal:
        if metric.id not in self._trees:
            try:
                self._trees[metric.id] = parse(metric.formula or "")
            except FormulaError as error:
                return Refusal("bad_formula", error.message)
        return self._trees[metric.id]

    def _observed(self, metric: Metric, question: Question, place: Place) -> Outcome | None:
        if question not in self._typed:
            self._typed[question] = observed(self._engine, question, self.currency, self._rates)
        found = self._typed[question].get((metric.id, place[0]))
        if found is None:
            return None
        cell, latest = found
        if not cell.rows:
            return no_currency(metric, self.currency, cell.excluded)
        level = metric.unit not in (Unit.ratio, Unit.count)
        if not metric.additive and not level and cell.alive > 1:
            return not_additive(metric)
        value = cell.total if metric.additive else latest
        return Estimate(float(value), METHOD, options={"measure": "observations", "rows": cell.rows})

    def _leaves(self, id: str) -> tuple[Chosen, ...]:
        """Return the measures that a metric comes down to."""
        found: dict[str, Chosen] = {}
        todo, seen = [id], set()
        while todo:
            each = todo.pop()
            if each in seen:
                continue
            seen.add(each)
            metric = self._metric(each)
            chosen = self.measure_of(each) if metric.measures else None
            if chosen:
                found[each] = chosen
            elif metric.formula and not isinstance(tree := self._tree(metric), Refusal):
                todo += [name for name in names(tree) if name in self._metrics]
        return tuple(found.values())


def _months(period: Period) -> float:
    """Return the whole months of the period, else its days over the mean month of 365.2425 / 12 days."""
    whole = Period(bucket(period.start, Grain.month).start, bucket(period.end, Grain.month).end)
    if whole == period:
        return float(sum(1 for _ in period.buckets(Grain.month)))
    return period.days * 12 / 365.2425
