"""The organisation's own words: offered in the singular and the plural, and said wherever a word stands alone."""

import re

import pytest
from django.test import Client

from gouvernail.base.speech import speaking
from gouvernail.base.text import T
from gouvernail.plan.model import SECTIONS, Layer, Plan
from gouvernail.report.labels import KINDS, LAYERS
from gouvernail.report.vocabulary import ALONE, PLURALS, own_words
from gouvernail.web.plans import choicewords, store
from gouvernail.web.reports import making
from gouvernail.web.reports.models import Report
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn

OWN = {
    "objective": "Key result",
    "objectives": "Key results",
    "action": "Initiative",
    "actions": "Initiatives",
}


def _text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_every_kind_and_layer_may_be_renamed() -> None:
    assert PLURALS.keys() == KINDS.keys()
    assert {section for section, _ in PLURALS.values()} <= SECTIONS.keys()
    for section, several in PLURALS.values():
        assert choicewords.SECTIONS[section] == several
    own = own_words({word: f"own {word}" for word in (*PLURALS, *(s for s, _ in PLURALS.values()), *ALONE)})
    assert all(LAYERS[layer].template in own for layer in Layer)
    assert "Value" not in own, "columns of numbers are called so"


def test_the_singular_stands_for_the_plural_that_is_missing() -> None:
    assert own_words({"trend": "Current"}) == {"Trend": "Current", "Trends": "Current"}
    assert own_words({"trends": "Currents"}) == {"Trends": "Currents"}
    assert own_words({}) == {}


def test_own_words_stand_alone_and_leave_sentences() -> None:
    with speaking({"Objective": "Key result"}):
        assert T("Objective").render("fr") == "Key result"
        assert T("{kind}: {n}", kind=T("Objective"), n=3).render("en") == "Key result: 3"
        assert T("Objectives").render("en") == "Objectives"
    with speaking(own_words(OWN)):
        assert T("New objective").render("fr") == "Nouveau\u00a0: Key result"
    assert T("Objective").render("fr") == "Objectif"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", ["Key results", "Initiatives"]),
        ("objectives", ["Key results"]),
        ("actions", ["Initiatives"]),
        ("chain", ["Key results", "Key result", "Initiative"]),
        ("plan/", ["Key results", "Initiatives"]),
        ("plan/section/objectives/", ["Key results"]),
        ("plan/new/objectives/", ["Key result"]),
        ("settings/rules", ["Key results"]),
    ],
)
def test_pages_say_the_words_of_the_organisation(
    path: str, said: list[str], workspace: Workspace, plan: Plan, owner: Client
) -> None:
    owner.post("/o/acme/settings/words", OWN)

    answer = owner.get(f"/o/acme/{path}", follow=True)

    for word in said:
        assert word in _text(answer)
    usual = re.findall(r">\s*(Objectives?|Actions?)\s*<", answer.content.decode())
    assert not usual, "a heading, a column or a kind still says the usual word"


def test_the_words_end_with_the_organisation(workspace: Workspace, plan: Plan, owner: Client) -> None:
    owner.post("/o/acme/settings/words", OWN)
    owner.get("/o/acme/objectives")

    assert "Key results" not in _text(owner.get("/organisations/"))
    assert T("Objectives").render("en") == "Objectives"


def test_the_page_of_words_shows_the_usual_ones_beside(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    owner.post("/o/acme/settings/words", OWN)

    page = owner.get("/o/acme/settings/words").content.decode()

    assert store.read(workspace).vocabulary == OWN
    assert 'placeholder="Objectives"' in page
    assert 'value="Key results"' in page
    assert 'aria-label="Objectives: your word for several"' in page


def test_a_report_says_them_too(workspace: Workspace, plan: Plan, owner: Client) -> None:
    owner.post("/o/acme/settings/words", OWN)
    owner.post("/o/acme/reports/make", {"title": "September", "language": "fr"})
    report = Report.objects.get()

    assert ">Key results<" in (page := making.page(report))
    assert ">Objectifs<" not in page
    assert making.same_again(report)


def test_a_reader_reads_the_words_and_is_offered_no_field(
    workspace: Workspace, plan: Plan, owner: Client, join: Join, signed_in: SignedIn
) -> None:
    owner.post("/o/acme/settings/words", OWN)

    answer = signed_in(join(Role.reader)).get("/o/acme/settings/words")

    assert 'name="objective"' not in answer.content.decode()
    assert "Objective For example: Key result, goal, aim Key result Key results" in _text(answer)
