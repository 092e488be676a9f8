"""Bare panels of markets: what is found, what is filled in, what is refused in one sentence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from gouvernail.base.errors import SourceError
from gouvernail.sources.geo_panel import GeoTable
from gouvernail.sources.geo_table import read_geo


def _read(folder: Path, words: str, name: str = "panel.csv", **columns: str) -> GeoTable:
    path = folder / name
    path.write_text(words, "utf-8")
    return read_geo(path, **columns)


@pytest.mark.parametrize(
    "words",
    [
        "date,market,sales\n2026-01-01,b,2.5\n2026-01-01,a,1\n2026-01-02,a,3\n2026-01-02,b,4\n",
        "Jour;Ville;Chiffre d'affaires\n01/01/2026;a;1\n01/01/2026;b;2,5\n02/01/2026;a;3\n02/01/2026;b;4\n",
        "location,Y,date\na,1,2026-01-01\na,3,2026-01-02\nb,2.5,2026-01-01\nb,4,2026-01-02\n",
        "Sales of January\nDate\tRegion\tSales (EUR)\n2026-01-01\ta\t1\n2026-01-01\tb\t2.5\n2026-01-02\ta\t3\n2026-01-02\tb\t4\n",
        "date,a,b\n2026-01-01,1,2.5\n2026-01-02,3,4\n",
        "semaine;a;b\n2026-01-01;1;2,5\n2026-01-02;3;4\n",
        "date,shop,bought\n2026-01-01,a,1\n2026-01-01,b,2.5\n2026-01-02,a,3\n2026-01-02,b,4\n",
    ],
)
def test_columns_separator_language_and_shape_are_found(tmp_path: Path, words: str) -> None:
    table = _read(tmp_path, words)

    assert (table.markets, table.step, table.absent) == (("a", "b"), 1, 0)
    assert table.days == (date(2026, 1, 1), date(2026, 1, 2))
    assert table.sales.tolist() == [[1, 2.5], [3, 4]]
    assert table.spend is None


def test_spend_is_read_where_it_is_there_and_may_be_empty(tmp_path: Path) -> None:
    table = _read(
        tmp_path,
        "date,geo,sales,cost\n2026-01-01,a,1,\n2026-01-01,b,2,5\n2026-01-02,a,1,3\n2026-01-02,b,1,0\n",
    )

    assert table.spend is not None
    assert table.spend.tolist() == [[0, 5], [3, 0]]
    assert table.outcome == "sales"


def test_weeks_are_found(tmp_path: Path) -> None:
    rows = [f"{date(2026, 1, 5) + timedelta(weeks=week)},{name},1" for week in range(4) for name in "ab"]
    table = _read(tmp_path, "week,market,sales\n" + "\n".join(rows))

    assert (table.step, len(table.days), table.end) == (7, 4, date(2026, 2, 1))


def test_a_market_without_a_row_sold_nothing(tmp_path: Path) -> None:
    table = _read(tmp_path, "date,market,sales\n2026-01-01,a,1\n2026-01-02,a,1\n2026-01-02,b,2\n")

    assert (table.sales.tolist(), table.absent) == ([[1, 0], [1, 2]], 1)


def test_columns_may_be_named(tmp_path: Path) -> None:
    words = (
        "date,quartier,sales,orders\n2026-01-01,a,9,1\n2026-01-01,b,9,2\n2026-01-02,a,9,3\n2026-01-02,b,9,4\n"
    )
    table = _read(tmp_path, words, outcome="Orders", market="quartier")

    assert (table.outcome, table.sales.tolist()) == ("orders", [[1, 2], [3, 4]])
    with pytest.raises(SourceError, match=r"has no column “ordres”\. Did you mean “orders”"):
        _read(tmp_path, words, outcome="ordres", market="quartier")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("geo,group\n1,2\n", "is no panel of markets: a column for the day .* “geo”, “group” found"),
        ("date,sales\n2026-01-01,3\n2026-01-02,4\n", "is no panel of markets"),
        ("date,market,sales\n2026-01-01,a,1\n2026-01-01,a,2\n2026-01-02,b,3\n", "Line 3: market “a” has a row on .* in line 2"),
        ("date,market,sales\n2026-01-01,a,1\n2026-01-01,b,1\n2026-01-03,a,2\n2026-01-04,b,2\n", "January 2, 2026 is missing in all markets"),
        ("date,market,sales\n2026-01-01,a,1\n2026-01-01,b,1\n2026-01-02,a,2\n2099-01-04,b,2\n", "days are missing in all markets, the first"),
        ("date,market,sales\n2026-01-05,a,1\n2026-01-12,b,1\n2026-01-26,a,2\n", "The week of January 19, 2026 is missing"),
        ("date,market,sales\n2026-01-01,a,1\n2026-02-01,b,1\n2026-03-01,a,2\n", "neither days nor weeks"),
        ("date,market,sales\n2026-01,a,1\n2026-02,b,1\n", "holds months"),
        ("date,market,sales\n2026-01-01,a,1\n2026-01-02,a,2\n", "one market only, “a”"),
        ("date,market,sales\n2026-01-01,a,1\n2026-01-01,b,2\n", "one day or none"),
        ("date,market,sales\n", "one day or none"),
        ("date,market,sales\nyesterday,a,1\n2026-01-02,b,2\n2026-01-03,b,2\n", "Line 2, column “date”: “yesterday” is no day"),
        ("date,market,sales\n2026-01-01,a,x\n2026-01-02,b,2\n", "Line 2, column “sales”: “x” is no number of 0 or more"),
        ("date,market,sales\n2026-01-01,a,-1\n2026-01-02,b,-2\n", "Line 2, column “sales”: “-1” .* 2 cells are so"),
        ("date,market,sales\n2026-01-01,a,\n2026-01-02,b,2\n", "Line 2, column “sales”: “” is no number"),
        ("date,market,sales\n2026-01-01,,4\n2026-01-02,b,2\n", "Line 2, column “market”: “” names no market"),
        ("date,market,sales,cost\n2026-01-01,a,4,-1\n2026-01-02,b,2,1\n", "Line 2, column “cost”: “-1” is no number of 0 or more"),
        (f"date,market,sales\n2026-01-01,{'a' * 200},4\n2026-01-02,b,2\n", "is too long for the name of a market"),
        ("date,a,a\n2026-01-01,4,2\n2026-01-02,2,1\n", "Two columns are called “a”"),
        ("date,market,sales\n03/04/2026,a,1\n04/04/2026,b,2\n", "day/month or month/day"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as refused:
        _read(tmp_path, words)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "words"), [("x.csv", ""), ("x.csv", "\x00\x01\x02"), ("x.json", "{"), ("x.xlsx", "no")]
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(SourceError):
        _read(tmp_path, words, name)


def test_names_are_data_never_code(tmp_path: Path) -> None:
    names = ("'; DROP TABLE cells; --", "=1+1")
    rows = [f'{date(2026, 1, day)},"{name}",{day}' for day in (1, 2) for name in names]
    table = _read(tmp_path, "date,market,sales\n" + "\n".join(rows))
    wide = _read(tmp_path, f'date,"{names[0]}","{names[1]}"\n2026-01-01,1,1\n2026-01-02,2,2\n')

    assert table.markets == wide.markets == tuple(sorted(names))


@pytest.mark.parametrize(
    ("name", "markets", "days", "step", "absent"),
    [
        ("GeoLift_PreTest.csv", 40, 90, 1, 0),
        ("causalpy_geolift.csv", 7, 208, 7, 0),
        ("matched_markets_salesandcost.csv", 100, 93, 1, 75),
        ("matched_markets_geoassignment.csv", 0, 0, 0, 0),
        ("recast_geo_tool_study_published_metrics.csv", 0, 0, 0, 0),
    ],
)
def test_public_panels_are_read_or_refused(
    shared_data: Path, name: str, markets: int, days: int, step: int, absent: int
) -> None:
    path = shared_data / "truth" / "geo" / name
    if not markets:
        with pytest.raises(SourceError, match="is no panel of markets"):
            read_geo(path)
        return
    table = read_geo(path)
    assert (len(table.markets), len(table.days), table.step, table.absent) == (markets, days, step, absent)
