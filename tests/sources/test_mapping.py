"""The generic importer: mappings, guesses, and the totals of published data sets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gouvernail.sources.files.generic import find_mapping, guess_mapping
from gouvernail.sources.importing import preview, run
from gouvernail.sources.protocol import Context, Status
from gouvernail.sources.values.persons import pseudonym
from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.lake import Lake

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "datasets"
CONTEXT = Context("EUR", "Europe/Paris", b"k" * 32, date(2026, 11, 22))
DEALS: dict[str, Any] = {
    "table": "deals",
    "source": "crm",
    "currency": "USD",
    "columns": {
        "deal_id": "opportunity_id",
        "day": {"first": ["close_date", "engage_date"], "default": "2016-10-01"},
        "stage": {"from": "deal_stage", "map": {"Won": "won", "Lost": "lost"}, "otherwise": "opportunity"},
        "amount": "close_value",
        "company": "account",
    },
}
SMALL = "opportunity_id,deal_stage,engage_date,close_date,close_value,account\n1,Won,10/20/2016,3/1/2017,10.5,Acme\n2,New,,,,\n"


def test_a_mapping_renames_maps_defaults_and_hides_persons(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(SMALL)
    table = preview(path, CONTEXT, DEALS).tables["deals"]
    assert (table.rows, table.start, table.end) == (2, date(2016, 10, 1), date(2017, 3, 1))
    assert table.totals == {"amount": Decimal("10.5")}
    assert table.currency == "USD"


def test_where_keeps_the_rows_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(SMALL)
    assert preview(path, CONTEXT, DEALS | {"where": {"deal_stage": ["Won"]}}).tables["deals"].rows == 1
    assert (
        preview(path, CONTEXT, DEALS | {"where": {"account": {"present": "false"}}}).tables["deals"].rows == 1
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"table": "deal"}, "There is no table “deal”."),
        ({"columns": {"dey": "close_date"}}, "The table deals has no column “dey”."),
        ({"columns": {"day": "closing"}}, "The mapping names “closing”, which is no column of the file"),
        ({"columns": {}}, "The mapping says nothing under “columns”."),
        ({"colums": {}}, "The mapping has an unknown part “colums”"),
    ],
)
def test_a_wrong_mapping_is_said_in_one_sentence(
    tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(SMALL)
    found = preview(path, CONTEXT, DEALS | change)
    assert found.status == Status.unreadable
    assert str(found.message).startswith(sentence)


def test_the_engine_makes_the_same_pseudonym_as_python() -> None:
    import duckdb

    from gouvernail.sources.values.persons import sql_pseudonym

    for secret in (b"k" * 32, b"a longer key than a block" * 5):
        row = duckdb.execute(f"SELECT {sql_pseudonym('$1', secret)}", [" Léa@Example.org "]).fetchone()
        assert row == (pseudonym(secret, "léa@example.org"),)


def test_a_mapping_beside_the_file_or_in_the_folder_is_found(tmp_path: Path) -> None:
    data = tmp_path / "crm-2026.csv"
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "crm.yaml").write_text('files: "crm-*.csv"\ntable: deals\n')
    assert find_mapping(data, None, tmp_path / "mappings") == {"files": "crm-*.csv", "table": "deals"}
    (tmp_path / "crm-2026.csv.mapping.yaml").write_text("table: spend\n")
    assert find_mapping(data, None, tmp_path / "mappings") == {"table": "spend"}
    assert find_mapping(tmp_path / "other.csv") is None


@pytest.mark.skipif(not DATA.is_dir(), reason="shared data absent")
def test_published_totals_of_the_crm_are_met_and_its_mapping_guessed() -> None:
    path = DATA / "crm-sales-opportunities" / "sales_pipeline.csv"
    table = preview(path, CONTEXT, DEALS).tables["deals"]
    assert (table.rows, table.rejected, table.totals["amount"]) == (8800, 0, Decimal(10005534))
    guess = guess_mapping(path)
    assert (guess["table"], guess["dates"]) == ("deals", "month_first")


@pytest.mark.skipif(not DATA.is_dir(), reason="shared data absent")
def test_published_totals_of_the_online_shop_are_met_from_parquet() -> None:
    columns = {
        "day": "InvoiceDate",
        "order_id": "InvoiceNo",
        "value": {"multiply": ["Quantity", "UnitPrice"]},
        "kind": {"sign": "value", "positive": "order", "negative": "refund"},
    }
    mapping = {"table": "conversions", "source": "shop", "currency": "GBP", "columns": columns}
    table = preview(DATA / "uci-online-retail" / "online_retail.parquet", CONTEXT, mapping).tables[
        "conversions"
    ]
    assert (table.rows, table.rejected, table.totals["value"]) == (541909, 0, Decimal("9747747.934"))


def test_dimensions_are_put_together_and_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "panel.csv"
    path.write_text("date,city,shop,sales\n2026-03-02,Lyon;Est,a=b,10\n2026-03-02,,c,4\n2026-03-03,,,5\n")
    mapping = {
        "table": "observations",
        "source": "panel",
        "columns": {
            "day": "date",
            "metric": {"value": "market_sales"},
            "dimensions": {"join": {"market": "city", "store": "shop"}},
            "value": "sales",
        },
    }
    lake = Lake.open(tmp_path / "lake")
    run(path, lake, Context("EUR", "Europe/Paris", lake.secret, date(2026, 11, 22)), mapping)

    engine = Engine(lake)
    rows = engine.execute(engine.table("observations").order_by("value")).to_pylist()
    assert [row["dimensions"] for row in rows] == ["store=c", None, "market=Lyon,Est;store=a-b"]


def test_a_panel_of_markets_is_guessed_and_an_export_of_orders_is_not(tmp_path: Path) -> None:
    panel, orders = tmp_path / "p.csv", tmp_path / "o.csv"
    panel.write_text("Jour;Ville;Ventes\n02.03.2026;Lyon;1,5\n02.03.2026;Nice;2\n25.03.2026;Lyon;3\n")
    orders.write_text("date,country,order_id,value\n2026-03-02,CH,1,10\n2026-03-02,CH,2,12\n")

    assert guess_mapping(panel) == {
        "table": "observations",
        "source": "p",
        "dates": "day_first",
        "columns": {
            "day": "Jour",
            "metric": {"value": "market_ventes"},
            "dimensions": {"join": {"market": "Ville"}},
            "value": "Ventes",
        },
    }
    assert guess_mapping(orders)["table"] == "conversions"
