"""The mapping of a table that no source knows: which column of ours is made from which of the file's, chosen on a page.

What `gouvernail import --mapping` takes is what is kept here: rules that the page cannot edit (a product of two columns,
say) are told in words and can be kept or replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gouvernail.base.text import T, Text, verbatim
from gouvernail.sources.files.generic import guess_mapping
from gouvernail.sources.files.generic.compiling import joined
from gouvernail.warehouse.tables import TABLES, Column
from gouvernail.web.data.looking import headers_of
from gouvernail.web.data.models import Upload, UploadState
from gouvernail.web.data.words import column_name, table_name

KEEP = "\x1f"
"""The choice that keeps a rule which the page cannot edit; no header is written so."""
SUGGESTED: tuple[str, ...] = (
    "spend",
    "deals",
    "conversions",
    "web",
    "email",
    "social",
    "touchpoints",
    "search",
    "observations",
)
VOCABULARY: Mapping[tuple[str, str], tuple[tuple[str, Text], ...]] = {
    ("deals", "stage"): (
        ("lead", T("lead")),
        ("mql", T("marketing qualified lead")),
        ("sql", T("sales qualified lead")),
        ("opportunity", T("opportunity")),
        ("won", T("won")),
        ("lost", T("lost")),
    ),
    ("conversions", "kind"): (
        ("lead", T("lead")),
        ("mql", T("marketing qualified lead")),
        ("sql", T("sales qualified lead")),
        ("order", T("order")),
        ("refund", T("refund")),
        ("subscription", T("subscription")),
        ("signup", T("sign-up")),
    ),
}
"""Columns whose values mean something to the rules: each value of the file is given one of these meanings."""
DATES: tuple[tuple[str, Text], ...] = (
    ("", T("as the values show")),
    ("iso", T("year-month-day")),
    ("day_first", T("day/month/year")),
    ("month_first", T("month/day/year")),
)
DECIMALS: tuple[tuple[str, Text], ...] = (("", T("as the values show")), (".", T("point")), (",", T("comma")))
_LEFT_OUT = frozenset({"cut"})


@dataclass(frozen=True)
class Choice:
    """One choice of a list."""

    value: str
    words: Text | str
    chosen: bool


@dataclass(frozen=True)
class ValueLine:
    """One value of the file and the meaning it is given."""

    field: str
    value: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class ColumnLine:
    """One column of ours and what it is made from."""

    column: str
    name: Text
    needed: bool
    choices: tuple[Choice, ...]
    samples: tuple[str, ...]
    values: tuple[ValueLine, ...]


@dataclass(frozen=True)
class MappingPage:
    """What the page of a mapping shows."""

    table: str
    tables: tuple[Choice, ...]
    lines: tuple[ColumnLine, ...]
    source: str
    account: str
    currency: str
    dates: tuple[Choice, ...]
    decimals: tuple[Choice, ...]
    headers: tuple[dict[str, Any], ...]


def page(upload: Upload, mapping: Mapping[str, Any]) -> MappingPage:
    """Return the page for a mapping of the upload's file."""
    table = TABLES.get(str(mapping.get("table"))) or TABLES["spend"]
    headers = headers_in(upload)
    rules = mapping.get("columns") or {}
    order = (*SUGGESTED, *(name for name in TABLES if name not in SUGGESTED))
    return MappingPage(
        table.name,
        tuple(Choice(name, table_name(name), name == table.name) for name in order),
        tuple(
            _line(table.name, one, rules.get(one.name), headers, needed=one.name == table.day)
            for one in table.columns
            if one.name not in _LEFT_OUT
        ),
        str(mapping.get("source", "")),
        str(mapping.get("account", "")),
        str(mapping.get("currency", "")),
        _choices(DATES, str(mapping.get("dates", ""))),
        _choices(DECIMALS, str(mapping.get("decimal", ""))),
        headers,
    )


def headers_in(upload: Upload) -> tuple[dict[str, Any], ...]:
    """Return the columns of the file's first table, with samples."""
    sheets = (upload.preview or {}).get("sheets") or [{}]
    return tuple(sheets[0].get("columns", ()))


def proposed(upload: Upload, table: str | None = None) -> dict[str, Any]:
    """Return the mapping to start from: the upload's own, the one of the last file with the same columns, or a guess.

    Raises:
        SourceError: the file cannot be read.
    """
    given = upload.mapping or (None if table else _of_last_time(upload))
    if isinstance(given, Mapping) and (table is None or given.get("table") == table):
        return dict(given)
    return guess_mapping(upload.path, table if table in TABLES else None)


def from_post(data: Mapping[str, str], upload: Upload) -> dict[str, Any]:
    """Return the mapping that was chosen; nothing that the file or the table does not have gets into it."""
    table = TABLES.get(data.get("table", "")) or TABLES["spend"]
    headers = {one["header"]: one for one in headers_in(upload)}
    before = upload.mapping or proposed(upload, table.name)
    kept = before.get("columns", {}) if before.get("table") == table.name else {}
    rules: dict[str, Any] = {}
    for one in table.columns:
        chosen = data.get(f"column:{one.name}", "")
        if chosen == KEEP and one.name in kept:
            rules[one.name] = kept[one.name]
        elif chosen in headers:
            rules[one.name] = _with_values(table.name, one.name, headers[chosen], data)
    made: dict[str, Any] = {"table": table.name, "source": _id(data.get("source", "")) or "generic"}
    for part in ("account", "dates", "decimal"):
        if data.get(part, "").strip():
            made[part] = data[part].strip()[:80]
    if re.fullmatch(r"[A-Za-z]{3}", data.get("currency", "").strip()):
        made["currency"] = data["currency"].strip().upper()
    return made | {"columns": rules}


def complaint(mapping: Mapping[str, Any]) -> Text | None:
    """Return what is wrong with a mapping before anything is read by it."""
    table = TABLES[mapping["table"]]
    if table.day not in mapping["columns"]:
        return T("Say which column of the file holds the day: without it nothing can be told over time.")
    if len(mapping["columns"]) < 2:
        return T("Choose at least one column besides the day.")
    return None


def told(rule: Any) -> Text:
    """Return a rule of a mapping in words."""
    if not isinstance(rule, Mapping):
        return verbatim(str(rule))
    headers = [f"“{name}”" for name in headers_of(rule)]
    if "multiply" in rule:
        return T("{columns} multiplied", columns=headers)
    if "first" in rule:
        return T("the first of {columns} that says something", columns=headers)
    if "sign" in rule:
        return T("by the sign of {column}", column=column_name(str(rule["sign"])))
    if "join" in rule:
        named = [T("“{column}” as {name}", column=str(one), name=name) for name, one in joined(rule).items()]
        return T("{columns}", columns=named)
    if "value" in rule:
        return T("always “{value}”", value=str(rule["value"]))
    return T("{columns}, value by value", columns=headers)


def _line(
    table: str, column: Column, rule: Any, headers: tuple[dict[str, Any], ...], *, needed: bool
) -> ColumnLine:
    plain = _plain(rule)
    choices = [Choice("", "–", rule is None)]
    if rule is not None and plain is None:
        choices.append(Choice(KEEP, told(rule), True))
    choices += [Choice(one["header"], one["header"], one["header"] == plain) for one in headers]
    mine = next((one for one in headers if one["header"] == plain), None)
    return ColumnLine(
        column.name,
        column_name(column.name),
        needed,
        tuple(choices),
        tuple(mine["samples"]) if mine else (),
        _value_lines(table, column.name, rule, mine),
    )


def _plain(rule: Any) -> str | None:
    """The header of a rule that the page can edit."""
    if isinstance(rule, Mapping):
        return str(rule["from"]) if set(rule) <= {"from", "map", "otherwise"} and "from" in rule else None
    return None if rule is None else str(rule)


def _value_lines(table: str, column: str, rule: Any, header: dict[str, Any] | None) -> tuple[ValueLine, ...]:
    meanings = VOCABULARY.get((table, column))
    if meanings is None or header is None:
        return ()
    given = rule.get("map", {}) if isinstance(rule, Mapping) else {}
    return tuple(
        ValueLine(
            f"value:{column}:{n}",
            value,
            _choices((("", T("as it is")), *meanings), _meaning(value, given, meanings)),
        )
        for n, value in enumerate(header.get("values", ()))
    )


def _meaning(value: str, given: Mapping[str, str], meanings: tuple[tuple[str, Text], ...]) -> str:
    if value in given:
        return given[value]
    plain = value.casefold()
    return next(
        (id for id, words in meanings if plain in (id, *(words.render(one) for one in ("en", "fr")))), ""
    )


def _with_values(table: str, column: str, header: dict[str, Any], data: Mapping[str, str]) -> Any:
    meanings = {id for id, _ in VOCABULARY.get((table, column), ())}
    chosen = {
        value: data.get(f"value:{column}:{n}", "")
        for n, value in enumerate(header.get("values", ()))
        if data.get(f"value:{column}:{n}", "") in meanings
    }
    return {"from": header["header"], "map": chosen} if chosen else header["header"]


def _of_last_time(upload: Upload) -> Any:
    """The mapping of the last imported file whose columns are the same."""
    mine = [one["header"] for one in headers_in(upload)]
    earlier = Upload.objects.filter(
        workspace=upload.workspace, state=UploadState.imported, mapping__isnull=False
    ).order_by("-pk")[:30]
    for one in earlier:
        if mine and [two["header"] for two in headers_in(one)] == mine:
            return one.mapping
    return None


def _choices(options: tuple[tuple[str, Text], ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, words, value == chosen) for value, words in options)


def _id(words: str) -> str:
    return re.sub(r"\W+", "_", words.casefold(), flags=re.ASCII).strip("_")[:40]
