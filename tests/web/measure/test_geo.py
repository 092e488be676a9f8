"""Geo tests on the site: which markets to treat, and what a test showed."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client
from django.utils.http import urlencode

from gouvernail.bearing.geo_json import json_schema
from gouvernail.plan.load import load_text
from gouvernail.simulate.markets import MarketTest, write
from gouvernail.sources.files.generic import guess_mapping
from gouvernail.sources.importing import run
from gouvernail.sources.protocol import Context
from gouvernail.warehouse.lake import Lake
from gouvernail.web.accounts.models import User
from gouvernail.web.api import keys
from gouvernail.web.measure.models import AnswerRecord
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Role, Workspace
from tests.bearing.company import PLAN
from tests.web.conftest import Join

TOLD = MarketTest()
PANEL = "observation|sales_by_city|market_sales"
CHOOSE, READ = "/o/acme/measure/geo/", "/o/acme/measure/geo/read/"
TEST = f"""
experiments:
  - id: radio
    title: Radio in three cities
    markets: [{", ".join(TOLD.treated)}]
    start: {TOLD.start}
    end: {TOLD.end}
    spend: 3000
  - {{id: button, title: Green button, variants: [grey, green]}}
"""


@pytest.fixture
def chain(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A chain of shops whose sales by city were imported as a table, with one geo test in its plan."""
    monkeypatch.setattr("gouvernail.web.bearings.tasks.work_out", lambda *_: None)
    monkeypatch.setattr("gouvernail.bearing.geo_choosing.SPLITS", 4)
    workspace.today = date(2026, 7, 20)
    workspace.save()
    workspace.folder.mkdir(parents=True, exist_ok=True)
    lake, panel = Lake.open(Path(workspace.lake_path)), write(TOLD, tmp_path / "sales_by_city.csv")
    context = Context("CHF", "Europe/Zurich", lake.secret, date(2026, 7, 20))
    mapping = guess_mapping(panel) | {"currency": "CHF"}
    assert run(panel, lake, context, mapping).record is not None
    store.commit(workspace, None, store.replacement(workspace, load_text(PLAN + TEST).plan).changes)
    return workspace


def _page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(html.unescape(answer.content.decode()).split())


def asked(**given: object) -> str:
    whole = {
        "panel": PANEL,
        "treated": TOLD.treated,
        "start": TOLD.start,
        "end": TOLD.end,
        "spend": "3000",
        "margin": "60%",
    }
    return f"{READ}?{urlencode(whole | given, doseq=True)}"


def test_markets_are_proposed_without_asking(owner: Client, chain: Workspace) -> None:
    shown = _page(owner, CHOOSE)

    assert "“market_sales” by market" in shown
    assert "Treat " in shown
    assert "Recommended" in shown
    assert "Cost it repays" in shown
    assert "To be found" not in shown
    assert "counterfactual-option" in shown
    assert "Radio in three cities" in shown
    assert "Green button" not in shown


def test_a_budget_says_what_is_to_be_found(owner: Client, chain: Workspace) -> None:
    ask = urlencode(
        {"panel": PANEL, "days": [28], "counts": [2, 3], "budget": "6 000", "margin": "60 %"}, doseq=True
    )
    shown = _page(owner, f"{CHOOSE}?{ask}")
    lines = owner.get(f"{CHOOSE}proposals.csv?{ask}").content.decode("utf-8-sig").splitlines()

    assert "To be found" in shown
    assert lines[0].startswith("Duration,Markets,Treated,Smallest effect,To be found,Chance")
    assert [line.split(",")[0] for line in lines[1:]] == ["28", "28"]


def test_what_is_recommended_goes_into_a_new_experiment(owner: Client, chain: Workspace) -> None:
    shown = owner.get(CHOOSE).content.decode()
    address = html.unescape(shown.split('href="/o/acme/plan/new/experiments/')[1].split('"')[0])
    form = _page(owner, f"/o/acme/plan/new/experiments/{address}")

    assert "start=2026-07-27" in address
    assert "markets=" in address
    for name in address.split("markets=")[1:]:
        assert html.unescape(name.split("&")[0])[:4] in form or "%" in name


def test_a_test_is_read_to_money_and_verdict(owner: Client, chain: Workspace) -> None:
    shown = _page(owner, asked())

    assert "sold 10.0% more than without" in shown
    assert "Extend it" in shown
    assert "CHF 8,5" in shown
    assert "Second opinion: time-based regression" in shown
    assert "What it is compared with" in shown
    assert "counterfactual-option" in shown


def test_a_test_of_the_plan_is_read_by_what_the_plan_says(owner: Client, chain: Workspace) -> None:
    shown = _page(owner, f"{READ}?experiment=radio")

    assert "Radio in three cities" in shown
    assert "sold 10.0% more than without" in shown
    assert "CHF 3,000" in shown


def test_a_question_is_answered_once(owner: Client, chain: Workspace) -> None:
    for address in (CHOOSE, CHOOSE, f"{CHOOSE}?period=2026-05", asked(), asked(), f"{READ}?experiment=none"):
        _page(owner, address)

    assert sorted(AnswerRecord.objects.values_list("kind", "state")) == [
        ("geo_choose", "ready"),
        ("geo_panels", "ready"),
        ("geo_read", "ready"),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"panel": "order|moon"}, "Select a valid choice"),
        ({"treated": "Paris"}, "Select a valid choice"),
        ({"treated": ()}, "This field is required"),
        ({"start": "soon"}, "Enter a valid date"),
        ({"spend": "-3"}, "Give an amount above 0."),
        ({"margin": "0%"}, "The margin is more than 0 and at most 100%."),
        ({"end": "2026-06-01"}, "before it begins"),
        ({"end": "2027-06-01"}, "The figures run from"),
        ({"start": "2026-03-08"}, "The figures hold 6 periods before the test"),
        ({"left_out": "Dijon"}, "“Dijon” is both treated and left out."),
    ],
)
def test_what_cannot_be_read_is_said(
    owner: Client, chain: Workspace, given: dict[str, object], said: str
) -> None:
    assert said in _page(owner, asked(**given))


def test_what_no_proposal_shows_is_said(owner: Client, chain: Workspace) -> None:
    shown = _page(
        owner, f"{CHOOSE}?{urlencode({'panel': PANEL, 'days': 56, 'counts': 10, 'effect': '0.1%'})}"
    )
    hostile = _page(
        owner, f"{CHOOSE}?{urlencode({'panel': PANEL, 'days': 'x', 'counts': -1, 'budget': '<b>'})}"
    )

    assert "No proposal shows what is asked" in shown or "The figures support no answer" in shown
    assert "Something does not fit yet" in hostile


def test_an_organisation_without_figures_by_market_is_taught(
    owner: Client, workspace: Workspace, selling: Workspace
) -> None:
    for address in (CHOOSE, READ):
        assert "No figures by market yet" in _page(owner, address)


def test_an_organisation_without_facts_is_taught(owner: Client, workspace: Workspace) -> None:
    for address in (CHOOSE, READ):
        assert "No figures by market yet" in _page(owner, address)
    assert owner.get(f"{CHOOSE}proposals.csv").status_code == 200
    assert not AnswerRecord.objects.exists()


def test_french_readers_read_french(owner: Client, chain: Workspace) -> None:
    User.objects.update(language="fr")

    chosen, found = _page(owner, CHOOSE), _page(owner, asked())
    assert "Recommandé" in chosen
    assert "Fausses alertes" in chosen
    assert "À étendre" in found
    assert "Ce à quoi on compare" in found


@pytest.mark.parametrize("address", [CHOOSE, asked(), f"{READ}?experiment=radio"])
def test_a_page_asks_few_questions(
    owner: Client, chain: Workspace, address: str, django_assert_max_num_queries: object
) -> None:
    _page(owner, address)

    with django_assert_max_num_queries(15):  # type: ignore[operator]
        _page(owner, address)


def test_an_outsider_finds_nothing(chain: Workspace, join: Join, client: Client) -> None:
    for address in (CHOOSE, READ, f"{CHOOSE}proposals.csv"):
        assert client.get(address).status_code == 302
    reader = Client()
    reader.force_login(join(Role.reader))
    assert "Put it in the plan" not in _page(reader, CHOOSE)
    assert "Extend it" in _page(reader, asked())


def test_the_api_gives_what_the_command_prints(chain: Workspace, join: Join) -> None:
    key = keys.make(chain, join(Role.owner), "test", write=False, expires=None)[1]
    header, root = {"authorization": f"Bearer {key}"}, "/api/organisations/acme/geo"

    def told(address: str) -> Any:
        answer = Client().get(f"{root}/{address}", headers=header)
        assert answer.status_code == 200, answer.content
        return answer.json()

    (panel,) = told("panels")["panels"]
    asking = {
        "panel": PANEL,
        "treated": TOLD.treated,
        "start": TOLD.start,
        "end": TOLD.end,
        "spend": 3000,
        "margin": 0.6,
    }
    found = told(f"reading?{urlencode(asking, doseq=True)}")
    chosen = told(f"choices?{urlencode({'panel': PANEL, 'days': 14, 'count': [1, 2]}, doseq=True)}")
    wrong = told(f"reading?{urlencode(asking | {'treated': 'Dijn'}, doseq=True)}")

    assert (panel["id"], len(panel["markets"]), panel["money"]) == (PANEL, 18, True)
    for one in (found, chosen):
        jsonschema.validate(one["geo"], json_schema(), jsonschema.Draft202012Validator)
    assert found["geo"]["verdict"] == "adopt"
    assert [one["count"] for one in chosen["geo"]["proposals"]] == [1, 2]
    assert (wrong["state"], wrong["geo"]) == ("failed", None)
    assert "Did you mean “Dijon”?" in wrong["message"]
    assert Client().get(f"{root}/reading?panel=x", headers=header).status_code == 422


def test_its_page_among_the_experiments_leads_to_the_reading(owner: Client, chain: Workspace) -> None:
    shown = _page(owner, "/o/acme/measure/experiments/of/radio")

    assert f"{READ}?experiment=radio" in shown
    assert "A geo test" in shown
    assert f"{READ}?experiment=button" not in _page(owner, "/o/acme/measure/experiments/of/button")
