from __future__ import annotations

from gouvernail.base.formula import parse
from gouvernail.plan.formulas import parse_drivers
from gouvernail.plan.load import load_text

KNOWN = {"revenue", "sql", "leads", "win_rate", "average_deal_value"}


def test_formulas_are_trees_by_metric() -> None:
    plan = load_text(
        "drivers:\n  - {id: d, metric: revenue, formula: calls * win_rate * average_deal_value}\n"
        "metrics:\n  - {id: calls, formula: leads - 3}\n  - {id: visits}\n"
    ).plan

    assert parse_drivers(plan, KNOWN) == (
        {"revenue": parse("calls * win_rate * average_deal_value"), "calls": parse("leads - 3")},
        [],
    )


def test_every_fault_has_its_line_and_what_was_meant() -> None:
    loaded = load_text(
        "drivers:\n"
        "  - id: syntax\n    metric: revenue\n    formula: sql * (win_rate\n"
        "  - id: unknown\n    metric: sql\n    formula: lead * win_rate\n"
        "  - id: hyphen\n    metric: leads\n    formula: win-rate * 3\n"
        "  - id: again\n    metric: revenue\n    formula: sql\n"
        "  - id: made\n    metric: sqll\n    formula: leads\n"
    )
    trees, faults = parse_drivers(loaded.plan, KNOWN, loaded.locations)

    assert trees == {}
    assert [(fault.where, fault.path, fault.suggestion) for fault in faults] == [
        ("plan.yaml:4", "drivers[0].formula", None),
        ("plan.yaml:7", "drivers[1].formula", "leads"),
        ("plan.yaml:10", "drivers[2].formula", "win_rate"),
        ("plan.yaml:10", "drivers[2].formula", "win_rate"),
        ("plan.yaml:13", "drivers[3].formula", None),
        ("plan.yaml:16", "drivers[4].formula", "sql"),
    ]


def test_circle_of_metrics_is_one_fault_and_left_out() -> None:
    plan = load_text(
        "drivers:\n  - {id: a, metric: revenue, formula: sql * 2}\n  - {id: b, metric: sql, formula: revenue / 2}\n"
        "  - {id: c, metric: leads, formula: leads + 1}\n  - {id: d, metric: win_rate, formula: sql / 3}\n"
    ).plan
    trees, faults = parse_drivers(plan, KNOWN)

    assert list(trees) == ["win_rate"]
    assert sorted(str(fault.message) for fault in faults) == [
        "These metrics are made of one another: revenue and sql. Break the circle: one of them must be measured.",
        "“leads” is made of itself. Break the circle: one of them must be measured.",
    ]
