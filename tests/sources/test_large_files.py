"""A large file is read by shorter ways than a small one; what comes of it is the same, to the row and the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouvernail.sources.detect import recognise
from gouvernail.sources.importing import preview
from gouvernail.sources.protocol import Context, Status
from gouvernail.sources.reading import open_file

CONTEXT = Context("EUR", "Europe/Paris", b"k" * 32, date(2026, 11, 22))
ADS = "Day,Campaign,Currency code,Cost,Impr.,Clicks,Conversions\n"
GOOD = [f"2026-09-{1 + i % 28:02},Campaign {i},EUR,{i}.25,{i},{i},{i}.5\n" for i in range(60)]
Way = str
WAYS: tuple[Way, ...] = ("small", "short", "careful")


@dataclass(frozen=True)
class Read:
    rows: list[dict[str, object]]
    rejects: list[tuple[int, str, str, str]]
    rejected: int


def read(path: Path, way: Way) -> Read:
    """Read a file as a small one, or as a large one by the short way (however few rows are plain), or with care only."""
    with pytest.MonkeyPatch.context() as patch:
        if way != "small":
            patch.setattr("gouvernail.sources.reading.delimited.SMALL", -1)
            patch.setattr("gouvernail.sources.rows.MOSTLY_PLAIN", 1 if way == "short" else -1)
        with open_file(path) as opened:
            found = recognise(opened)
            assert found.source is not None, str(found.message)
            chunks = [
                chunk for part in found.parts for chunk in found.source.read(part.sheet, part.match, CONTEXT)
            ]
    rejects = [(r.line, r.column, r.value, str(r.reason)) for chunk in chunks for r in chunk.rejects]
    rows = pa.Table.from_batches([chunk.rows for chunk in chunks]).to_pylist()
    return Read(rows, rejects, sum(chunk.rejected for chunk in chunks))


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


BAD = (
    "2026-09-02,Negative,EUR,-5,1,1,1\n",
    "2027-09-02,Future,EUR,5,1,1,1\n",
    "2026-09-02,Broken,EUR,NaN,1,1,1\n",
    "2026-09-02,Half,EUR,5,1.5,1,1\n",
    ",Dayless,EUR,5,1,1,1\n",
    "no day,Wordy,EUR,5,1,1,1\n",
    "2026-09-02,Wide,EUR,5,1,1,1,9\n",
    "2026-09-02,Wider,EUR,5,1,1,1,,8\n",
)
ODD = (
    "2026-09-02 00:00,A,EUR,5,1,1,1\n",
    ' 2026-09-02,  Padded ,eur,1 234.50,"1,234", 12,1\n',
    "2026-09-02,null,,€5,--,-,(not set)\n",
    '2026-09-02,É,EUR,"12,345.67",1.0,1e2,1\n',
    "2026-09-02,NULL,chf,5.1234567,007,+3,.5\n",
    "2026-09-02,\u00a0Insécable\u00a0,EUR,123456789012345.25,9223372036854775807,1,1\n",
    "2026-09-02,N/A,EUR,5,99999999999999999999,1,1\n",
    '2026-09-02,"",EUR,"",1,1,1\n',
    "Total: Account,,EUR,9,9,9,9\n",
    "2026/09/02,A,EUR,5,1,1,1\n",
    "2026-09-02,Short,EUR,5\n",
    "2026-09-02\n",
)
CASES = {
    "clean": ADS + "".join(GOOD),
    "a few bad rows": ADS + "".join(GOOD[:20] + list(BAD) + GOOD[20:]),
    "cells that need care": ADS + "".join(GOOD[:20] + list(ODD) + GOOD[20:]),
    "missing tokens": ADS + "".join(f"2026-09-{1 + i % 28:02},--, EUR,--,{'-' if i % 2 else i}, --,\n" for i in range(40)),
    "quoted newlines": ADS + "".join(GOOD[:3]) + '2026-09-02,"Two\nlines ""and"" more",EUR,5,1,1,1\n' + "".join(BAD),
    "an unclosed quote": ADS + "".join(GOOD[:5]) + '2026-09-02,"Open,EUR,5,1,1,1\n' + "".join(GOOD[5:9]),
    "a last quote unclosed": ADS + "".join(GOOD[:5]) + '2026-09-02,A,EUR,5,1,1,"1\n' + "".join(GOOD[5:9]),
    "cells that all carry quotes": ADS + "".join(",".join(f'"{c}"' for c in row.strip().split(",")) + "\n" for row in GOOD),
    "carriage returns": (ADS + "".join(GOOD[:9] + list(BAD) + GOOD[9:])).replace("\n", "\r\n"),
    "bytes that are no letters": ADS + "".join(GOOD) + "2026-09-01,B\0B,EUR,1\0,2,3,4\n",
    "line ends of two kinds": ADS + "".join(GOOD[:9]) + "".join(BAD + tuple(GOOD[9:20])).replace("\n", "\r\n"),
    "old line ends": (ADS + "".join(GOOD[:9] + list(BAD))).replace("\n", "\r"),
    "a byte order mark": "\ufeff" + ADS + "".join(GOOD[:9] + list(BAD)),
    "a title and a period": "Campaign report\n1 September 2026 - 30 September 2026\n" + ADS + "".join(GOOD[:9] + list(BAD)),
    "blank lines": ADS + "".join(GOOD[:9]) + "\n" + "".join(GOOD[9:12] + list(BAD)),
    "decimal commas": "Jour;Campagne;Code de la devise;Coût;Impr.;Clics\n" + "".join(
        f"2026-09-{1 + i % 28:02};Été {i};CHF;{i},{10 + i};{i};{i}\n" for i in range(40)
    ) + "2026-09-01;A;CHF;1 234,5;1 000;2\n2026-09-01;B;CHF;1.234,50;1.000;2\n2026-09-01;C;CHF;1,5e3;1;2\n2026-09-01;D;CHF;-3,5;1;2\n",
    "days first": "Jour;Campagne;Code de la devise;Coût;Impr.;Clics\n" + "".join(
        f"{1 + i % 28:02}/09/2026;Campagne {i};CHF;{i},5;{i};{i}\n" for i in range(40)
    ) + "32/09/2026;A;CHF;1;1;1\n",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS[1:])
@pytest.mark.parametrize("case", CASES)
def test_a_large_file_gives_the_rows_and_rejects_of_a_small_one(tmp_path: Path, case: str, way: Way) -> None:
    path = write(tmp_path, CASES[case])
    small, large = read(path, "small"), read(path, way)
    assert large.rows == small.rows
    assert sorted(large.rejects) == sorted(small.rejects)
    assert large.rejected == small.rejected


CELLS = st.sampled_from(
    ["", "-", "--", " -- ", "n/a", "null", "5", "-5", "5.5", "5,5", "1,234.5", "1 234", "€5", "5%", "<5", "1e3", "+7", ".5", "5.", "x", "nan", "inf",
     "2026-09-01", "2026-9-1", "2026-09-01T10:00", "2026-09-01 10:00:00+02:00", "2030-01-01", "01/09/2026", "EUR", "eur", " EU", "EURO",
     "Search", " Search", "Search\u202f", "Éte", "\u00a0", "Total: x", "true", "a very long name of a campaign ", "1_000", "0x1F", "１２"]
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), min_size=1, max_size=12))
def test_the_short_way_gives_what_care_gives_whatever_the_cells(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    text = (
        ADS
        + "".join(GOOD[:20])
        + "".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in rows)
    )
    path = write(tmp_path, text)
    assert read(path, "short") == read(path, "careful")


def test_a_row_that_cannot_be_cut_is_set_aside_and_the_lines_of_others_stay_exact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouvernail.sources.reading.delimited.SMALL", -1)
    rows = [
        *GOOD[:3],
        '2026-09-02,"A" and B,EUR,5,1,1,1\n',
        GOOD[3],
        "2026-09-02" + ",1" * 20 + "\n",
        *BAD[:1],
    ]
    found = preview(write(tmp_path, ADS + "".join(rows)), CONTEXT)
    assert found.tables["spend"].rows == 4
    assert [(r.line, str(r.reason)) for r in sorted(found.rejects, key=lambda r: r.line)] == [
        (5, "a quote stands inside a cell without being doubled"),
        (7, "more cells than headers"),
        (8, "negative spend"),
    ]


def test_a_file_whose_rows_hardly_ever_fit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouvernail.sources.reading.delimited.SMALL", -1)
    monkeypatch.setattr("gouvernail.sources.rejects.MAX_SET_ASIDE", 100)
    found = preview(write(tmp_path, ADS + "".join(GOOD) + ("2026-09-02" + ",1" * 20 + "\n") * 50), CONTEXT)
    assert found.status == Status.unreadable
    assert (
        str(found.message)
        == "50 rows or more do not fit the columns: is the file complete, and its delimiter right?"
    )


HOSTILE = {
    "a line of a million columns far below": (
        ADS + GOOD[0] * 200_000 + "1," * 1_000_000 + "\n",
        "Line 200,002 has more than 5,000 columns: this is not a table of an export.",
    ),
    "one line without an end": (
        "x" * 5_000_000,
        "Line 1 has more than 5,000 columns: this is not a table of an export.",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_large_file_costs_a_sentence(tmp_path: Path, case: str) -> None:
    content, sentence = HOSTILE[case]
    found = preview(write(tmp_path, content), CONTEXT)
    assert (found.status, str(found.message)) == (Status.unreadable, sentence)


def test_a_row_longer_than_any_export_has_is_set_aside(tmp_path: Path) -> None:
    content = ADS + GOOD[0] * 100_000 + "2026-09-01," + "z" * 3_000_000 + ",EUR,1,1,1,1\n" + GOOD[0]
    found = preview(write(tmp_path, content), CONTEXT)
    assert found.tables["spend"].rows == 100_001
    assert [(r.line, str(r.reason)) for r in found.rejects] == [(100_002, "a row longer than any export has")]


def test_a_large_file_cut_short_keeps_its_whole_rows(tmp_path: Path) -> None:
    found = preview(write(tmp_path, ADS + GOOD[0] * 150_000 + "2026-0"), CONTEXT)
    assert found.tables["spend"].rows == 150_000
    assert [(r.line, r.value, str(r.reason)) for r in found.rejects] == [(150_002, "2026-0", "not a date")]


def test_masked_values_are_nothing_and_not_their_bound(tmp_path: Path) -> None:
    path = write(tmp_path, ADS + GOOD[0] + "2026-09-01,A,EUR,1,<5,<10%,< 5\n")
    row = read(path, "small").rows[1]
    assert (row["impressions"], row["clicks"], row["conversions"]) == (None, None, None)


def test_a_nul_byte_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, ADS + "".join(GOOD) + "2026-09-01,B\0B,EUR,1,2,3,4\n")
    assert read(path, "small").rows[-1]["campaign"] == "BB"
