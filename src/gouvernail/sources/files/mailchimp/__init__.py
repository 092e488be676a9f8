"""Mailchimp: the list of sent campaigns, native (`Send Date`) or with underscores (`Send_Date`), and the report of a
single campaign (`Email Campaign Report`, one figure a line), which becomes one row (FORMATS §10).

`… | Winner` and `… | Combo 1` are the parts of an A/B test: the title loses the suffix, which becomes the variant.
A file saved again by Excel mixes `2/24/17 11:29` with `1-Oct-15`; both are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gouvernail.base.text import Text
from gouvernail.sources.layout import Derived, Field, FileSource, Layout, LayoutMatch, restyle
from gouvernail.sources.protocol import Chunk, Context
from gouvernail.sources.reading import Row, Sheet
from gouvernail.sources.reading.sheet import MemorySheet
from gouvernail.sources.rows import Reading
from gouvernail.sources.samples import choose_style, column_sample

_NUMERIC = re.compile(r"^\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_EXCEL_DAY = re.compile(r"^\s*\d{1,2}-[A-Za-z]{3}-\d{2,4}\s*$")
_VARIANT = r"\s*\|\s*(Winner|Gagnant|Combo \d+|Combination \d+|Combinaison \d+)\s*$"


_REPORT = re.compile(r"(?i)^\W*Email Campaign Report")
_SHARE = re.compile(r"\s*\([\d.,]+ ?%\)\s*$")


@dataclass(frozen=True)
class ReportMatch(LayoutMatch):
    """The report of one campaign, laid down as a table of one row."""

    laid: Sheet


class Mailchimp(FileSource):
    """Layouts, a report of one campaign turned into a row, and a column of dates in two forms."""

    def match(self, sheet: Sheet, path: Path) -> LayoutMatch | None:
        """Return how the sheet is a list of campaigns, or the report of one."""
        if not sheet.head or not _REPORT.match(" ".join((*sheet.preamble, *sheet.head[0].cells))):
            return super().match(sheet, path)
        laid = _lay_down(sheet)
        found = super().match(laid, path)
        return ReportMatch(**{**vars(found), "laid": laid}) if found else None

    def read(self, sheet: Sheet, match: LayoutMatch, context: Context) -> Iterator[Chunk]:
        """Yield the campaigns."""
        yield from super().read(match.laid if isinstance(match, ReportMatch) else sheet, match, context)

    def plan(self, sheet: Sheet, match: LayoutMatch, context: Context) -> tuple[Reading, list[Text]]:
        """Let the days written in figures decide the order of day and month for the others."""
        at = match.positions["day"]
        cells = column_sample(sheet, match.header, at)
        figures = [cell for cell in cells if _NUMERIC.match(cell)]
        if figures:
            match = restyle(match, {"day": choose_style(figures, match.names[at], None)})
        elif any(_EXCEL_DAY.match(cell) for cell in cells):
            match = restyle(match, {"day": "day_first"})
        return super().plan(sheet, match, context)


def _lay_down(sheet: Sheet) -> Sheet:
    """Turn lines `"Total Recipients:","1000"` into a header and a row; the overall figures come first, combinations later."""
    pairs: dict[str, str] = {}
    for row in (row for part in (sheet, *sheet.beside) for row in part.head):
        if len(row.cells) > 1 and row.cells[0].strip().endswith(":"):
            pairs.setdefault(row.cells[0].strip().rstrip(": "), _SHARE.sub("", row.cells[1]))
    rows = (Row(1, tuple(pairs)), Row(2, tuple(pairs.values())))
    return MemorySheet(sheet.name, (), rows, [], rows)


def _both(*names: str) -> tuple[str, ...]:
    """Native names have spaces; files that went through other tools have underscores."""
    return tuple(form for name in names for form in (name, name.replace(" ", "_")))


def _field(column: str, kind: str, *names: str, required: bool = False) -> Field:
    return Field(column, kind, _both(*names), required=required)  # type: ignore[arg-type]


LAYOUTS = (
    Layout(
        "campaigns", "email",
        (
            _field("day", "day", "Send Date", "Date d'envoi", required=True),
            _field("_title", "text", "Title", "Titre", "Campaign Name", "Nom de la campagne", required=True),
            _field("subject", "text", "Subject", "Objet"),
            _field("list", "text", "List", "Audience", "Liste"),
            _field("sent", "count", "Total Recipients", "Total des destinataires", "Nombre total de destinataires",
                   required=True),
            _field("delivered", "count", "Successful Deliveries", "Envois réussis", "Livraisons réussies"),
            _field("opens", "count", "Unique Opens", "Ouvertures uniques"),
            _field("clicks", "count", "Unique Clicks", "Clics uniques"),
            _field("unsubscribes", "count", "Unsubscribes", "Désabonnements", "Désinscriptions"),
            _field("bounces", "count", "Total Bounces", "Total des rebonds"),
            _field("spam_complaints", "count", "Abuse Complaints", "Plaintes pour abus"),
            _field("revenue", "money", "Total Revenue", "Revenu total", "Total Gross Sales"),
        ),
        marks=(_both("Successful Deliveries", "Soft Bounces", "Abuse Complaints", "Envois réussis"),
               _both("Send Weekday", "Times Forwarded", "Forwarded Opens", "Open Rate", "Taux d'ouverture")),
        known=_both(
            "Send Weekday", "Soft Bounces", "Hard Bounces", "Times Forwarded", "Forwarded Opens", "Open Rate", "Total Opens",
            "Click Rate", "Total Clicks", "Times Liked on Facebook", "Folder Id", "Unique Id", "Total Orders",
            "Total Gross Sales", "Analytics ROI", "Campaign Cost", "Revenue Created", "Visits", "New Visits",
        ),
        derived=(
            Derived("campaign", f"regexp_replace(\"_title\", '{_VARIANT}', '')", ("_title",)),
            Derived("variant", f"nullif(regexp_extract(\"_title\", '{_VARIANT}', 1), '')", ("_title",)),
        ),
        never=("_fivetran_synced",),
    ),
    Layout(
        "report", "email",
        (
            Field("day", "day", ("Delivery Date/Time", "Date/heure de livraison"), required=True),
            Field("campaign", "text", ("Title", "Titre"), required=True),
            Field("subject", "text", ("Subject Line", "Objet")),
            Field("list", "text", ("List", "Audience")),
            Field("sent", "count", ("Total Recipients",), required=True),
            Field("delivered", "count", ("Successful Deliveries",)),
            Field("bounces", "count", ("Bounces", "Total Bounces")),
            Field("opens", "count", ("Recipients Who Opened",), required=True),
            Field("clicks", "count", ("Recipients Who Clicked",)),
            Field("unsubscribes", "count", ("Total Unsubs", "Unsubscribes")),
            Field("spam_complaints", "count", ("Total Abuse Complaints", "Abuse Complaints")),
        ),
        known=("Times Forwarded", "Forwarded Opens", "Total Opens", "Last Open Date", "Total Clicks", "Last Click Date"),
    ),
)  # fmt: skip

SOURCE = Mailchimp("mailchimp", "Mailchimp", LAYOUTS)
