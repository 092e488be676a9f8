"""Search Console: days from the dates beside, one cut for totals, parts without figures."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from gouvernail.sources.importing import preview
from gouvernail.sources.protocol import Status
from tests.sources.workbench import CONTEXT, only, ready, shared, values, write

CHART = "Date,Clicks,Impressions,CTR,Position\n2026-09-02,3,30,10%,2.5\n2026-09-01,1,10,10%,3\n"
PAGES = "Top pages,Clicks,Impressions,CTR,Position\nhttps://x.example/,3,20,15%,2\n"
FILTERS = "Filter,Value\nSearch type,Web\nDate,Last 3 months\n"
EMPTY = "Search Appearance,Clicks,Impressions,CTR,Position\n"


@pytest.mark.parametrize("part", ["Dates", "Pays", "Appareils"])
def test_real_parts_agree_on_the_total(part: str) -> None:
    found = only(shared(f"google-search-console/fr-ui/{part}.csv"), "search_console")
    assert (int(found.totals["clicks"]), int(found.totals["impressions"])) == (676_311, 38_473_290)
    assert (found.start, found.end) == (date(2024, 11, 6), date(2025, 2, 5))


@pytest.mark.parametrize(("part", "clicks"), [("Pages", 636_276), ("Requêtes", 307_179)])
def test_real_capped_parts_are_read_under_their_own_cut(part: str, clicks: int) -> None:
    found = only(shared(f"google-search-console/fr-ui/{part}.csv"), "search_console")
    assert (found.rows, int(found.totals["clicks"])) == (1000, clicks)


def test_an_archive_gives_every_cut_and_totals_read_one(tmp_path: Path) -> None:
    path = tmp_path / "x.example-Performance-on-Search-2026-09-03.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (
            ("Chart.csv", CHART),
            ("Pages.csv", PAGES),
            ("Filters.csv", FILTERS),
            ("Search appearance.csv", EMPTY),
        ):
            archive.writestr(name, text)
    assert values(path, "search", "cut", "day", "until", "page", "clicks", "position", "account") == [
        ("date", date(2026, 9, 2), date(2026, 9, 2), None, 3, 2.5, "x.example"),
        ("date", date(2026, 9, 1), date(2026, 9, 1), None, 1, 3.0, "x.example"),
        ("page", date(2026, 9, 1), date(2026, 9, 2), "https://x.example/", 3, 2.0, "x.example"),
    ]
    found = only(path, "search_console")
    assert (found.rows, int(found.totals["clicks"]), int(found.totals["impressions"])) == (3, 4, 40)


def test_a_part_alone_is_refused_and_beside_its_dates_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, PAGES, "Pages.csv")
    alone = preview(path, CONTEXT)
    assert alone.status == Status.unreadable
    assert "does not say which days it covers" in alone.message.render("en")
    write(tmp_path, CHART, "Chart.csv")
    assert values(path, "search", "day", "until") == [(date(2026, 9, 1), date(2026, 9, 2))]


@pytest.mark.parametrize(("name", "text"), [("Filters.csv", FILTERS), ("Search appearance.csv", EMPTY)])
def test_parts_without_figures_are_no_fault(name: str, text: str, tmp_path: Path) -> None:
    assert ready(write(tmp_path, text, name), "search_console").tables == {}
