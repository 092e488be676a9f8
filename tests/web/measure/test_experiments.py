"""Experiments on the site: the list by state, the size before, one from design to decision in money."""

import html
import random
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from gouvernail.plan.model import Choice, Compared, Experiment, ReadingMethod
from gouvernail.web.accounts.models import User
from gouvernail.web.measure.experiments_forms import DesignForm
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn

LIST = "/o/acme/measure/experiments/"
SIZE, ONE, DECIDE = f"{LIST}size/", f"{LIST}of/checkout", f"{LIST}decide/checkout"
ASKED = {
    "kind": "proportion",
    "baseline": "5%",
    "uplift": "10%",
    "traffic": "2000",
    "reading": "fixed",
    "value": "40",
    "cost": "20000",
    "horizon": "365",
    "people": "500000",
    "arms": "50/50",
}
NBSP = "\u00a0"


def _page(client: Client, address: str, data: dict[str, str] | None = None, status: int = 200) -> str:
    answer = client.get(address, data)
    assert answer.status_code == status
    return _words(answer)


def _words(answer: Any) -> str:
    return " ".join(
        html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).replace(NBSP, " ").split()
    )


def _experiment(workspace: Workspace, id: str) -> Experiment:
    found = store.read(workspace).get(id)
    assert isinstance(found, Experiment)
    return found


# --- the list --------------------------------------------------------------------------------------------


def test_experiments_stand_by_state_with_what_each_says(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, LIST)

    order = [
        shown.index(words) for words in ("To decide", "Short checkout", "A bolder headline", "Free returns")
    ]
    assert order == sorted(order)
    assert "“short”: +12% against the control (+3.1% to +2" in shown
    assert "The variant brings more than it costs: adopt it." in shown
    assert "+CHF 100,000" in shown
    assert "5,000 people are in." in shown
    assert "Nobody has said how many people it takes: size it before it starts." in shown
    assert "not in the plan" in shown


def test_one_state_alone_is_shown_in_pages(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, LIST, {"state": "planned"})

    assert "Free returns" in shown
    assert "Short checkout" not in shown
    assert "Short checkout" in _page(owner, LIST, {"state": "moon"})


def test_csv_holds_every_experiment(owner: Client, trying_out: Workspace) -> None:
    lines = b"".join(owner.get(f"{LIST}list.csv")).decode("utf-8-sig").splitlines()

    assert lines[0].startswith("Experiment,Id,State,Action,First day,Last day,People,Variant")
    assert len(lines) == 5
    checkout = next(line for line in lines if line.startswith("Short checkout"))
    assert checkout.startswith("Short checkout,checkout,To decide,ads,2026-08-01,2026-08-20,40000,short,0.1")


def test_an_organisation_that_tried_nothing_is_taught(owner: Client, workspace: Workspace) -> None:
    shown = _page(owner, LIST)

    assert "An experiment is the only figure that says what an action causes." in shown
    assert "Drop the results here" in shown


def test_results_are_dropped_where_they_are_missed(
    join: Join, signed_in: SignedIn, trying_out: Workspace
) -> None:
    reader = signed_in(join(Role.reader))

    assert "Drop the results here" not in _page(reader, LIST)
    assert "Write it down" not in _page(reader, ONE)


# --- the calculator --------------------------------------------------------------------------------------


def test_the_calculator_says_people_weeks_and_money(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, SIZE, ASKED)

    # Lehr's rule: 16 × p (1 − p) / d² an arm = 16 × .0499 / .000025 ≈ 31,900.
    assert "62,464" in shown
    assert "31,232 in each of 2 variants" in shown
    assert "5 weeks" in shown
    assert "from 5% to 5.5%" in shown
    # Worth having: 20,000 / (40 × 500,000) = .001 of .05.
    assert "Smallest effect worth having +2%" in shown
    assert "+CHF 80,000 over 365 days, after cost" in shown
    assert "Chance of seeing an effect of +10%" in shown


def test_without_an_effect_the_money_decides(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, SIZE, {**ASKED, "uplift": "", "cost": "200000"})

    assert "Effect that it finds +20%" in shown
    assert "+CHF 0 over" in shown or "CHF 0 over" in shown


def test_what_takes_too_long_says_what_could_be_seen(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, SIZE, {**ASKED, "uplift": "1%"})

    assert "subjects are needed, which takes" in shown
    assert "the smallest effect that shows is" in shown


def test_agreed_looks_have_their_bounds(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, SIZE, {**ASKED, "reading": "group_sequential", "looks": "5"})

    assert "The agreed looks" in shown
    for bound in ("4.88", "3.36", "2.68", "2.29", "2.03"):
        assert f"{bound} standard errors" in shown


def test_the_indicator_lends_its_value(owner: Client, trying_out: Workspace) -> None:
    asked = {**ASKED, "baseline": "", "metric": "ctr"}
    assert "Today’s value is that of your own figures: Click-through rate, 5%" in _page(owner, SIZE, asked)

    asked = {**ASKED, "baseline": "", "metric": "average_order_value"}
    assert "is an amount: compare that." in _page(owner, SIZE, asked)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"baseline": ""}, "Say what it is today, or choose an indicator."),
        ({"baseline": "much"}, "is not a number"),
        ({"baseline": "0"}, "The level today is a share"),
        ({"baseline": "95%", "uplift": "10%"}, "cannot move by"),
        ({"kind": "mean", "baseline": "18.5"}, "Without the spread nobody knows"),
        ({"arms": "half/half"}, "Write the shares with strokes between them"),
        ({"arms": "100"}, "Shares are numbers above 0"),
        ({"arms": "50/0"}, "Shares are numbers above 0"),
        ({"traffic": "-5"}, "Subjects a day are a number above 0."),
        ({"uplift": "", "value": "", "cost": "", "people": ""}, "Say which effect is worth finding"),
        ({"traffic": "", "people": ""}, "Say how many subjects would meet the change"),
        ({"value": "", "uplift": "5%"}, "Say what one more unit of the metric is worth"),
        ({"traffic": "1e400"}, "too many digits"),
        ({"kind": "moon"}, "moon"),
    ],
)
def test_what_cannot_be_sized_is_one_sentence(
    owner: Client, workspace: Workspace, given: dict[str, str], told: str
) -> None:
    assert told in _page(owner, SIZE, {**ASKED, **given})


def test_with_htmx_the_answer_comes_alone(owner: Client, workspace: Workspace) -> None:
    answer = owner.get(SIZE, ASKED, headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
    assert "62,464" in _words(answer)
    assert "HX-Request" in answer.headers["Vary"]


def test_what_was_sized_goes_into_the_plan(owner: Client, trying_out: Workspace) -> None:
    said = {
        "title": "Two headlines",
        "action": "ads",
        "hypothesis": "Shorter is clearer.",
        "variants": "long, short",
        "start": "2026-11-02",
    }
    answer = owner.post(f"{SIZE}keep", {**ASKED, **said})

    assert answer.headers["Location"] == f"{LIST}of/two-headlines"
    made = _experiment(trying_out, "two-headlines")
    assert (made.outcome, made.reading) == (Compared.proportion, ReadingMethod.fixed)
    assert (made.baseline, made.smallest_effect, made.subjects) == (Decimal("0.05"), Decimal("0.1"), 62464)
    assert (made.value_of_one, made.cost, made.horizon_subjects) == (40, 20000, 500000)
    assert (str(made.start), str(made.end)) == ("2026-11-02", "2026-12-06")
    assert (made.action, made.variants) == ("ads", ("long", "short"))
    shown = _page(owner, f"{LIST}of/two-headlines")
    assert "62,464 people are needed." in shown or "People needed 62,464" in shown


def test_an_experiment_of_the_plan_is_sized_again(owner: Client, trying_out: Workspace) -> None:
    shown = owner.get(SIZE, {"experiment": "checkout"}).content.decode()
    assert 'value="10%"' in shown
    assert "Put this size in the plan" in shown

    said = {"title": "Short checkout", "experiment": "checkout", "variants": "long, short"}
    owner.post(f"{SIZE}keep", {**ASKED, **said, "uplift": "20%"})
    found = _experiment(trying_out, "checkout")
    assert (found.smallest_effect, found.hypothesis) == (Decimal("0.2"), "")
    assert owner.get(SIZE, {"experiment": "nothing"}).status_code == 404


def test_what_does_not_fit_is_not_written(owner: Client, trying_out: Workspace) -> None:
    before = store.head(trying_out)

    assert owner.post(f"{SIZE}keep", {**ASKED, "title": ""}).status_code == 422
    assert owner.post(f"{SIZE}keep", {**ASKED, "title": "x", "baseline": "200%"}).status_code == 422
    assert store.head(trying_out) == before


def test_two_who_size_the_same_see_it(owner: Client, trying_out: Workspace) -> None:
    base = store.head(trying_out)
    store.commit(trying_out, None, [store.Change("experiments", "later", {"title": "Free returns, always"})])
    said = {"title": "Free returns", "experiment": "later", "base": str(base)}

    shown = owner.post(f"{SIZE}keep", {**ASKED, **said}, follow=True)
    assert "Somebody changed this experiment meanwhile" in _words(shown)
    assert _experiment(trying_out, "later").title == "Free returns, always"


# --- one experiment --------------------------------------------------------------------------------------


def test_one_page_from_design_to_decision_in_money(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, ONE)

    # docs/methods/experiments.md, worked table.
    for words in (
        "Fewer fields, more orders.",
        "Ads in Switzerland",
        "“short”: The variant brings more than it costs: adopt it.",
        "Over 365 days it brings +CHF 100,000 after cost; the figures allow for +CHF 12,186 to +CHF 187,814.",
        "+0.6 points",
        "p = 0.0074",
        "an effect is shown",
        "People were shared out as planned",
        "Effect × CHF 40 a unit × 500,000 people who meet the change in 365 days − CHF 20,000 that it costs.",
        "People needed 62,464",
        "Effect of “short” against the control, day by day",
        "For its action this is evidence of the strongest grade: +120 on the 20,000 people",
    ):
        assert words in shown


def test_a_wrong_split_is_an_alarm_and_compares_nothing(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, f"{LIST}of/Old banner")

    assert "The split is wrong" in shown
    assert "arms hold 5000 / 6500 subjects" in shown
    assert "Only the files know this experiment" in shown
    assert "an effect is shown" not in shown


def test_what_has_no_figures_yet_says_how_they_come(owner: Client, trying_out: Workspace) -> None:
    assert "No figures yet" in _page(owner, f"{LIST}of/later")
    assert owner.get(f"{LIST}of/nothing").status_code == 404


def test_where_the_money_is_not_known_it_is_asked_for(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, f"{LIST}of/headline")

    assert "Worth in money is not known" in shown
    assert "No effect is shown: chance alone may make such a difference." in shown
    assert "as long as it spans zero, nothing is shown" in shown


def test_every_look_is_in_the_csv(owner: Client, trying_out: Workspace) -> None:
    lines = b"".join(owner.get(f"{LIST}looks/checkout.csv")).decode("utf-8-sig").splitlines()

    assert len(lines) == 21
    assert lines[-1].startswith("2026-08-20,40000,0.1")


def test_the_files_and_rows_behind_it_are_shown(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, f"{LIST}rows/checkout")

    assert "results.csv" in shown
    assert "40 rows in “Experiments”" in shown
    assert "Old banner" not in shown


def test_a_decision_becomes_a_revision_of_the_plan(owner: Client, trying_out: Workspace) -> None:
    _page(owner, ONE)
    given = {"choice": "adopt:short", "decided": "2026-10-05", "reason": "It pays.", "base": "2"}
    answer = owner.post(DECIDE, given, follow=True)

    assert "It is decided, and stands in the plan." in _words(answer)
    found = _experiment(trying_out, "checkout")
    assert (found.decision, found.winner, str(found.decided)) == (Choice.adopt, "short", "2026-10-05")
    assert (found.result, found.applied) == ("It pays.", None)
    shown = _page(owner, ONE)
    assert "Decided on October 5, 2026:" in shown
    assert "It is not applied yet." in shown

    owner.post(f"{LIST}applied/checkout", {"base": str(store.head(trying_out))})
    assert _experiment(trying_out, "checkout").applied is True
    assert "It is applied." in _page(owner, ONE)


def test_the_control_may_be_kept(owner: Client, trying_out: Workspace) -> None:
    owner.post(DECIDE, {"choice": "keep", "decided": "2026-10-05", "reason": "Too dear."})
    found = _experiment(trying_out, "checkout")

    assert (found.decision, found.winner) == (Choice.keep, "")
    assert "The control is kept. Too dear." in _page(owner, ONE)


@pytest.mark.parametrize(
    "given",
    [
        {"choice": "adopt:other", "decided": "2026-10-05", "reason": "x"},
        {"choice": "adopt:short", "decided": "2026-10-05", "reason": ""},
        {"choice": "adopt:short", "decided": "soon", "reason": "x"},
    ],
)
def test_a_decision_that_does_not_fit_is_not_written(
    owner: Client, trying_out: Workspace, given: dict[str, str]
) -> None:
    assert owner.post(DECIDE, given).status_code == 422
    assert _experiment(trying_out, "checkout").decision is None


def test_two_who_decide_at_once_choose(owner: Client, trying_out: Workspace) -> None:
    given = {"decided": "2026-10-05", "reason": "x", "base": "2"}
    owner.post(DECIDE, {**given, "choice": "keep"})
    answer = owner.post(DECIDE, {**given, "choice": "adopt:short"})

    assert answer.status_code == 409
    assert _experiment(trying_out, "checkout").decision is Choice.keep


def test_who_may_not_decide_does_not(join: Join, signed_in: SignedIn, trying_out: Workspace) -> None:
    sales = signed_in(join(Role.sales))
    given = {"choice": "keep", "decided": "2026-10-05", "reason": "x"}

    assert sales.post(DECIDE, given).status_code == 403
    assert sales.post(f"{SIZE}keep", {**ASKED, "title": "Mine"}).status_code == 302


def test_what_was_decided_shows_before_the_figures_are_worked_out_again(
    owner: Client, trying_out: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page(owner, ONE)
    monkeypatch.setattr("gouvernail.web.bearings.tasks.work_out", lambda *_: None)
    owner.post(DECIDE, {"choice": "adopt:short", "decided": "2026-10-05", "reason": "It pays."})

    shown = _page(owner, ONE)
    assert "“short” is adopted." in shown
    assert "+CHF 100,000" in shown


def test_figures_on_their_way_are_not_missing_figures(
    owner: Client, trying_out: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gouvernail.web.bearings.tasks.work_out", lambda *_: None)

    assert "Its figures are being worked out." in _page(owner, LIST)
    assert "no figure of it was imported" not in _page(owner, ONE)
    assert "Its figures are being worked out." in _page(owner, f"{LIST}of/Old banner")


# --- the rest --------------------------------------------------------------------------------------------


def test_french_readers_read_french(owner: Client, trying_out: Workspace) -> None:
    User.objects.update(language="fr")
    owner.cookies["django_language"] = "fr"

    shown = _page(owner, ONE)
    for words in (
        "« short » : La variante rapporte plus qu’elle ne coûte : adoptez-la.",
        "+100 000 CHF",
        "Ce qui était convenu",
    ):
        assert words.replace(" ", "") in shown.replace("\u202f", "").replace(" ", "")
    assert "À décider" in _page(owner, LIST)
    assert "personnes nécessaires" in _page(owner, SIZE, {**ASKED, "baseline": "5 %"}).lower()


@pytest.mark.parametrize("address", [LIST, ONE, SIZE, f"{LIST}rows/checkout"])
def test_a_page_asks_few_questions(
    owner: Client, trying_out: Workspace, address: str, django_assert_max_num_queries: Any, nothing_kept: None
) -> None:
    _page(owner, address, ASKED if address == SIZE else None)

    with django_assert_max_num_queries(15):
        _page(owner, address, ASKED if address == SIZE else None)


def test_the_action_tells_what_was_tried_of_it(owner: Client, trying_out: Workspace) -> None:
    shown = _page(owner, "/o/acme/actions/ads/")

    assert "“short”: +12% against the control" in shown
    assert f'href="{ONE}"' in owner.get("/o/acme/actions/ads/").content.decode()
    assert "Short checkout" not in _page(owner, "/o/acme/actions/letter/")


def test_the_element_of_the_plan_leads_to_its_results(owner: Client, trying_out: Workspace) -> None:
    assert f'href="{ONE}"' in owner.get("/o/acme/plan/element/experiments/checkout/").content.decode()


HOSTILE = (
    "", "0", "-1", "100%", "NaN", "inf", "1e308", "1e-308", "99999999999999999999", "½", "1'000,5", "<b>", "🦊",
    "1/1/1/1/1/1/1/1/1/1/1", "1e9/1", "mean", "bayesian", "group_sequential", "3650", "0.5",
)  # fmt: skip


def test_whatever_is_typed_is_answered(owner: Client, workspace: Workspace) -> None:
    chance = random.Random(7)
    for turn in range(60):
        wrong = {chance.choice(list(DesignForm.base_fields)): chance.choice(HOSTILE) for _ in range(3)}
        asked = {**ASKED, "title": "x", **wrong}

        assert owner.get(SIZE, asked, headers={"HX-Request": "true"}).status_code == 200, asked
        if turn % 4 == 0:
            assert owner.post(f"{SIZE}keep", asked).status_code in (302, 422), asked
