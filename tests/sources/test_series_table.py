"""A bare series of dates and values: how it may be written, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gouvernail.base.errors import SourceError
from gouvernail.base.periods import Grain
from gouvernail.sources.series_table import SeriesTable, read_series


def _read(tmp_path: Path, words: str, encoding: str = "utf-8") -> SeriesTable:
    path = tmp_path / "series.csv"
    path.write_bytes(words.encode(encoding))
    return read_series(path)


@pytest.mark.parametrize(
    ("words", "grain", "values"),
    [
        ("date,value\n2026-01-05,1.5\n2026-01-12,2\n2026-01-19,3\n", Grain.week, (1.5, 2, 3)),
        ("date,value\n2026-01-01,1\n2026-01-02,-2\n2026-01-03,0\n", Grain.day, (1, -2, 0)),
        ("month,sales\n2026-01,1\n2026-02,2\n", Grain.month, (1, 2)),
        ("Mois;Ventes\n01.2026;1 200,50\n02.2026;1 300\n", Grain.month, (1200.5, 1300)),
        ("Date;Ventes\n01.01.2026;12,5\n01.02.2026;13,5\n01.03.2026;1\n", Grain.month, (12.5, 13.5, 1)),
        ("date\tvalue\n01/31/2026\t1\n02/28/2026\t2\n03/31/2026\t3\n", Grain.month, (1, 2, 3)),
        ("quarter,value\n2025-Q3,1\n2025-Q4,2\n2026-Q1,3\n", Grain.quarter, (1, 2, 3)),
        ("date,value\n2025-01-01,1\n2025-04-01,2\n2025-07-01,3\n", Grain.quarter, (1, 2, 3)),
        ("week,value\n2025-W52,1\n2026-W01,2\n", Grain.week, (1, 2)),
        ("date,CHF billed,note\n2026-01-02,1,x\n2026-01-01,3,y\n", Grain.day, (3, 1)),
        ("date,value\n2026-01-01,1\n\n2026-01-02,2\n\n", Grain.day, (1, 2)),
    ],
)
def test_many_spellings_are_one_series(
    tmp_path: Path, words: str, grain: Grain, values: tuple[float, ...]
) -> None:
    found = _read(tmp_path, words)

    assert (found.grain, found.values) == (grain, values)
    assert len(found.periods) == len(values)


def test_accents_of_an_old_spreadsheet_are_read(tmp_path: Path) -> None:
    found = _read(tmp_path, "Période;Prospects\n2026-01;4\n2026-02;5\n", "cp1252")

    assert (found.values, found.column) == ((4, 5), "Prospects")


def test_a_week_may_be_named_by_its_sunday(tmp_path: Path) -> None:
    found = _read(tmp_path, "date,value\n2026-01-04,1\n2026-01-11,2\n2026-01-18,3\n")

    assert found.periods[0].start == date(2025, 12, 29)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("date,value\n2026-01-01,1\n2026-01-03,2\n2026-01-04,2\n", "January 2, 2026 has no value"),
        ("month,value\n2026-01,1\n2026-02,1\n2026-04,1\n2026-06,1\n2026-07,1\n", "2 periods have no value, the first March 2026"),
        ("date,value\n2026-01-01,1\n2026-01-02,2\n2026-01-01,3\n", "Line 4: January 1, 2026 has a value already, in line 2"),
        ("date,value\n2026-01-01,1\n2026-13-45,2\n", "Line 3, column “date”: “2026-13-45” is no date"),
        ("date,value\n2026-01-01,1\n2026-01-02,many\n", "Line 3, column “value”: “many” is no number"),
        ("date,value\n2026-01-01,1\n2026-01-02,\n", "Line 3, column “value”: “” is no number"),
        ("date,value\n2026-01-01,1\n2026-01-02,inf\n", "is no number"),
        ("date,value\n2026-01-01,1\n0001-01-02,5\n", "is no date"),
        ("date,value\n", "holds no line under its headers"),
        ("a,b\n1,2\n", "is no series"),
        ("date,this,that\n2026-01-01,1,2\n", "is no series"),
        ("date,value\n03/04/2026,1\n05/06/2026,2\n", "can be read as day/month or month/day"),
    ],
)  # fmt: skip
def test_what_is_no_series_is_said_in_one_sentence(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        _read(tmp_path, words)

    assert said in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 50, b"date", b"\xff\xfe"])
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "series.csv"
    path.write_bytes(content)

    with pytest.raises(SourceError):
        read_series(path)
