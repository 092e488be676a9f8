"""The rows of a file of benchmarks, with their lines: a table with a header (CSV, XLSX), or a YAML list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T

if TYPE_CHECKING:
    from yaml.nodes import Node

    from gouvernail.sources.reading import Sheet
    from gouvernail.sources.values.numbers import Mark

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "metric": ("metric", "kpi", "indicator", "indicateur", "métrique", "metrique"),
    "value": ("value", "benchmark", "valeur", "repère", "repere"),
    "unit": ("unit", "unité", "unite"),
    "currency": ("currency", "devise", "monnaie"),
    "source": ("source",),
    "year": ("year", "année", "annee"),
    "industry": ("industry", "secteur", "branche", "industrie"),
    "region": ("region", "country", "région", "pays"),
    "channel": ("channel", "canal"),
    "url": ("url", "link", "address", "lien", "adresse"),
}
"""Field → the headers that stand for it, in small letters."""
NEEDED = ("metric", "value", "source", "year")


@dataclass(frozen=True)
class Line:
    """A row: its line in the file (1-based), its cells by field, and the decimal mark of the file."""

    number: int
    cells: Mapping[str, str]
    mark: Mark

    def words(self, field: str) -> str:
        """Return the trimmed cell of a field, empty where there is none."""
        return self.cells.get(field, "").strip()


def read_lines(path: Path) -> tuple[Line, ...]:
    """Return the rows of a file.

    Raises:
        SourceError: the file cannot be read, or has no column for metric, value, source or year.
    """
    rows = _of_yaml(path) if path.suffix.casefold() in (".yaml", ".yml") else _of_table(path)
    mark = _mark([cells.get("value", "") for _, cells in rows])
    return tuple(Line(number, cells, mark) for number, cells in rows if any(map(str.strip, cells.values())))


def _mark(values: Sequence[str]) -> Mark:
    from gouvernail.sources.values.numbers import find_mark

    # Without proof the point: `1,234` alone may be a thousand.
    return find_mark(value.replace("%", "") for value in values) or "."


def _of_table(path: Path) -> list[tuple[int, dict[str, str]]]:
    from gouvernail.sources.reading import open_file
    from gouvernail.sources.values.headers import normalise

    with open_file(path) as opened:
        for sheet in opened.sheets:
            for place, row in enumerate(sheet.head):
                fields = [_field(normalise(cell)) for cell in row.cells]
                if set(NEEDED) <= set(fields):
                    _check_shape(sheet)
                    return _below(sheet, place, fields)
        seen = opened.sheets[0].head[0].cells if opened.sheets and opened.sheets[0].head else ()
    raise _lacking({_field(normalise(cell)) for cell in seen}, seen)


def _check_shape(sheet: Sheet) -> None:
    from gouvernail.sources.rejects import broken_shapes

    for broken in broken_shapes(sheet):
        raise SourceError(T("Line {line}: {why}.", line=broken.line, why=broken.reason))


def _below(sheet: Sheet, header: int, fields: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    rows = getattr(sheet, "rows", ()) or sheet.head
    return [
        (row.line, {field: cell for field, cell in zip(fields, row.cells, strict=False) if field})
        for row in rows[header + 1 :]
    ]


def _field(header: str) -> str:
    return next((field for field, names in COLUMNS.items() if header in names), "")


def _lacking(fields: set[str], seen: Sequence[str]) -> SourceError:
    return SourceError(
        T(
            "The file has no column for {lacking}. Its columns are: {seen}.",
            lacking=", ".join(field for field in NEEDED if field not in fields),
            seen=", ".join(seen) or "–",
        )
    )


def _of_yaml(path: Path) -> list[tuple[int, dict[str, str]]]:
    from yaml.nodes import MappingNode, SequenceNode

    from gouvernail.plan.files import read_text
    from gouvernail.plan.yaml_nodes import compose, line_of

    text, faults = read_text(path, str(path))
    root, broken = compose(text or "", str(path))
    for fault in (*faults, *broken):
        raise SourceError(
            T("The file cannot be read: line {line}. {why}", line=fault.line, why=fault.message)
        )
    if isinstance(root, MappingNode):
        root = next((value for key, value in root.value if key.value == "benchmarks"), root)
    if not isinstance(root, SequenceNode):
        raise SourceError(T("The file holds no list of benchmarks."))
    return [(line_of(node), _cells(node)) for node in root.value]


def _cells(node: Node) -> dict[str, str]:
    """Return the fields of an entry; a lone word is told as the metric it may stand for, a list as nothing."""
    from yaml.nodes import MappingNode, ScalarNode

    if not isinstance(node, MappingNode):
        return {"metric": node.value if isinstance(node, ScalarNode) else "[…]"}
    found = ((_field(str(key.value).casefold()), value) for key, value in node.value)
    return {field: value.value for field, value in found if field and isinstance(value, ScalarNode)}
