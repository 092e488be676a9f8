"""Where the columns of a table of markets stand: a row for each day and market, or for each day with a column a market."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gouvernail.base.errors import SourceError
from gouvernail.base.suggest import closest
from gouvernail.base.text import T
from gouvernail.sources.geo_panel import FEWEST
from gouvernail.sources.layout import HEADER_WITHIN
from gouvernail.sources.samples import holds_numbers
from gouvernail.sources.values.headers import normalise, split_currency

if TYPE_CHECKING:
    from gouvernail.sources.reading import Sheet

Part = Literal["day", "market", "outcome", "spend"]
HEADERS: Mapping[Part, tuple[str, ...]] = {
    "day": (
        "date",
        "day",
        "week",
        "time",
        "period",
        "date_start",
        "week_start",
        "jour",
        "semaine",
        "période",
    ),
    "market": (
        *(
            "market",
            "location",
            "geo",
            "geo_id",
            "region",
            "city",
            "country",
            "state",
            "dma",
            "canton",
            "area",
        ),
        *("zone", "store", "shop", "marché", "lieu", "région", "ville", "pays", "département", "magasin"),
    ),
    "outcome": (
        *("sales", "revenue", "outcome", "y", "value", "orders", "conversions", "leads", "visits", "units"),
        *("ventes", "chiffre d'affaires", "ca", "valeur", "commandes", "visites", "unités", "résultat"),
    ),
    "spend": (
        "spend",
        "cost",
        "ad_spend",
        "ad spend",
        "spent",
        "dépense",
        "dépenses",
        "coût",
        "montant dépensé",
    ),
}
"""Headers known for each column, as `normalise` writes them; the surest first."""
COUNTS = frozenset(
    "orders conversions leads visits units commandes visites unités prospects clients customers sessions inscriptions".split()
)
"""Outcomes that are no money."""


@dataclass(frozen=True)
class Shape:
    """Where the columns stand; `wide` are those of the markets, where each has one of its own."""

    sheet: Sheet
    header: int
    places: Mapping[Part, int]
    wide: tuple[int, ...] = ()

    def name(self, place: int) -> str:
        """The header at a place."""
        return self.sheet.head[self.header].cells[place].strip()

    def called(self, part: Part) -> str:
        """The header of a part's column, empty where it has none of its own."""
        return self.name(self.places[part]) if part in self.places else ""

    def line(self, row: int) -> int:
        """The line in the file of a row, counted from nought below the header."""
        return self.sheet.line(self.header, row)


def shape_of(sheets: Sequence[Sheet], path: Path, asked: Mapping[Part, str | None]) -> Shape:
    """Return where the columns stand in the first sheet that has a day and either a market or a column for each.

    Raises:
        SourceError: no sheet has them, or one that was asked for is not there.
    """
    seen: tuple[str, ...] = ()
    for sheet in sheets:
        for number, row in enumerate(sheet.head[:HEADER_WITHIN]):
            cells = [split_currency(cell)[0] for cell in row.cells]
            if not set(HEADERS["day"]) & set(cells):
                continue
            seen = seen or tuple(cell.strip() for cell in row.cells if cell.strip())
            found = _long(sheet, number, cells, asked) or _wide(sheet, number, cells, asked)
            if found is not None:
                return found
    seen = seen or tuple(cell.strip() for sheet in sheets[:1] for row in sheet.head[:1] for cell in row.cells)
    raise _no_panel(path, seen, asked)


def geo_columns(
    names: Sequence[str], asked: Mapping[Part, str | None] | None = None
) -> dict[Part, int] | None:
    """Return where day, market, outcome and, where there is one, spend stand among headers; None where one is missing."""
    cells = [split_currency(name)[0] for name in names]
    places: dict[Part, int] = {}
    for part, known in HEADERS.items():
        wanted = (normalise(said),) if (said := (asked or {}).get(part)) else known
        place = next((cells.index(one) for one in wanted if one in cells), None)
        if place is not None:
            places[part] = place
    return places if {"day", "market", "outcome"} <= places.keys() else None


def _long(sheet: Sheet, header: int, cells: list[str], asked: Mapping[Part, str | None]) -> Shape | None:
    places = geo_columns(cells, asked)
    if places is None and not asked.get("outcome"):
        # One more column of numbers can be nothing else.
        taken = {one for part in ("day", "market", "spend") for one in HEADERS[part]} | {
            normalise(asked.get("market") or "")
        }
        rest = [n for n, cell in enumerate(cells) if cell not in taken and holds_numbers(sheet, header, n)]
        places = geo_columns(cells, {**asked, "outcome": cells[rest[0]]}) if len(rest) == 1 else None
    return Shape(sheet, header, places) if places else None


def _wide(sheet: Sheet, header: int, cells: list[str], asked: Mapping[Part, str | None]) -> Shape | None:
    known = {*HEADERS["market"], *HEADERS["outcome"], *HEADERS["spend"]}
    if any(asked.values()) or known & set(cells):
        return None
    day = next(cells.index(one) for one in HEADERS["day"] if one in cells)
    wide = tuple(n for n, cell in enumerate(cells) if cell and n != day)
    if len(wide) < FEWEST or not all(holds_numbers(sheet, header, n) for n in wide[:50]):
        return None
    return Shape(sheet, header, {"day": day}, wide)


def _no_panel(path: Path, seen: tuple[str, ...], asked: Mapping[Part, str | None]) -> SourceError:
    for said in asked.values():
        if said and normalise(said) not in [split_currency(cell)[0] for cell in seen]:
            near = closest(said, seen)
            hint = (
                T(" Did you mean “{name}”?", name=near)
                if near
                else T(" It has: {names}.", names=_listed(seen))
            )
            return SourceError(
                T("{file} has no column “{name}”.{hint}", file=path.name, name=said, hint=hint)
            )
    return SourceError(
        T(
            "{file} is no panel of markets: a column for the day (“date”), one for the market (“market”, “region”) and one for what is counted (“sales”) are expected, {found} found.",
            file=path.name,
            found=_listed(seen) or "–",
        )
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name[:60]}”" for name in names[:8] if name)
