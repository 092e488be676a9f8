"""Google Ads reports: languages, totals left out, currencies kept apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.sources.importing import preview
from tests.sources.workbench import CONTEXT

FRENCH = (
    "Rapport sur les campagnes\n1 sept. 2026 - 2 sept. 2026\n"
    "Jour;Campagne;Code de la devise;Coût;Impr.;Clics;Conversions\n"
    "2026-09-01;Marque;EUR;1 234,50;2 000;30;1,5\n2026-09-02;Marque;EUR;10,25;1 000;3;0,0\n"
    "Total : compte;;EUR;1 244,75;3 000;33;1,5\n"
)
GERMAN = (
    "Kampagnenbericht\n1. Sept. 2026 - 2. Sept. 2026\n"
    "Tag;Kampagne;Währungscode;Kosten;Impr.;Klicks;Conversions\n"
    "2026-09-01;Marke;EUR;1.234,50;2.000;30;1,5\n2026-09-02;Marke;EUR;10,25;1.000;3;0,0\n"
)


@pytest.mark.parametrize("text", [FRENCH, GERMAN], ids=["fr", "de"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_report_reads_alike_in_every_language_and_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(text.encode(encoding))

    found = preview(path, CONTEXT)

    table = found.tables["spend"]
    assert (found.source, table.rows, table.rejected, table.currency) == ("google_ads", 2, 0, "EUR")
    assert (table.start, table.end) == (date(2026, 9, 1), date(2026, 9, 2))
    assert dict(table.totals) == {
        "cost": Decimal("1244.75"),
        "impressions": Decimal(3000),
        "clicks": Decimal(33),
        "conversions": Decimal("1.5"),
    }


def test_amounts_of_two_currencies_are_not_added(tmp_path: Path) -> None:
    rows = "A,EUR,12.50,100,3\nB,USD,1.00,5,1\n"
    head = 'Campaign report\n"July 1, 2025 - July 31, 2025"\nCampaign,Currency code,Cost,Impr.,Clicks\n'
    path = tmp_path / "mixed.csv"
    path.write_text(head + rows, "utf-8")

    table = preview(path, CONTEXT).tables["spend"]

    assert (table.rows, table.currency) == (2, None)
    assert dict(table.totals) == {"impressions": Decimal(105), "clicks": Decimal(4)}


def test_vendor_that_is_not_read_yet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_text("Created date (UTC);Amount;Currency;Status\n2026-01-01;5.00;eur;Paid\n", "utf-8")

    found = preview(path, CONTEXT)

    assert (found.status, found.source, found.tables) == ("unsupported", "stripe", {})


def test_keyword_report_says_that_it_is_a_part(tmp_path: Path) -> None:
    path = tmp_path / "keywords.csv"
    path.write_text(
        "Search keyword report\nJuly 1 - 1, 2025\nKeyword,Match type,Campaign,Ad group,Day,Impr.,Currency code,Cost,Clicks\n"
        '"""drill"" bits",Phrase,A,G,2025-07-01,10,EUR,2.00,1\n',
        "utf-8",
    )

    found = preview(path, CONTEXT)

    assert (found.status, found.tables["spend"].rows) == ("ready", 1)
    assert "search network only" in found.message.render("en")
