"""No page asks the database more often because there is more to show; and no change of the tables lacks its migration."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn
from tests.web.world import addresses, filled

MOST = 15
"""Questions that a page may ask the database."""
COUNTS = (1, 3, 300)
pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_every_page_asks_as_often_for_1_3_and_300_of_everything(
    workspace: Workspace, join: Join, signed_in: SignedIn, nothing_kept: None
) -> None:
    asked: dict[str, list[int]] = {}
    for n in COUNTS:
        slug = f"has-{n}"
        other = Workspace.objects.create(slug=slug, name=f"Has {n}")
        owner = join(Role.owner, f"owner@{slug}.example", other)
        client, there = signed_in(owner), addresses(slug, filled(other, owner, n, slug))
        for name, address in there.items():
            found = _questions(client, address)
            # Here work that a page orders is done at once, and asks too: ask again once it is done.
            asked.setdefault(name, []).append(found if found <= MOST else _questions(client, address))
    many = {name: counts for name, counts in asked.items() if max(counts) > MOST}
    growing = {name: counts for name, counts in asked.items() if counts[2] > counts[1]}
    assert (many, growing) == ({}, {})


def test_no_change_of_the_tables_lacks_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def _questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return len(counted)
