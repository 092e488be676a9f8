"""The lake: imports, restatement, undo, pins, originals, rejects, persons."""

from __future__ import annotations

import errno
import stat
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gouvernail.base.errors import WarehouseError
from gouvernail.base.money import Money
from gouvernail.base.text import T
from gouvernail.warehouse.faults import disk_faults
from gouvernail.warehouse.lake import Lake
from gouvernail.warehouse.locking import locked
from gouvernail.warehouse.records import RejectedRow
from tests.warehouse.workbench import batch, bring, costs, read, spend


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


def test_import_shows_its_rows_with_house_columns(lake: Lake) -> None:
    work = bring(lake, "jan", {"spend": spend([1], 5, campaign="Été", source_row=7)})

    (row,) = read(lake, "spend")

    assert {name: value for name, value in row.items() if value is not None} == {
        "day": date(2026, 1, 1),
        "until": date(2026, 1, 1),
        "campaign": "Été",
        "cost": Decimal("5.000000"),
        "source": "google_ads",
        "account": "main",
        "import_id": work.id,
        "source_row": 7,
    }


def test_import_covering_the_same_days_replaces_them(lake: Lake) -> None:
    bring(lake, "old", {"spend": spend(range(1, 11), 1)})
    bring(lake, "new", {"spend": spend(range(4, 7), 2)})

    assert costs(lake) == {day: 2 if 4 <= day <= 6 else 1 for day in range(1, 11)}


def test_import_replaces_a_day_between_its_first_and_last_that_it_does_not_hold(lake: Lake) -> None:
    bring(lake, "old", {"spend": spend(range(1, 6), 1)})
    bring(lake, "new", {"spend": spend([2, 4], 2)})

    assert costs(lake) == {1: 1, 2: 2, 4: 2, 5: 1}


def test_import_of_another_account_or_source_replaces_nothing(lake: Lake) -> None:
    bring(lake, "one", {"spend": spend([1], 1)})
    bring(lake, "two", {"spend": spend([1], 2)}, account="other")
    bring(lake, "three", {"spend": spend([1], 4)}, source="meta_ads")

    assert costs(lake) == {1: 7}


def test_import_replaces_rows_of_several_days_that_touch_what_it_covers(lake: Lake) -> None:
    week = {"day": date(2026, 1, 5), "until": date(2026, 1, 11), "cost": Decimal(70)}
    bring(lake, "weeks", {"spend": [week, *spend([20], 1)]})
    bring(lake, "days", {"spend": spend([11], 2)})

    assert costs(lake) == {11: 2, 20: 1}


def test_import_replaces_one_cut_and_leaves_the_other(lake: Lake) -> None:
    def search(cut: str, clicks: int) -> dict[str, object]:
        return {"day": date(2026, 1, 1), "cut": cut, "clicks": clicks}

    bring(lake, "both", {"search": [search("date", 1), search("page", 2)]})
    bring(lake, "pages", {"search": [search("page", 3)]})

    assert [(row["cut"], row["clicks"]) for row in read(lake, "search")] == [("date", 1), ("page", 3)]


def test_undated_rows_are_replaced_by_undated_rows_of_the_same_key(lake: Lake) -> None:
    bring(lake, "old", {"tasks": [{"board": "a", "task": "1"}, {"board": "b", "task": "2"}]})
    bring(lake, "new", {"tasks": [{"board": "a", "task": "3"}]})

    assert [row["task"] for row in read(lake, "tasks")] == ["2", "3"]


def test_same_file_with_the_same_options_changes_nothing(lake: Lake) -> None:
    first = bring(lake, "jan", {"spend": spend([1], 1)})
    before = lake.version()

    again = bring(lake, "jan", {"spend": spend([1], 1)})

    assert (again.repeated, again.record, lake.version()) == (True, first.record, before)
    assert lake.already_imported(first.digest, {"dialect": "fr"}) == first.record
    assert lake.already_imported(first.digest, {"dialect": "en"}) is None


def test_failed_import_leaves_no_trace(lake: Lake, tmp_path: Path) -> None:
    original = tmp_path / "x.csv"
    original.write_text("x")

    def fail() -> None:
        with lake.begin("s", "a", original, {}) as work:
            work.add("spend", batch("spend", spend([1], 1)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert (lake.version(), read(lake, "spend"), list((lake.folder / "work").iterdir())) == ("0", [], [])


def test_undo_brings_back_what_was_replaced(lake: Lake) -> None:
    bring(lake, "old", {"spend": spend(range(1, 6), 1)})
    new = bring(lake, "new", {"spend": spend([3], 2)})

    record = lake.undo(new.id)

    assert costs(lake) == dict.fromkeys(range(1, 6), 1)
    assert record.undone is not None
    assert [item.id for item in lake.imports(undone=True)][1:] == [new.id]


def test_undo_of_an_older_import_does_not_uncover_what_a_later_one_replaced(lake: Lake) -> None:
    bring(lake, "a", {"spend": spend(range(1, 6), 1)})
    middle = bring(lake, "b", {"spend": spend(range(2, 5), 2)})
    bring(lake, "c", {"spend": spend([4], 4)})

    lake.undo(middle.id)

    assert costs(lake) == {1: 1, 2: 1, 3: 1, 4: 4, 5: 1}


def test_undone_file_can_be_imported_again(lake: Lake) -> None:
    first = bring(lake, "jan", {"spend": spend([1], 1)})
    lake.undo(first.id)

    again = bring(lake, "jan", {"spend": spend([1], 1)})

    assert (again.repeated, again.id, costs(lake)) == (False, f"{first.id}-2", {1: 1})


def test_undo_of_an_unknown_or_undone_import_is_refused(lake: Lake) -> None:
    work = bring(lake, "jan", {"spend": spend([1], 1)})
    lake.undo(work.id)

    with pytest.raises(WarehouseError, match="undone already"):
        lake.undo(work.id)
    with pytest.raises(WarehouseError, match=f"Did you mean {work.id}"):
        lake.undo(work.id[:-1])


def test_pinned_lake_reads_old_numbers_after_new_imports(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1, 2], 1)})
    token = lake.version()
    new = bring(lake, "feb", {"spend": spend([2, 3], 2)})
    lake.undo(new.id)
    bring(lake, "mar", {"spend": spend([1], 9)})

    assert costs(lake.at(token)) == {1: 1, 2: 1}
    assert costs(lake) == {1: 9, 2: 1}
    with pytest.raises(WarehouseError, match="cannot be changed"):
        lake.at(token).undo(new.id)


def test_unknown_version_is_refused(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1], 1)})

    for token in ("1-000000000000", "9-abc", "yesterday"):
        with pytest.raises(WarehouseError, match="no version"):
            lake.at(token)


def test_equal_imports_in_equal_order_give_equal_tokens_and_ids(tmp_path: Path) -> None:
    lakes = [Lake.open(tmp_path / name / "lake") for name in "ab"]
    works = [bring(lake, "jan", {"spend": spend([1], 1)}) for lake in lakes]

    assert works[0].id == works[1].id
    assert lakes[0].version() == lakes[1].version()


def test_original_is_kept_by_its_hash(lake: Lake) -> None:
    work = bring(lake, "jan", {"spend": spend([1], 1)})

    (kept,) = (lake.folder / "originals").iterdir()

    assert (kept.name, kept.read_text()) == (f"{work.digest}.csv", "jan")


def test_rejects_keep_line_column_value_and_typed_reason(lake: Lake) -> None:
    reason = T(
        "{amount} on {day} is not {what}.",
        amount=Money(Decimal("1.50"), "CHF"),
        day=date(2026, 1, 2),
        what=T("a number"),
    )
    reject = RejectedRow(3, "Coût", "n/a", reason)

    work = bring(lake, "jan", {"spend": spend([1], 1)}, rejects=[reject])

    assert lake.rejects(work.id) == (reject,)
    assert work.record is not None
    assert work.record.rejected == 1


def test_forgotten_person_is_gone_from_tables_versions_and_originals(lake: Lake) -> None:
    def touches(*persons: str) -> list[dict[str, object]]:
        return [{"day": date(2026, 1, n), "person": who} for n, who in enumerate(persons, 1)]

    first = bring(lake, "one", {"touchpoints": touches("zoé#1", "bob", "zoé#1", "cid")})
    bring(lake, "two", {"touchpoints": touches("dan")})
    other = bring(lake, "three", {"touchpoints": touches("eve")}, account="b")
    before = lake.version()

    assert lake.forget_person("zoé#1") == 2

    assert sorted(row["person"] for row in read(lake, "touchpoints")) == ["bob", "cid", "dan", "eve"]
    assert {path.name for path in (lake.folder / "originals").iterdir()} >= {f"{other.digest}.csv"}
    assert not (lake.folder / "originals" / f"{first.digest}.csv").exists()
    assert not any("zoé#1".encode() in path.read_bytes() for path in lake.folder.rglob("*") if path.is_file())
    with pytest.raises(WarehouseError, match="erased"):
        lake.at(before).files("touchpoints")
    assert lake.forget_person("zoé#1") == 0


def test_secret_is_made_once_and_private(lake: Lake) -> None:
    again = Lake.open(lake.folder)

    assert (len(lake.secret), again.secret) == (32, lake.secret)
    assert stat.S_IMODE((lake.folder / "secret").stat().st_mode) == 0o600


def test_folder_with_something_else_is_not_a_lake(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_text("x")

    with pytest.raises(WarehouseError, match=r"is not a lake: it holds photo\.jpg"):
        Lake.open(tmp_path)


def test_lake_of_a_newer_program_is_refused(lake: Lake) -> None:
    (lake.folder / "lake.json").write_text('{"format": 99}')

    with pytest.raises(WarehouseError, match="newer Gouvernail"):
        Lake.open(lake.folder)


def test_lake_half_made_by_a_killed_process_is_finished(lake: Lake) -> None:
    secret = lake.secret
    (lake.folder / "lake.json").unlink()

    assert Lake.open(lake.folder).secret == secret


def test_long_lock_says_who_holds_it(lake: Lake, tmp_path: Path) -> None:
    hurried = Lake.open(lake.folder, patience=0.05)

    with (
        locked(lake.folder / "lock", patience=1, purpose="import abc"),
        pytest.raises(WarehouseError, match=r"process \d+ on .* \(import abc\)"),
    ):
        bring(hurried, "jan", {"spend": spend([1], 1)})

    assert costs(lake) == {}


def test_damaged_journal_line_is_refused(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1], 1)})
    journal = lake.folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"rows": 1', b'"rows": 2'))

    with pytest.raises(WarehouseError, match=r"Line 1 of .* is damaged"):
        lake.version()


def test_journal_line_cut_short_is_ignored_and_then_overwritten(lake: Lake) -> None:
    bring(lake, "jan", {"spend": spend([1], 1)})
    before = lake.version()
    with (lake.folder / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"body": {"event": "imp')

    assert lake.version() == before
    bring(lake, "feb", {"spend": spend([2], 1)})
    assert costs(lake) == {1: 1, 2: 1}


def test_unknown_table_or_column_or_type_is_refused(lake: Lake, tmp_path: Path) -> None:
    import pyarrow as pa

    original = tmp_path / "x.csv"
    original.write_text("x")
    with lake.begin("s", "a", original, {}) as work:
        with pytest.raises(WarehouseError, match="no table nothing"):
            work.add("nothing", batch("spend", []))
        with pytest.raises(WarehouseError, match="no column colour"):
            work.add("spend", pa.RecordBatch.from_pydict({"colour": ["red"]}))
        with pytest.raises(WarehouseError, match="clicks of spend holds values of another type"):
            work.add("spend", pa.RecordBatch.from_pydict({"clicks": ["many"]}))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, r"^The disk that holds .* is full\. Nothing was changed"),
        (errno.EROFS, r"cannot be written \(read-only, or not yours\)"),
        (errno.EIO, r"^The lake .* cannot be read or written: "),
    ],
)
def test_fault_of_the_disk_is_said_in_a_sentence(number: int, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=sentence), disk_faults(tmp_path):
        raise OSError(number, "fault")
