"""Periods: their words, what came before, and buckets that tile them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.errors import PeriodError
from gouvernail.base.periods import Grain, Period, bucket, last_closed_month, parse_period

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))
GRAINS = st.sampled_from(Grain)
FREE = st.builds(lambda start, days: Period(start, start + timedelta(days=days)), DAYS, st.integers(0, 900))
CALENDAR = st.builds(bucket, DAYS, GRAINS)
PERIODS = FREE | CALENDAR
ONE_DAY = timedelta(days=1)


@given(PERIODS)
def test_written_period_reads_back(period: Period) -> None:
    assert parse_period(str(period)) == period


@given(PERIODS)
def test_previous_ends_the_day_before(period: Period) -> None:
    before = period.previous()

    assert before.end == period.start - ONE_DAY
    assert before.grain == period.grain or period.grain is None


@given(FREE)
def test_previous_of_a_free_range_is_as_long(period: Period) -> None:
    if period.grain is None:
        assert period.previous().days == period.days


@given(CALENDAR)
def test_previous_of_the_next_is_the_period_itself(period: Period) -> None:
    grain = period.grain
    assert grain is not None

    assert bucket(period.end + ONE_DAY, grain).previous() == period


@given(PERIODS, GRAINS)
def test_buckets_tile_the_period(period: Period, grain: Grain) -> None:
    buckets = list(period.buckets(grain))

    assert period.start in buckets[0]
    assert period.end in buckets[-1]
    assert all(b.start == a.end + ONE_DAY for a, b in pairwise(buckets))
    assert sum(part.days for one in buckets if (part := one.overlap(period))) == period.days


@given(DAYS, GRAINS)
def test_bucket_holds_its_day_and_is_its_grain(day: date, grain: Grain) -> None:
    found = bucket(day, grain)

    assert day in found
    assert found.grain == grain
    assert bucket(found.start, grain) == bucket(found.end, grain) == found


@given(PERIODS, PERIODS)
def test_overlap_is_what_both_hold(one: Period, other: Period) -> None:
    common = one.overlap(other)

    assert common == other.overlap(one)
    assert (common is None) == (one.end < other.start or other.end < one.start)
    if common:
        assert {common.start, common.end} <= {one.start, one.end, other.start, other.end}


@given(PERIODS)
def test_year_before_is_a_year_earlier(period: Period) -> None:
    before = period.year_before()

    assert before.start.year == period.start.year - 1
    assert abs(before.days - period.days) <= 1


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-09", "2026-09-01", "2026-09-30"),
        ("2024-2", "2024-02-01", "2024-02-29"),
        ("2026-Q3", "2026-07-01", "2026-09-30"),
        ("2026T1", "2026-01-01", "2026-03-31"),
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-09-14", "2026-09-14", "2026-09-14"),
        ("2026-01-01..2026-06-30", "2026-01-01", "2026-06-30"),
        ("2026-Q1..2026-Q2", "2026-01-01", "2026-06-30"),
        (" 2026 ", "2026-01-01", "2026-12-31"),
    ],
)
def test_period_is_read(words: str, start: str, end: str) -> None:
    assert parse_period(words) == Period(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "words",
    ["", "soon", "2026-13", "2026-Q5", "2026-W54", "2026-02-30", "0000", "2026-06-30..2026-01-01", ".."],
)
def test_other_words_are_refused(words: str) -> None:
    with pytest.raises(PeriodError):
        parse_period(words)


@given(st.text(max_size=15) | st.from_regex(r"[0-9]{4}-?[QWTS.0-9-]{0,8}", fullmatch=True))
def test_any_words_are_a_period_or_a_period_error(words: str) -> None:
    try:
        parse_period(words)
    except PeriodError as error:
        assert str(error)


def test_last_closed_month() -> None:
    assert str(last_closed_month(date(2026, 1, 15))) == "2025-12"
    assert str(last_closed_month(date(2026, 3, 31))) == "2026-02"
