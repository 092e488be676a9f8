"""Whoever writes, by whatever way, every page kept before is known to be old."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from gouvernail.web.accounts.models import User
from gouvernail.web.kept import changes
from gouvernail.web.kept.models import Change
from gouvernail.web.rhythm.models import Comment
from gouvernail.web.workspaces.models import AuditEntry, Membership, Workspace
from gouvernail.web.workspaces.trail import record
from tests.web.conftest import Join


def mark_of(workspace: Workspace) -> str:
    """Return the mark that a page of the organisation is kept under."""
    found = Membership.objects.filter(workspace=workspace).annotate(mark=changes.mark())
    return str(found.values_list("mark", flat=True)[0])


@pytest.fixture
def other(join: Join) -> Workspace:
    """A second organisation, with somebody in it."""
    made = Workspace.objects.create(slug="other", name="Other")
    join(email="else@where.example", workspace_=made)
    return made


def _raw(statement: str) -> Callable[[Workspace], None]:
    def run(workspace: Workspace) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [workspace.pk])

    return run


_NAMED = "SELECT id FROM workspaces_auditentry WHERE workspace_id = %s"
WRITERS: dict[str, Callable[[Workspace], object]] = {
    "create": lambda one: Comment.objects.create(workspace=one, element="objectives/x", text="Hm"),
    "save": lambda one: AuditEntry.objects.get(workspace=one).save(),
    "delete": lambda one: AuditEntry.objects.get(workspace=one).delete(),
    "record": lambda one: record(one, None, "element.changed"),
    "bulk create": lambda one: AuditEntry.objects.bulk_create([AuditEntry(workspace=one, what="x")]),
    "bulk update": lambda one: AuditEntry.objects.bulk_update(AuditEntry.objects.all(), ["what"]),
    "update": lambda one: AuditEntry.objects.filter(workspace=one).update(what="y"),
    "update by expression": lambda one: AuditEntry.objects.filter(workspace=one).update(what=F("subject")),
    "delete of many": lambda one: AuditEntry.objects.filter(workspace=one).delete(),
    "get or create": lambda one: AuditEntry.objects.get_or_create(workspace=one, what="z"),
    "raw": _raw("update workspaces_auditentry set what = 'raw' where workspace_id = %s"),
    "raw, below a name": _raw(
        f"WITH mine AS ({_NAMED}) DELETE FROM workspaces_auditentry WHERE id IN (SELECT id FROM mine)"
    ),
    "the organisation": lambda one: Workspace.objects.filter(pk=one.pk).update(name="New"),
    "a member": lambda one: Membership.objects.filter(workspace=one).update(person="ada"),
    "a person": lambda one: User.objects.update(name="Ada"),
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_a_write_changes_the_mark(
    writer: Callable[[Workspace], object], workspace: Workspace, join: Join
) -> None:
    join()
    record(workspace, None, "first")
    before = mark_of(workspace)

    writer(workspace)

    assert mark_of(workspace) != before


def test_reading_changes_nothing(workspace: Workspace, join: Join) -> None:
    join()
    before = mark_of(workspace)

    list(User.objects.select_for_update())
    AuditEntry.objects.filter(workspace=workspace, what="never").update(what="nothing found")
    AuditEntry.objects.filter(workspace=workspace, what="never").delete()

    assert mark_of(workspace) == before


def test_a_session_shows_on_no_page(workspace: Workspace, join: Join) -> None:
    from django.contrib.sessions.backends.db import SessionStore

    join()
    before = mark_of(workspace)

    SessionStore().create()

    assert mark_of(workspace) == before


def test_what_is_written_within_an_organisation_leaves_the_others_alone(
    workspace: Workspace, other: Workspace, join: Join
) -> None:
    join()
    before, elsewhere = mark_of(workspace), mark_of(other)

    with changes.within(workspace.pk):
        record(workspace, None, "element.changed")

    assert (mark_of(workspace) != before, mark_of(other)) == (True, elsewhere)


def test_what_shows_in_every_organisation_is_told_to_all_of_them(
    workspace: Workspace, other: Workspace, join: Join
) -> None:
    user = join()
    for write in (
        lambda: User.objects.filter(pk=user.pk).update(name="Ada"),
        lambda: Membership.objects.filter(workspace=workspace).update(person="ada"),
        lambda: Workspace.objects.filter(pk=workspace.pk).update(name="New"),
    ):
        elsewhere = mark_of(other)
        with changes.within(workspace.pk):
            write()
        assert mark_of(other) != elsewhere


def test_what_was_rolled_back_leaves_the_mark(workspace: Workspace, join: Join) -> None:
    join()
    before = mark_of(workspace)

    with transaction.atomic():
        record(workspace, None, "element.changed")
        transaction.set_rollback(True)

    assert mark_of(workspace) == before


def test_a_row_that_comes_late_changes_the_mark(workspace: Workspace, join: Join) -> None:
    """Transactions end in another order than they took their numbers."""
    join()
    Change.objects.create(pk=10_002, workspace=workspace.pk)
    before = mark_of(workspace)

    Change.objects.create(pk=10_001, workspace=workspace.pk)

    assert mark_of(workspace) != before


def test_the_oldest_rows_are_taken_away_and_the_mark_never_comes_back(
    workspace: Workspace, join: Join
) -> None:
    join()
    record(workspace, None, "first")
    marks = [mark_of(workspace)]
    Change.objects.update(made=timezone.now() - 2 * changes.FOR_LONG)
    record(workspace, None, "second")
    marks.append(mark_of(workspace))

    assert changes.prune() > 0
    marks.append(mark_of(workspace))
    assert (changes.prune(), Change.objects.count()) == (0, 1)
    record(workspace, None, "third")
    marks.append(mark_of(workspace))

    assert len(set(marks)) == 4


def test_whoever_wraps_the_connection_for_a_while_does_not_take_the_ear_off(
    workspace: Workspace, join: Join
) -> None:
    join()
    before = mark_of(workspace)
    connection.execute_wrappers.clear()
    with connection.execute_wrapper(lambda execute, *given: execute(*given)):
        changes.listen(connection)
    changes.listen(connection)

    record(workspace, None, "element.changed")

    assert len(connection.execute_wrappers) == 1
    assert mark_of(workspace) != before
