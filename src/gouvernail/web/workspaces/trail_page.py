"""The trail as people read it: filtered, paged, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from gouvernail.base.text import TN, T, Text
from gouvernail.web.accounts.models import User
from gouvernail.web.data.words import table_name
from gouvernail.web.look.forms import choose, words
from gouvernail.web.workspaces.models import AuditEntry, Workspace
from gouvernail.web.workspaces.words import WHATS, role_name, what


class TrailForm(forms.Form):
    """Whose changes, of which kind, from when to when."""

    who = forms.ChoiceField(label=words(T("Person")), required=False)
    kind = forms.ChoiceField(label=words(T("Kind")), required=False)
    first = forms.DateField(
        label=words(T("From")), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=words(T("Until")), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, workspace: Workspace, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = AuditEntry.objects.filter(workspace=workspace).order_by()
        people = User.objects.filter(pk__in=seen.values("actor")).order_by("name", "email")
        choose(
            self.fields["who"], [("", words(T("Everybody"))), *((str(one.pk), str(one)) for one in people)]
        )
        kinds = sorted(seen.values_list("what", flat=True).distinct())
        named = [(kind, words(WHATS[kind]) if kind in WHATS else kind) for kind in kinds]
        choose(self.fields["kind"], [("", words(T("Every kind"))), *named])


@dataclass(frozen=True)
class Line:
    """One change: when, who, what, of what, and the rest of what is known of it."""

    made: datetime
    who: User | None
    what: Text | str
    subject: str
    more: tuple[tuple[Text | str, Any], ...]


def chosen(workspace: Workspace, form: TrailForm) -> QuerySet[AuditEntry]:
    """Return the entries that the filter lets through, the newest first."""
    found = AuditEntry.objects.filter(workspace=workspace).select_related("actor")
    data = form.cleaned_data if form.is_valid() else {}
    if data.get("who"):
        found = found.filter(actor=data["who"])
    if data.get("kind"):
        found = found.filter(what=data["kind"])
    if data.get("first"):
        found = found.filter(made__gte=_start(data["first"]))
    if data.get("last"):
        found = found.filter(made__lt=_start(data["last"] + timedelta(days=1)))
    return found


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


DETAILS = {
    "revision": T("revision"),
    "role": T("role"),
    "before": T("before"),
    "after": T("after"),
    "person": T("person"),
    "reason": T("reason"),
    "again": T("again"),
    "token": T("token"),
    "scope": T("scope"),
    "base": T("from revision"),
    "table": T("table"),
    "rows": T("rows"),
    "period": T("period"),
    "days": T("days"),
    "due": T("due day"),
    "findings": T("findings"),
    "decisions": T("decisions"),
    "pinned": T("pinned"),
    "for_partners": T("for partners"),
    "size": T("bytes"),
}
NUMBERS = frozenset({"scenario", "link", "minutes", "record", "comment"})
"""Details that only tell the database's own numbers: the subject names what they mean."""


def lines(entries: Iterable[AuditEntry]) -> Iterator[Line]:
    """Yield entries as the page shows them."""
    for one in entries:
        more = tuple(
            ("" if key in _SENTENCES else DETAILS.get(key, key), _detail(key, value))
            for key, value in one.details.items()
            if value not in ("", None) and key not in NUMBERS
        )
        yield Line(one.made, one.actor, what(one.what), one.subject, more)


_SENTENCES: Mapping[str, Callable[[Any], Text]] = {
    "elements": lambda n: TN("{n} element", "{n} elements", n),
    "note": lambda note: T("“{note}”", note=str(note)),
}
"""Details that say themselves what they are."""


def _detail(key: str, value: Any) -> Any:
    if key in _SENTENCES:
        return _SENTENCES[key](value)
    if key in ("role", "before", "after") and isinstance(value, str):
        try:
            return role_name(value)
        except KeyError:
            return value
    if key == "table":
        return table_name(str(value))
    if key == "scope":
        return T("read and write") if value == "write" else T("read")
    if isinstance(value, bool):
        return T("yes") if value else T("no")
    return value if isinstance(value, int | float | str) else str(value)
