"""First and last touch: credits and untraced sum exactly to the revenue."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.periods import parse_period
from gouvernail.measurement.attribution.touch import Credit, Share, credit
from gouvernail.metrics.keys import ActionKeys, Key
from tests.metrics.engines import MemoryEngine, Row, day, money

JANUARY = parse_period("2026-01")
NOON = datetime(2026, 1, 10, 12)
ACTIONS = [ActionKeys("ads", (Key("ads"),)), ActionKeys("mail", (Key("mail"),))]


def _order(person: str, value: str, at: datetime = NOON, row: int = 1, **more: object) -> Row:
    return {
        "source": "shopify",
        "source_row": row,
        "person": person,
        "kind": "order",
        "day": at.date(),
        "instant": at,
        "value": money(value),
        "currency": "CHF",
        **more,
    }


def _touch(person: str, campaign: str | None, days_before: float, **more: object) -> Row:
    at = NOON - timedelta(days=days_before)
    return {"source": "ga4", "person": person, "instant": at, "day": at.date(), "campaign": campaign, **more}


def _credit(engine: MemoryEngine, rule: str = "last", window_days: int = 90) -> Credit:
    found = credit(engine, ACTIONS, JANUARY, rule, window_days, currency="CHF")  # type: ignore[arg-type]
    assert isinstance(found, Credit)
    return found


def test_first_and_last_touch_differ() -> None:
    engine = MemoryEngine(
        conversions=[_order("p", "100")],
        touchpoints=[_touch("p", "ads", 20), _touch("p", "other", 10), _touch("p", "mail", 1)],
    )

    assert _credit(engine, "first").by_action == {"ads": Share(Decimal(100), 1)}
    assert _credit(engine, "last").by_action == {"mail": Share(Decimal(100), 1)}


def test_touches_outside_the_window_or_after_the_sale_do_not_count() -> None:
    engine = MemoryEngine(
        conversions=[_order("p", "100"), _order("q", "7", row=2)],
        touchpoints=[_touch("p", "ads", 100), _touch("p", "mail", -1), _touch("q", "mail", 90)],
    )

    found = _credit(engine)

    assert found.by_action == {"mail": Share(Decimal(7), 1)}
    assert found.untraced == Share(Decimal(100), 1)
    assert found.coverage == pytest.approx(7 / 107)


def test_touch_of_nobodys_campaign_is_unmatched() -> None:
    engine = MemoryEngine(conversions=[_order("p", "100")], touchpoints=[_touch("p", "other", 1)])

    found = _credit(engine)

    assert (found.unmatched, found.by_action, found.coverage) == (Share(Decimal(100), 1), {}, 1.0)


def test_refund_takes_back_the_credit_and_counts_no_order() -> None:
    engine = MemoryEngine(
        conversions=[_order("p", "100"), _order("p", "-40", kind="refund", row=2)],
        touchpoints=[_touch("p", "ads", 1)],
    )

    assert _credit(engine).by_action == {"ads": Share(Decimal(60), 1)}


def test_without_touchpoints_the_record_is_read() -> None:
    deal: Row = {
        "source": "hubspot",
        "day": day(1, 9),
        "created": day(1, 1),
        "closed": day(1, 9),
        "stage": "won",
        "currency": "CHF",
        "cut": "deals",
    }
    engine = MemoryEngine(
        deals=[
            {**deal, "deal_id": "a", "amount": money("50.25"), "campaign": "ADS"},
            {**deal, "deal_id": "b", "amount": money("9.75")},
        ]
    )

    first, last = _credit(engine, "first"), _credit(engine, "last")

    assert (last.basis, last.grade) == ("record", Grade.credit_rule)
    assert first.by_action == last.by_action == {"ads": Share(Decimal("50.25"), 1)}
    assert (last.untraced, last.total) == (Share(Decimal("9.75"), 1), Share(Decimal(60), 2))


def test_without_sales_it_is_refused() -> None:
    refused = credit(MemoryEngine(), ACTIONS, JANUARY)

    assert isinstance(refused, Refusal)
    assert refused.code == "no_data"


_people = st.sampled_from(["p", "q", "r"])


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(_people, st.decimals("-5", "500", places=2), st.integers(0, 20)), min_size=1, max_size=8
    ),
    st.lists(
        st.tuples(_people, st.sampled_from(["ads", "mail", "x", None]), st.integers(-5, 120)), max_size=8
    ),
    st.sampled_from(["first", "last"]),
)
def test_credits_and_untraced_sum_to_the_revenue(
    sales: list[tuple[str, Decimal, int]], touches: list[tuple[str, str | None, int]], rule: str
) -> None:
    engine = MemoryEngine(
        conversions=[
            _order(who, str(value), NOON + timedelta(days=later), n)
            for n, (who, value, later) in enumerate(sales)
        ],
        touchpoints=[_touch(*each) for each in touches],
    )

    found = _credit(engine, rule)

    assert found.total == Share(sum((value for _, value, _ in sales), Decimal(0)), len(sales))
    parts = sum(found.by_action.values(), found.unmatched + found.untraced)
    assert parts == found.total
    assert sum((each.share for each in found.by_campaign), found.untraced) == found.total
