"""The demo company in the site: its plan with its history, its facts, its people, and its figures ready to read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from gouvernail.base.text import T, Text
from gouvernail.plan.load import load_text
from gouvernail.plan.model import Person, Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.plans import store
from gouvernail.web.plans.models import PlanRevision
from gouvernail.web.workspaces.models import AuditEntry, Membership, Role, Workspace

PASSWORD = "follow-the-rudder"  # noqa: S105  # shown to everybody: the demo is for looking at
_LABELS = (T("As it was found"), T("Marketing and sales pull together"))
_NOTES = (
    T("The plan as it was found: marketing courts the young, sales call buyers of fifty."),
    T("Put right after the review: every amount serves an objective and reaches those who buy."),
)


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to the demo."""

    email: str
    name: str
    role: str


@dataclass(frozen=True)
class Demo:
    """What was loaded."""

    slug: str
    name: str
    accounts: tuple[Account, ...]


class Revisions(Protocol):
    """What the history of a demo plan is dated and told by."""

    @property
    def language(self) -> str: ...
    @property
    def today(self) -> date: ...


@dataclass(frozen=True)
class Material:
    """What a demo company is made of: its plans as text, oldest first, its lake, its language and its day."""

    id: str
    language: str
    today: date
    plans: tuple[str, ...]
    lake: Path


def load(made_of: Material) -> Demo:
    """Put the company into the site; one loaded before is replaced, with everything in it."""
    plans = [load_text(text).plan for text in made_of.plans]
    with transaction.atomic():
        slug = _room(made_of.id)
        workspace = _workspace(slug, made_of, plans[-1])
        people = list(_people(workspace, plans[-1], made_of.language))
        users = [user for user, _ in people]
        write_history(workspace, plans, (users[min(1, len(users) - 1)], users[0]), made_of)
    _facts(workspace, made_of.lake)
    take_figures(workspace)
    return Demo(workspace.slug, workspace.name, tuple(account for _, account in people))


def _room(slug: str) -> str:
    """Make room at an address: an earlier demo goes, a real organisation stays and the demo stands beside it."""
    while Workspace.objects.filter(slug=slug, demo=False).exists():
        slug += "-demo"
    for old in Workspace.objects.filter(slug=slug):
        shutil.rmtree(old.folder, ignore_errors=True)
        old.delete()
    return slug


def _workspace(slug: str, made_of: Material, plan: Plan) -> Workspace:
    return Workspace.objects.create(
        slug=slug,
        name=plan.organisation.name,
        language=made_of.language,
        time_zone=plan.organisation.time_zone,
        demo=True,
        today=made_of.today,
    )


def _people(workspace: Workspace, plan: Plan, language: str) -> Iterator[tuple[User, Account]]:
    domain = slugify(plan.organisation.name).partition("-")[0] + ".example"
    for i, person in enumerate(plan.people):
        yield _join(
            workspace, f"{slugify(person.id)}@{domain}", person.title, _role(i, person), language, person.id
        )
    outsiders = (("partenaire", "Agence Pixel", Role.partner), ("lecture", "Lea Reader", Role.reader))
    for address, name, role in outsiders:
        yield _join(workspace, f"{address}@{domain}", name, role, language)


def _role(place: int, person: Person) -> str:
    if place == 0:
        return Role.owner
    if "sales" in person.skills:
        return Role.sales
    return Role.marketing if person.team == "marketing" else Role.contributor


def _join(
    workspace: Workspace, email: str, name: str, role: str, language: str, person: str = ""
) -> tuple[User, Account]:
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, name=name, language=language, time_zone=workspace.time_zone
    )
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
    # Two people of one address are one account: the first role counts.
    Membership.objects.get_or_create(
        workspace=workspace, user=user, defaults={"role": role, "person": person}
    )
    return user, Account(email, name, str(role))


def write_history(
    workspace: Workspace, plans: list[Plan], authors: tuple[User | None, User | None], made_of: Revisions
) -> None:
    """Write the plans one after the other, by the authors in turn, each on the day on which it was revised."""
    for i, plan in enumerate(plans):
        note = _say(_NOTES, i, made_of.language)
        changes = store.replacement(workspace, plan).changes
        revision = store.commit(workspace, authors[i % 2], changes, note=note)
        if revision:
            day = min(plan.revised or made_of.today, made_of.today) - timedelta(
                days=0 if plan.revised else 30
            )
            _date(revision, day, _say(_LABELS, i, made_of.language) if len(plans) > 1 else "")


def _say(texts: tuple[Text, ...], place: int, language: str) -> str:
    return texts[place].render(language) if place < len(texts) else ""


def _date(revision: PlanRevision, day: date, label: str) -> None:
    moment = datetime.combine(day, time(9, 30), UTC)
    PlanRevision.objects.filter(pk=revision.pk).update(made=moment, label=label)
    written = AuditEntry.objects.filter(workspace=revision.workspace, details__revision=revision.number)
    written.update(made=moment)


def _facts(workspace: Workspace, lake: Path) -> None:
    workspace.lake_path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(lake, workspace.lake_path)


def take_figures(workspace: Workspace) -> None:
    """Take the bearing of every revision now, so that the first page is there at first sight."""
    from gouvernail.web.bearings import shelf
    from gouvernail.web.bearings.tasks import work_out

    for number in range(store.head(workspace), 0, -1):
        asked = shelf.question(workspace, number=number)
        made = shelf.order(asked)
        work_out(made.pk, str(asked.period), asked.revision)
