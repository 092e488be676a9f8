"""What no database can keep is dropped before it is written."""

from gouvernail.web.plans import store
from gouvernail.web.plans.store import Change
from gouvernail.web.workspaces.models import Workspace


def test_the_character_of_number_0_is_dropped(workspace: Workspace) -> None:
    body = {"title": "Qua\0lity", "tags": ["a\0b"]}
    store.commit(workspace, None, [Change("values", "quality", body)])
    (value,) = store.read(workspace).values
    assert (value.title, value.tags) == ("Quality", ("ab",))
    assert store.commit(workspace, None, [Change("values", "quality", body)]) is None
