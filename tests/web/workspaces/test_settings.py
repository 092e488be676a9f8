"""What the settings change: facts, words, rules, benchmarks; and the trail that tells of it."""

import ast
import csv
import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import gouvernail.web
from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import AuditEntry, Role, Workspace
from gouvernail.web.workspaces.records import PARTS, skill_rows
from gouvernail.web.workspaces.trail import record
from gouvernail.web.workspaces.words import WHATS
from tests.web.conftest import Join, SignedIn

FACTS = {
    "name": "Acme & Sons",
    "language": "fr",
    "time_zone": "Europe/Paris",
    "currency": "eur",
    "budget": "120000",
    "country": "fr",
    "market": "b2b",
    "industry": "Machines",
    "employees": "12",
    "base": "1",
    "rates-TOTAL_FORMS": "1",
    "rates-INITIAL_FORMS": "0",
    "rates-0-currency": "CHF",
    "rates-0-day": "2026-01-01",
    "rates-0-rate": "1.04",
}


def test_facts_are_written_into_the_plan(workspace: Workspace, plan: Plan, owner: Client) -> None:
    answer = owner.post("/o/acme/settings/facts", FACTS)

    assert answer.status_code == 302
    facts = store.read(workspace).organisation
    assert (facts.name, facts.currency, facts.country, facts.budget) == ("Acme & Sons", "EUR", "FR", 120000)
    assert [(one.currency, str(one.rate)) for one in facts.exchange_rates] == [("CHF", "1.04")]
    workspace.refresh_from_db()
    assert (workspace.name, workspace.language, workspace.time_zone) == ("Acme & Sons", "fr", "Europe/Paris")


def test_a_rate_is_taken_out(workspace: Workspace, plan: Plan, owner: Client) -> None:
    owner.post("/o/acme/settings/facts", FACTS)
    gone = {"base": "2", "rates-INITIAL_FORMS": "1", "rates-0-DELETE": "on"}

    owner.post("/o/acme/settings/facts", {**FACTS, **gone})

    assert store.read(workspace).organisation.exchange_rates == ()


def test_two_people_on_the_facts_see_both_versions(workspace: Workspace, plan: Plan, owner: Client) -> None:
    owner.post("/o/acme/settings/facts", FACTS)

    answer = owner.post("/o/acme/settings/facts", {**FACTS, "name": "Other"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed the facts meanwhile" in page
    assert "Acme &amp; Sons" in page
    assert 'name="base" value="2"' in page
    assert owner.post("/o/acme/settings/facts", {**FACTS, "name": "Other", "base": "2"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [("currency", "EURO"), ("country", "France"), ("employees", "-1"), ("rates-0-rate", "0")],
)
def test_a_wrong_fact_is_told_beside_its_field(
    field: str, value: str, workspace: Workspace, plan: Plan, owner: Client
) -> None:
    answer = owner.post("/o/acme/settings/facts", {**FACTS, field: value})

    assert answer.status_code == 200
    assert "field-errors" in answer.content.decode()
    assert store.read(workspace) == plan


@pytest.mark.parametrize(
    ("path", "data", "allowed"),
    [
        ("facts", FACTS, {"owner"}),
        ("words", {"objective": "Goal"}, set(Role) - {"reader", "partner"}),
        ("rules/AUD01", {"do": "off", "reason": "Because."}, set(Role) - {"reader", "partner"}),
    ],
)
@pytest.mark.parametrize("role", Role.values)
def test_a_role_changes_what_it_may(
    role: str, path: str, data: dict, allowed: set, workspace: Workspace, join: Join, signed_in: SignedIn
) -> None:
    answer = signed_in(join(role)).post(f"/o/acme/settings/{path}", {**data, "base": "0"})

    assert answer.status_code == (302 if role in allowed else 403)


def test_words_are_renamed_and_given_back(workspace: Workspace, plan: Plan, owner: Client) -> None:
    owner.post("/o/acme/settings/words", {"objective": "Key result", "action": ""})

    assert store.read(workspace).vocabulary == {"objective": "Key result"}
    owner.post("/o/acme/settings/words", {"objective": ""})
    assert store.read(workspace).vocabulary == {}


def test_a_rule_is_turned_off_with_a_reason_and_on_again(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    owner.post("/o/acme/settings/rules/AUD01", {"do": "off", "reason": ""})
    assert not store.read(workspace).rules.ignore

    owner.post("/o/acme/settings/rules/AUD01", {"do": "off", "reason": "We sell to everyone."})

    (entry,) = store.read(workspace).rules.ignore
    assert (entry.rule, entry.elements, entry.by) == ("AUD01", (), "Owner")
    assert entry.day is not None
    assert "We sell to everyone." in owner.get("/o/acme/settings/rules").content.decode()
    owner.post("/o/acme/settings/rules/AUD01", {"do": "on"})
    assert store.read(workspace) == plan


def test_thresholds_are_tuned_and_the_usual_ones_are_not_written(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    owner.post("/o/acme/settings/rules/AUD01", {"do": "tune", "minimum_affinity": "0,3", "at_home": "0.75"})
    assert store.read(workspace).rules.parameters == {"AUD01": {"minimum_affinity": 0.3}}

    answer = owner.post("/o/acme/settings/rules/AUD01", {"do": "tune", "minimum_affinity": "a lot"})
    assert "Write a number, such as 0.5." in answer.content.decode()

    owner.post("/o/acme/settings/rules/AUD01", {"do": "tune", "minimum_affinity": ""})
    assert store.read(workspace) == plan


TABLE = """metric,value,source,year
lead_to_customer_rate,2.4 %,Survey 2025,2025
churn_rate,40 %,,2025
nonsense,1,Survey,2025
"""


def test_benchmarks_are_shown_before_they_are_added(workspace: Workspace, plan: Plan, owner: Client) -> None:
    file = SimpleUploadedFile("table.csv", TABLE.encode())

    page = owner.post("/o/acme/settings/benchmarks", {"file": file})

    shown = page.content.decode()
    assert len(page.context["found"].added) == 1
    assert "no source: a figure that nobody stands for is not taken." in shown
    assert store.read(workspace) == plan
    owner.post("/o/acme/settings/benchmarks/add", {"sealed": page.context["sealed"]})
    (made,) = store.read(workspace).benchmarks
    assert (made.metric, str(made.value), made.source) == ("lead_to_customer_rate", "0.024", "Survey 2025")


@pytest.mark.parametrize("name", ["table.exe", "table"])
def test_a_file_that_is_no_table_is_refused(name: str, owner: Client) -> None:
    page = owner.post("/o/acme/settings/benchmarks", {"file": SimpleUploadedFile(name, b"x")})

    assert "This is no CSV, XLSX or YAML file." in page.content.decode()


def test_a_preview_of_another_organisation_adds_nothing(
    workspace: Workspace, plan: Plan, join: Join, signed_in: SignedIn
) -> None:
    owner = signed_in(join(Role.owner))
    page = owner.post("/o/acme/settings/benchmarks", {"file": SimpleUploadedFile("t.csv", TABLE.encode())})
    other = Workspace.objects.create(slug="rival", name="Rival")
    theirs = signed_in(join(Role.owner, "rival@acme.example", other))

    theirs.post("/o/rival/settings/benchmarks/add", {"sealed": page.context["sealed"]})
    theirs.post("/o/rival/settings/benchmarks/add", {"sealed": "forged"})

    assert store.head(other) == 0


def test_lists_say_what_is_missing(workspace: Workspace) -> None:
    changes = [
        store.Change("roles", "cmo", {"title": "CMO"}),
        store.Change("teams", "sellers", {"title": "Sellers", "function": "sales"}),
        store.Change("people", "ann", {"title": "Ann"}),
        store.Change("actions", "mailing", {"title": "Mailing", "channel": "email", "status": "planned"}),
    ]
    store.commit(workspace, None, changes)
    plan = store.read(workspace)

    told = {key: [str(row.missing) for row in PARTS[key].rows(plan)] for key in ("roles", "teams", "people")}
    assert told == {
        "roles": ["Nobody holds it."],
        "teams": ["Does not say how many leads it can follow up in a month."],
        "people": ["Belongs to no team."],
    }
    assert [str(skill) for skill in skill_rows(plan)[0].missing]


def test_the_trail_is_filtered_and_handed_out(workspace: Workspace, join: Join, signed_in: SignedIn) -> None:
    owner, other = join(Role.owner), join(Role.sales)
    record(workspace, owner, "plan.changed", "=cmd()", revision=1)
    record(workspace, other, "import.committed", "file.csv")
    record(Workspace.objects.create(slug="rival", name="Rival"), owner, "plan.changed", "theirs")
    client = signed_in(owner)

    def found(query: str) -> list[str]:
        return [line.subject for line in client.get(f"/o/acme/settings/trail?{query}").context["lines"]]

    assert found("") == ["file.csv", "=cmd()"]
    assert found(f"who={owner.pk}") == found("kind=plan.changed") == ["=cmd()"]
    assert found("last=2020-01-01") == []
    assert found("first=2020-01-01") == ["file.csv", "=cmd()"]
    table = b"".join(client.get("/o/acme/settings/trail?format=csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert [row[5] for row in rows[1:]] == ["file.csv", "'=cmd()"]


def test_every_kind_of_change_has_a_name() -> None:
    kinds = set()
    for path in Path(gouvernail.web.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("record", "write_down"):
                words = [
                    one.value
                    for one in ast.walk(ast.Module(call.args[2:3], []))
                    if isinstance(one, ast.Constant)
                ]
                kinds |= {word for word in words if isinstance(word, str) and "." in word}

    assert {kind for kind in kinds if not any(named.startswith(kind) for named in WHATS)} == set()


def test_the_trail_cannot_be_altered_by_any_page(owner: Client, workspace: Workspace) -> None:
    record(workspace, None, "plan.changed")

    owner.post("/o/acme/settings/trail", {"what": "x"})

    assert AuditEntry.objects.get().what == "plan.changed"


def test_a_threshold_says_its_usual_value_as_the_reader_writes_it(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    owner.post("/language", {"language": "fr"})

    page = owner.get("/o/acme/settings/rules/AUD01").content.decode()

    assert "D’ordinaire 0,5" in page
    assert "*" not in re.sub(r"<[^>]+>", "", page.split('class="prose"')[1].split("</section>")[0])
