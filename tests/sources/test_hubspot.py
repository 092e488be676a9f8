"""HubSpot: deals by stage and day, contacts on the days of their stages."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.sources.importing import preview
from gouvernail.sources.protocol import Status
from gouvernail.sources.values.persons import pseudonym
from tests.sources.workbench import CONTEXT, only, ready, shared, values, write

DEALS = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Currency\n"
CONTACTS = (
    "Record ID,Email,Lifecycle Stage,Create Date,Became a Marketing Qualified Lead Date,Became a Sales Qualified Lead Date,"
    "First Contacted Date,Original Source,Original Source Drill-Down 1\n"
)


def test_real_deals_add_up_to_the_published_totals() -> None:
    path = shared("hubspot/dummy/hubspot_deals.csv")
    found = only(path, "hubspot")
    assert (found.rows, found.rejected, found.totals["amount"]) == (500, 0, Decimal("62499790.17"))
    deals = values(path, "deals", "stage", "amount", "day", "closed", "created", "cut")
    assert Counter(stage for stage, *_ in deals) == {"opportunity": 360, "won": 71, "lost": 69}
    assert sum(amount for stage, amount, *_ in deals if stage == "won") == Decimal("8934361.48")
    assert {
        day == (closed if stage in ("won", "lost") else created)
        for stage, _, day, closed, created, _ in deals
    } == {True}
    assert {cut for *_, cut in deals} == {"deals"}


def test_real_contacts_are_leads_by_lifecycle_stage() -> None:
    path = shared("hubspot/dummy/hubspot_contacts.csv")
    contacts = values(path, "deals", "stage", "cut", "person")
    assert Counter(stage for stage, *_ in contacts) == {
        "lead": 117, "mql": 131, "sql": 101, "opportunity": 128 + 120 + 110, None: 126 + 117,
    }  # fmt: skip
    assert {(cut, len(person)) for _, cut, person in contacts} == {("contacts", 32)}


@pytest.mark.parametrize(
    ("label", "stage"),
    [
        ("Closed Won", "won"), ("closedwon", "won"), ("Closed Won (Sales Pipeline)", "won"), ("Fermé gagné", "won"),
        ("Closed Lost", "lost"), ("closedlost", "lost"), ("Fermé perdu", "lost"), ("qualifiedtobuy", "opportunity"),
        ("Contract Sent", "opportunity"), ("Rendez-vous planifié", "opportunity"),
    ],
)  # fmt: skip
def test_stages_are_read_as_labels_and_as_internal_ids(label: str, stage: str, tmp_path: Path) -> None:
    path = write(tmp_path, DEALS + f"1,A,{label},2026-09-20,Eve,10,Sales,2026-09-01,CHF\n")
    assert values(path, "deals", "stage", "stage_label") == [(stage, label)]


def test_rows_that_cannot_be_used_are_rejected_with_a_reason(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        DEALS
        + "1,A,Closed Won,2026-09-20,Eve,à confirmer,Sales,2026-09-01,CHF\n2,B,Contract Sent,,Eve,5,Sales,,CHF\n"
        "3,C,Contract Sent,2027-03-01,Eve,5,Sales,2026-09-02,CHF\n4,D,Closed Won,2026-09-21,Eve,6,Sales,,CHF\n",
    )
    assert values(path, "deals", "deal_id", "day", "closed") == [
        ("3", date(2026, 9, 2), date(2027, 3, 1)), ("4", date(2026, 9, 21), date(2026, 9, 21)),
    ]  # fmt: skip
    rejects = ready(path, "hubspot").rejects
    assert [(r.line, r.column, r.reason.render("en")) for r in rejects] == [
        (2, "Amount", "not a number"), (3, "Create Date × Close Date", "nothing where a value is needed"),
    ]  # fmt: skip


def test_french_deals_without_creation_are_dated_by_the_export(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "ID de fiche d'informations;Nom de la transaction;Phase de la transaction;Montant;Pipeline;Date de fermeture\n"
        "1;A;Fermé gagné;12 500,50;Ventes;2026-05-04\n2;B;Contrat envoyé;100,00;Ventes;2027-01-31\n",
        "hubspot-crm-exports-transactions-2026-09-30-1.csv",
    )
    assert values(path, "deals", "day", "stage", "amount") == [
        (date(2026, 5, 4), "won", Decimal("12500.500000")), (date(2026, 9, 30), "opportunity", Decimal("100.000000")),
    ]  # fmt: skip


def test_stage_history_is_one_row_a_stage(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Record ID,Deal Name,Deal Stage,Date entered stage,Date left stage,Amount,Create Date\n"
        "1,A,Contract Sent,2026-08-01,2026-09-01,10,2026-07-01\n1,A,Closed Won,2026-09-01,,10,2026-07-01\n",
    )
    assert values(path, "deals", "day", "stage", "created") == [
        (date(2026, 8, 1), "opportunity", date(2026, 7, 1)), (date(2026, 9, 1), "won", date(2026, 7, 1)),
    ]  # fmt: skip


def test_a_contact_stands_on_the_day_of_each_stage(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        CONTACTS
        + "7,Ann@x.example,Customer,2026-01-05 09:00,2026-02-01,2026-03-01,2026-01-06 10:30,Paid Search,Spring\n"
        "8,bob@x.example,Lead,2026-01-06 09:00,,,,Referrals,site.example\n"
        "9,eve@x.example,Marketing Qualified Lead,2026-01-07 08:00,soon,,,Organic Search,\n",
    )
    assert values(path, "deals", "deal_id", "stage", "day", "created", "campaign", "channel") == [
        ("7", "lead", date(2026, 1, 5), date(2026, 1, 5), "Spring", "search_paid"),
        ("8", "lead", date(2026, 1, 6), date(2026, 1, 6), None, "referral"),
        ("7", "mql", date(2026, 2, 1), date(2026, 1, 5), "Spring", "search_paid"),
        ("7", "sql", date(2026, 3, 1), date(2026, 1, 5), "Spring", "search_paid"),
    ]
    assert values(path, "deals", "contacted") == [(datetime(2026, 1, 6, 10, 30),), (None,), (None,), (None,)]
    assert values(path, "deals", "person")[0] == (pseudonym(CONTEXT.secret, "ann@x.example"),)
    assert only(path, "hubspot").rejected == 1


def test_a_customer_without_days_is_no_deal_won(tmp_path: Path) -> None:
    path = write(
        tmp_path, "Contact ID,Email,Lifecycle Stage,Create Date\n1,a@x.example,Customer,2026-01-05\n"
    )
    assert values(path, "deals", "stage", "stage_label") == [("opportunity", "Customer")]


def test_deals_without_any_date_are_refused_in_one_sentence(tmp_path: Path) -> None:
    found = preview(
        write(tmp_path, "Record ID,Deal Name,Deal Stage,Amount,Pipeline\n1,A,Closed Won,5,Sales\n"), CONTEXT
    )
    assert (found.status, found.source) == (Status.unreadable, "hubspot")
    assert (
        found.message.render("en")
        == "The deals bear no date: export them again with “Create Date” and “Close Date”."
    )
