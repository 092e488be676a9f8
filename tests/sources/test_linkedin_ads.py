"""LinkedIn: encoding, preamble, date order, and the grain of a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.sources.importing import preview
from gouvernail.sources.protocol import Status
from tests.sources.workbench import CONTEXT, ready, says, values, write

HEAD = (
    "Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group Name\tCampaign ID\tCampaign Name\tCampaign Status\t"
    "Total Spent\tImpressions\tClicks\tConversions"
)


def export(
    folder: Path,
    *lines: str,
    head: str = HEAD,
    start: str = "September 1, 2026",
    end: str = "September 30, 2026",
) -> Path:
    above = ("Campaign Performance Report (in UTC)", f"Report Start: {start}, 12:00 AM", f"Report End: {end}, 11:59 PM",
             "Date Generated: October 1, 2026, 8:00 AM", "")  # fmt: skip
    quoted = [f'"{line}"' if "," in line else line for line in above]
    text = "\r\n".join((*quoted, head, *lines)) + "\r\n"
    return write(folder, b"\xff\xfe" + text.encode("utf-16-le"), "account_1_campaign_performance_report.csv")


def line(day: str, name: str = "A", spent: str = "10.50") -> str:
    return f"{day}\tUs\tCHF\tGroup\t7\t{name}\tActive\t{spent}\t100\t2\t1"


def test_daily_rows_stay_days_and_the_month_comes_first(tmp_path: Path) -> None:
    path = export(tmp_path, line("9/1/2026"), line("9/2/2026"), line("9/12/2026"))
    assert values(
        path, "spend", "day", "until", "campaign", "campaign_id", "breakdown", "cost", "currency", "account"
    ) == [
        (
            date(2026, 9, n),
            date(2026, 9, n),
            "A",
            "7",
            "campaign_group=Group",
            Decimal("10.500000"),
            "CHF",
            "Us",
        )
        for n in (1, 2, 12)
    ]


def test_one_date_over_several_days_is_the_whole_period(tmp_path: Path) -> None:
    path = export(tmp_path, line("9/1/2026"), line("9/1/2026", "B"), "Total\t\tCHF\t\t\t\t\t21.00\t200\t4\t2")
    assert values(path, "spend", "day", "until", "campaign") == [
        (date(2026, 9, 1), date(2026, 9, 30), "A"), (date(2026, 9, 1), date(2026, 9, 30), "B"),
    ]  # fmt: skip
    assert says(ready(path, "linkedin_ads")) == [
        "The report has no daily breakdown: each row covers September 1, 2026 to September 30, 2026."
    ]


def test_firsts_of_months_are_months(tmp_path: Path) -> None:
    path = export(
        tmp_path,
        line("7/15/2026"),
        line("8/1/2026"),
        line("9/1/2026"),
        start="July 15, 2026",
        end="September 20, 2026",
    )
    assert values(path, "spend", "day", "until") == [
        (date(2026, 7, 15), date(2026, 7, 31)), (date(2026, 8, 1), date(2026, 8, 31)), (date(2026, 9, 1), date(2026, 9, 20)),
    ]  # fmt: skip


def test_newer_headers_put_the_campaign_above_the_ad_set(tmp_path: Path) -> None:
    head = "Start Date (in UTC)\tAccount Name\tCampaign Name\tAd Set Name\tAd Name\tTotal Spent\tImpressions\tClicks\tLeads"
    path = export(tmp_path, "9/3/2026\tUs\tTop\tMiddle\tLow\t3\t1\t1\t2", head=head)
    assert values(path, "spend", "campaign", "ad_group", "ad", "conversions", "breakdown") == [
        ("Top", "Middle", "Low", 2.0, None)
    ]


def test_french_and_dutch_reports_put_the_day_first(tmp_path: Path) -> None:
    text = (
        "Rapport sur les performances de la campagne (en UTC)\nDébut du rapport : 1 septembre 2026 00:00\n"
        "Fin du rapport : 30 septembre 2026 23:59\nDate : 1 octobre 2026\n\n"
        "Date de début (en UTC)\tNom du compte\tDevise\tNom du groupe de campagnes\tNom de la campagne\tStatut de la campagne\t"
        "Total dépensé\tImpressions\tClics\n03/09/2026\tNous\tEUR\tG\tÉté\tActif\t1 234,56\t1 000\t7\n"
        "04/09/2026\tNous\tEUR\tG\tÉté\tActif\t2,00\t10\t1\n"
    )
    path = write(tmp_path, b"\xff\xfe" + text.encode("utf-16-le"))
    assert values(path, "spend", "day", "until", "cost", "clicks") == [
        (date(2026, 9, 3), date(2026, 9, 3), Decimal("1234.560000"), 7),
        (date(2026, 9, 4), date(2026, 9, 4), Decimal("2.000000"), 1),
    ]


@pytest.mark.parametrize("rows", [(), ("\t\t\t\t\t\t\t\t\t\t",)])
def test_a_report_without_spending_is_one_sentence(rows: tuple[str, ...], tmp_path: Path) -> None:
    found = preview(export(tmp_path, *rows), CONTEXT)
    assert (found.status, found.source) == (Status.unreadable, "linkedin_ads")


def test_a_large_daily_report_is_not_taken_for_a_period_by_its_first_rows(tmp_path: Path) -> None:
    first = [
        line("9/1/2026", f"Campaign {n} with a rather long name to fill the file up {'x' * 900}")
        for n in range(2_300)
    ]
    path = export(tmp_path, *first, line("9/2/2026", "Last"))
    assert path.stat().st_size > 4 << 20
    found = values(path, "spend", "day", "until")
    assert found[-1] == (date(2026, 9, 2), date(2026, 9, 2))
    assert found[0] == (date(2026, 9, 1), date(2026, 9, 1))
