"""Facts to actions: each fact to one action at most, amounts sum to the total."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.periods import parse_period
from gouvernail.metrics.keys import ActionKeys, Identity, Key, Owners
from gouvernail.metrics.matches import Orphan, OrphanSales
from gouvernail.metrics.matching import match
from tests.metrics.engines import MemoryEngine, Row, day, money

JANUARY = parse_period("2026-01")


def _spend(campaign: str | None, cost: str, when: object = day(1, 3), **more: object) -> Row:
    return {"day": when, "cost": money(cost), "currency": "CHF", "clicks": 2, "campaign": campaign, **more}


def _identity(campaign: str, table: str = "spend", source: str = "google_ads") -> Identity:
    return Identity(table, source, campaign, None, None, source)


def test_exact_beats_prefix_beats_pattern() -> None:
    owners = Owners(
        [
            ActionKeys("a", (Key("*brand*", match="pattern"),)),
            ActionKeys("b", (Key("brand", match="prefix"),)),
            ActionKeys("c", (Key("Brand DE"),)),
        ]
    )

    assert [owners.of(_identity(name)) for name in ("BRAND de", "brand fr", "our brand", "other")] == [
        "c",
        "b",
        "a",
        None,
    ]


def test_longer_key_comes_first_then_the_id() -> None:
    owners = Owners(
        [
            ActionKeys("b", (Key("br", match="prefix"), Key("x*", match="pattern"))),
            ActionKeys("c", (Key("bran", match="prefix"),)),
            ActionKeys("a", (Key("x*", match="pattern"),)),
        ]
    )

    assert owners.of(_identity("brand")) == "c"
    assert owners.of(_identity("xyz")) == "a"


def test_brackets_in_a_pattern_are_brackets() -> None:
    owners = Owners([ActionKeys("a", (Key("[DE] *", match="pattern"),))])

    assert owners.of(_identity("[DE] Search")) == "a"
    assert owners.of(_identity("D Search")) is None


def test_key_of_one_source_leaves_the_others() -> None:
    owners = Owners([ActionKeys("a", (Key("x", source="meta_ads"),))])

    assert owners.of(_identity("x")) is None
    assert owners.of(_identity("x", source="meta_ads")) == "a"


def test_link_key_does_not_match_the_name_in_the_platform() -> None:
    owners = Owners([ActionKeys("a", (Key("x", "utm_campaign"),))])

    assert owners.of(_identity("x", "spend")) is None
    assert owners.of(_identity("x", "web")) == "a"


@pytest.mark.parametrize(
    ("field", "identity"),
    [
        ("utm_id", Identity("spend", "google_ads", "n", "X1")),
        ("promo_code", Identity("conversions", "shopify", None, None, "x1")),
        ("source", Identity("deals", "hubspot", None, None, None, "X1")),
    ],
)
def test_other_fields_match(field: str, identity: Identity) -> None:
    assert Owners([ActionKeys("a", (Key("x1", field),))]).of(identity) == "a"  # type: ignore[arg-type]


def test_match_tells_actions_orphans_and_silent() -> None:
    engine = MemoryEngine(
        spend=[
            _spend("Brand", "10.10"),
            _spend("Brand", "5", day(12, 3, 2025)),
            _spend("lost", "2.20"),
            _spend("lost", "3.30", day(1, 9)),
            _spend(None, "1"),
        ],
        conversions=[
            {
                "source": "shopify",
                "person": "p",
                "kind": "order",
                "day": day(1, 5),
                "value": money("100"),
                "currency": "CHF",
                "promo_code": "NEW10",
            },
            {
                "source": "shopify",
                "person": "q",
                "kind": "order",
                "day": day(1, 6),
                "value": money("40"),
                "currency": "CHF",
            },
            {
                "source": "shopify",
                "person": "q",
                "kind": "refund",
                "day": day(1, 7),
                "value": money("-10"),
                "currency": "CHF",
            },
        ],
    )
    actions = [
        ActionKeys("a", (Key("brand"), Key("new10", "promo_code")), day(1, 4)),
        ActionKeys("quiet", (Key("nothing"),)),
        ActionKeys("later", (Key("nothing"),), day(6, 1)),
    ]

    found = match(engine, actions, JANUARY, "CHF")

    brand = found.actions["a"]
    assert (brand.spend, brand.spend_to_date, brand.clicks) == (Decimal("10.10"), None, 2)
    assert (brand.conversions, brand.revenue, brand.outside_rows) == (1, Decimal(100), 1)
    assert (brand.first, brand.last) == (day(1, 3), day(1, 5))
    assert found.orphans == (
        Orphan("google_ads", "lost", Decimal("5.50"), day(1, 3), day(1, 9)),
        Orphan("google_ads", "", Decimal(1), day(1, 3), day(1, 3)),
    )
    assert found.orphan_sales == (OrphanSales("shopify", "", 1, Decimal(30)),)
    assert found.silent == ("quiet",)
    assert found.actions["quiet"].spend is None
    assert found.owners == (("google_ads", "Brand", "a"),)
    assert (found.spend, found.revenue) == (Decimal("16.60"), Decimal(130))


def test_leads_of_the_crm_go_to_the_action_once() -> None:
    rows = [
        {
            "source": "hubspot",
            "deal_id": "p",
            "day": day(1, n),
            "created": day(1, 2),
            "stage": stage,
            "cut": "contacts",
            "campaign": "fair",
        }
        for n, stage in ((2, "lead"), (9, "mql"))
    ]

    found = match(MemoryEngine(deals=rows), [ActionKeys("a", (Key("fair"),))], JANUARY, "CHF")

    assert found.actions["a"].leads == 1


_names = st.sampled_from(["brand", "brand de", "fair", "x", None])


@settings(max_examples=15)
@given(
    st.lists(st.tuples(_names, st.decimals("-10", "1000", places=2)), max_size=12),
    st.lists(
        st.tuples(
            st.sampled_from(["brand", "fa", "x", "b*"]), st.sampled_from(["exact", "prefix", "pattern"])
        ),
        max_size=4,
    ),
)
def test_actions_and_orphans_sum_to_the_spend(
    facts: list[tuple[str | None, Decimal]], keys: list[tuple[str, str]]
) -> None:
    engine = MemoryEngine(spend=[_spend(name, str(cost)) for name, cost in facts])
    actions = [ActionKeys(f"a{n}", (Key(value, match=form),)) for n, (value, form) in enumerate(keys)]  # type: ignore[arg-type]

    found = match(engine, actions, JANUARY, "CHF")

    claimed = sum((each.spend or Decimal(0) for each in found.actions.values()), Decimal(0))
    assert claimed + found.orphan_spend == sum((cost for _, cost in facts), Decimal(0)) == found.spend


def test_action_with_qualified_leads_only_is_not_silent() -> None:
    mql = {"source": "crm", "person": "p", "kind": "mql", "day": day(1, 5), "campaign": "organic"}
    engine = MemoryEngine(conversions=[mql])

    found = match(engine, [ActionKeys("a", (Key("organic"),))], JANUARY, "CHF")

    assert found.silent == ()


def test_spend_to_date_counts_from_the_start_of_the_action() -> None:
    """A campaign may be older than the action that took it over: its former spend is not the action's."""
    engine = MemoryEngine(
        spend=[
            _spend("Brand", "5", day(12, 3, 2025)),
            _spend("Brand", "7", day(1, 4)),
            _spend("Brand", "2", day(1, 9)),
            _spend("Shop", "3", day(12, 3, 2025)),
            _spend("Shop", "4", day(1, 9)),
        ]
    )
    actions = [
        ActionKeys("a", (Key("brand"),), day(1, 4)),
        ActionKeys("b", (Key("shop"),)),
        ActionKeys("c", (Key("other"),), day(1, 1)),
    ]

    found = match(engine, actions, JANUARY, "CHF").actions

    assert (found["a"].spend_to_date, found["a"].spend) == (Decimal(9), Decimal(9))
    assert (found["b"].spend_to_date, found["b"].spend) == (Decimal(7), Decimal(4))
    assert found["c"].spend_to_date is None
