"""Results of experiments as their readers need them: what the subjects of each variant did, summed.

The same question is asked of a lake (`tables`) and of one file (`read_experiment`, which imports it into a lake of its own
for as long as it is read), so that a file tells the same in both places.

Rows come in three cuts. Rows by *subject* are summed by subject first; who was seen in two variants is left out and
counted. Rows by *day* hold the subjects who came new on that day, and add up. *Totals* tell how a test stands on a
day: the last one counts. Where one source tells an experiment in several cuts, the finest is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouvernail.base.text import TN, T
from gouvernail.sources.experiment_sums import BEFORE, COLUMNS, Pair, Summed, sums_of
from gouvernail.warehouse.tables import TABLES

if TYPE_CHECKING:
    from gouvernail.base.text import Text
    from gouvernail.sources.protocol import Context
    from gouvernail.warehouse.engine import Engine

__all__ = ["BEFORE", "COLUMNS", "Counted", "ExperimentTable", "Variant", "read_experiment", "tables"]
CONTROL = re.compile(
    r"(?:the )?(?:control|controls|contrôle|controle|ctrl|baseline|base|original|originale|origine|référence|reference|"
    r"témoin|temoin|groupe témoin|default|défaut|current|actuel|actuelle|existing|before|avant|off|a|v?0)\b.*"
)
"""Names of a control: alone, or followed by something more (`Control (blue)`)."""
NO_CONTROL = T("No variant is named as the control: “{variant}”, the first, is taken for it.", variant="")


@dataclass(frozen=True)
class Counted:
    """What some subjects of one variant did.

    Attributes:
        subjects: how many they are.
        converted: how many of them converted at least once; None where that is not known.
        totals: column of `COLUMNS` → sum over the subjects, where it is known.
        products: pair of columns, in alphabetical order → sum of their products over the subjects, where it is known.
    """

    subjects: int
    converted: int | None = None
    totals: Mapping[str, float] = field(default_factory=dict)
    products: Mapping[Pair, float] = field(default_factory=dict)

    def product(self, one: str, other: str) -> float | None:
        """Return the sum of products of two columns, None where it is not known."""
        return self.products.get((one, other) if one <= other else (other, one))

    def __add__(self, other: Counted) -> Counted:
        """Return what both groups did together; what is not known of one is not known of both."""
        both = self.converted is not None and other.converted is not None
        return Counted(
            self.subjects + other.subjects,
            (self.converted or 0) + (other.converted or 0) if both else None,
            {name: value + other.totals[name] for name, value in self.totals.items() if name in other.totals},
            {
                pair: value + other.products[pair]
                for pair, value in self.products.items()
                if pair in other.products
            },
        )


@dataclass(frozen=True)
class Variant:
    """A variant: everything its subjects did, and the same by the day on which they came, where days are known."""

    name: str
    counted: Counted
    days: tuple[tuple[date, Counted], ...] = ()


@dataclass(frozen=True)
class ExperimentTable:
    """One experiment and metric as one source tells it.

    Attributes:
        experiment: as the files name it; empty where they name none.
        metric: what is counted, where a file tells several metrics; else empty.
        variants: the control first, then in the order of their names (as in the file, for a bare file).
        cut: `subject`, `day` or `total`.
        source, account: where the rows come from.
        first_day, last_day: days of the facts; None where the files tell none.
        crossed: subjects seen in several variants, who are left out.
        currency: of the values, where they are money.
        named_control: whether the control was told by the file, by its name or by the user; else it is the first.
        notes: what a reader should know besides.
    """

    experiment: str
    metric: str
    variants: tuple[Variant, ...]
    cut: str = "total"
    source: str = ""
    account: str = ""
    first_day: date | None = None
    last_day: date | None = None
    crossed: int = 0
    currency: str | None = None
    named_control: bool = True
    notes: tuple[Text, ...] = ()

    @property
    def subjects(self) -> int:
        """Subjects over all variants."""
        return sum(one.counted.subjects for one in self.variants)

    @property
    def kinds(self) -> tuple[str, ...]:
        """What can be compared: of `proportion`, `mean` and `ratio`, those whose sums are known for every variant."""
        found = ["proportion"] if self._all(lambda one: one.converted is not None) else []
        return (*found, *(kind for kind in ("mean", "ratio") if self.numerators(kind)))

    def numerators(self, kind: str) -> tuple[str, ...]:
        """Return the columns that a comparison of this kind may be of, the likeliest first."""
        if kind == "proportion":
            return ("conversions",) if "proportion" in self.kinds else ()
        wanted = ("value", "conversions") if kind == "ratio" else ("value", "conversions", "units")
        return tuple(name for name in wanted if self._known(kind, name))

    def _known(self, kind: str, name: str) -> bool:
        if kind == "mean":
            return self._all(lambda one: name in one.totals and one.product(name, name) is not None)
        pairs = ((name, name), (name, "units"), ("units", "units"))
        return self._all(
            lambda one: (
                name in one.totals
                and one.totals.get("units", 0) > 0
                and all(one.product(*pair) is not None for pair in pairs)
            )
        )

    def _all(self, holds: Any) -> bool:
        return bool(self.variants) and all(holds(one.counted) for one in self.variants)


def tables(engine: Engine) -> tuple[ExperimentTable, ...]:
    """Return every experiment and metric that the facts know, by source and account, in the order of their names.

    Nothing is asked where no result was ever imported.
    """
    found = sums_of(engine)
    rows: dict[tuple[str, str, str, str], list[Summed]] = {}
    for row in found.rows:
        rows.setdefault(row.key, []).append(row)
    made = (_table(key, mine, found.crossed.get(key, 0)) for key, mine in rows.items())
    return tuple(sorted(made, key=lambda one: (one.experiment, one.metric, one.source, one.account)))


def with_control(table: ExperimentTable, control: str) -> ExperimentTable:
    """Return the same table with another variant as its control.

    Raises:
        SourceError: it has no variant of that name.
    """
    from gouvernail.base.errors import SourceError

    names = {one.name.casefold(): one for one in table.variants}
    if control.strip().casefold() not in names:
        raise SourceError(
            T(
                "There is no variant “{control}”: the file tells of {variants}.",
                control=control,
                variants=", ".join(f"“{one.name}”" for one in table.variants),
            )
        )
    first = names[control.strip().casefold()]
    return arranged(table, (first, *(one for one in table.variants if one is not first)))


def arranged(table: ExperimentTable, variants: tuple[Variant, ...]) -> ExperimentTable:
    """Return the same table with its variants in an order that is known: the first is the control."""
    notes = tuple(note for note in table.notes if note.template != NO_CONTROL.template)
    return replace(table, variants=variants, named_control=True, notes=notes)


def _table(key: tuple[str, str, str, str], rows: Sequence[Summed], crossed: int) -> ExperimentTable:
    """Return one experiment from its sums: of the finest cut; of totals, as they stood last."""
    cuts = TABLES["experiments"].cuts
    cut = min((row.cut for row in rows), key=lambda one: cuts.index(one) if one in cuts else len(cuts))
    rows = [row for row in rows if row.cut == cut]
    if cut == "total":
        last = max(((row.until or row.day) for row in rows if row.day), default=None)
        rows = [row for row in rows if (row.until or row.day) == last]
    rows = sorted(rows, key=lambda row: row.place)
    names = list(dict.fromkeys(row.variant for row in rows))
    variants = tuple(_variant(name, [row for row in rows if row.variant == name], cut) for name in names)
    flagged = {row.variant for row in rows if row.control}
    named = flagged or {name for name in names if CONTROL.fullmatch(name.strip().casefold())}
    days = [row.day for row in rows if row.day] + [row.until for row in rows if row.until]
    source, account, experiment, metric = key
    return ExperimentTable(
        experiment,
        metric,
        tuple(sorted(variants, key=lambda one: one.name not in named)),
        cut,
        source,
        account,
        min(days, default=None),
        max(days, default=None),
        crossed,
        min((row.currency for row in rows if row.currency), default=None),
        bool(named),
        _notes(None if named else names[0], crossed),
    )


def _notes(taken: str | None, crossed: int) -> tuple[Text, ...]:
    """Return what a reader should know: which variant is `taken` for the control, and who is left out."""
    notes = []
    if taken is not None:
        notes.append(replace(NO_CONTROL, values={"variant": taken}))
    if crossed:
        notes.append(
            TN(
                "{n} subject was seen in several variants and is left out.",
                "{n} subjects were seen in several variants and are left out.",
                crossed,
            )
        )
    return tuple(notes)


def _variant(name: str, rows: Sequence[Summed], cut: str) -> Variant:
    counted = [(row.until or row.day, _counted(row)) for row in rows]
    whole = reduce(add, (one for _, one in counted))
    if cut == "total" or any(day is None for day, _ in counted):
        return Variant(name, whole)
    by_day: dict[date, Counted] = {}
    for day, one in counted:
        by_day[day] = by_day[day] + one if day in by_day else one
    return Variant(name, whole, tuple(sorted(by_day.items(), key=lambda item: item[0])))


def _counted(row: Summed) -> Counted:
    return Counted(row.subjects, row.converted, row.values, row.products)


def read_experiment(
    path: Path,
    context: Context | None = None,
    *,
    mapping: Mapping[str, Any] | None = None,
    columns: Mapping[str, str] | None = None,
    control: str | None = None,
) -> tuple[ExperimentTable, ...]:
    """Return the experiments of one file, by the readers of every other import; nothing is kept.

    Args:
        path: any file that `gouvernail import` reads as results of experiments, or any table with `columns`.
        context: of the organisation; none is needed.
        mapping: a mapping file's content, as for `gouvernail import`.
        columns: column of the table `experiments` → header of the file (`{"value": "revenue", "units": "sessions"}`), for
            those that its headers do not tell by themselves.
        control: name of the variant that is the control, where the file does not tell.

    Raises:
        SourceError: the file is none of results, or cannot be read; the sentence says why and how to mend it.
    """
    from gouvernail.sources.experiment_file import read

    found = tuple(sorted(read(path, context, mapping, columns), key=lambda one: (one.experiment, one.metric)))
    return tuple(with_control(one, control) for one in found) if control else found
