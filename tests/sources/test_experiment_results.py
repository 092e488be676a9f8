"""Results of A/B tests: by variant, by day, by subject, as the vendors give them; the same from a file as from a lake."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouvernail.base.errors import SourceError
from gouvernail.sources.experiment_table import Counted, ExperimentTable, read_experiment, tables
from gouvernail.sources.importing import run
from gouvernail.sources.protocol import Status
from gouvernail.warehouse.engine import Engine
from gouvernail.warehouse.lake import Lake
from tests.sources.workbench import CONTEXT, only, values, write

PLAIN = "Variant,Visitors,Conversions,Revenue\nA,5000,150,7500.50\nB,5100,204,9996\n"
DAILY = """Test;Variante;Jour;Visiteurs;Conversions
Formulaire;Long;2026-06-01;100;5
Formulaire;Court;2026-06-01;110;9
Formulaire;Long;2026-06-02;120;4
Formulaire;Court;2026-06-02;90;8
"""
PEOPLE = """experiment,variant,user_id,orders,revenue,sessions,revenue_before
lp,control,u1,1,20.5,3,10
lp,control,u2,0,0,1,0
lp,control,u3,2,31,4,25
lp,new,u4,1,18,2,4
lp,new,u5,1,22,2,8
lp,new,u6,0,0,5,3
"""


def one(path: Path, **options: Any) -> ExperimentTable:
    (found,) = read_experiment(path, **options)
    return found


def counted(table: ExperimentTable) -> dict[str, tuple[int, int | None]]:
    return {each.name: (each.counted.subjects, each.counted.converted) for each in table.variants}


def test_table_by_variant(tmp_path: Path) -> None:
    path = write(tmp_path, PLAIN, "landing page.csv")
    found = only(path, "experiments")
    assert (found.rows, found.rejected, found.start) == (2, 0, None)
    assert found.totals == {
        "exposures": Decimal(10100), "conversions": Decimal(354), "value": Decimal("17496.5"),
    }  # fmt: skip
    assert values(
        path, "experiments", "experiment", "variant", "exposures", "conversions", "value", "cut"
    ) == [
        ("landing page", "A", 5000, 150, 7500.5, "total"),
        ("landing page", "B", 5100, 204, 9996.0, "total"),
    ]
    assert values(path, "experiments", "currency") == [("EUR",), ("EUR",)]


def test_french_table_by_day_adds_up_to_its_totals(tmp_path: Path) -> None:
    found = one(write(tmp_path, DAILY))
    assert (found.experiment, found.cut, found.kinds) == ("Formulaire", "day", ("proportion",))
    assert counted(found) == {"Long": (220, 9), "Court": (200, 17)}
    assert (found.first_day, found.last_day, found.currency) == (date(2026, 6, 1), date(2026, 6, 2), None)
    for variant in found.variants:
        (first, a), (second, b) = variant.days
        assert (first, second, a + b) == (date(2026, 6, 1), date(2026, 6, 2), variant.counted)


def test_first_variant_is_taken_for_the_control_and_said_so(tmp_path: Path) -> None:
    path = write(tmp_path, DAILY)
    found = one(path)
    assert [each.name for each in found.variants] == ["Long", "Court"]
    assert not found.named_control
    assert "“Long”, the first, is taken" in found.notes[0].render("en")
    turned = one(path, control="court")
    assert ([each.name for each in turned.variants], turned.named_control, turned.notes) == (
        ["Court", "Long"],
        True,
        (),
    )


@pytest.mark.parametrize(
    "name",
    [
        "Control",
        "contrôle (bleu)",
        "Original",
        "baseline",
        "Témoin",
        "A",
        "0",
        "Groupe témoin",
        "V0",
        "Actuel",
    ],
)
def test_a_control_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    found = one(write(tmp_path, f"Variant,Visitors,Conversions\nNew,10,1\n{name},10,2\n"))
    assert found.variants[0].name == name
    assert found.named_control


@pytest.mark.parametrize("name", ["Avantage", "Bleu", "Baseball", "Offre", "Above", "B", "1"])
def test_other_names_are_no_control(tmp_path: Path, name: str) -> None:
    assert not one(write(tmp_path, f"Variant,Visitors,Conversions\nNew,10,1\n{name},10,2\n")).named_control


def test_the_file_may_say_which_is_the_control(tmp_path: Path) -> None:
    found = one(write(tmp_path, "Variant,Visitors,Conversions,Is baseline\nA,10,1,no\nZ,10,2,yes\n"))
    assert [each.name for each in found.variants] == ["Z", "A"]


def test_subjects_are_hashed_and_summed_one_by_one(tmp_path: Path) -> None:
    path = write(tmp_path, PEOPLE + "lp,control,u1,1,5,1,10\n")
    assert "u1" not in {value for (value,) in values(path, "experiments", "subject")}
    found = one(path)
    assert (found.cut, found.kinds) == ("subject", ("proportion", "mean", "ratio"))
    assert counted(found) == {"control": (3, 2), "new": (3, 2)}
    control = found.variants[0].counted
    assert control.totals == {
        "conversions": 4.0, "value": 56.5, "units": 9.0, "covariate": 35.0,
    }  # fmt: skip
    # u1 twice: 25.5 in all; what was before the test is not counted twice.
    assert control.product("value", "value") == 25.5**2 + 31**2
    assert control.product("covariate", "value") == 25.5 * 10 + 31 * 25


def test_who_was_seen_in_two_variants_is_left_out_and_counted(tmp_path: Path) -> None:
    found = one(write(tmp_path, PEOPLE + "lp,new,u1,1,5,1,10\n"))
    assert (found.crossed, counted(found)) == (1, {"control": (2, 1), "new": (3, 2)})
    assert "1 subject was seen in several variants" in found.notes[-1].render("en")


def test_standard_deviations_become_sums_of_squares(tmp_path: Path) -> None:
    told = one(write(tmp_path, "Variant,Users,Mean,Std dev\nA,101,4.5,2\nB,101,5,2.5\n"))
    assert told.kinds == ("mean",)
    first = told.variants[0].counted
    assert (first.totals["value"], first.product("value", "value")) == (454.5, 100 * 4 + 101 * 4.5**2)
    summed = one(write(tmp_path, "Variant,Users,Revenue,Std dev\nA,101,454.5,2\nB,101,505,2.5\n"))
    assert summed.variants[0].counted.product("value", "value") == pytest.approx(
        first.product("value", "value")
    )


def test_several_experiments_and_metrics_of_one_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Experiment,Metric,Variant,Visitors,Conversions\n"
        "x,Lead,A,10,1\nx,Lead,B,10,2\nx,Order,A,10,3\nx,Order,B,10,4\ny,Lead,A,5,1\ny,Lead,B,5,1\n",
    )
    assert [(each.experiment, each.metric) for each in read_experiment(path)] == [
        ("x", "Lead"),
        ("x", "Order"),
        ("y", "Lead"),
    ]


def test_a_later_total_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    for number, content in enumerate((PLAIN, PLAIN.replace("5000", "6000").replace("5100", "6100"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert run(write(folder, content, "lp.csv"), lake, CONTEXT).preview.status is Status.ready
    (found,) = tables(Engine(lake))
    assert counted(found) == {"A": (6000, 150), "B": (6100, 204)}


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    lake, path = Lake.open(tmp_path / "lake"), write(tmp_path, DAILY)
    run(path, lake, CONTEXT)
    first = tables(Engine(lake))
    assert run(path, lake, CONTEXT).repeated
    assert tables(Engine(lake)) == first


def test_another_metric_of_the_same_days_stays_beside(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    for metric in ("Lead", "Order"):
        content = f"Experiment,Metric,Variant,Day,Visitors,Conversions\nx,{metric},A,2026-06-01,10,1\nx,{metric},B,2026-06-01,9,1\n"
        run(write(tmp_path, content, f"{metric}.csv"), lake, CONTEXT)
    assert [each.metric for each in tables(Engine(lake))] == ["Lead", "Order"]


def test_nothing_is_asked_of_a_lake_without_results(tmp_path: Path) -> None:
    assert tables(Engine(Lake.open(tmp_path / "lake"))) == ()


OPTIMIZELY = {
    "experiment_id": 3000, "start_time": "2026-06-01T00:00:00Z", "end_time": "2026-06-28T21:00:00Z",
    "reach": {"variations": {"1": {"count": 1000, "name": "Original"}, "2": {"count": 1010, "name": "New"}}},
    "metrics": [
        {"name": "Sign-up", "aggregator": "unique", "results": {
            "2": {"is_baseline": False, "name": "New", "samples": 1010, "value": 80},
            "1": {"is_baseline": True, "name": "Original", "samples": 1000, "value": 60}}},
        {"name": "Revenue", "aggregator": "sum", "results": {
            "1": {"is_baseline": True, "value": 5000.0, "variance": 100.0},
            "2": {"is_baseline": False, "value": 5500.0, "variance": 110.0}}},
    ],
}  # fmt: skip


def test_optimizely_document(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(OPTIMIZELY), "results.json")
    assert only(path, "optimizely").rows == 4
    revenue, signup = read_experiment(path)
    assert (signup.experiment, signup.metric, counted(signup)) == (
        "3000",
        "Sign-up",
        {"Original": (1000, 60), "New": (1010, 80)},
    )
    assert (signup.first_day, signup.last_day, signup.named_control) == (
        date(2026, 6, 1),
        date(2026, 6, 28),
        True,
    )
    assert revenue.kinds == ("mean",)
    assert revenue.variants[0].counted.product("value", "value") == 999 * 100 + 5000**2 / 1000


def test_optimizely_without_figures_says_which(tmp_path: Path) -> None:
    broken = json.loads(json.dumps(OPTIMIZELY))
    broken["metrics"][0]["results"]["2"] = {"name": "New"}
    broken["reach"] = None
    path = write(tmp_path, json.dumps(broken), "results.json")
    assert only(path, "optimizely").rejected == 3


GROWTHBOOK = {"result": {
    "experimentId": "checkout", "dateStart": "2026-06-01", "dateEnd": "2026-06-28T00:00:00Z", "queryIds": ["q"],
    "results": [{"dimension": "", "totalUsers": 2010, "checks": {"srm": 0.8}, "metrics": [
        {"metricId": "signup", "variations": [
            {"variationId": "0", "users": 1000, "analyses": [{"engine": "frequentist", "numerator": 60, "denominator": 1000, "mean": 0.06, "stddev": 0.237487}]},
            {"variationId": "1", "users": 1010, "analyses": [{"engine": "frequentist", "numerator": 80, "denominator": 1010, "mean": 0.0792, "stddev": 0.270069}]}]},
        {"metricId": "per_visit", "variations": [
            {"variationId": "0", "users": 1000, "analyses": [{"numerator": 60, "denominator": 1500, "mean": 0.04, "stddev": 0.2}]},
            {"variationId": "1", "users": 1010, "analyses": [{"numerator": 80, "denominator": 1600, "mean": 0.05, "stddev": 0.2}]}]},
    ]}]}}  # fmt: skip


def test_growthbook_document(tmp_path: Path) -> None:
    path = write(tmp_path, json.dumps(GROWTHBOOK), "results.json")
    found = one(path)
    assert (found.source, found.experiment, counted(found)) == (
        "growthbook",
        "checkout",
        {"0": (1000, 60), "1": (1010, 80)},
    )
    assert (found.kinds, found.named_control, found.last_day) == (
        ("proportion", "mean"),
        True,
        date(2026, 6, 28),
    )
    assert "1 metric is left out" in found.notes[-1].render("en")


def test_growthbook_query_rows_tell_ratios_and_covariates(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "dimension,variation,users,count,main_sum,main_sum_squares,denominator_sum,denominator_sum_squares,main_denominator_sum_product\n"
        ",0,120,120,300,869,500,2800,1300\n,1,100,100,270,848.79,510,2810,1390\nmobile,0,60,60,150,400,250,1400,600\n",
    )
    assert only(path, "growthbook").rows == 2
    found = one(path)
    assert (found.kinds, found.numerators("ratio")) == (("mean", "ratio"), ("value",))


def test_vwo_report(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "Campaign: Checkout test\nGoal: Purchase\n\nVariation,Visitors,Conversions (v),Conversion Rate (v),Probability to be Better\n"
        'Control,"5,000",150,3.00%,-\nVariation-1,"5,100",204,4.00%,99.1%\nTotal,"10,100",354,3.50%,\n',
    )
    found = one(path)
    assert (found.source, found.experiment, found.metric) == ("vwo", "Checkout test", "Purchase")
    assert counted(found) == {"Control": (5000, 150), "Variation-1": (5100, 204)}


def test_vwo_report_with_both_figures_in_one_cell(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'Variations,Unique Conversions / Visitors,Expected Improvement\nControl,"150 / 5,000",-\nVariation-1,204 / 5100,33%\n',
    )
    assert counted(one(path)) == {"Control": (5000, 150), "Variation-1": (5100, 204)}


def test_the_user_may_name_the_columns(tmp_path: Path) -> None:
    path = write(tmp_path, "grp,who,spent\nold,u1,5\nold,u2,7\nneu,u3,9\nneu,u4,0\n")
    with pytest.raises(SourceError, match="holds no results of an experiment"):
        read_experiment(path)
    found = one(path, columns={"variant": "grp", "subject": "who", "value": "spent"}, control="old")
    assert (found.cut, [(each.name, each.counted.totals["value"]) for each in found.variants]) == (
        "subject", [("old", 12.0), ("neu", 9.0)],
    )  # fmt: skip


def test_a_named_column_goes_before_a_known_one(tmp_path: Path) -> None:
    path = write(tmp_path, PEOPLE)
    found = one(path, columns={"value": "sessions"})
    assert found.variants[0].counted.totals["value"] == 8.0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Variant,Visitors\nA,10\nB,12\n", "holds no results of an experiment"),
        ("Day,Cost\n2026-01-01,5\n", "holds no results of an experiment"),
        ("Variant,Visitors,Conversions\n", "nothing to import"),
        ("Variant,Visitors,Conversions\nA,many,1\nB,-3,2\n", "None of the 2 rows can be read"),
        ("Variant,User ID,Revenue\n,u1,3\n", "None of the 1 rows can be read"),
        ('{"experiment_id": 1, "metrics": []}', "holds no results"),
        ('{"experiment_id": 1, "metrics": [{"results": {"1": 5}}]}', "None of the 1 rows can be read"),
        ('{"result": {"experimentId": "x", "results": [5]}}', "nothing to import"),
        ("\0\0", ""),
        ("", "empty"),
    ],
)
def test_what_is_no_result_is_told_in_one_sentence(tmp_path: Path, content: str, said: str) -> None:
    path = write(tmp_path, content, "f.json" if content.startswith("{") else "f.csv")
    with pytest.raises(SourceError) as caught:
        read_experiment(path)
    assert said in caught.value.message.render("en")
    assert caught.value.message.render("fr")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"value": "spend"}, "has no column “spend” (for value)"),
        ({"worth": "revenue"}, "Results have no “worth”"),
    ],
)
def test_wrong_columns_are_told(tmp_path: Path, columns: dict[str, str], said: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_experiment(write(tmp_path, PEOPLE), columns=columns)
    assert said in caught.value.message.render("en")


def test_an_unknown_control_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read_experiment(write(tmp_path, PEOPLE), control="C")
    assert caught.value.message.render("en") == "There is no variant “C”: the file tells of “control”, “new”."


def test_rows_that_cannot_be_read_are_left_out_and_said(tmp_path: Path) -> None:
    found = one(write(tmp_path, PEOPLE + "lp,new,u9,1,much,2,3\n"))
    assert counted(found)["new"] == (3, 2)
    assert "1 row could not be read and is left out: line 8" in found.notes[-1].render("en")


PERSON = st.tuples(st.sampled_from("AB"), st.integers(0, 3), st.integers(0, 50), st.integers(1, 5))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(PERSON, min_size=4, max_size=12))
def test_subjects_in_any_order_and_their_sums_tell_the_same(
    tmp_path: Path, people: list[tuple[str, int, int, int]]
) -> None:
    people = [("A", 1, 2, 1), ("B", 0, 5, 2), *people]
    head = "experiment,variant,user,orders,revenue,sessions\n"
    lines = [
        f"x,{arm},u{n},{orders},{money},{visits}\n" for n, (arm, orders, money, visits) in enumerate(people)
    ]
    forth = one(write(tmp_path, head + "".join(lines), "forth.csv"))
    back = one(write(tmp_path, head + "".join(reversed(lines)), "back.csv"))
    assert sorted(forth.variants, key=lambda each: each.name) == sorted(
        back.variants, key=lambda each: each.name
    )
    for variant in forth.variants:
        mine = [each for each in people if each[0] == variant.name]
        assert variant.counted.subjects == len(mine)
        assert variant.counted.converted == sum(orders > 0 for _, orders, _, _ in mine)
        assert variant.counted.totals["value"] == sum(money for _, _, money, _ in mine)
        assert variant.counted.product("units", "value") == sum(
            money * visits for _, _, money, visits in mine
        )


def test_what_is_not_known_of_one_part_is_not_known_of_both() -> None:
    known, unknown = Counted(3, 1, {"value": 2.0}, {("value", "value"): 4.0}), Counted(2)
    assert known + unknown == Counted(5)
