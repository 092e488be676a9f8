"""What pages cost: few queries, however much there is."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gouvernail.plan.model import Plan
from gouvernail.web.plans import store
from gouvernail.web.plans.store import Change
from gouvernail.web.workspaces.models import Workspace

MOST = 15


def _many(workspace: Workspace, n: int) -> None:
    changes = [Change("values", f"v{i}", {"title": f"Value {i}"}) for i in range(n)]
    store.commit(workspace, None, changes, note="many")
    for i in range(min(n, 40)):
        store.commit(workspace, None, [Change("values", "v0", {"title": f"Again {i}"})])


@pytest.mark.parametrize("n", [1, 3, 300])
def test_pages_cost_the_same_for_any_number(n: int, workspace: Workspace, plan: Plan, owner: Client) -> None:
    _many(workspace, n)
    head = store.head(workspace)
    addresses = [
        reverse("plan", args=["acme"]),
        reverse("plan-section", args=["acme", "values"]),
        reverse("element", args=["acme", "values", "v0"]),
        reverse("element-edit", args=["acme", "values", "v0"]),
        reverse("element-new", args=["acme", "actions"]),
        reverse("element-delete", args=["acme", "values", "v0"]),
        reverse("plan-history", args=["acme"]),
        reverse("plan-revision", args=["acme", head]),
        reverse("plan-revision", args=["acme", 2]),
        reverse("plan-compare", args=["acme"]) + f"?a=1&b={head}",
        reverse("scenarios", args=["acme"]),
        reverse("plan-import", args=["acme"]),
        reverse("audit", args=["acme"]),
    ]
    for address in addresses:
        owner.get(address)  # what is taken once is kept
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = owner.get(address)
        assert answer.status_code == 200, address
        assert len(asked) <= MOST, (address, [one["sql"][:90] for one in asked])
