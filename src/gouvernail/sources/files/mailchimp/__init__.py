"""Mailchimp: the list of sent campaigns, native (`Send Date`) or with underscores (`Send_Date`) (FORMATS §10).

`… | Winner` and `… | Combo 1` are the parts of an A/B test: the title loses the suffix, which becomes the variant.
A file saved again by Excel mixes `2/24/17 11:29` with `1-Oct-15`; both are read.
"""

from __future__ import annotations

import re

from gouvernail.base.text import Text
from gouvernail.sources.layout import (
    Derived,
    Field,
    FileSource,
    Layout,
    LayoutMatch,
    choose_style,
    column_sample,
    restyle,
)
from gouvernail.sources.protocol import Context
from gouvernail.sources.reading import Sheet
from gouvernail.sources.rows import Reading

_NUMERIC = re.compile(r"^\s*\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_EXCEL_DAY = re.compile(r"^\s*\d{1,2}-[A-Za-z]{3}-\d{2,4}\s*$")
_VARIANT = r"\s*\|\s*(Winner|Gagnant|Combo \d+|Combination \d+|Combinaison \d+)\s*$"


class Mailchimp(FileSource):
    """Layouts, and a column of dates in two forms."""

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
)  # fmt: skip

SOURCE = Mailchimp("mailchimp", "Mailchimp", LAYOUTS)
