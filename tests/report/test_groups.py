"""Findings put together by rule: said once, counted exactly, nothing lost on the way."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gouvernail.base.text import T
from gouvernail.bearing.located import LocatedFinding
from gouvernail.checks.finding import Finding, Severity
from gouvernail.plan.model import Layer
from gouvernail.report import groups
from gouvernail.report.context import aimed, readings
from tests.report.sample import antoine, hardly_begun


def located(
    element: str, code: str = "ACT03", hint: str = "Give it one.", **values: object
) -> LocatedFinding:
    finding = Finding(
        code, element, Severity.warning, T("“{name}” has no budget.", name=element, **values), T(hint)
    )
    return LocatedFinding(finding, None, Decimal(1), Layer.execution, None)


def grouped(*found: LocatedFinding) -> groups.Group:
    titles = {one.finding.element: one.finding.element for one in found}
    bearing = replace(antoine("en"), findings=found, titles=titles)
    return groups.by_severity(bearing)[1][2][0]


def test_every_finding_stands_in_one_group() -> None:
    bearing = antoine("en")

    shown = [
        hit.located.finding.identity
        for _, _, rules in groups.by_severity(bearing)
        for group in rules
        for hit in group.hits
    ]

    assert sorted(shown) == sorted(one.finding.identity for one in bearing.findings)


def test_losses_by_rule_sum_to_what_is_missing() -> None:
    score = antoine("en").figures.coherence

    assert sum(cost for _, cost, _ in groups.losses(antoine("en"))) == sum(one.cost for one in score.losses)


def test_sentence_that_only_names_its_element_is_said_by_the_title() -> None:
    group = grouped(located("fair"), located("letter"))

    assert [hit.says for hit in group.hits] == [None, None]


def test_sentence_with_a_number_is_kept() -> None:
    group = grouped(located("fair", days=12))

    assert group.hits[0].says is group.hits[0].located.finding.message


def test_rule_unknown_to_the_catalogue_keeps_its_sentences() -> None:
    group = grouped(located("fair", code="XXX99"))

    assert group.title is None
    assert group.hits[0].says is not None


def test_what_to_do_is_said_once_where_it_is_one_for_all() -> None:
    once = grouped(located("fair"), located("letter"))
    apart = grouped(located("fair"), located("letter", hint="Stop it."))

    assert (once.hint, [hit.hint for hit in once.hits]) == (T("Give it one."), [None, None])
    assert (apart.hint, [hit.hint for hit in apart.hits]) == (None, [T("Give it one."), T("Stop it.")])


def test_what_a_layer_lacks_is_told_with_the_layer() -> None:
    assert groups.missing_in(Layer.values, hardly_begun()) == ("VAL01:values",)


def test_finding_of_an_element_called_like_its_layer_is_its_own() -> None:
    bearing = antoine("en")
    row = replace(bearing.chain[0], id="vision", layer=Layer.vision)
    judged = replace(bearing, chain=(row,), findings=(located("vision", code="VIS02"),))

    assert groups.missing_in(Layer.vision, judged) == ()


def test_metrics_that_only_serve_formulas_are_not_shown() -> None:
    bearing = antoine("en")
    inner = replace(bearing.metrics[0], id="period_months")

    shown = readings(replace(bearing, metrics=(*bearing.metrics, inner)))

    assert "period_months" not in {reading.metric.id for reading in shown}


def test_metric_without_value_that_the_plan_does_not_name_is_not_shown() -> None:
    bearing = antoine("en")
    silent = tuple(replace(metric, named=False) for metric in bearing.metrics)

    assert not any(reading.refused for reading in readings(replace(bearing, metrics=silent)))


def test_metric_in_context_is_one_that_the_plan_speaks_of() -> None:
    bearing = antoine("en")
    alone = replace(bearing.metrics[0], objective=None, target=None, benchmark=None, worth=None, named=False)

    told = [
        aimed(reading) for reading in readings(replace(bearing, metrics=(alone, replace(alone, named=True))))
    ]

    assert told == [False, True]
