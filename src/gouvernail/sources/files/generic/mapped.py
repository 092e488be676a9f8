"""The generic source: a file read by its mappings, and where their columns stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.detect import Detection, Part
from gouvernail.sources.files.generic.compiling import Compiler, MappedMatch, joined
from gouvernail.sources.layout import HEADER_WITHIN
from gouvernail.sources.protocol import Chunk, Context, Status
from gouvernail.sources.reading import Opened, Sheet
from gouvernail.sources.rows import read_rows
from gouvernail.sources.values.headers import normalise
from gouvernail.warehouse.tables import TABLES

_PARTS = frozenset(
    {"table", "source", "account", "currency", "dates", "decimal", "where", "columns", "files", "sheet"}
)


@dataclass(frozen=True)
class MappedSource:
    """The generic importer."""

    id: str = "generic"
    title: str = "mapping file"

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(TABLES)

    def match(self, sheet: Sheet, path: Path) -> None:  # noqa: ARG002 - the protocol's
        """Return None: a mapping is given, never guessed silently."""
        return

    def account(self, sheet: Sheet, match: MappedMatch) -> str:  # noqa: ARG002 - the protocol's
        """Return the account that the mapping names."""
        return str(match.mapping.get("account", ""))

    def read(self, sheet: Sheet, match: MappedMatch, context: Context) -> Iterator[Chunk]:
        """Yield the canonical rows that the mapping makes. See `protocol.Source.read`."""
        yield from read_rows(sheet, Compiler(match, sheet, context).reading(), context)


def detect_mapped(opened: Opened, mapping: Mapping[str, Any] | list[Mapping[str, Any]]) -> Detection:
    """Return how a file is read by its mappings.

    Raises:
        SourceError: a mapping names a table, a column or a header that does not exist.
    """
    mappings = mapping if isinstance(mapping, list) else [mapping]
    parts = tuple(_part(opened, one) for one in mappings)
    source = MappedSource(str(mappings[0].get("source") or "generic"))
    return Detection(Status.ready, source, parts, T("Read by its mapping file."))


def _part(opened: Opened, mapping: Mapping[str, Any]) -> Part:
    for key in mapping:
        if key not in _PARTS:
            raise SourceError(
                T(
                    "The mapping has an unknown part “{key}”; known parts: {known}.",
                    key=key,
                    known=", ".join(sorted(_PARTS)),
                )
            )
    wanted = _headers_of(mapping)
    sheets = [s for s in opened.sheets if mapping.get("sheet") in (None, s.name)]
    if not sheets:
        raise SourceError(T("The file has no sheet “{sheet}”.", sheet=str(mapping["sheet"])))
    best, missing, row = min(
        ((s, _absent(wanted, s, i), i) for s in sheets for i in range(min(HEADER_WITHIN, len(s.head)))),
        key=lambda found: len(found[1]),
    )
    if missing:
        present = ", ".join(name for name in best.head[row].cells if name)[:300]
        raise SourceError(
            T(
                "The mapping names “{column}”, which is no column of the file: {present}.",
                column=missing[0],
                present=present,
            )
        )
    return Part(best, MappedMatch(mapping, row, best.head[row].cells))


def _absent(wanted: list[str], sheet: Sheet, row: int) -> list[str]:
    present = {normalise(cell) for cell in sheet.head[row].cells}
    return [name for name in wanted if normalise(name) not in present]


def _headers_of(mapping: Mapping[str, Any]) -> list[str]:
    columns = mapping.get("columns")
    if not isinstance(columns, Mapping) or not columns:
        raise SourceError(T("The mapping says nothing under “columns”."))
    found: list[str] = []
    for rule in columns.values():
        if isinstance(rule, Mapping):
            found += [str(rule["from"])] if "from" in rule else []
            found += [str(name) for key in ("multiply", "first") for name in rule.get(key, ())]
            found += [str(name) for name in joined(rule).values()]
        else:
            found.append(str(rule))
    return [*found, *map(str, mapping.get("where") or ())]
