"""What the bench measures: the demo company in a site of its own, a large plan beside it, fifty people signed in.

python -m benchmarks.web.material FOLDER ELEMENTS      builds it, and prints what the bench must know
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any

PEOPLE = 50
LARGE = "large"


def build(folder: Path, elements: int) -> dict[str, Any]:
    """Build the site in `folder / "home"`; return slug, cookies, pages and the times that it took."""
    os.environ["GOUVERNAIL_HOME"] = str(folder / "home")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.web.site_settings"
    from gouvernail.web.serving import prepare

    (folder / "home").mkdir(parents=True, exist_ok=True)
    prepare.set_up()
    prepare.migrate()
    prepare.collect_static()
    slug = _demo(folder)
    seconds = _large(elements)
    return {"slug": slug, "cookies": _people(slug), "pages": _pages(slug), **seconds}


def _demo(folder: Path) -> str:
    from gouvernail.cli.demo import build as build_demo
    from gouvernail.cli.demo import import_exports
    from gouvernail.simulate.catalogue import COMPANIES
    from gouvernail.web.data.covering import survey
    from gouvernail.web.serving import demo
    from gouvernail.web.workspaces.models import Workspace

    company = COMPANIES["antoine"]
    space = build_demo(company, folder / "demo")
    import_exports(space, "en")
    material = demo.Material(company.id, company.language, company.today, company.revisions, space.lake_path)
    slug = demo.load(material).slug
    # The worker does so after an import; without it the calendar would be measured while it waits.
    survey(Workspace.objects.get(slug=slug))
    return slug


def _large(elements: int) -> dict[str, float]:
    """Write a large plan and take its bearing; return how long each took."""
    from datetime import date

    from benchmarks.plan_check import plan_text
    from gouvernail.plan.load import load_text
    from gouvernail.web.bearings import shelf
    from gouvernail.web.bearings.tasks import work_out
    from gouvernail.web.plans import store
    from gouvernail.web.workspaces.models import Workspace

    workspace = Workspace.objects.create(slug=LARGE, name="Large", today=date(2026, 10, 1))
    plan = load_text(plan_text(elements)).plan
    start = time.perf_counter()
    store.commit(workspace, None, store.replacement(workspace, plan).changes, note="large")
    written = time.perf_counter() - start
    asked = shelf.question(workspace)
    work_out(shelf.order(asked).pk, str(asked.period), asked.revision)
    return {"writing": written, "taking": time.perf_counter() - start - written}


def _people(slug: str) -> list[str]:
    """Sign fifty people in; return their session cookies."""
    from django.conf import settings
    from django.test import Client

    from gouvernail.web.accounts.models import User
    from gouvernail.web.workspaces.models import Membership, Role, Workspace

    cookies = []
    for number in range(PEOPLE):
        user = User.objects.create_user(
            f"person{number}@bench.example", name=f"Person {number}", language="fr"
        )
        for workspace in Workspace.objects.filter(slug__in=(slug, LARGE)):
            Membership.objects.create(workspace=workspace, user=user, role=Role.owner)
        client = Client()
        client.force_login(user)
        cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return cookies


def _pages(slug: str) -> list[list[str]]:
    from django.test import Client

    from benchmarks.web.addresses import pages
    from gouvernail.web.accounts.models import User

    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(User.objects.get(email="person0@bench.example"))
    return [[one.name, one.path] for one in pages(client, slug, samples(slug))]


def samples(slug: str) -> dict[str, str]:
    """Return what stands for the parts of addresses in the demo company."""
    from gouvernail.web.bearings import shelf
    from gouvernail.web.plans import store
    from gouvernail.web.workspaces.models import Workspace

    workspace = Workspace.objects.get(slug=slug)
    plan, lake = store.read(workspace), shelf.lake(workspace)
    imports = lake.imports() if lake else ()
    return {
        "section": "objectives",
        "id": plan.objectives[0].id,
        "action.id": plan.actions[0].id,
        "import.id": imports[0].id if imports else "",
        "element": f"objectives-{plan.objectives[0].id}",
        "number": "2",
        "part": "people",
        "code": "AUD01",
        "subject": "coherence",
    }


if __name__ == "__main__":
    print(json.dumps(build(Path(sys.argv[1]), int(sys.argv[2]))))
