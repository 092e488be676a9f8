"""Measure: credit by model and the paths behind it."""

import html
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from django.test import Client

from gouvernail.bearing.attributed_json import json_schema
from gouvernail.warehouse.lake import Lake
from gouvernail.web.api import keys
from gouvernail.web.measure import shelf, tasks
from gouvernail.web.measure.models import AnswerRecord
from gouvernail.web.workspaces.models import Role, Workspace
from tests.bearing.company import fill
from tests.web.conftest import Join

CREDIT, PATHS = "/o/acme/measure/", "/o/acme/measure/journeys/"


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def test_models_stand_side_by_side(owner: Client, selling: Workspace) -> None:
    shown = _page(owner, CREDIT)

    assert "Credit, not cause:" in shown
    assert "Sales with a path: 3, 75% of all; without, and credited to nothing: 1." in shown
    assert "The models differ most on" in shown
    for words in (
        "First touch",
        "Last touch",
        "Markov 1",
        "Shapley",
        "E-mail and newsletter",
        "Paid search",
        "CHF 160",
    ):
        assert words in shown
    assert "Time decay" not in shown
    assert "Time decay" in _page(owner, f"{CREDIT}?models=all")


def test_credit_by_action_comes_to_the_objectives(owner: Client, selling: Workspace) -> None:
    shown = _page(owner, f"{CREDIT}?level=action")

    assert "What comes to the objectives, by Shapley" in shown
    assert "Revenue of 150,000" in shown
    assert "Unlinked: no action, or one that serves no business objective" in shown


def test_a_question_is_answered_once(owner: Client, selling: Workspace) -> None:
    for address in (CREDIT, CREDIT, PATHS, f"{CREDIT}?models=all"):
        _page(owner, address)
    assert AnswerRecord.objects.count() == 1

    _page(owner, f"{CREDIT}?days=7&restart=no")
    found = AnswerRecord.objects.get(options__days=7)
    assert (found.options["restart"], found.state) == (False, "ready")


def test_what_failed_is_asked_again(
    owner: Client, selling: Workspace, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("gouvernail.bearing.attributed.ask", lambda *_: 1 / 0)
        shown = _page(owner, CREDIT)
    assert "Something went wrong on our side" in shown
    assert "ZeroDivisionError" in caplog.text
    assert "Something went wrong on our side" in _page(owner, CREDIT)

    failed = AnswerRecord.objects.get()
    answer = owner.post(f"/o/acme/measure/answers/{failed.pk}/again", {"next": CREDIT})
    assert (answer.status_code, answer["location"]) == (302, CREDIT)
    assert "Models" in _page(owner, CREDIT)
    assert AnswerRecord.objects.get().state == "ready"


def test_a_task_that_comes_twice_works_once(owner: Client, selling: Workspace) -> None:
    _page(owner, CREDIT)
    made = AnswerRecord.objects.get()
    tasks._work_out(made.pk, "another task")

    assert AnswerRecord.objects.get().used == made.used


def test_what_cannot_be_asked_is_the_default(owner: Client, selling: Workspace) -> None:
    _page(owner, f"{CREDIT}?level=moon&days=1000000&restart=maybe&models=x")

    found = AnswerRecord.objects.get()
    assert found.options == {"level": "channel", "days": 90, "restart": True}


def test_paths_are_told_with_length_and_time(owner: Client, selling: Workspace) -> None:
    shown = _page(owner, PATHS)

    assert "Paid search → E-mail and newsletter" in shown
    for words in ("4 distinct paths", "Most frequent paths without a sale", "3 to 6 days", "8 steps or more"):
        assert words in shown


def test_csv_holds_every_model(owner: Client, selling: Workspace) -> None:
    _page(owner, CREDIT)
    lines = owner.get("/o/acme/measure/credit.csv").content.decode("utf-8-sig").splitlines()

    assert lines[0].startswith(
        "Credited to,Id,Model,Share of the credit,Conversions,At least,At most,Value,Cost,Return"
    )
    assert len(lines) == 1 + 3 * len(shelf.look(AnswerRecord.objects.get()).credit.credit.models)
    assert any(line.startswith("E-mail and newsletter,email,Last touch,0.66") for line in lines)


def test_an_organisation_without_facts_is_taught(owner: Client, workspace: Workspace) -> None:
    for address in (CREDIT, PATHS):
        assert "Credit needs two things of the same people" in _page(owner, address)
    assert not AnswerRecord.objects.exists()
    assert owner.get("/o/acme/measure/credit.csv").status_code == 200


def test_what_is_missing_is_said(owner: Client, selling: Workspace) -> None:
    shown = _page(owner, f"{CREDIT}?period=2025-01")

    assert "Nothing can be credited" in shown
    assert "Nothing was sold in January 2025" in shown
    assert "Nothing was sold in January 2025" in _page(owner, f"{PATHS}?period=2025-01")


def test_french_readers_read_french(owner: Client, selling: Workspace) -> None:
    owner.cookies["django_language"] = "fr"
    from gouvernail.web.accounts.models import User

    User.objects.update(language="fr")
    shown = _page(owner, f"{CREDIT}?level=action")

    assert "Crédit, pas cause" in shown
    assert "Non relié" in shown
    assert "Parcours les plus fréquents vers une vente" in _page(owner, PATHS)


@pytest.mark.parametrize("address", [CREDIT, PATHS])
def test_a_page_asks_few_questions(
    owner: Client, selling: Workspace, address: str, django_assert_max_num_queries: object
) -> None:
    _page(owner, address)

    with django_assert_max_num_queries(15):  # type: ignore[operator]
        _page(owner, address)


def test_the_api_gives_what_the_command_prints(selling: Workspace, join: Join) -> None:
    key = keys.make(selling, join(Role.owner), "test", write=False, expires=None)[1]
    header = {"authorization": f"Bearer {key}"}

    answer = Client().get("/api/organisations/acme/attribution?level=action&days=30", headers=header)

    told = answer.json()
    jsonschema.validate(told["credit"], json_schema(), jsonschema.Draft202012Validator)
    assert (answer.status_code, told["state"]) == (200, "ready")
    assert told["credit"]["models"]["first"]["ads"]["value"] == 100


def test_what_channels_cause_stands_beside_their_credit(owner: Client, selling: Workspace) -> None:
    assert "Nobody was held out of any channel" in _page(owner, CREDIT)
    assert owner.get("/o/acme/measure/caused.csv").content.decode("utf-8-sig").count("\n") == 1

    _held_out(selling)
    shown = _page(owner, CREDIT)

    assert "Backed by people held out at random:" in shown
    # Of 100 held out 30 buy, of 300 shown 120 do: 400 × (.4 − .3).
    assert "40 [5 … 75]" in shown
    assert "All together" in shown
    assert "Evidence: shown by an experiment" in shown
    table = owner.get("/o/acme/measure/caused.csv").content.decode("utf-8-sig")
    assert table.splitlines()[1].startswith("E-mail and newsletter,email,Conversions caused,40")
    assert "experiment" in table
    told = _page(owner, f"{CREDIT}?level=action")
    assert "Credit, not cause:" in told
    assert "ask by one of these levels" in told


def _held_out(workspace: Workspace) -> None:
    """Of 400 people 100 were held out of the letters; 30 of them bought, and 120 of the others."""
    day = date(2026, 9, 1)
    drawn = [{"person": f"h{n}", "day": day, "channel": "email", "held": n < 100} for n in range(400)]
    sold = [
        {
            "person": f"h{n}",
            "day": date(2026, 9, 20),
            "kind": "order",
            "order_id": f"h{n}",
            "value": Decimal(10),
            "currency": "CHF",
        }
        for n in (*range(30), *range(100, 220))
    ]
    fill(Lake.open(Path(workspace.lake_path)), {"holdouts": drawn, "conversions": sold})
