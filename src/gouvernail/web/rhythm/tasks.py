"""Letters written in the background: to who is called in a comment, is given a finding, or is to see to a decision."""

from __future__ import annotations

from django_tasks import task

from gouvernail.base.text import T, verbatim
from gouvernail.plan.model import Decision, Plan
from gouvernail.web.background.order import SOON
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.rhythm.findings import title_of
from gouvernail.web.rhythm.links import element_link, finding_link, link, name_of
from gouvernail.web.rhythm.mails import Letter, readers, send
from gouvernail.web.rhythm.models import Assignment, Comment
from gouvernail.web.rhythm.owed import Me

LONGEST = 600
"""Letters of a comment that a mail repeats."""


@task(priority=SOON)
def called(comment: int, home: str) -> None:
    """Write to the people whom a comment calls."""
    made = Comment.objects.select_related("workspace", "author").filter(pk=comment).first()
    if made is None:
        return
    workspace, slug = made.workspace, made.workspace.slug
    plan = store.read(workspace)
    text = made.text if len(made.text) <= LONGEST else f"{made.text[:LONGEST]}…"
    letter = Letter(
        T("{who} calls you in {organisation}", who=str(made.author), organisation=workspace.name),
        (
            T(
                "{who} calls you in a comment on “{element}”:",
                who=str(made.author),
                element=name_of(plan, made.element),
            ),
            verbatim(text),
        ),
        finding_link(slug, made.finding)
        if made.finding
        else element_link(slug, plan, made.element) or link("comments", slug, made.element),
    )
    wanted = set(made.mentions.values_list("pk", flat=True))
    people = [one for one in readers(workspace, made.author) if one.user.pk in wanted]
    send(workspace, made.author, people, letter, home)


@task(priority=SOON)
def given(assignment: int, to: int, home: str) -> None:
    """Write to somebody who was given a finding, if it is still theirs."""
    made = (
        Assignment.objects.select_related("workspace", "author")
        .filter(pk=assignment, assignee=to, done=None)
        .first()
    )
    if made is None:
        return
    workspace = made.workspace
    code, element = [*made.finding.split(":"), ""][:2]
    words = {
        "who": str(made.author),
        "rule": title_of(code),
        "element": name_of(store.read(workspace), element),
    }
    letter = Letter(
        T("A finding for you in {organisation}", organisation=workspace.name),
        (
            T("{who} gave you a finding to put right, on “{element}”: {rule}", **words),
            *((T("It should be put right by {day}.", day=made.due),) if made.due else ()),
        ),
        finding_link(workspace.slug, made.finding),
    )
    people = [one for one in readers(workspace, made.author) if one.user.pk == to]
    send(workspace, made.author, people, letter, home)


@task(priority=SOON)
def decided(revision: int, home: str) -> None:
    """Write to the people whose decisions a revision of the plan made theirs."""
    made = PlanRevision.objects.select_related("workspace", "author").filter(pk=revision).first()
    if made is None:
        return
    workspace = made.workspace
    plan, before = (store.read(workspace, number=number) for number in (made.number, made.number - 1))
    fresh = [one for one in plan.decisions if not one.done and one.owner and _owner(before, one) != one.owner]
    for reader in readers(workspace, made.author):
        me = Me.of(plan, reader.person, reader.user.email)
        mine = [one for one in fresh if me.owns(one)]
        if mine:
            send(workspace, made.author, [reader], _letter(made, mine), home)


def _letter(made: PlanRevision, mine: list[Decision]) -> Letter:
    lines = [
        T("“{decision}”, by {day}", decision=one.name, day=one.due)
        if one.due
        else T("“{decision}”", decision=one.name)
        for one in mine[:20]
    ]
    return Letter(
        T("A decision for you in {organisation}", organisation=made.workspace.name),
        (T("{who} wrote down what you are to see to:", who=str(made.author)), *lines),
        link("rhythm", made.workspace.slug),
    )


def _owner(plan: Plan, decision: Decision) -> str | None:
    found = plan.get(decision.id)
    return found.owner if found else None
