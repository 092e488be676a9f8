"""Reports: made of what is in view, kept as made, made again the same, shared and taken back."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.reports.models import Report, ShareLink
from gouvernail.web.workspaces.models import AuditEntry, Role, Workspace
from tests.web.conftest import Join, SignedIn


@pytest.fixture
def report(owner: Client, plan: Plan) -> Report:
    """A report of the plan, in French."""
    owner.post("/o/acme/reports/make", {"title": "Septembre", "language": "fr"})
    return Report.objects.get()


@pytest.fixture
def link(owner: Client, report: Report) -> ShareLink:
    """A link to the report."""
    owner.post(f"/o/acme/reports/{report.pk}/share", {"days": "7"})
    return ShareLink.objects.get()


def test_a_report_tells_what_it_was_made_from(owner: Client, report: Report) -> None:
    assert report.state == "ready"
    assert report.made_from["revision"] == 1
    assert {"plan", "data", "code", "today", "made_at"} <= set(report.made_from)
    page = owner.get(f"/o/acme/reports/{report.pk}").content.decode()
    assert "Septembre" in page
    assert report.made_from["code"] in page


def test_it_opens_as_one_file_that_runs_nothing(owner: Client, report: Report) -> None:
    answer = owner.get(f"/o/acme/reports/{report.pk}/page")

    assert '<html lang="fr"' in answer.content.decode()
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    assert "noindex" in answer.headers["X-Robots-Tag"]
    kept = owner.get(f"/o/acme/reports/{report.pk}/download")
    assert kept.content == answer.content
    assert kept.headers["Content-Disposition"].startswith('attachment; filename="septembre-')


def test_it_stays_as_it_was_made_and_made_again_it_is_the_same(
    owner: Client, report: Report, workspace: Workspace, plan: Plan
) -> None:
    before = owner.get(f"/o/acme/reports/{report.pk}/page").content
    changed = plan.model_copy(
        update={"organisation": plan.organisation.model_copy(update={"name": "Quite another name"})}
    )
    store.commit(workspace, None, store.replacement(workspace, changed).changes, note="later")
    owner.post(f"/o/acme/reports/{report.pk}/again")
    report.refresh_from_db()

    assert store.head(workspace) == 2
    assert report.checked["state"] == "same"
    assert owner.get(f"/o/acme/reports/{report.pk}/page").content == before
    assert "number for number the same" in owner.get(f"/o/acme/reports/{report.pk}").content.decode()


def test_a_link_opens_the_report_without_account_and_nothing_else(link: ShareLink, owner: Client) -> None:
    visitor = Client()
    answer = visitor.get(f"/shared/{link.token}/")

    assert answer.status_code == 200
    assert answer.content == owner.get(f"/o/acme/reports/{link.report_id}/page").content
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert not visitor.cookies
    link.refresh_from_db()
    assert link.opened == 1
    assert len(link.token) >= 43


@pytest.mark.parametrize("end", ["revoked", "expired", "deleted", "never made"])
def test_a_link_that_works_no_more_is_no_more_there_than_one_that_never_was(
    link: ShareLink, owner: Client, end: str
) -> None:
    token = link.token
    if end == "revoked":
        owner.post(f"/o/acme/reports/{link.report_id}/links/{link.pk}/revoke")
    elif end == "expired":
        ShareLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    elif end == "deleted":
        owner.post(f"/o/acme/reports/{link.report_id}/delete")
    else:
        token = "x" * 43

    gone, never = Client().get(f"/shared/{token}/"), Client().get(f"/shared/{'y' * 43}/")
    assert gone.status_code == never.status_code == 404
    assert _plain(gone, token) == _plain(never, "y" * 43)
    assert gone.headers == never.headers
    assert b"Acme" not in gone.content


def _plain(answer: HttpResponse, token: str) -> str:
    """A page without the address that was asked for, nor the token of its forms."""
    return re.sub(r'(value=|X-CSRFToken": )"\w+"', "", answer.content.decode()).replace(token, "")


def test_who_asks_too_often_is_asked_to_wait(link: ShareLink) -> None:
    visitor = Client()
    answers = [visitor.get(f"/shared/{'z' * 43}/").status_code for _ in range(61)]

    assert answers[:60] == [404] * 60
    assert answers[60] == 429
    assert visitor.get("/shared/z/").content == b"Too many tries. Wait a minute."
    assert Client(REMOTE_ADDR="10.9.8.7").get(f"/shared/{link.token}/").status_code == 200


def test_partners_see_what_is_shared_with_partners_and_nothing_else(
    report: Report, owner: Client, join: Join, signed_in: SignedIn
) -> None:
    partner = signed_in(join(Role.partner))
    assert partner.get("/o/acme/").headers["Location"] == "/o/acme/reports/"
    assert b"Septembre" not in partner.get("/o/acme/reports/").content
    assert partner.get(f"/o/acme/reports/{report.pk}/page").status_code == 404

    owner.post(f"/o/acme/reports/{report.pk}/change", {"title": "Septembre", "for_partners": "1"})
    listed = partner.get("/o/acme/reports/").content.decode()
    assert "Septembre" in listed
    assert "/o/acme/data/" not in listed
    assert partner.get(f"/o/acme/reports/{report.pk}/page").status_code == 200
    assert partner.get(f"/o/acme/reports/{report.pk}/download").status_code == 200
    assert partner.get(f"/o/acme/reports/{report.pk}").status_code == 403
    assert partner.post(f"/o/acme/reports/{report.pk}/share").status_code == 403
    assert partner.post("/o/acme/reports/make").status_code == 403
    assert partner.get("/o/acme/data/").status_code == 403


def test_a_reader_reads_reports_and_shares_none(
    report: Report, link: ShareLink, join: Join, signed_in: SignedIn
) -> None:
    reader = signed_in(join(Role.reader))

    page = reader.get(f"/o/acme/reports/{report.pk}").content.decode()
    assert "Septembre" in page
    assert link.token not in page
    for path in ("share", "change", "delete", "again", f"links/{link.pk}/revoke"):
        assert reader.post(f"/o/acme/reports/{report.pk}/{path}").status_code == 403


def test_a_report_of_another_organisation_is_not_there(
    report: Report, link: ShareLink, join: Join, signed_in: SignedIn
) -> None:
    rival = Workspace.objects.create(slug="rival", name="Rival")
    client = signed_in(join(Role.owner, "boss@rival.example", rival))

    for path in ("", "/page", "/download", "/state"):
        assert client.get(f"/o/rival/reports/{report.pk}{path}").status_code == 404
    for path in ("/share", "/delete", "/change", "/again", f"/links/{link.pk}/revoke"):
        assert client.post(f"/o/rival/reports/{report.pk}{path}").status_code == 404


def test_every_change_stands_in_the_trail(owner: Client, link: ShareLink) -> None:
    owner.post(f"/o/acme/reports/{link.report_id}/links/{link.pk}/revoke")
    owner.post(f"/o/acme/reports/{link.report_id}/delete")

    told = list(AuditEntry.objects.filter(what__startswith="report").values_list("what", flat=True))
    assert told == ["report.deleted", "report.link_revoked", "report.shared", "report.made"]
    assert link.token not in str(list(AuditEntry.objects.values_list("details", flat=True)))


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_asks_the_database_the_same_whatever_there_is(
    owner: Client, plan: Plan, workspace: Workspace, django_assert_max_num_queries, count: int
) -> None:
    Report.objects.bulk_create(
        [
            Report(workspace=workspace, title=f"R{n}", language="en", period="2026-09", state="ready")
            for n in range(count)
        ]
    )
    owner.get("/o/acme/reports/")

    with django_assert_max_num_queries(15):
        owner.get("/o/acme/reports/")
