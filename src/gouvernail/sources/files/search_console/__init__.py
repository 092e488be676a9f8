"""Google Search Console: the archive of a performance export, its folder, or one of its files (FORMATS §9).

Only `Chart`/`Dates` tells days. The other files cover the whole period, which is read from the dates beside them: in the
same archive, or in the same folder. Each breakdown is a cut; totals read one cut only (dates first), as pages
and queries stop at 1,000 rows and leave out anonymous queries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.sources.layout import Field, FileSource, Layout, LayoutMatch, match_layout
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Sheet, open_file
from gouvernail.sources.samples import column_sample
from gouvernail.sources.values.dates import parse_day

_NAME = re.compile(r"^(.+?)-Performance-on-Search-")
_SIBLING_BYTES = 1 << 20
_MEASURES = (
    Field("clicks", "count", ("Clicks", "Clics", "Klicks", "Cliques", "Clic", "Klikken"), required=True),
    Field("impressions", "count", ("Impressions", "Impressionen", "Impresiones", "Impressões", "Impressioni"),
          required=True),
    Field("position", "decimal", ("Position", "Posición", "Posição", "Posizione", "Positie"), required=True),
)  # fmt: skip


def _layout(cut: str, column: str, *headers: str) -> Layout:
    told = Field(column, "day" if column == "day" else "text", headers, required=True)
    return Layout(
        cut, "search", (told, *_MEASURES), marks=(("CTR",),), constants={"cut": cut},
        never=("Cost", "Coût", "Spend", "Campaign", "Campagne", "_fivetran_synced"), may_be_empty=cut == "appearance",
    )  # fmt: skip


LAYOUTS = (
    _layout("date", "day", "Date", "Datum", "Fecha", "Data"),
    _layout("query", "query", "Top queries", "Requêtes les plus fréquentes", "Häufigste Suchanfragen", "Query", "Requête",
            "Consultas principales", "Principais consultas"),
    _layout("page", "page", "Top pages", "Pages les plus populaires", "Beliebteste Seiten", "Page", "Páginas principales",
            "Principais páginas"),
    _layout("country", "country", "Country", "Pays", "Land", "País"),
    _layout("device", "device", "Device", "Appareil", "Gerät", "Dispositivo"),
    _layout("appearance", "_appearance", "Search Appearance", "Apparence dans les résultats de recherche",
            "Darstellung in der Suche"),
)  # fmt: skip


class SearchConsole(FileSource):
    """Layouts by cut; the period comes from the dates that stand beside."""

    def account(self, sheet: Sheet, match: LayoutMatch) -> str:  # noqa: ARG002 - the name tells it
        """Return the site that Google writes in the name of the archive or of its folder."""
        names = (match.path.name, match.path.resolve().parent.name)
        return next((found[1] for name in names if (found := _NAME.match(name))), "")

    def period(self, sheet: Sheet, match: LayoutMatch) -> tuple[date, date]:
        """Return the first and last day of the dates in the same archive, else in the same folder.

        Raises:
            SourceError: no file beside tells the days.
        """
        spans = {span for other in sheet.beside if (span := self._span(other, match.path))}
        spans = spans or {span for other in _siblings(match.path) if (span := self._span(other, match.path))}
        if len(spans) != 1:
            raise SourceError(
                T(
                    "This part of a Search Console export does not say which days it covers: import the whole archive, "
                    "or keep it in one folder with its file of dates (Chart.csv or Dates.csv)."
                )
            )
        return spans.pop()

    def read(self, sheet: Sheet, match: LayoutMatch, context: Context) -> Iterator[Chunk]:
        """Yield the rows; a part that may be empty and is so needs no days."""
        if not (match.layout.may_be_empty and len(sheet.head) == match.header + 1):
            yield from super().read(sheet, match, context)

    def _span(self, sheet: Sheet, path: Path) -> tuple[date, date] | None:
        match = match_layout(self.layouts[0], sheet, path)
        if match is None:
            return None
        days = [
            day
            for cell in column_sample(sheet, match.header, match.positions["day"])
            if (day := parse_day(cell))
        ]
        return (min(days), max(days)) if days else None


def _siblings(path: Path) -> Iterator[Sheet]:
    """Yield the tables of the small CSV files in the same folder."""
    for other in sorted(path.resolve().parent.glob("*.csv")):
        if other.name != path.name and other.stat().st_size <= _SIBLING_BYTES:
            try:
                with open_file(other) as opened:
                    yield from opened.sheets
            except SourceError:
                continue


SOURCE = SearchConsole("search_console", "Google Search Console", LAYOUTS)
