"""Which vendor a file comes from: every source looks at every table, the surest one wins.

Only headers and content count, never the file's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T, Text
from gouvernail.sources import catalogue
from gouvernail.sources.known import known_vendor, warehouse_table
from gouvernail.sources.protocol import Source, Status
from gouvernail.sources.reading import Opened, Sheet, open_file


@dataclass(frozen=True)
class Part:
    """A table of a file, and how its source reads it."""

    sheet: Sheet
    match: Any


@dataclass(frozen=True)
class Detection:
    """What a file is. `parts` are the tables that `source` reads; `left_out` counts those it does not.

    Ready without parts: a companion of an export, such as its list of filters, in which there is nothing to import.
    """

    status: Status
    source: Source | None
    parts: tuple[Part, ...]
    message: Text
    left_out: int = 0
    vendor: str | None = None
    """Id of the vendor: of `source`, or of one that is recognised but not read yet."""


def detect(path: Path) -> Detection:
    """Return what a file is, without reading it through."""
    try:
        with open_file(path) as opened:
            return recognise(opened)
    except SourceError as error:
        return Detection(Status.unreadable, None, (), error.message)


def recognise(opened: Opened) -> Detection:
    """Return what an opened file is."""
    if any(warehouse_table(sheet) for sheet in opened.sheets):
        return _unsupported(T("a replicated warehouse table (Fivetran or alike)"))
    best: dict[str, list[Part]] = {}
    score: dict[str, float] = {}
    for sheet in opened.sheets:
        found = [(source, m) for source in catalogue.sources() if (m := source.match(sheet, opened.path))]
        if found:
            source, match = max(found, key=lambda pair: pair[1].score)
            best.setdefault(source.id, []).append(Part(sheet, match))
            score[source.id] = score.get(source.id, 0) + match.score
    if best:
        surest = max(score, key=lambda key: score[key])
        source = catalogue.source(surest)
        parts = tuple(best[surest])
        message = T("Recognised as {source}.", source=source.title)
        return Detection(Status.ready, source, parts, message, _left_out(opened, parts))
    vendor = known_vendor(opened.sheets)
    if vendor and vendor.companion_of:
        message = T(
            "Recognised as {vendor}: it holds no figures, there is nothing to import.", vendor=vendor.title
        )
        return Detection(Status.ready, catalogue.source(vendor.companion_of), (), message)
    if vendor:
        return _unsupported(vendor.title, vendor.id)
    return Detection(
        Status.unrecognised,
        None,
        (),
        T("The table was not recognised: “--guess” offers a mapping file to import it with."),
    )


def _left_out(opened: Opened, parts: tuple[Part, ...]) -> int:
    """How many tables of a file are not read, companions that hold no figures apart."""
    read = [id(part.sheet) for part in parts]
    others = [known_vendor((sheet,)) for sheet in opened.sheets if id(sheet) not in read]
    return sum(1 for vendor in others if vendor is None or not vendor.companion_of)


def _unsupported(vendor: str | Text, id: str | None = None) -> Detection:
    message = T("Recognised as {vendor}, which is not supported yet.", vendor=vendor)
    return Detection(Status.unsupported, None, (), message, vendor=id)
