"""Meta Ads: totals as checksum, breakdowns, derived spend, results of one type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.sources.workbench import only, ready, says, shared, values, write

TEEFUSION = "meta-ads/teefusion/Untitled-report-Feb-1-2025-to-Aug-4-2025_{}.csv"
HEAD = "Campaign name,Age,Gender,Impressions,Currency,Amount spent (EUR),Clicks (all),Reporting starts,Reporting ends\n"
RESULTS = "Nom de la campagne,Jour,Montant dépensé (CHF),Impressions,Clics (tous),Résultats,Indicateur de résultats\n"


@pytest.mark.parametrize(
    ("part", "rows", "impressions", "spend"),
    [
        ("Age", 91, 878_306, "33245.34"),
        ("Gender", 45, 878_306, "33245.34"),
        ("Reach", 15, 878_306, "33245.34"),
        ("Region", 492, 878_306, "33245.34"),
        ("Device", 43, 878_310, "33246.00"),
    ],
)
def test_real_breakdowns_add_up_to_the_published_totals(
    part: str, rows: int, impressions: int, spend: str
) -> None:
    found = only(shared(TEEFUSION.format(part)), "meta_ads")
    assert (found.rows, found.rejected, found.currency) == (rows, 0, "INR")
    assert (found.start, found.end) == (date(2025, 2, 1), date(2025, 8, 4))
    assert found.totals["impressions"] == impressions
    assert round(found.totals["cost"], 2) == Decimal(spend)


@pytest.mark.parametrize(("name", "rows"), [("mg_batam.xlsx", 169), ("mg_batam_plateform.csv", 84)])
def test_real_french_exports_give_spend_by_cpm(name: str, rows: int) -> None:
    found = ready(shared(f"meta-ads/fr-ui/{name}"), "meta_ads")
    table = found.tables["spend"]
    assert (table.rows, table.rejected, table.currency) == (rows, 0, "USD")
    told = {k: int(table.totals[k]) for k in ("impressions", "clicks", "link_clicks")}
    assert told == {"impressions": 73_970_029, "clicks": 1_640_141, "link_clicks": 815_616}
    assert round(table.totals["cost"]) == 30_679
    assert "The file has no spend column: spend is CPM × impressions / 1,000." in says(found)


def test_grand_total_is_left_out_and_breakdowns_are_named(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEAD
        + ",,,300,EUR,30.00,3,2026-09-01,2026-09-30\nA,18-24,female,100,EUR,10.00,1,2026-09-01,2026-09-30\n"
        "A,25-34,,200,EUR,20.00,2,2026-09-01,2026-09-30\n",
    )
    assert values(path, "spend", "day", "until", "breakdown", "cost") == [
        (date(2026, 9, 1), date(2026, 9, 30), "age=18-24;gender=female", Decimal("10.000000")),
        (date(2026, 9, 1), date(2026, 9, 30), "age=25-34", Decimal("20.000000")),
    ]
    assert says(ready(path, "meta_ads")) == []


def test_a_grand_total_that_disagrees_is_said(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HEAD + ",,,900,EUR,30.00,3,2026-09-01,2026-09-30\nA,18-24,,100,EUR,30,3,2026-09-01,2026-09-30\n",
    )
    assert says(ready(path, "meta_ads")) == [
        "The rows add up to 100 in “Impressions” but the file's own total says 900: rows may be missing."
    ]


@pytest.mark.parametrize(
    ("first", "second", "conversions", "note"),
    [
        ("actions:offsite_conversion.fb_pixel_purchase", "actions:offsite_conversion.fb_pixel_purchase", 12.0,
         "Conversions are those of “actions:offsite_conversion.fb_pixel_purchase”."),
        ("actions:link_click", "actions:link_click", None,
         "“Results” are left out: “actions:link_click” is no conversion."),
        ("actions:onsite_conversion.lead", "reach", None,
         "“Results” are left out: they are of several types, or of a type that the file does not tell."),
    ],
)  # fmt: skip
def test_results_count_only_when_all_are_of_one_type_of_conversion(
    first: str, second: str, conversions: float | None, note: str, tmp_path: Path
) -> None:
    path = write(tmp_path, RESULTS + f"A,2026-09-01,5,10,1,7,{first}\nB,2026-09-02,5,10,1,5,{second}\n")
    found = ready(path, "meta_ads")
    assert found.tables["spend"].totals.get("conversions") == conversions
    assert says(found) == [note]


def test_a_month_cell_is_a_first_and_a_last_day(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Campaign name,Month,Amount spent (USD),Impressions\nA,2024-03-01 - 2024-03-11,5,10\nA,2024-04-01 - 2024-04-30,6,1\n"
        "A,soon,1,1\n",
    )
    assert values(path, "spend", "day", "until") == [
        (date(2024, 3, 1), date(2024, 3, 11)), (date(2024, 4, 1), date(2024, 4, 30)),
    ]  # fmt: skip
    assert only(path, "meta_ads").rejected == 1


def test_french_file_saved_again_by_excel_is_read(tmp_path: Path) -> None:
    text = "Nom de la campagne;Jour;Montant dépensé (EUR);Impressions;Clics (tous)\nÉté;03/04/2026;1 234,50;2 000;3\n"
    path = write(tmp_path, text.encode("cp1252"))
    assert values(path, "spend", "day", "campaign", "cost", "impressions", "currency") == [
        (date(2026, 4, 3), "Été", Decimal("1234.500000"), 2000, "EUR")
    ]


def test_a_file_without_days_takes_them_from_its_name(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Campaign name,Amount spent (EUR),Clicks (all)\nA,5,1\n",
        "Report-Feb-1-2025-to-Aug-4-2025.csv",
    )
    assert values(path, "spend", "day", "until") == [(date(2025, 2, 1), date(2025, 8, 4))]
