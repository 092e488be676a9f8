"""The people of an organisation as comments and assignments name them: each with a handle to call them by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gouvernail.base.ids import slugify
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Membership, Permission, Workspace


@dataclass(frozen=True)
class Member:
    """Somebody of the organisation. `handle` is what stands behind the @."""

    user: User
    handle: str
    role: str
    person: str

    @property
    def name(self) -> str:
        return str(self.user)


def members(workspace: Workspace, *, may: Permission = Permission.read) -> tuple[Member, ...]:
    """Return the people whose role allows `may`, by name."""
    found = Membership.objects.filter(workspace=workspace).select_related("user").order_by("pk")
    handles = _handles([one.user for one in found])
    allowed = (one for one in found if one.may(may) and one.user.is_active)
    people = (Member(one.user, handles[one.user_id], one.role, one.person) for one in allowed)
    return tuple(sorted(people, key=lambda one: one.name.casefold()))


def _handles(users: Iterable[User]) -> dict[int, str]:
    """Return user → handle. Who came first keeps the plain one, so that an old mention goes on meaning the same."""
    found: dict[int, str] = {}
    taken: set[str] = set()
    for user in users:
        plain = slugify(user.name).replace("-", ".") or slugify(user.email.partition("@")[0]) or "person"
        handle, n = plain, 1
        while handle in taken:
            n += 1
            handle = f"{plain}{n}"
        taken.add(handle)
        found[user.pk] = handle
    return found
