"""A plan goes out and comes back without loss; what cannot be read says why, with its line."""

import io
import zipfile
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, assume, given, settings

from gouvernail.plan.dump import dump_plan
from gouvernail.plan.load import load_text
from gouvernail.plan.model import Plan
from gouvernail.web.plans import importing, store, tasks, uploads
from gouvernail.web.plans.models import PlanUpload
from gouvernail.web.workspaces.models import Workspace
from tests.plan.strategies import plans


def _at(name: str, *args: object) -> str:
    return reverse(name, args=["acme", *args])


def _file(text: str | bytes, name: str = "plan.yaml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def _zip(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"folder/{name}.yaml", text)
    return out.getvalue()


def _brought(client: Client, *files: SimpleUploadedFile) -> PlanUpload:
    answer = client.post(_at("plan-import"), {"files": list(files)})
    assert answer.status_code == 302, answer.content.decode()
    return PlanUpload.objects.latest("pk")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan_=plans())
def test_a_plan_goes_out_and_comes_back(workspace: Workspace, owner: Client, plan_: Plan) -> None:
    # The character of number 0 is dropped on the way in: PostgreSQL cannot keep it.
    assume("\\u0000" not in plan_.model_dump_json())
    store.commit(workspace, None, store.replacement(workspace, plan_).changes)
    text = owner.get(_at("plan-export")).content.decode()
    assert load_text(text).plan == plan_

    store.commit(workspace, None, store.replacement(workspace, Plan()).changes)
    store.commit(workspace, None, store.replacement(workspace, load_text(text).plan).changes)
    assert store.read(workspace) == plan_


def test_what_would_change_is_shown_before_it_is_written(
    workspace: Workspace, plan: Plan, owner: Client
) -> None:
    value = plan.values[0]
    other = plan.model_copy(
        update={"values": (value.model_copy(update={"title": "Renamed"}), *plan.values[1:]), "actions": ()}
    )
    upload = _brought(owner, _file(dump_plan(other)))
    page = owner.get(_at("plan-import-preview", upload.pk)).content.decode()
    assert "Renamed" in page
    assert store.read(workspace) == plan

    owner.post(_at("plan-import-write", upload.pk), {"head": store.head(workspace)})
    assert store.read(workspace) == other
    assert not PlanUpload.objects.exists()


def test_what_the_file_does_not_name_may_stay(workspace: Workspace, plan: Plan, owner: Client) -> None:
    upload = _brought(owner, _file("values: [{id: new-one, title: New}]"))
    owner.post(_at("plan-import-write", upload.pk), {"head": store.head(workspace), "keep": "1"})

    after = store.read(workspace)
    assert {*plan.by_id, "new-one"} == set(after.by_id)


def test_a_zip_of_files_is_one_plan(workspace: Workspace, owner: Client) -> None:
    upload = _brought(
        owner, _file(_zip(a="values: [{id: v}]", b="visions: [{id: w, serves: v}]"), "plan.zip")
    )

    assert set(uploads.bodies_of(upload)) == {("values", "v"), ("visions", "w")}


def test_faults_are_told_with_line_and_what_was_meant(workspace: Workspace, owner: Client) -> None:
    answer = owner.post(
        _at("plan-import"),
        {"files": _file("objectives:\n  - id: o\n    metrc: revenue\n    due: 30.6.2026\n")},
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "plan.yaml:3" in page
    assert "plan.yaml:4" in page
    assert "Did you mean “metric”?" in page
    assert "Did you mean “2026-06-30”?" in page


def test_a_wrong_formula_is_a_fault_as_on_the_command_line(workspace: Workspace, owner: Client) -> None:
    text = "drivers:\n  - id: d\n    metric: revenue\n    formula: won_deals * nothing_known\n"
    page = owner.post(_at("plan-import"), {"files": _file(text)}).content.decode()

    assert "plan.yaml:4" in page


def test_too_much_is_refused(workspace: Workspace, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_BYTES", 2000)
    bomb = _zip(a="#" * 1_000_000)
    assert len(bomb) < 2000
    for file in (_file(bomb, "plan.zip"), _file("#" * 3000)):
        answer = owner.post(_at("plan-import"), {"files": file})
        assert answer.status_code == 422
        assert "too much for a plan" in answer.content.decode()


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"\x00\x01\x02", b""])
def test_what_is_no_plan_is_refused_politely(data: bytes, workspace: Workspace, owner: Client) -> None:
    answer = owner.post(_at("plan-import"), {"files": _file(data, "x.zip")})

    assert answer.status_code in (302, 422)


def test_somebody_elses_upload_is_not_found(
    workspace: Workspace, plan: Plan, owner: Client, join, signed_in
) -> None:
    upload = _brought(owner, _file("values: [{id: v}]"))

    assert signed_in(join("marketing")).get(_at("plan-import-preview", upload.pk)).status_code == 404


def test_a_plan_changed_meanwhile_is_not_overwritten(workspace: Workspace, plan: Plan, owner: Client) -> None:
    upload = _brought(owner, _file("values: [{id: v}]"))
    owner.post(_at("plan-import-write", upload.pk), {"head": store.head(workspace) - 1})

    assert store.read(workspace) == plan


def test_an_empty_file_takes_nothing_out(workspace: Workspace, plan: Plan, owner: Client) -> None:
    for data in ("", "# only a remark\n", "version: 1\n"):
        answer = owner.post(_at("plan-import"), {"files": _file(data)})
        assert answer.status_code == 422
        assert "There is no plan in it" in answer.content.decode()
    assert store.read(workspace) == plan


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Have every plan read and written in the background, by a worker that does not come."""
    ordered: list[tuple[object, ...]] = []

    class Ordered:
        id = "0b7c2f8e-0000-4000-8000-000000000001"

    def order(*given: object) -> Ordered:
        ordered.append(given)
        return Ordered()

    monkeypatch.setattr(uploads, "LARGE", 0)
    monkeypatch.setattr(uploads, "MANY", 0)
    for task in ("read", "write"):
        monkeypatch.setattr(tasks, task, SimpleNamespace(enqueue=order, func=getattr(tasks, task).func))
    return ordered


def test_a_large_plan_is_read_and_written_in_the_background(
    workspace: Workspace, plan: Plan, owner: Client, waiting: list[tuple[object, ...]]
) -> None:
    upload = _brought(owner, _file("values: [{id: v, title: New}]"))
    page = owner.get(_at("plan-import-preview", upload.pk)).content.decode()
    assert "The plan is being read." in page
    assert _at("plan-import-state", upload.pk) in page

    tasks.read.func(*waiting.pop())
    assert owner.get(_at("plan-import-state", upload.pk))["HX-Refresh"] == "true"
    assert "Write it into the plan" in owner.get(_at("plan-import-preview", upload.pk)).content.decode()

    head = store.head(workspace)
    owner.post(_at("plan-import-write", upload.pk), {"head": head})
    assert "all of it or nothing" in owner.get(_at("plan-import-preview", upload.pk)).content.decode()
    assert store.read(workspace) == plan

    order = waiting.pop()
    tasks.write.func(*order)
    tasks.write.func(*order)  # taken up again by the worker after one that was killed
    assert store.head(workspace) == head + 1
    assert set(store.read(workspace).by_id) == {"v"}
    assert owner.get(_at("plan-import-preview", upload.pk)).status_code == 302
    assert not PlanUpload.objects.exists()


def test_what_is_called_off_is_not_written(
    workspace: Workspace, plan: Plan, owner: Client, waiting: list[tuple[object, ...]]
) -> None:
    upload = _brought(owner, _file("values: [{id: v, title: New}]"))
    tasks.read.func(*waiting.pop())
    owner.post(_at("plan-import-write", upload.pk), {"head": store.head(workspace)})
    owner.post(_at("plan-import-cancel", upload.pk))
    tasks.write.func(*waiting.pop())

    assert store.read(workspace) == plan
    assert "Write it into the plan" in owner.get(_at("plan-import-preview", upload.pk)).content.decode()

    other = _brought(owner, _file("values: [{id: v, title: New}]"))
    owner.post(_at("plan-import-cancel", other.pk))
    tasks.read.func(*waiting.pop())
    assert not PlanUpload.objects.filter(pk=other.pk).exists()


def test_a_large_plan_over_one_that_changed_meanwhile_is_not_written(
    workspace: Workspace, plan: Plan, owner: Client, waiting: list[tuple[object, ...]]
) -> None:
    upload = _brought(owner, _file("values: [{id: v, title: New}]"))
    tasks.read.func(*waiting.pop())
    owner.post(_at("plan-import-write", upload.pk), {"head": store.head(workspace)})
    store.commit(workspace, None, [store.Change("values", "other", {"title": "Other"})])
    tasks.write.func(*waiting.pop())

    assert "other" in store.read(workspace).by_id
    page = owner.get(_at("plan-import-preview", upload.pk)).content.decode()
    assert "The plan was changed meanwhile" in page


def test_faults_of_a_large_plan_are_told_too(
    workspace: Workspace, owner: Client, waiting: list[tuple[object, ...]]
) -> None:
    upload = _brought(owner, _file("objectives:\n  - id: o\n    metrc: revenue\n"))
    tasks.read.func(*waiting.pop())
    answer = owner.get(_at("plan-import-preview", upload.pk))

    assert answer.status_code == 422
    assert "plan.yaml:3" in answer.content.decode()
