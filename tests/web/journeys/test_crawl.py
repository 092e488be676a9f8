"""No link that the site offers leads nowhere, whoever follows it; and French pages speak French."""

import pytest
from django.test import Client

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.cockpit.conftest import company, demo  # noqa: F401  # fixtures
from tests.web.conftest import Join, SignedIn
from tests.web.journeys.crawl import english, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[Role.owner, Role.sales, Role.reader, Role.partner], ids=str)
def visitor(request: pytest.FixtureRequest, join: Join, signed_in: SignedIn) -> Client:
    """Somebody in a role, who reads French."""
    person = join(request.param)
    User.objects.filter(pk=person.pk).update(language="fr", name="Zoé", email="zoe@acme.example")
    return signed_in(person)


def test_an_empty_organisation_has_no_dead_link_and_speaks_french(
    visitor: Client, workspace: Workspace
) -> None:
    seen = walk(visitor, "/o/acme/", each=1, within="/o/")
    assert seen.dead == []
    assert [f"{address}: {said}" for address, page in seen.pages.items() for said in english(page)] == []


@pytest.mark.slow
def test_a_small_plan_has_no_dead_link(visitor: Client, plan: Plan) -> None:
    assert walk(visitor, "/o/acme/", each=1).dead == []


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.owner, Role.reader, Role.partner])
def test_the_demo_has_no_dead_link(
    role: Role,
    company: Workspace,  # noqa: F811
    join: Join,
    signed_in: SignedIn,
) -> None:
    person = join(role)
    User.objects.filter(pk=person.pk).update(language="fr", name="Zoé", email="zoe@acme.example")
    # Its plan quotes German messages and its rules name English words: its French is told by the empty organisation.
    assert walk(signed_in(person), "/o/acme/", each=3).dead == []
