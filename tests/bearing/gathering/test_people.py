"""Who buys, who answers; countries as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.bearing.gathering.countries import country_code
from gouvernail.bearing.gathering.people import answerers, buyers
from tests.bearing.gathering.world import Row, day, stand


def contact(number: int, **told: object) -> Row:
    return {"deal_id": f"c{number}", "day": day(5), "created": day(5), "cut": "contacts", "stage": "lead",
            "person": f"p{number}", **told}  # fmt: skip


def won(number: int, **told: object) -> Row:
    return {"deal_id": f"d{number}", "day": day(8), "closed": day(8), "cut": "deals", "stage": "won", **told}


def test_buyers_are_the_contacts_of_deals_won_each_once(tmp_path: Path) -> None:
    rows = [
        contact(1, contact_age=50, contact_role="Buyer", country="Suisse", industry="Energy"),
        {**contact(1), "stage": "sql", "day": day(6)},
        contact(2, contact_age=0, country="CH"),
        contact(3, contact_age=30, country="Atlantis"),
        won(1, person="p1"),
        {**won(1, person="p1"), "stage": "opportunity", "day": day(7)},
        won(2, person="p2", contact_role="Engineer"),
        {**won(9, person="p3"), "day": day(8, year=2024), "closed": day(8, year=2024)},
    ]

    found = buyers(stand(tmp_path, ("hubspot", "deals", rows)))

    assert found is not None
    assert (found.deals, found.median_age) == (2, 50.0)
    assert found.by_age == {50: 1}
    assert found.by_country == {"CH": 2}
    assert found.by_role == {"Buyer": 1, "Engineer": 1}
    assert found.by_industry == {"Energy": 1}


def test_answerers_are_the_leads_of_the_year(tmp_path: Path) -> None:
    rows = [contact(1, contact_age=20), contact(2, contact_age=40, country="Atlantis"), won(1)]

    found = answerers(stand(tmp_path, ("hubspot", "deals", rows)))

    assert found is not None
    assert (found.deals, found.median_age, found.by_country) == (2, 30.0, {})
    # A name that is no country is shown as it is written, and counted as none.
    assert found.share_by_country == {"Atlantis": 1.0}


def test_nobody_is_told_without_a_crm(tmp_path: Path) -> None:
    ground = stand(tmp_path)

    assert (buyers(ground), answerers(ground)) == (None, None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("CH", "CH"), ("che", "CH"), ("Suisse", "CH"), ("Schweiz ", "CH"), ("UK", "GB"), ("United States", "US"),
        ("États-Unis", "US"), ("etats-unis", "US"), ("Brasil", "BR"), ("Atlantis", None), ("", None), (None, None),
        ("EU", None),
    ],
)  # fmt: skip
def test_country_is_read_or_is_none(words: str | None, code: str | None) -> None:
    assert country_code(words) == code
