"""Facts of who was held out, and the sales of the same people, as a `Study`: what `holdouts.incremental` reads.

The engine brings every person's draws into one row; nothing is looked at person by person here. Of several draws of one
person the latest up to the period's end counts, and only sales from its day on, up to the day on which it ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import TN, T
from gouvernail.measurement.attribution.paths import Floats
from gouvernail.measurement.attribution.sales import DAY_SECONDS, sales, seconds, source_of_sales
from gouvernail.measurement.attribution.stream import Asked, orders
from gouvernail.measurement.attribution.study import Flags, Study, nobody
from gouvernail.metrics.rates import rates_of

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

EVERYTHING = "(all)"
"""Name of the one step where people were only ever held out of all channels together."""
MOST = 64
"""Channels or campaigns that one study compares."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A study, and whom it leaves out: people drawn for some of its channels only."""

    study: Study
    left_out: int


def drawn(engine: Any, asked: Asked) -> Drawn | Refusal:
    """Return who was held out of which channel or campaign, and what they bought in the period.

    Refuses where nobody was held out (`no_holdout`), at levels that nobody is held out of (`no_level`), where the facts
    contradict each other (`contradiction`), nobody was drawn for all channels (`no_common_draw`), nobody who was shown
    is listed (`no_control`), too many are compared (`too_many`), or nothing was sold (`no_data`).
    """
    if engine.is_empty("holdouts"):
        return nobody()
    if asked.level not in ("channel", "campaign"):
        return Refusal(
            "no_level", T("People are held out of channels or of campaigns: ask by one of these levels.")
        )
    chosen = source_of_sales(engine, dict(asked.of_record))
    if isinstance(chosen, Refusal):
        return chosen
    rows = _rows(engine, asked)
    steps, shares = _steps(engine, rows)
    if len(steps) > MOST:
        return Refusal(
            "too_many",
            T(
                "People were held out of {n} campaigns: at most {most} can be compared.",
                n=len(steps),
                most=MOST,
            ),
        )
    people = _People.of(engine.stream(_each(rows, steps)), steps, asked)
    if isinstance(people, Refusal):
        return people
    lines = sales(engine, chosen, asked.period, asked.currency.upper(), rates_of(asked.rates))
    buyer, bought, value = people.bought(engine.stream(orders(lines)))
    study = Study(tuple(steps), people.held, buyer, value, bought, people.would, shares)
    return Drawn(study, people.left_out)


def _rows(engine: Any, asked: Asked) -> ibis.Table:
    """Return the draws that hold in the period: of each person and step the latest; an empty step is all of them."""
    import ibis

    table = engine.table("holdouts")
    column = table["channel"] if asked.level == "channel" else table["campaign"]
    whole = table["campaign"].isnull() if asked.level == "channel" else table["channel"].isnull()
    table = table.filter(
        table["person"].notnull()
        & table["held"].notnull()
        & (table["day"] <= asked.period.end)
        & (table["ended"].isnull() | (table["ended"] >= asked.period.start))
        & (whole | column.notnull() if asked.level == "campaign" else whole)
    )
    step = table["channel"] if asked.level == "channel" else table["campaign"]
    rows = table.select(
        "person",
        "day",
        "ended",
        "planned",
        step=step.coalesce(""),
        held=table["held"].cast("int32"),
        exposed=table["exposed"].cast("int32"),
        would=seconds(table["instant"]),
    )
    latest = rows.day.max().over(ibis.window(group_by=[rows.person, rows.step]))
    rows = rows.mutate(latest=latest)
    return rows.filter(rows.day == rows.latest)


def _steps(engine: Any, rows: ibis.Table) -> tuple[list[str], tuple[float, ...]]:
    """Return the names of what people were held out of, and the planned part of each, 0 where it is not told alike."""
    told = rows.group_by("step").aggregate(most=rows.planned.max(), least=rows.planned.min())
    found = {row["step"]: row for row in engine.execute(told).to_pylist()}
    steps = sorted(step for step in found if step) or [""]
    plans = [found.get(step, {"most": None, "least": None}) for step in steps]
    shares = tuple(one["most"] if one["most"] == one["least"] else None for one in plans)
    return [step or EVERYTHING for step in steps], tuple(share or 0.0 for share in shares)


def _each(rows: ibis.Table, steps: Sequence[str]) -> ibis.Table:
    """Return one row a person: of every step (and of all together) how often drawn, held out or not, first exposure."""
    columns = {"since": rows.day.max(), "until": rows.ended.min()}
    for name, step in (("all", ""), *((str(place), step) for place, step in enumerate(steps))):
        here = rows.step == ("" if step == EVERYTHING else step)
        columns |= {
            f"most_{name}": rows.held.max(where=here),
            f"least_{name}": rows.held.min(where=here),
            f"exposed_{name}": rows.exposed.max(where=here),
            f"would_{name}": rows.would.min(where=here),
        }
    each = rows.group_by("person").aggregate(**columns)
    return each.order_by("person")


@dataclass(frozen=True, eq=False)
class _People:
    """Those of the study, in order of their pseudonyms, as arrays."""

    names: pa.Array
    since: Floats
    until: Floats
    held: Flags
    would: Floats | None
    left_out: int

    @staticmethod
    def of(stream: Iterator[pa.RecordBatch], steps: Sequence[str], asked: Asked) -> _People | Refusal:
        import pyarrow as pa

        table = pa.Table.from_batches(
            list(stream) or [pa.record_batch({"person": pa.array([], pa.string())})]
        )
        if not table.num_rows:
            return nobody()
        read = _Read(table)
        odd = read.contradicted(["all", *map(str, range(len(steps)))])
        if odd:
            return Refusal(
                "contradiction",
                TN(
                    "{n} person is listed both as held out and as shown, for the same channel and day: let everybody stand once.",
                    "{n} people are listed both as held out and as shown, for the same channel and day: let everybody stand once.",
                    odd,
                ),
            )
        whole = read.number("most_all")
        marks = np.stack([read.number(f"most_{place}") for place in range(len(steps))], axis=1)
        told: Flags = np.asarray((~np.isnan(marks) | ~np.isnan(whole)[:, None]).all(axis=1))
        held = (marks == 1) | (whole == 1)[:, None]
        if refused := _lacking(told, held, steps):
            return refused
        would = read.would(len(steps), _after(asked.period.end))
        return _People(
            table.column("person").combine_chunks().filter(pa.array(told)),
            read.day("since")[told],
            read.day("until", last=True)[told],
            held[told],
            None if would is None else would[told],
            int((~told).sum()),
        )

    def bought(self, stream: Iterator[pa.RecordBatch]) -> tuple[Any, Floats, Floats]:
        """Return buyer, instant and worth of every sale of theirs while the draw held."""
        import pyarrow.compute as pc

        parts = [(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))]
        for batch in stream:
            who = pc.index_in(batch.column("person"), value_set=self.names)
            mine = who.is_valid().to_numpy(zero_copy_only=False)
            place = who.fill_null(0).to_numpy().astype(np.int64)
            at = batch.column("at").to_numpy(zero_copy_only=False).astype(np.float64)
            # Without an hour it was some hour of its day: an exposure of that day came before it.
            at = np.where(at % DAY_SECONDS == 0, at + DAY_SECONDS - 1, at)
            worth = batch.column("worth").cast("float64").fill_null(0.0).to_numpy(zero_copy_only=False)
            mine &= (at >= self.since[place]) & (at < self.until[place])
            parts.append((place[mine], at[mine], worth[mine]))
        buyer, bought, value = (np.concatenate([one[place] for one in parts]) for place in range(3))
        order = np.lexsort((value, bought, buyer))
        return buyer[order], bought[order], value[order]


@dataclass(frozen=True, eq=False)
class _Read:
    """Columns of one row a person, as numbers; what is empty is not a number."""

    table: pa.Table

    def number(self, name: str) -> Floats:
        import pyarrow as pa

        found: Floats = self.table.column(name).cast(pa.float64()).to_numpy().astype(np.float64)
        return found

    def day(self, name: str, *, last: bool = False) -> Floats:
        """Return the first instant of a day, or the first after it; endless where there is none."""
        import pyarrow as pa

        days = self.table.column(name).cast(pa.int32()).cast(pa.float64()).to_numpy()
        found: Floats = np.where(np.isnan(days), np.inf, (days + last) * DAY_SECONDS)
        return found

    def contradicted(self, names: Sequence[str]) -> int:
        odd = np.zeros(self.table.num_rows, dtype=bool)
        for name in names:
            most, least = self.number(f"most_{name}"), self.number(f"least_{name}")
            odd |= ~np.isnan(most) & (most != least)
        return int(odd.sum())

    def would(self, count: int, end: float) -> Floats | None:
        """Return each person's first exposure, real or not; None where any step has no log of it."""
        columns = []
        for place in range(count):
            exposed, instant = self.number(f"exposed_{place}"), self.number(f"would_{place}")
            if np.isnan(exposed).all() and np.isnan(instant).all():
                return None
            # Exposed at an hour that nobody noted: from the draw on.
            first = np.where(np.isnan(instant), np.where(exposed == 1, self.day("since"), np.inf), instant)
            columns.append(np.where(first < end, first, np.inf))
        return np.stack(columns, axis=1)


def _lacking(told: Flags, held: Flags, steps: Sequence[str]) -> Refusal | None:
    """Return a refusal where nobody can be compared: nobody drawn for all steps, or nobody shown."""
    if not told.any():
        return Refusal(
            "no_common_draw",
            T(
                "Nobody was drawn for all of {channels}: draw the same people for each, or leave some of these out.",
                channels=list(steps),
            ),
        )
    if held[told].all():
        return Refusal(
            "no_control",
            T(
                "Everybody listed is held out: list the people who were drawn and shown, too, to compare them."
            ),
        )
    return None


def _after(day: date) -> float:
    return (day - date(1970, 1, 1)).days * DAY_SECONDS + DAY_SECONDS
