"""The measures that answer for metrics, and their cells: all of one table asked in one query, and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gouvernail.metrics.cells import Cell, Cells, Question
from gouvernail.metrics.metric import Measure, Metric
from gouvernail.metrics.rates import Rate
from gouvernail.metrics.special import first_times, has_touches, influenced, open_deals
from gouvernail.metrics.stock import Chosen, Stock

SPECIAL = ("months", "count_first", "open_at_end", "influenced")
"""Ways of measuring that no grouped query of the table answers."""
Place = tuple[date | None, str | None]


class Measured:
    """The measures of a catalogue, through one engine at one data version. See `facts.Facts` for the arguments."""

    def __init__(
        self,
        engine: Any,
        metrics: Mapping[str, Metric],
        currency: str,
        rates: tuple[Rate, ...],
        of_record: Mapping[str, str],
        actions: Sequence[tuple[str, str, str]],
    ) -> None:
        self._engine, self._metrics, self._currency, self._rates = engine, metrics, currency, rates
        measures = [measure for metric in metrics.values() for measure in metric.measures]
        self._stock = Stock(engine, measures, of_record)
        self._cells = Cells(engine, currency, rates, actions)
        self._chosen: dict[str, Chosen | None] = {}
        self._known: dict[tuple[Question, Measure], dict[Place, Cell]] = {}

    def choose(self, metric: Metric) -> Chosen | None:
        """Return the measure that answers for a metric, with its sources and days; None where none can."""
        if metric.id not in self._chosen:
            self._chosen[metric.id] = self._stock.choose(metric.measures)
        return self._chosen[metric.id]

    def cells(self, chosen: Chosen, question: Question) -> dict[Place, Cell]:
        """Return the cells of a measure, asking for all chosen measures of its table at once."""
        key = (question, chosen.measure)
        if key not in self._known:
            if chosen.measure.how in SPECIAL:
                self._known[key] = self._special(chosen, question)
            else:
                self._ask_together(chosen, question)
        return self._known[key]

    def _ask_together(self, chosen: Chosen, question: Question) -> None:
        like = chosen.measure
        if question.by and not self._cells.has_dimension(like.table, question.by):
            self._known[question, like] = {}
            return
        together: dict[Measure, Chosen] = {like: chosen}
        for metric in self._metrics.values():
            same = any(measure.table == like.table and measure.day == like.day for measure in metric.measures)
            other = self.choose(metric) if same else None
            if (
                other
                and other.measure.how not in SPECIAL
                and (other.measure.table, other.measure.day)
                == (
                    like.table,
                    like.day,
                )
            ):
                together.setdefault(other.measure, other)
        for measure, cells in self._cells.ask(tuple(together.values()), question).items():
            self._known[question, measure] = cells

    def _special(self, chosen: Chosen, question: Question) -> dict[Place, Cell]:
        if question.by:
            return {}
        found: Mapping[date | None, Cell] = {}
        match chosen.measure.how:
            case "count_first":
                found = first_times(self._engine, chosen, question)
            case "influenced" if has_touches(self._engine):
                found = influenced(self._engine, chosen, question, self._currency, self._rates)
            case "open_at_end":
                found = self._open(chosen, question)
        return {(day, None): cell for day, cell in found.items()}

    def _open(self, chosen: Chosen, question: Question) -> Mapping[date | None, Cell]:
        whole = question.period
        ends = tuple(whole.buckets(question.grain)) if question.grain else (whole,)
        told = tuple(each for each in ends if chosen.span.overlap(each))
        cells = open_deals(self._engine, chosen, told, self._currency, self._rates) if told else {}
        return {day if question.grain else None: cell for day, cell in cells.items()}
