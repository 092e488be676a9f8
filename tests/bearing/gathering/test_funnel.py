"""The funnel as cohorts, and how fast sales answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from gouvernail.base.money import Money
from gouvernail.base.periods import parse_period
from gouvernail.bearing.gathering.follow_up import _clock, _working, follow_up
from gouvernail.bearing.gathering.funnel import funnel
from gouvernail.checks.sales_evidence import FunnelStage
from tests.bearing.gathering.world import HEAD, Row, day, stand

TEAM = HEAD + "teams: [{id: sales, title: Sales, function: sales, follow_up_hours: 24}]\n"


def contact(number: int, stage: str, on: date, born: date, **told: object) -> Row:
    return {"deal_id": f"c{number}", "stage": stage, "day": on, "created": born, "cut": "contacts",
            "person": f"p{number}", **told}  # fmt: skip


def deal(number: int, stage: str, on: date, born: date, person: str | None = None) -> Row:
    return {"deal_id": f"d{number}", "stage": stage, "day": on, "created": born, "closed": on, "cut": "deals",
            "person": person, "amount": Decimal(1000), "currency": "CHF"}  # fmt: skip


def test_cohorts_count_only_those_who_had_time(tmp_path: Path) -> None:
    """Ten leads in January, five of them qualified after ten days; ten more on 25 September have had no time yet."""
    rows = [contact(n, "lead", day(1, 5), day(1, 5)) for n in range(10)]
    rows += [contact(n, "mql", day(1, 15), day(1, 5)) for n in range(5)]
    rows += [contact(n, "lead", day(9, 25), day(9, 25)) for n in range(10, 20)]

    found = funnel(stand(tmp_path, ("hubspot", "deals", rows)))

    assert found is not None
    assert found.stages == (FunnelStage("lead", 10, 5, 10.0), FunnelStage("mql", 5))


def test_who_is_seen_later_has_passed_before_and_deals_follow_their_contacts(tmp_path: Path) -> None:
    """Six leads, one qualified by a row, two by what came after: their deals, of which one was won."""
    rows = [contact(n, "lead", day(1, 5), day(1, 5)) for n in range(6)]
    rows.append(contact(0, "sql", day(1, 8), day(1, 5)))
    rows += [deal(1, "won", day(4, 1), day(2, 1), "p1"), deal(2, "lost", day(4, 1), day(2, 1), "p2")]

    found = funnel(stand(tmp_path, ("hubspot", "deals", rows)))

    assert found is not None
    assert [(one.stage, one.entered, one.went_on) for one in found.stages] == [
        ("lead", 6, 3), ("sql", 3, 2), ("opportunity", 2, 1), ("won", 1, None)
    ]  # fmt: skip
    assert found.value_of_win == Money(Decimal(1000), "CHF")


def test_deals_of_strangers_break_the_chain_rather_than_make_a_wrong_rate(tmp_path: Path) -> None:
    rows = [contact(n, "lead", day(1, 5), day(1, 5)) for n in range(6)]
    rows += [deal(1, "won", day(4, 1), day(2, 1)), deal(2, "lost", day(4, 1), day(2, 1))]

    found = funnel(stand(tmp_path, ("hubspot", "deals", rows)))

    assert found is not None
    assert [(one.stage, one.went_on) for one in found.stages] == [
        ("lead", None), ("opportunity", 1), ("won", None)
    ]  # fmt: skip


def test_what_comes_after_the_period_is_not_known_in_it(tmp_path: Path) -> None:
    rows = [deal(1, "won", day(8, 1), day(2, 1)), deal(2, "lost", day(4, 1), day(2, 1))]

    spring = funnel(stand(tmp_path, ("hubspot", "deals", rows), period=parse_period("2026-05")))

    assert spring is None or [one.went_on for one in spring.stages if one.stage == "opportunity"] == [0]


def test_late_is_only_what_is_late_for_sure(tmp_path: Path) -> None:
    """Monday 7 September, agreed 24 hours: the clock starts on Tuesday at 0:00."""
    monday = day(9, 7)
    answers = [
        datetime(2026, 9, 7, 9),  # the same day
        datetime(2026, 9, 8, 23, 59),  # within 24 hours of the evening
        datetime(2026, 9, 9, 1),  # 25 hours after the evening: late at whatever hour the lead came
        None,
    ]
    rows = [contact(n, "lead", monday, monday, contacted=at) for n, at in enumerate(answers)]
    # Created on Friday, answered on Monday: no working day lies between.
    rows.append(contact(8, "lead", day(9, 4), day(9, 4), contacted=datetime(2026, 9, 7, 23)))
    # Created on the last day: its delay has not run out.
    rows.append(contact(9, "lead", day(9, 30), day(9, 30)))

    found = follow_up(stand(tmp_path, ("hubspot", "deals", rows), plan=TEAM))

    assert found is not None
    assert (found.leads, found.answered, found.late, found.agreed_hours) == (5, 4, 1, 24.0)
    # −15, 23, 24 and 25 hours: half of them took 23.5 or more.
    assert found.median_hours == 23.5


def test_follow_up_needs_an_agreement_and_answers(tmp_path: Path) -> None:
    rows = [contact(1, "lead", day(9, 7), day(9, 7))]

    assert follow_up(stand(tmp_path, ("hubspot", "deals", rows), plan=TEAM)) is None
    assert follow_up(stand(tmp_path / ".." / tmp_path.name, plan=HEAD)) is None


def test_working_clock_stands_still_at_weekends() -> None:
    def at(when: datetime) -> int:
        return _working(int((when - datetime(1970, 1, 1)) / timedelta(seconds=1)))

    friday, monday = datetime(2026, 9, 4, 18), datetime(2026, 9, 7, 9)
    assert (at(monday) - at(friday)) / 3600 == 6 + 9
    assert at(datetime(2026, 9, 5, 4)) == at(datetime(2026, 9, 6, 20)) == at(datetime(2026, 9, 7))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=4_000_000_000), min_size=1, max_size=50))
def test_engine_and_plain_working_clocks_agree(seconds: list[int]) -> None:
    table = ibis.memtable(pa.table({"at": seconds}))

    told = ibis.duckdb.connect().to_pyarrow(table.select(clock=_clock(table.at))["clock"]).to_pylist()

    assert told == [_working(at) for at in seconds]
    assert [later >= sooner for sooner, later in pairwise(_working(at) for at in sorted(seconds))] == [
        True
    ] * (len(seconds) - 1)
