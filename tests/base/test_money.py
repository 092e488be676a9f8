"""Money: exact amounts, one currency at a time, splits that lose nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gouvernail.base.errors import CurrencyError
from gouvernail.base.money import CENT, Money, split, total

AMOUNTS = st.decimals("-10000000", "10000000", places=2)
FINE = st.decimals("-1000000", "1000000", places=4)
WEIGHTS = st.lists(st.decimals("0", "1000", places=3), min_size=1, max_size=12)


@given(FINE, WEIGHTS)
def test_split_sums_to_the_whole_exactly(whole: Decimal, weights: list[Decimal]) -> None:
    assume(sum(weights) > 0)

    assert sum(split(whole, weights)) == whole


@given(AMOUNTS, WEIGHTS)
def test_split_parts_are_cents_within_one_of_the_exact_share(whole: Decimal, weights: list[Decimal]) -> None:
    assume(sum(weights) > 0)

    for part, weight in zip(split(whole, weights), weights, strict=True):
        assert part % CENT == 0
        assert abs(part - whole * weight / sum(weights)) < CENT


@given(AMOUNTS, WEIGHTS)
def test_split_gives_nothing_to_a_weight_of_zero(whole: Decimal, weights: list[Decimal]) -> None:
    assume(sum(weights) > 0)

    assert all(part == 0 for part, weight in zip(split(whole, weights), weights, strict=True) if weight == 0)


@given(AMOUNTS, WEIGHTS, st.integers(2, 9))
def test_split_depends_on_proportions_only(whole: Decimal, weights: list[Decimal], factor: int) -> None:
    assume(sum(weights) > 0)

    assert split(whole, [weight * factor for weight in weights]) == split(whole, weights)


def test_split_gives_the_odd_cent_to_the_earlier_part() -> None:
    assert split(Decimal("0.05"), [Decimal(1), Decimal(1)]) == (Decimal("0.03"), Decimal("0.02"))
    assert split(Decimal("100"), [Decimal(1)] * 3) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))


def test_split_by_nothing_is_nothing() -> None:
    assert split(Decimal(5), []) == ()


@pytest.mark.parametrize("weights", [[Decimal(0)], [Decimal(-1), Decimal(1)]])
def test_split_by_useless_weights_is_refused(weights: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(Decimal(5), weights)


@given(st.lists(AMOUNTS, max_size=8))
def test_total_is_the_sum_in_any_order(amounts: list[Decimal]) -> None:
    money = [Money(amount, "CHF") for amount in amounts]

    assert total(money, "CHF") == total(reversed(money), "CHF") == Money(sum(amounts, Decimal(0)), "CHF")


@pytest.mark.parametrize(
    "operation", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, Money.share_of]
)
def test_two_currencies_never_combine(operation: object) -> None:
    with pytest.raises(CurrencyError):
        operation(Money(Decimal(1), "CHF"), Money(Decimal(1), "EUR"))  # type: ignore[operator]


def test_total_of_another_currency_is_refused() -> None:
    with pytest.raises(CurrencyError):
        total([Money(Decimal(1), "EUR")], "CHF")


def test_money_is_rounded_half_even() -> None:
    assert [Money(Decimal(value), "CHF").rounded().amount for value in ("0.005", "0.015", "-0.025")] == [
        Decimal("0.00"),
        Decimal("0.02"),
        Decimal("-0.02"),
    ]


def test_share_of_nothing_is_none() -> None:
    assert Money(Decimal(1), "CHF").share_of(Money(Decimal(0), "CHF")) is None
    assert Money(Decimal(1), "CHF").share_of(Money(Decimal(4), "CHF")) == 0.25
