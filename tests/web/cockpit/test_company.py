"""The pages over the demo company: figures, money, moves, provenance down to the rows."""

from decimal import Decimal

import pytest
from django.test import Client

from gouvernail.base.outcome import Estimate
from gouvernail.bearing.model import Bearing
from gouvernail.measurement.explain.explanation import Explanation
from gouvernail.web.cockpit.charts.course import course
from gouvernail.web.cockpit.charts.money import sankey
from gouvernail.web.data.words import column_name
from gouvernail.web.workspaces.models import Workspace
from tests.web.cockpit.conftest import Demo

pytestmark = pytest.mark.slow


@pytest.fixture
def page(owner: Client, company: Workspace):
    """What the cockpit shows."""
    return owner.get("/o/acme/").context["page"]


def test_the_cockpit_has_four_figures_and_three_things_to_decide(page) -> None:
    figures = page.figures

    assert [one.refusal for one in (figures.coherence, figures.aligned, figures.course, figures.returns)] == [
        None
    ] * 4
    assert len(page.decide) == 3


def test_the_objectives_have_three_signs(page) -> None:
    assert all(one.progress is not None for one in page.objectives)
    assert {one.stale for one in page.objectives} == {False}


def test_what_changed_since_the_last_review_is_told(page) -> None:
    assert page.since
    assert page.since.day.isoformat() == "2026-09-28"
    assert page.readings


def test_the_money_drawn_is_the_money_listed(demo: Demo) -> None:
    chart = sankey(demo.bearing, "fr")
    assert chart
    drawn = sum(link["value"] for link in chart.option["series"][0]["links"])
    listed = sum((flow.spent.amount for flow in demo.bearing.flows if flow.spent), Decimal(0))

    assert drawn == pytest.approx(float(listed))


def test_the_forecast_leads_from_the_last_value_to_what_is_expected(demo: Demo) -> None:
    status = demo.bearing.objectives[0]
    chart = course(status, demo.bearing.currency, "en")
    assert chart
    assert isinstance(status.probability, Estimate)
    forecast = next(one for one in chart.option["series"] if one["name"] == "Forecast")["data"]
    last = max(i for i, point in enumerate(status.points) if point.actual is not None)

    assert forecast[last] == status.points[last].actual
    assert forecast[-1] == pytest.approx(status.probability.options["expected"])


def test_the_page_says_what_is_foreseen_and_how_far_it_missed(owner: Client, company: Workspace) -> None:
    answer = owner.get("/o/acme/objectives/ca-2026")
    told = answer.context["page"].forecast
    words = answer.content.decode()

    assert "10,702,756 are to be expected by December 31, 2026" in told.lead.render("en")
    assert [str(row[0]) for row in told.rows] == ["2026-10", "2026-11", "2026-12"]
    for said in ("short of the target of", "Tried on", "How it is worked out", 'id="forecast-table"'):
        assert said in words


def test_an_explanation_stands_as_a_table_then_as_a_waterfall(owner: Client, company: Workspace) -> None:
    answer = owner.get("/o/acme/objectives/ca-2026")
    move, gap = answer.context["page"].explanations

    for card in (move, gap):
        found = card.told.explained.found
        assert isinstance(found, Explanation)
        assert sum(row.row.amount for row in card.lines if row.depth == 0) == pytest.approx(found.move)
        assert card.chart
        assert len(card.chart.option["series"][1]["data"]) == 2 + sum(line.depth == 0 for line in card.lines)
    words = answer.content.decode()
    assert words.index('class="wide depth-0"') < words.index('id="explanation-move-option"')
    assert "has left no trace in the data" in words


def _subjects(bearing: Bearing) -> list[str]:
    return [
        *(f"metric:{one.id}" for one in bearing.metrics),
        *(f"objective:{one.id}" for one in bearing.objectives),
        *(f"action:{one.id}" for one in bearing.actions),
        *("coherence", "aligned_spend", "on_course", "return"),
    ]


def test_every_number_has_its_provenance(owner: Client, company: Workspace, demo: Demo) -> None:
    for subject in _subjects(demo.bearing):
        assert owner.get(f"/o/acme/provenance/{subject}").status_code == 200, subject


def test_a_figure_leads_to_its_rows_and_their_import(owner: Client, company: Workspace, demo: Demo) -> None:
    page = owner.get("/o/acme/provenance/objective:ca-2026").context["page"]
    rows = owner.get("/o/acme/provenance/objective:ca-2026/rows").context["rows"]
    current = demo.bearing.objectives[0].current
    assert isinstance(current, Estimate)

    assert {one.source for one in page.imports} == {"HubSpot"}
    assert (str(rows.table), rows.count) == ("Deals", current.options["rows"])
    assert column_name("person") not in rows.columns
    assert column_name("source") in rows.columns


def test_an_action_that_serves_through_an_objective_below_is_told(owner: Client, company: Workspace) -> None:
    actions = owner.get("/o/acme/objectives/ca-2026").context["page"].actions

    assert actions
    assert all(one.share or one.through for one in actions)


@pytest.mark.parametrize("page", ["", "chain", "objectives", "objectives/ca-2026", "provenance/return"])
def test_pages_read_in_french(owner: Client, company: Workspace, page: str) -> None:
    owner.post("/language", {"language": "fr", "next": "/"})
    words = owner.get(f"/o/acme/{page}").content.decode()

    assert "Période" in words
    assert "Where this comes from" not in words


def test_data_without_a_plan_say_what_they_can(owner: Client, workspace: Workspace, demo: Demo) -> None:
    workspace.today = demo.bearing.period.end
    workspace.save()
    workspace.folder.mkdir(parents=True)
    workspace.lake_path.symlink_to(demo.lake)
    readings = owner.get("/o/acme/?period=2026-09").context["readings"]

    assert "sessions" in {one.metric.id for one in readings}
