"""A demonstration for somebody: a made-up company of their own, with real exports read by the real importers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from gouvernail.base.text import T, Text
from gouvernail.plan.load import load_text
from gouvernail.plan.model import Plan
from gouvernail.simulate.catalogue import COMPANIES, Company
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.workspaces.making import free_slug
from gouvernail.web.workspaces.models import (
    Demonstration,
    DemonstrationState,
    Membership,
    Role,
    Workspace,
)
from gouvernail.web.workspaces.trail import record

Tell = Callable[[float], None]
FILES, FIGURES = 0.15, 0.7
"""How far the loading is when the files are written, and when they are read."""


def order(user: User, company: Company) -> Workspace:
    """Return a new organisation that `user` owns, and have the company loaded into it in the background."""
    plan = load_text(company.revisions[-1]).plan
    name = plan.organisation.name
    with transaction.atomic():
        workspace = Workspace.objects.create(
            slug=free_slug(f"{name} demo"),
            name=name,
            language=company.language,
            time_zone=plan.organisation.time_zone,
            demo=True,
            today=company.today,
        )
        Membership.objects.create(workspace=workspace, user=user, role=Role.owner, person=_person(plan))
        made = Demonstration.objects.create(workspace=workspace, company=company.id)
        record(workspace, user, "organisation.made", name)
    enqueue(made)
    return workspace


def enqueue(made: Demonstration) -> None:
    """Have a demonstration loaded, from its beginning."""
    from gouvernail.web.workspaces.tasks import load_demonstration

    Demonstration.objects.filter(pk=made.pk).update(state=DemonstrationState.loading, progress=0)
    task = load_demonstration.enqueue(made.pk)
    Demonstration.objects.filter(pk=made.pk).update(task=str(task.id))


def load(made: Demonstration, tell: Tell) -> None:
    """Load the company. Broken off at any instant and begun again, it ends as if it had run once."""
    from gouvernail.web.serving import demo

    workspace, company = made.workspace, COMPANIES[made.company]
    with transaction.atomic():
        if not store.head(workspace):
            plans = [load_text(text).plan for text in company.revisions]
            demo.write_history(workspace, plans, (None, None), company)
    _facts(workspace, company, tell)
    demo.take_figures(workspace)


def _facts(workspace: Workspace, company: Company, tell: Tell) -> None:
    from gouvernail.simulate.company import write
    from gouvernail.sources.importing import run
    from gouvernail.web.data.reading import context_of, lake_of

    with tempfile.TemporaryDirectory(prefix="gouvernail-demo-") as folder:
        write(company.id, Path(folder))
        tell(FILES)
        shutil.rmtree(workspace.lake_path, ignore_errors=True)
        lake = lake_of(workspace)
        context = context_of(workspace, lake.secret)
        files = sorted(one for one in Path(folder).rglob("*") if one.is_file() and one.name != "truth.json")
        for read, file in enumerate(files, start=1):
            run(file, lake, context)
            tell(FILES + (FIGURES - FILES) * read / len(files))


def _person(plan: Plan) -> str:
    """Whom of the plan its owner stands for: the first, who answers for the whole."""
    return plan.people[0].id if plan.people else ""


def stage(progress: float) -> Text:
    """Return in words what the loading is at."""
    if progress < FILES:
        return T("The company’s plan and its exports are being written…")
    if progress < FIGURES:
        return T("Its exports are being read, as yours would be…")
    return T("Its figures are being worked out…")


def is_loading(workspace: Workspace) -> bool:
    """Whether the organisation is a demonstration that is not there yet."""
    return (
        workspace.demo
        and Demonstration.objects.filter(workspace=workspace).exclude(state=DemonstrationState.ready).exists()
    )
