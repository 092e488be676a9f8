"""Organisations for the journeys, one for each kind of reader: `python -m tests.web.journeys.seed [--empty]`.

Prints, for each reader, the organisation and the session cookies of its owner and of a colleague.
"""

import json
import sys

READERS = ((375, "fr"), (1440, "en"))


def seed() -> dict[str, dict[str, str]]:
    """Make the organisations; each has the demo's two plan revisions, and no facts."""
    from gouvernail.plan.load import load_text
    from gouvernail.simulate.catalogue import COMPANIES
    from gouvernail.web.plans import store
    from gouvernail.web.workspaces.models import Workspace

    company, made = COMPANIES["antoine"], {}
    for width, language in READERS:
        slug = f"reader-{width}-{language}"
        workspace = Workspace.objects.create(
            slug=slug, name="Lémantech SA", language=language, today=company.today
        )
        for text in company.revisions:
            changes = store.replacement(workspace, load_text(text).plan).changes
            store.commit(workspace, None, changes, note="start")
        made[slug] = {who: _join(workspace, who, language) for who in ("owner", "management")}
    return made


def _join(workspace: "object", role: str, language: str) -> str:
    """Give somebody a role; return their session cookie."""
    from django.conf import settings
    from django.test import Client

    from gouvernail.web.accounts.models import User
    from gouvernail.web.workspaces.models import Membership

    person = "antoine" if role == "owner" else "celine"
    user = User.objects.create_user(
        f"{role}@{workspace.slug}.example", "brouette lilas canal", name=person.title(), language=language
    )
    Membership.objects.create(workspace=workspace, user=user, role=role, person=person)
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    from gouvernail.web.serving import prepare

    prepare.set_up()
    prepare.migrate()
    print(json.dumps({} if "--empty" in sys.argv else seed()))
