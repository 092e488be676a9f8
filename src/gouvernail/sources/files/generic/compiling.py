"""A mapping made into a `Reading`: every fault of the mapping is one sentence with a suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Cell, Kind, Reading, literal
from gouvernail.sources.samples import choose_style, column_sample
from gouvernail.sources.values.currencies import find_currency
from gouvernail.sources.values.dates import Style
from gouvernail.sources.values.headers import is_continental, normalise
from gouvernail.sources.values.missing import is_missing
from gouvernail.sources.values.numbers import Mark, find_mark
from gouvernail.warehouse.tables import TABLES, Table

_PERSONS = frozenset({"person", "company", "subject"})
_KEYS = frozenset(
    {
        "from",
        "map",
        "otherwise",
        "multiply",
        "first",
        "value",
        "default",
        "sign",
        "positive",
        "negative",
        "join",
    }
)


@dataclass(frozen=True)
class MappedMatch:
    """A mapping and the row of the sheet where its columns stand."""

    mapping: Mapping[str, Any]
    header: int
    names: tuple[str, ...]
    score: float = 1.0


def joined(rule: Any) -> Mapping[str, Any]:
    """Return the dimensions that a rule puts together (`{join: {market: city}}`): name → header; none of any other rule."""
    told = rule.get("join") if isinstance(rule, Mapping) else None
    return told if isinstance(told, Mapping) else {}


class Compiler:
    """One mapping, one sheet: to the `Reading` that the typing query needs."""

    def __init__(self, match: MappedMatch, sheet: Sheet, context: Context) -> None:
        self.mapping, self.sheet, self.context, self.match = match.mapping, sheet, context, match
        self.positions = {normalise(name): i for i, name in reversed(list(enumerate(match.names)))}
        self.table = self._table()
        self.continental = is_continental(match.names)

    def reading(self) -> Reading:
        """Return the reading.

        Raises:
            SourceError: the mapping does not fit the table, or dates stay ambiguous.
        """
        rules: Mapping[str, Any] = self.mapping["columns"]
        self._known(rules)
        cells = [cell for column, rule in rules.items() if (cell := self._cell(column, rule))]
        cells += [cell for column, rule in rules.items() for cell in self._parts(column, rule)]
        constants = {
            column: v for column, rule in rules.items() if (v := self._constant(column, rule)) is not None
        }
        derived = {
            c: self._sign(rule) for c, rule in rules.items() if isinstance(rule, Mapping) and "sign" in rule
        }
        derived |= {c: _put_together(c, rule) for c, rule in rules.items() if joined(rule)}
        if "currency" in {c.name for c in self.table.columns} and "currency" not in rules:
            constants["currency"] = (
                self.mapping.get("currency") or self._shown_currency(cells) or self.context.currency
            )
        if self.table.day not in rules:
            raise SourceError(
                T(
                    "The mapping must say where “{column}” of {table} comes from.",
                    column=self.table.day,
                    table=self.table.name,
                )
            )
        return Reading(
            self.table.name, str(self.mapping.get("source") or "generic"), str(self.mapping.get("account", "")),
            self.match.header, self.match.names, tuple(cells), constants, derived, self._skip(),
        )  # fmt: skip

    def _table(self) -> Table:
        name = str(self.mapping.get("table", ""))
        if name not in TABLES:
            raise SourceError(
                T("There is no table “{table}”. Known tables: {known}.", table=name, known=", ".join(TABLES))
            )
        return TABLES[name]

    def _known(self, rules: Mapping[str, Any]) -> None:
        known = [column.name for column in self.table.columns]
        for column, rule in rules.items():
            if column not in known:
                raise SourceError(
                    T("The table {table} has no column “{column}”. It has: {known}.",
                      table=self.table.name, column=column, known=", ".join(known))
                )  # fmt: skip
            wrong = sorted(set(rule) - _KEYS) if isinstance(rule, Mapping) else []
            if wrong:
                raise SourceError(
                    T("“{column}” has an unknown word “{key}”; known words: {known}.",
                      column=column, key=wrong[0], known=", ".join(sorted(_KEYS)))
                )  # fmt: skip

    def _kind(self, column: str) -> Kind:
        if column in _PERSONS:
            return "person"
        if column in ("cost", "currency"):
            return "cost" if column == "cost" else "currency"
        return cast("Kind", self.table.column(column).type)

    def _cell(self, column: str, rule: Any) -> Cell | None:
        rule = rule if isinstance(rule, Mapping) else {"from": rule}
        names = [rule["from"]] if "from" in rule else list(rule.get("multiply") or rule.get("first") or ())
        if not names:
            return None
        raw = tuple(self.positions[normalise(str(name))] for name in names)
        kind = self._kind(column)
        required = column == self.table.day and "default" not in rule
        values = {str(old): str(new) for old, new in rule["map"].items()} if "map" in rule else None
        samples = [
            value
            for i in raw
            for value in column_sample(self.sheet, self.match.header, i)
            if not is_missing(value)
        ]
        return Cell(
            column, kind, raw, required, values, rule.get("otherwise"), self._mark(samples), self._style(kind, samples, names[0]),
            first="first" in rule,
        )  # fmt: skip

    def _parts(self, column: str, rule: Any) -> Iterator[Cell]:
        """The words that a column of dimensions is put together of."""
        for place, header in enumerate(joined(rule).values()):
            yield Cell(f"_{column}_{place}", "text", (self.positions[normalise(str(header))],))

    def _mark(self, samples: list[str]) -> Mark:
        told = self.mapping.get("decimal")
        return (
            cast("Mark", told)
            if told in (".", ",")
            else find_mark(samples) or ("," if self.continental else ".")
        )

    def _style(self, kind: Kind, samples: list[str], header: str) -> Style:
        if kind not in ("day", "instant"):
            return "iso"
        told = self.mapping.get("dates")
        if told not in (None, "iso", "day_first", "month_first"):
            raise SourceError(
                T(
                    "“dates” of the mapping is one of iso, day_first, month_first; not “{word}”.",
                    word=str(told),
                )
            )
        day_first = {"day_first": True, "month_first": False}.get(
            str(told), True if self.continental else None
        )
        return choose_style(samples, str(header), day_first)

    def _constant(self, column: str, rule: Any) -> Any:
        if not isinstance(rule, Mapping):
            return None
        value = rule.get("value", rule.get("default"))
        if value is None:
            return None
        return _typed(value, self.table.column(column).type)

    def _sign(self, rule: Mapping[str, Any]) -> str:
        column = str(rule["sign"]).replace('"', "")
        positive, negative = (
            literal(str(rule.get("positive", "order"))),
            literal(str(rule.get("negative", "refund"))),
        )
        return f'CASE WHEN "{column}" < 0 THEN {negative} ELSE {positive} END'

    def _shown_currency(self, cells: list[Cell]) -> str | None:
        for cell in cells:
            if cell.kind in ("money", "cost") and (
                code := find_currency(column_sample(self.sheet, self.match.header, cell.raw[0]))
            ):
                return code
        return None

    def _skip(self) -> str | None:
        conditions = [
            self._kept(str(header), rule) for header, rule in (self.mapping.get("where") or {}).items()
        ]
        return f"NOT ({' AND '.join(conditions)})" if conditions else None

    def _kept(self, header: str, rule: Any) -> str:
        cell = f"coalesce(trim(c{self.positions[normalise(header)]}), '')"
        if isinstance(rule, Mapping) and "present" in rule:
            return f"{cell} {'<>' if str(rule['present']).lower() == 'true' else '='} ''"
        negated = isinstance(rule, Mapping) and "not" in rule
        told = rule["not"] if negated else rule
        listed = ", ".join(literal(str(value)) for value in (told if isinstance(told, list) else [told]))
        return f"{cell} {'NOT ' if negated else ''}IN ({listed})"


def _put_together(column: str, rule: Mapping[str, Any]) -> str:
    """SQL of `name=value;name=value`; what would end a value early is written otherwise."""
    parts = (
        f"{literal(str(name) + '=')} || translate(\"_{column}_{place}\", ';=', ',-')"
        for place, name in enumerate(joined(rule))
    )
    return f"nullif(concat_ws(';', {', '.join(parts)}), '')"


def _typed(value: Any, kind: str) -> Any:
    """A constant of the mapping as the column's type.

    Raises:
        SourceError: the constant is not of that type.
    """
    from datetime import date, datetime
    from decimal import Decimal, InvalidOperation

    try:
        match kind:
            case "day":
                return date.fromisoformat(str(value))
            case "instant":
                return datetime.fromisoformat(str(value))
            case "count":
                return int(value)
            case "decimal":
                return float(value)
            case "money":
                return Decimal(str(value))
            case "flag":
                return str(value).casefold() in ("true", "yes", "1")
    except (ValueError, InvalidOperation) as error:
        raise SourceError(
            T("“{value}” of the mapping is not a {kind}.", value=str(value), kind=kind)
        ) from error
    return str(value)
