"""Imports from end to end: what is read, what is refused, and in which words."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouvernail.sources.importing import preview, preview_to_json, run
from gouvernail.sources.protocol import Context, Status
from gouvernail.warehouse.lake import Lake

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
CONTEXT = Context("EUR", "Europe/Paris", b"k" * 32, date(2026, 11, 22))
ADS = "Day,Campaign,Currency code,Cost,Impr.,Clicks\n"


def write(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def shared_files() -> list[Path]:
    return sorted(path for path in SHARED.rglob("*") if path.is_file()) if SHARED.is_dir() else []


@pytest.mark.parametrize("path", shared_files(), ids=lambda path: str(path.relative_to(SHARED)))
def test_every_known_file_gets_an_answer_and_never_a_wrong_import(path: Path) -> None:
    if path.stat().st_size > 8 << 20:
        pytest.skip("large files are tried in benchmarks")
    found = preview(path, CONTEXT)
    assert found.message.render("en")
    vendor = path.relative_to(SHARED).parts
    if found.status == Status.ready and vendor[0] == "truth":
        assert (vendor[1], found.source) == ("abtest", "experiments")
    elif found.status == Status.ready:
        assert vendor[0] == "vendor"
        assert found.source == vendor[1].replace("-", "_").replace("google_search_console", "search_console")


def test_dry_run_has_the_documented_shape(tmp_path: Path) -> None:
    path = write(tmp_path, ADS + "2026-09-01,Brand,EUR,12.50,100,7\n2026-09-03,Brand,EUR,7.25,50,3\n")
    assert preview_to_json(preview(path, CONTEXT)) == {
        "file": str(path),
        "status": "ready",
        "source": "google_ads",
        "tables": {
            "spend": {
                "rows": 2,
                "rejected": 0,
                "from": "2026-09-01",
                "to": "2026-09-03",
                "totals": {"clicks": "10", "cost": "19.75", "impressions": "150"},
                "currency": "EUR",
            }
        },
        "message": "Recognised as Google Ads.",
    }


def test_bad_rows_are_rejected_with_line_column_value_and_reason(tmp_path: Path) -> None:
    rows = (
        '2026-09-01,"Two\nlines",EUR,1,1,1\n'
        "2026-09-02,Negative,EUR,-5,1,1\n"
        "2027-09-02,Future,EUR,5,1,1\n"
        "2026-09-02,Broken,EUR,NaN,1,1\n"
        "2026-09-02,Half,EUR,5,1.5,1\n"
        ",Dayless,EUR,5,1,1\n"
        "2026-09-02,Wide,EUR,5,1,1,9\n"
        "2026-09-05,Good,EUR,2,1,1\n"
    )
    found = preview(write(tmp_path, ADS + rows), CONTEXT)
    assert found.tables["spend"].rows == 2
    assert found.tables["spend"].totals["cost"] == Decimal(3)
    assert [(r.line, r.column, r.value, str(r.reason)) for r in found.rejects] == [
        (4, "Cost", "-5", "negative spend"),
        (5, "Day", "2027-09-02", "date in the future"),
        (6, "Cost", "NaN", "not a number"),
        (7, "Impr.", "1.5", "not a whole number"),
        (8, "Day", "", "nothing where a value is needed"),
        (9, "", "9", "more cells than headers"),
    ]


def test_several_currencies_keep_their_own_and_are_said(tmp_path: Path) -> None:
    found = preview(write(tmp_path, ADS + "2026-09-01,A,EUR,1,1,1\n2026-09-01,B,CHF,1,1,1\n"), CONTEXT)
    assert found.tables["spend"].currency is None
    assert "CHF, EUR" in str(found.message)


def test_a_column_that_stands_twice_is_said(tmp_path: Path) -> None:
    twice = "Day,Campaign,Currency code,Cost,Cost,Impr.,Clicks\n2026-09-01,A,EUR,1,2,1,1\n"
    found = preview(write(tmp_path, twice), CONTEXT)
    assert found.tables["spend"].totals["cost"] == Decimal(1)
    assert "stands more than once" in str(found.message)


def test_total_rows_are_a_checksum(tmp_path: Path) -> None:
    rows = "2026-09-01,A,EUR,1,1,1\nTotal: Account,,EUR,9,1,1\n"
    found = preview(write(tmp_path, ADS + rows), CONTEXT)
    assert found.tables["spend"].totals["cost"] == Decimal(1)
    assert "own total says 9" in str(found.message)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty: export it again."),
        (ADS, "The file has headers but no row: nothing to import."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "The file is not a table: export it as CSV or XLSX."),
        (bytes(range(256)) * 20, "The file is not text: export it as CSV or XLSX."),
        (b"PK\x03\x04 cut short", "The archive is damaged or incomplete: download it again."),
        (b"PAR1 cut short", "The Parquet file is damaged or incomplete: write it again."),
        (b"\x1f\x8b cut short", "The compressed file is damaged or incomplete: download it again."),
        (b'[{"a": 1}, {"a"', "The JSON is damaged or incomplete: export it again."),
        (
            "," * 1_000_000 + "\n1,2\n",
            "Line 1 has more than 5,000 columns: this is not a table of an export.",
        ),
        (
            "Campaign,Currency code,Cost,Impr.\nA,EUR,1,1\n",
            "Nothing in the file says which days it covers: export it again with a date column (by day).",
        ),
    ],
)
def test_unreadable_files_get_one_sentence(tmp_path: Path, content: str | bytes, sentence: str) -> None:
    found = preview(write(tmp_path, content), CONTEXT)
    assert (found.status, str(found.message)) == (Status.unreadable, sentence)


def test_a_zip_bomb_costs_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.csv", b"0" * (60 << 20))
    assert "far more than its size" in str(preview(path, CONTEXT).message)


def test_ambiguous_dates_are_refused_and_a_proof_settles_them(tmp_path: Path) -> None:
    header, row = "Day,Campaign,Currency code,Cost,Impr.,Clicks\n", "A,EUR,1,1,1\n"
    doubtful = preview(write(tmp_path, header + "03/04/2026," + row), CONTEXT)
    assert "day/month or month/day" in str(doubtful.message)
    proven = preview(write(tmp_path, header + "03/04/2026," + row + "25/04/2026," + row), CONTEXT)
    assert proven.tables["spend"].start == date(2026, 4, 3)
    french = preview(
        write(tmp_path, "Jour;Campagne;Code de la devise;Coût;Impr.;Clics\n03/04/2026;A;EUR;1,5;1;1\n"),
        CONTEXT,
    )
    assert french.tables["spend"].start == date(2026, 4, 3)
    assert french.tables["spend"].totals["cost"] == Decimal("1.5")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"]
)
def test_every_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    text = (
        "Jour\tCampagne\tCode de la devise\tCoût\tImpr.\tClics\n"
        + "2026-09-01\tÉté à Genève\tCHF\t1 234,50\t10\t2\n" * 3
    )
    found = preview(write(tmp_path, text.encode(encoding)), CONTEXT)
    assert found.tables["spend"].totals["cost"] == Decimal("3703.5")


def test_gz_and_zip_read_as_what_they_hold(tmp_path: Path) -> None:
    content = (ADS + "2026-09-01,A,EUR,1,1,1\n").encode()
    packed = write(tmp_path, gzip.compress(content), "export.csv.gz")
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("folder/export.csv", content)
    assert preview(packed, CONTEXT).tables == preview(tmp_path / "export.zip", CONTEXT).tables


def test_a_quote_never_closed_loses_only_what_follows(tmp_path: Path) -> None:
    rows = '2026-09-01,A,EUR,1,1,1\n2026-09-02,"B,EUR,1,1,1\n2026-09-03,C,EUR,1,1,1\n'
    found = preview(write(tmp_path, ADS + rows), CONTEXT)
    assert found.tables["spend"].rows == 1
    assert [(r.line, str(r.reason)) for r in found.rejects] == [
        (3, "a quote opens here and is never closed; nothing after it was read")
    ]


def test_a_large_file_reads_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"2026-09-{1 + i % 28:02},Campaign {i},EUR,{i}.25,{i},{i}\n" for i in range(500)]
    rows[100] = "2026-09-01,Bad,EUR,x,1,1\n"
    rows[300] = "Total: Account,,EUR,9,9,9\n"
    path = write(tmp_path, ADS + "".join(rows))
    small = preview(path, CONTEXT)
    monkeypatch.setattr("gouvernail.sources.reading.delimited.SMALL", 1000)
    large = preview(path, CONTEXT)
    assert large.tables == small.tables
    assert [(r.line, r.column, r.value) for r in large.rejects] == [(102, "Cost", "x")]


def test_an_import_is_committed_and_a_refused_one_leaves_nothing(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    bytes_seen: list[tuple[int, int]] = []
    good = write(tmp_path, ADS + "2026-09-01,A,EUR,1,1,1\n2026-09-02,B,EUR,x,1,1\n")
    done = run(good, lake, CONTEXT, progress=lambda read, whole: bytes_seen.append((read, whole)))
    assert done.record is not None
    assert done.record.tables["spend"].rows == 1
    assert [r.line for r in lake.rejects(done.record.id)] == [3]
    assert bytes_seen[-1] == (good.stat().st_size, good.stat().st_size)
    assert run(write(tmp_path, ADS, "empty.csv"), lake, CONTEXT).record is None
    assert len(lake.imports()) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from([b"", ADS.encode(), b"# Start date: 20260101\n", b"sep=;\n"]))
def test_any_bytes_get_an_answer(tmp_path: Path, tail: bytes, head: bytes) -> None:
    assert preview(write(tmp_path, head + tail), CONTEXT).status in Status
