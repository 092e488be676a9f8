"""Organisations for the journeys, one for each kind of reader: `python -m tests.web.journeys.seed [--empty]`.

Prints, for each reader, the organisation: the session cookies of its people, and the day on which it stands.
"""

import json
import sys
from typing import Any

READERS = ((375, "fr"), (375, "en"), (1440, "fr"), (1440, "en"))
"""A telephone and a desk, in French and in English."""
PASSWORD = "brouette lilas canal"
PEOPLE = {"owner": "antoine", "management": "celine", "reader": ""}
"""Role of each member, and who they are in the plan."""


def seed() -> dict[str, dict[str, str]]:
    """Make the organisations; each has the demo's two plan revisions, and no facts."""
    from gouvernail.plan.load import load_text
    from gouvernail.simulate.catalogue import COMPANIES
    from gouvernail.web.plans import store
    from gouvernail.web.workspaces.models import Workspace

    company, made = COMPANIES["antoine"], {}
    plans = [load_text(text).plan for text in company.revisions]
    for width, language in READERS:
        slug = f"reader-{width}-{language}"
        workspace = Workspace.objects.create(
            slug=slug, name="Lémantech SA", language=language, today=company.today
        )
        for plan in plans:
            store.commit(workspace, None, store.replacement(workspace, plan).changes, note="start")
        made[slug] = {role: _join(workspace, role, language) for role in PEOPLE}
        made[slug]["today"] = company.today.isoformat()
    return made


def _join(workspace: Any, role: str, language: str) -> str:
    """Give somebody a role; return their session cookie."""
    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.test import Client

    from gouvernail.web.accounts.models import User
    from gouvernail.web.workspaces.models import Membership

    person = PEOPLE[role]
    user = User.objects.create_user(
        f"{role}@{workspace.slug}.example", PASSWORD, name=(person or role).title(), language=language
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    Membership.objects.create(workspace=workspace, user=user, role=role, person=person)
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    from gouvernail.web.serving import prepare

    prepare.set_up()
    prepare.migrate()
    print(json.dumps({} if "--empty" in sys.argv else seed()))
