"""What is measured in the simulated companies, against the plans that are written for them and against the truth.

Every finding of every demo stands in `readings/` as it was read aloud: false of the story, badly put or said twice,
it shows there. `make readings` writes them anew; read what changed as its marketing head would before you commit.
They are tested in this file so that one worker imports the companies once.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from difflib import unified_diff
from pathlib import Path

import pytest

from gouvernail.base.outcome import Estimate
from gouvernail.base.periods import Period, parse_period
from gouvernail.base.text import LANGUAGES
from gouvernail.bearing.deeds import action_keys
from gouvernail.bearing.measures import Measures
from gouvernail.bearing.model import Bearing, Health
from gouvernail.checks.finding import Severity
from gouvernail.measurement.attribution.touch import Credit, credit
from gouvernail.plan.model import Objective
from gouvernail.simulate.catalogue import COMPANIES
from gouvernail.warehouse.engine import Engine
from tests.simulate.conftest import Importer, Taker
from tests.simulate.reading import read_aloud

TOLERANCE = 0.005
"""By which a baseline of a plan may differ from what is measured: plans round."""
UNMEASURED = {("antoine", "marche-allemand"), ("antoine", "notoriete")}
"""Objectives of the first plan of Antoine that nobody can measure, which is what their findings say."""
SEPTEMBER = parse_period("2026-09")
FOLDER = Path(__file__).parent / "readings"
REVISIONS = [
    (company.id, number) for company in COMPANIES.values() for number, _ in enumerate(company.plans, 1)
]


def codes(taken: Bearing) -> set[tuple[str, str]]:
    return {(each.finding.code, each.finding.element) for each in taken.findings}


def year_before(objective: Objective, measures: Measures) -> float:
    """Return the metric over the span of the target, a year earlier."""
    assert objective.metric
    assert objective.due
    found = measures.trailing(
        objective.metric, objective.window, objective.due.replace(year=objective.due.year - 1)
    )
    assert isinstance(found, Estimate), (objective.id, found)
    return found.value


@pytest.mark.parametrize("company", COMPANIES)
def test_baselines_are_what_is_measured(company: str, imported: Importer) -> None:
    found = imported(company)
    pinned = found.lake.at(found.lake.version())
    for revision in found.plans:
        measures = Measures(revision.plan, pinned, SEPTEMBER)
        measurable = [each for each in revision.plan.objectives if each.baseline is not None]
        bare = {(company, each.id) for each in revision.plan.objectives} - {
            (company, o.id) for o in measurable
        }
        assert bare <= UNMEASURED
        for objective in measurable:
            assert year_before(objective, measures) == pytest.approx(
                float(objective.baseline or 0), rel=TOLERANCE
            )


def test_revenue_of_antoine_is_the_deals_won_to_the_cent(imported: Importer) -> None:
    found = imported("antoine")
    measures = Measures(found.plans[1].plan, found.lake.at(found.lake.version()), SEPTEMBER)
    whole = Period(found.truth.start, found.truth.end)
    (deals,) = (file for file in found.truth.files if "won_amount" in file.totals)
    (table,) = (file for file in found.truth.files if file.table == "observations")
    for metric, total in (
        ("revenue", deals.totals["won_amount"]),
        ("ventes_allemagne", table.totals["value"]),
    ):
        measured = measures.value(metric, whole)
        assert isinstance(measured, Estimate)
        assert Decimal(str(measured.value)) == total


def test_first_plan_of_antoine_goes_off_course_as_the_article_tells(bearing: Taker) -> None:
    taken = bearing("antoine", 1)
    assert codes(taken) >= {
        ("AUD01", "instagram-generation-tech"),
        ("AUD04", "execution"),
        ("BUD04", "execution"),
        ("CAS01", "ca-2026"),
        ("DAT01", "execution"),
        ("KPI01", "notoriete"),
        ("ORG01", "objectives"),
        ("ORG08", "vente"),
        ("PER01", "ca-2026"),
        ("PER02", "instagram-generation-tech"),
    }
    health = {each.id: each.health for each in taken.objectives}
    # More likely than not, by a hair from sure: nine months of leads lie 3 % above the path.
    assert health["leads-2026"] in (Health.on_course, Health.at_risk)
    assert health["ca-2026"] is health["conversion-2026"] is Health.off_course
    orphans = {
        each.finding.message.values["campaign"] for each in taken.findings if each.finding.code == "DAT01"
    }
    assert orphans == {
        "DE_LinkedIn_Technische-Leiter",
        "IG_Reels_Coulisses",
        "CH_Search_Marque",
        "Display_Remarketing_2024",
    }
    assert [each.id for each in taken.actions if each.silent] == ["annonces-presse"]


def test_second_plan_of_antoine_reads_the_same_facts_better(bearing: Taker) -> None:
    first, second = (bearing("antoine", revision) for revision in (1, 2))
    shares = []
    for taken in (first, second):
        spent = taken.figures.aligned_spend.actual
        assert spent is not None
        shares.append(spent.aligned.amount / (spent.aligned.amount + spent.weak.amount + spent.orphan.amount))
    assert shares[1] > 2 * shares[0]
    assert first.figures.aligned_spend.unmatched.amount > 6 * second.figures.aligned_spend.unmatched.amount
    assert not [each for each in second.findings if each.finding.severity is Severity.blocking]
    # Who is paid for buys now; money flows as planned; what Instagram lost is nobody's to mend any more.
    told = {code for code, _ in codes(second)}
    assert told.isdisjoint({"AUD01", "AUD02", "AUD04", "BUD02", "BUD05", "BUD07", "PER02"})
    known = [each.health for each in second.objectives]
    assert known.count(Health.unknown) == 0
    assert Health.on_course in known


def test_credit_goes_where_the_effect_is(imported: Importer) -> None:
    """Touches follow the truth where audiences fit; a credit rule still gives what a campaign did not cause."""
    found = imported("antoine")
    plan = found.plans[1].plan
    given = credit(
        Engine(found.lake),
        [action_keys(action) for action in plan.actions],
        parse_period("2026-Q3"),
        "last",
        currency="CHF",
        of_record={"revenue": "hubspot"},
    )
    assert isinstance(given, Credit)
    assert given.basis == "touchpoints"
    by_action = {action: share.revenue for action, share in given.by_action.items()}
    assert by_action.get("instagram-generation-tech", Decimal(0)) < given.total.revenue / 100
    assert by_action["linkedin-allemagne"] > 0
    true = {
        effect.action: effect.revenue for effect in found.truth.effects if effect.channel == "instagram_paid"
    }
    assert set(true.values()) == {Decimal(0)}


def test_platforms_claim_more_than_they_cause(imported: Importer) -> None:
    found = imported("antoine")
    measures = Measures(found.plans[0].plan, found.lake.at(found.lake.version()), SEPTEMBER)
    assert measures.facts is not None
    instagram = [effect for effect in found.truth.effects if effect.channel == "instagram_paid"]
    claims = next(preview for file, preview in found.files.items() if file.startswith("meta-ads"))
    assert Decimal(claims.tables["spend"].totals["conversions"]) > 10 * sum(
        effect.demand for effect in instagram
    )


def test_promotion_of_the_watch_brand_fills_the_month_and_lowers_the_basket(bearing: Taker) -> None:
    taken = bearing("watches", 1)
    health = {each.id: each.health for each in taken.objectives}
    assert (health["orders-2026"], health["order-value"]) == (Health.on_course, Health.off_course)
    assert codes(taken) >= {
        ("POS01", "flash-sale"),
        ("ACT10", "flash-sale"),
        ("DAT01", "execution"),
        ("PER01", "order-value"),
        ("PER02", "flash-sale"),
    }


def test_eco_line_lacks_orders_and_money_for_its_fifteen_percent(bearing: Taker) -> None:
    assert codes(bearing("eco", 1)) >= {
        ("BUD02", "commandes"),
        ("CAS01", "ca-jeunes"),
        ("DAT01", "execution"),
        ("REV05", "objectives"),
    }


def test_young_buyers_of_the_article_are_none_of_those_who_buy(bearing: Taker) -> None:
    """The ages of the finding are those that the CRM tells, and the money that of both Instagram actions."""
    taken = bearing("antoine", 1)
    (found,) = (each.finding for each in taken.findings if each.finding.code == "AUD04")
    assert found.message.values["low"] > 40
    assert (found.message.values["young"], found.message.values["old"]) == (18, 30)
    assert found.money is not None
    assert found.money.amount == 72_000


@pytest.mark.parametrize("company", COMPANIES)
def test_no_source_of_a_demo_disagrees_with_another(company: str, bearing: Taker) -> None:
    """The files of one company tell the same things: a disagreement here would be a false alarm."""
    for revision in range(1, len(COMPANIES[company].plans) + 1):
        assert {code for code, _ in codes(bearing(company, revision))}.isdisjoint({"DAT05"})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("company", "revision"), REVISIONS)
def test_demo_says_what_was_read_aloud(
    company: str, revision: int, language: str, bearing: Taker, rewrite_readings: bool
) -> None:
    path = FOLDER / f"{company}-{revision}.{language}.md"
    told = read_aloud(bearing(company, revision), language)
    if rewrite_readings:
        path.write_text(told, "utf-8")
    before = path.read_text("utf-8")
    moved = unified_diff(before.splitlines(), told.splitlines(), path.name, "now", n=2, lineterm="")
    assert told == before, "\n".join(("`make readings`, then read what changed:", *moved))


@pytest.mark.parametrize(("company", "revision"), REVISIONS)
def test_no_finding_of_a_demo_is_said_twice(company: str, revision: int, bearing: Taker) -> None:
    taken = bearing(company, revision)
    said = Counter(located.finding.message.render("en") for located in taken.findings)
    assert [message for message, times in said.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_readings_are_those_of_the_demos(language: str) -> None:
    expected = {f"{company}-{revision}.{language}.md" for company, revision in REVISIONS}
    assert {path.name for path in FOLDER.glob(f"*.{language}.md")} == expected
