"""Salesforce: opportunities by Data Loader and by report, leads."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.sources.importing import preview
from gouvernail.sources.protocol import Status
from tests.sources.workbench import CONTEXT, only, shared, values, write

HEAD = "Id,IsDeleted,Name,StageName,Amount,CloseDate,IsClosed,IsWon,CreatedDate,CurrencyIsoCode,LeadSource\n"


def test_real_opportunities_add_up_to_the_published_totals() -> None:
    path = shared("salesforce/data-cloud-workshop/Opportunity.csv")
    found = only(path, "salesforce")
    assert (found.rows, found.rejected, found.totals["amount"]) == (50, 0, Decimal("43603545.98"))
    won = [amount for stage, amount in values(path, "deals", "stage", "amount") if stage == "won"]
    assert (len(won), sum(won)) == (12, Decimal("10542562.98"))


def test_real_leads_are_contacts_by_status() -> None:
    path = shared("salesforce/data-cloud-workshop/Lead.csv")
    assert Counter(values(path, "deals", "cut", "stage")) == {
        ("contacts", "lead"): 36,
        ("contacts", "sql"): 24,
    }


@pytest.mark.parametrize("name", ["Account", "Campaign", "CampaignMember"])
def test_other_real_objects_are_recognised_and_not_read(name: str) -> None:
    found = preview(shared(f"salesforce/data-cloud-workshop/{name}.csv"), CONTEXT)
    assert found.status == Status.unsupported
    assert found.message.render("en").startswith("Recognised as Salesforce (")


@pytest.mark.parametrize(
    ("closed", "won", "stage", "day"),
    [
        ("1", "1", "won", date(2026, 9, 20)), ("true", "false", "lost", date(2026, 9, 20)),
        ("TRUE", "TRUE", "won", date(2026, 9, 20)), ("", "", "opportunity", date(2026, 9, 2)),
        ("false", "false", "opportunity", date(2026, 9, 2)),
    ],
)  # fmt: skip
def test_flags_decide_what_a_stage_means(
    closed: str, won: str, stage: str, day: date, tmp_path: Path
) -> None:
    line = f"006,,A,Signature,10.5,2026-09-20,{closed},{won},2026-09-01T23:30:00.000+0000,CHF,web\n"
    path = write(tmp_path, b"\xef\xbb\xbf" + (HEAD + line).encode())
    assert values(path, "deals", "deal_id", "stage", "day", "created", "currency") == [
        ("006", stage, day, date(2026, 9, 2), "CHF")
    ]


def test_a_report_export_loses_its_footer(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '"Opportunity Name","Stage","Amount Currency","Amount","Close Date","Created Date","Account Name"\n'
        '"A","Closed Won","EUR","1,200.50","2026-09-20","2026-09-01","X"\n'
        '"B","Closed Lost","EUR","100.00","2026-09-21","2026-09-01","Y"\n\n'
        '"Grand Totals (2 records)","","EUR","1,300.50"\n'
        '"Confidential Information - Do Not Distribute"\n'
        '"Copyright © 2000-2026 salesforce.com, inc. All rights reserved."\n',
    )
    assert values(path, "deals", "deal_id", "stage", "amount", "day") == [
        ("A", "won", Decimal("1200.500000"), date(2026, 9, 20)), ("B", "lost", Decimal("100.000000"), date(2026, 9, 21)),
    ]  # fmt: skip
    assert only(path, "salesforce").rejected == 0
