"""An organisation that has some of everything, and every address of the site by the name of its view.

A page that is new is visited unasked: its address is made of the samples below, and what cannot be made fails the test.
"""

import zlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.api.models import Token
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.models import BearingState
from gouvernail.web.data.models import Upload, UploadState
from gouvernail.web.measure.models import AnswerRecord
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanUpload, Scenario
from gouvernail.web.reports.models import Report, ReportState, ShareLink
from gouvernail.web.rhythm.models import Assignment, Comment, Minutes
from gouvernail.web.workspaces.models import Invitation, Membership, Role, Workspace
from gouvernail.web.workspaces.trail import record

TODAY = date(2026, 6, 15)
MORE: dict[str, dict[str, Any]] = {
    "drivers": {"metric": "drivers-0", "formula": "sales * 2"},
    "responsibilities": {"element": "actions-0"},
    "evaluations": {"objective": "objectives-0", "date": "2026-06-01"},
    "benchmarks": {"metric": "ctr", "value": 0.02, "source": "A study", "year": 2025, "industry": "retail"},
    "decisions": {"date": "2026-05-01", "due": "2026-06-01", "owner": "people-0"},
}
"""What a record of a section must have beside its name."""
LISTED = {
    "objectives",
    "actions",
    "segments",
    "people",
    "teams",
    "meetings",
    "decisions",
    "evaluations",
    "experiments",
}
"""Sections that have pages of their own: of the others, three are enough."""
Views = dict[str, tuple[str, URLPattern]]


def views(within: str = "") -> Views:
    """Return every address below `within`: name of the view → its pattern as text, and itself."""
    return {
        pattern.name or path: (path, pattern)
        for path, pattern in _patterns(get_resolver())
        if path.startswith(within)
    }


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, path)
        else:
            yield path, one


def filled(workspace: Workspace, owner: User, n: int, mark: str = "") -> dict[str, Any]:
    """Put `n` of everything into an organisation; return the number or the id of one of each, by what it is.

    Every name holds `mark`.
    """
    workspace.today = TODAY
    workspace.save()
    changes = store.replacement(workspace, Plan.model_validate(_plan(n, mark))).changes
    store.commit(workspace, owner, changes, note=f"{mark} start")
    own = {"workspace": workspace}
    now = timezone.now()
    for i in range(n):
        person = User.objects.create_user(f"person{i}@{workspace.slug}.example", name=f"{mark} Person {i}")
        made = {
            "member": Membership.objects.create(**own, user=person, role=Role.reader),
            "invitation": Invitation.objects.create(**own, email=f"guest{i}@{workspace.slug}.example"),
            "token": Token.objects.create(
                **own, user=owner, name=f"{mark} {i}", hash=f"{workspace.slug} {i}"
            ),
            "scenario": Scenario.objects.create(**own, name=f"{mark} {i}", base=1, author=owner),
            "plan-import": PlanUpload.objects.create(
                **own, author=owner, name=f"{mark} {i}.yaml", text="version: 1"
            ),
            "upload": Upload.objects.create(
                **own,
                name=f"{mark} {i}.csv",
                author=owner,
                state=UploadState.refused,
            ),
            "report": _report(workspace, owner, f"{mark} report {i}"),
            "comment": Comment.objects.create(**own, element="actions-0", text=f"{mark} {i}", author=owner),
            "minutes": Minutes.objects.create(
                **own, meeting="meetings-0", held=TODAY, notes=f"{mark} {i}", author=owner, closed=now
            ),
            "assignment": Assignment.objects.create(
                **own, finding=f"ACT01:actions-{i}", assignee=owner, author=owner
            ),
        }
        made["answer"] = AnswerRecord.objects.create(
            **own, key=f"{workspace.slug} {i}", kind="credit", period="2026-05", state=BearingState.failed
        )
        made["link"] = ShareLink.objects.create(report=made["report"], author=owner)
        record(workspace, owner, "plan.changed", f"{mark} {i}")
    made["bearing"] = shelf.order(shelf.question(workspace))
    return {name: one.pk for name, one in made.items()}


def addresses(slug: str, of: dict[str, Any], within: str = "o/<slug:slug>/") -> dict[str, str]:
    """Return an address of every view of an organisation that leads to something that is there."""
    return {
        name: reverse(name, kwargs=_arguments(slug, name, path, of))
        for name, (path, _) in views(within).items()
    }


def _arguments(slug: str, name: str, path: str, of: dict[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {"slug": slug}
    if "<path:id>" in path:
        given["id"] = "experiments-0"
    if "<str:section>" in path:
        given["section"] = "actions"
    for argument in ("id", "element", "subject", "code", "part"):
        if f"<str:{argument}>" in path:
            given[argument] = _word(name, argument)
    if "<int:number>" in path:
        given["number"] = 1
    if "<int:link>" in path:
        given["link"] = of["link"]
    if "<int:pk>" in path:
        given["pk"] = of[_kind(name)]
    return given


KINDS = (
    "answer", "bearing", "upload", "scenario", "minutes", "comment", "report", "member", "invitation", "token", "plan-import",
)  # fmt: skip
"""Kinds of objects that have a number; the name of a view begins with the kind that its number is of."""


def _kind(name: str) -> str:
    found = next((kind for kind in KINDS if name.startswith(kind)), None)
    assert found, f"give tests/web/world.py an object for the address called {name}"
    return found


def _word(name: str, argument: str) -> str:
    match argument:
        case "code":
            return "ACT01"
        case "part":
            return "teams"
        case "subject":
            return "coherence"
        case "element":
            return "actions-0"
    begins = name.partition("-")[0]
    found = {"objective": "objectives-0", "meeting": "meetings-0", "decision": "decisions-0", "import": "x",
             "method": "experiments"}  # fmt: skip
    return found.get(begins, "actions-0")


def _report(workspace: Workspace, author: User, title: str) -> Report:
    return Report.objects.create(
        workspace=workspace,
        title=title,
        language="en",
        period="2026-05",
        html=zlib.compress(f"<html lang=en><title>{title}</title>".encode()),
        state=ReportState.ready,
        author=author,
    )


def _plan(n: int, mark: str) -> dict[str, Any]:
    def one(section: str, i: int) -> dict[str, Any]:
        return {"id": f"{section}-{i}", "title": f"{mark} {section} {i}", **MORE.get(section, {})}

    sections = {
        section: [one(section, i) for i in range(n if section in LISTED else min(n, 3))]
        for section in SECTIONS
    }
    return {"organisation": {"name": f"{mark} Acme", "currency": "CHF"}, **sections}
