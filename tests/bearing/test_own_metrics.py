"""Metrics of the company's own, made of a table of the facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouvernail.base.errors import PlanError
from gouvernail.bearing.checking import open_plan
from gouvernail.bearing.own_metrics import metrics_of
from gouvernail.metrics.metric import Measure

PLAN = """
metrics:
  - id: german_revenue
    title: Revenue won in Germany
    unit: money
    measure: {table: deals, column: amount, where: {stage: won, country: [DE, Germany]}}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "plan.yaml"
    path.write_text(text, "utf-8")
    return path


def test_own_metric_becomes_a_measure_of_its_table(tmp_path: Path) -> None:
    plan = open_plan(write(tmp_path, PLAN)).plan

    measure = metrics_of(plan)["german_revenue"].measure

    where = (("stage", ("won",)), ("country", ("DE", "Germany")))
    assert measure == Measure(table="deals", how="sum", column="amount", where=where, day="day")


@pytest.mark.parametrize(
    ("written", "wrong", "said"),
    [
        ("table: deals", "table: deal", "There is no table “deal”."),
        ("column: amount", "column: amout", "The table “deals” has no column “amout”."),
        ("country:", "land:", "The table “deals” has no column “land”."),
        ("column: amount", "column: owner", "The column “owner” holds no numbers."),
        ("column: amount, ", "", "“sum” needs a column."),
    ],
)
def test_wrong_measure_is_a_fault_on_its_line(tmp_path: Path, written: str, wrong: str, said: str) -> None:
    path = write(tmp_path, PLAN.replace(written, wrong))

    with pytest.raises(PlanError) as error:
        open_plan(path)

    (fault,) = error.value.faults
    assert fault.line == 6  # type: ignore[attr-defined]
    assert str(fault.message).startswith(said)  # type: ignore[attr-defined]
