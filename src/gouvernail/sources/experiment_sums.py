"""Sums over the table `experiments`: two questions to the engine, whatever the number of subjects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from gouvernail.warehouse.engine import Engine

KEYS = ("source", "account", "experiment", "metric")
MEASURED = ("conversions", "value", "units")
BEFORE: Mapping[str, str] = {
    "conversions": "conversions_before",
    "value": "covariate",
    "units": "units_before",
}
"""Column → the same of the same subjects before the test."""
COLUMNS = (*MEASURED, *BEFORE.values())
Pair = tuple[str, str]
GIVEN: Mapping[Pair, str] = {
    ("value", "value"): "squares",
    ("units", "units"): "unit_squares",
    ("units", "value"): "unit_cross",
    ("covariate", "covariate"): "covariate_squares",
    ("covariate", "value"): "covariate_cross",
}
"""Pair of columns → the column in which rows of many subjects give the sum of their products."""
_APART = frozenset(
    {frozenset(("conversions", "value")), frozenset(("conversions", "covariate"))}
    | {frozenset(("conversions_before", "value")), frozenset(("conversions_before", "covariate"))}
)
"""Pairs that no comparison asks for."""
PAIRS: tuple[Pair, ...] = tuple(
    (min(pair), max(pair))
    for pair in combinations_with_replacement(COLUMNS, 2)
    if frozenset(pair) not in _APART
)


@dataclass(frozen=True)
class Summed:
    """A row of sums: whose, of which cut, variant and day; `values` are sums by column, `products` by pair, known ones."""

    key: tuple[str, str, str, str]
    cut: str
    variant: str
    day: Any
    until: Any
    subjects: int
    converted: int | None
    values: Mapping[str, float]
    products: Mapping[Pair, float]
    place: int
    control: bool
    currency: str | None = None


@dataclass
class Sums:
    """Everything that was asked: rows of sums, and the subjects of each key that were seen in several variants."""

    rows: list[Summed] = field(default_factory=list)
    crossed: dict[tuple[str, str, str, str], int] = field(default_factory=dict)


def sums_of(engine: Engine) -> Sums:
    """Return the sums of all results; nothing is asked where none was imported."""
    found = Sums()
    if engine.is_empty("experiments"):
        return found
    facts = _shaped(engine.table("experiments"))
    found.rows += _by_group(engine, facts.filter(facts["cut"] != "subject"))
    subjects = facts.filter(facts["cut"] == "subject")
    found.rows += _by_subject(engine, subjects, found.crossed)
    return found


def _shaped(facts: ir.Table) -> ir.Table:
    """Name the cut of rows whose importer did not."""
    undated = facts["day"].isnull().ifelse("total", "day")
    told = facts["cut"].coalesce(facts["subject"].notnull().ifelse("subject", undated))
    empty = {name: facts[name].coalesce("") for name in (*KEYS, "variant")}
    return facts.mutate(cut=told, **empty)


def _by_group(engine: Engine, facts: ir.Table) -> Iterator[Summed]:
    """Sums of rows that speak for many subjects; a sum is known where every row tells it."""
    summed = ("exposures", "conversions", "value", "units", "covariate", *GIVEN.values())
    asked = {name: facts[name].sum() for name in summed}
    told = {f"{name}_told": facts[name].count() for name in summed}
    query = facts.group_by([*KEYS, "cut", "variant", "day", "until"]).aggregate(
        **asked,
        **told,
        rows_in_all=facts.count(),
        place=facts["source_row"].min(),
        control=facts["control"].max(),
        currency=facts["currency"].min(),
    )
    for row in engine.execute(query).to_pylist():
        known = {name: row[name] for name in summed if row[f"{name}_told"] == row["rows_in_all"]}
        columns = ("conversions", "value", "units", "covariate")
        yield Summed(
            _key(row),
            row["cut"],
            row["variant"],
            row["day"],
            row["until"],
            int(row["exposures"] or 0),
            int(known["conversions"]) if "conversions" in known else None,
            {name: float(known[name]) for name in columns if name in known},
            {pair: float(known[name]) for pair, name in GIVEN.items() if name in known},
            row["place"] or 0,
            bool(row["control"]),
            row["currency"],
        )


def _by_subject(
    engine: Engine, facts: ir.Table, crossed: dict[tuple[str, str, str, str], int]
) -> Iterator[Summed]:
    """Sums over subjects, each of them summed up first; who was seen in two variants is counted apart."""
    found = engine.execute(_summed(_people(facts))).to_pylist()
    known: dict[tuple[str, str, str, str], set[str]] = {}
    for row in found:
        known.setdefault(_key(row), set()).update(name for name in COLUMNS if row[f"{name}_told"])
        crossed[_key(row)] = crossed.get(_key(row), 0) + int(row["crossed"] or 0)
    for row in found:
        if not row["subjects"]:
            continue
        columns = known[_key(row)]
        yield Summed(
            _key(row),
            "subject",
            row["variant"],
            row["day"],
            row["day"],
            row["subjects"],
            int(row["converted"]) if "conversions" in columns else None,
            {name: float(row[name]) for name in COLUMNS if name in columns},
            {pair: float(row["_".join(pair)]) for pair in PAIRS if set(pair) <= columns},
            row["place"] or 0,
            bool(row["control"]),
            row["currency"],
        )


def _people(facts: ir.Table) -> ir.Table:
    """One row a subject: its sums, and what it did before, which every one of its rows repeats."""
    summed = {name: facts[name].sum().cast("float64").coalesce(0.0) for name in MEASURED}
    before = {name: facts[name].max().cast("float64").coalesce(0.0) for name in BEFORE.values()}
    told = {f"{name}_told": facts[name].count() for name in COLUMNS}
    return facts.group_by([*KEYS, "subject"]).aggregate(
        **summed,
        **before,
        **told,
        variant=facts["variant"].min(),
        other=facts["variant"].max(),
        day=facts["day"].min(),
        place=facts["source_row"].min(),
        control=facts["control"].max(),
        currency=facts["currency"].min(),
    )


def _summed(people: ir.Table) -> ir.Table:
    """Sums of those who saw one variant only; how many saw several, and in how many rows each column stood."""
    once = people["variant"] == people["other"]
    products = {"_".join(pair): (people[pair[0]] * people[pair[1]]).sum(where=once) for pair in PAIRS}
    return people.group_by([*KEYS, "variant", "day"]).aggregate(
        **{name: people[name].sum(where=once) for name in COLUMNS},
        **{f"{name}_told": people[f"{name}_told"].sum() for name in COLUMNS},
        **products,
        subjects=once.sum(),
        crossed=(~once).sum(),
        converted=(people["conversions"] > 0).sum(where=once),
        place=people["place"].min(where=once),
        control=people["control"].max(where=once),
        currency=people["currency"].min(where=once),
    )


def _key(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    source, account, experiment, metric = (row[name] for name in KEYS)
    return source, account, experiment, metric
