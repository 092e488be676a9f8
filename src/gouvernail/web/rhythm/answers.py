"""What the views of the rhythm share: telling what was done, going back, and two versions of one element."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from gouvernail.base.text import T, Text
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.workspaces.access import MemberRequest

FIELD_NAMES: Mapping[str, Text] = {
    "title": T("Title"),
    "text": T("Text"),
    "owner": T("Owner"),
    "due": T("Due"),
    "done": T("Done on"),
    "date": T("Decided on"),
    "about": T("About"),
    "follow_up": T("What came of it"),
    "last": T("Last held"),
}


@dataclass(frozen=True)
class Difference:
    """A field that two versions of an element say differently."""

    name: Text | str
    theirs: Any
    mine: Any


def say(request: MemberRequest, text: Text, *, wrong: bool = False) -> None:
    """Tell the reader what was done, on the next page."""
    tell = messages.error if wrong else messages.success
    tell(request, text.render(language()))


def complain(request: MemberRequest, errors: Mapping[str, Any]) -> None:
    """Tell what is wrong with a form that is not shown again."""
    messages.error(request, " ".join(str(error) for several in errors.values() for error in several))


def note(request: MemberRequest, text: Text) -> str:
    """Return a note of the plan in the organisation's language: everybody reads it."""
    return text.render(request.workspace.language)


def back_from(request: MemberRequest, otherwise: str) -> str:
    """Return the page that a panel was opened on, as htmx or the link tells it."""
    there = request.headers.get("HX-Current-URL", "") or request.GET.get("next", "")
    return there if _ours(request, there) else otherwise


def return_to(request: MemberRequest, otherwise: str) -> HttpResponse:
    """Go back to the page that a form names, if it is ours."""
    there = request.POST.get("next", "")
    return redirect(there if _ours(request, there) else otherwise)


def conflict(request: MemberRequest, found: store.Conflict, title: str, otherwise: str) -> HttpResponse:
    """Show both versions of an element that somebody else changed meanwhile, to choose from."""
    mine = dict(found.mine or {})
    theirs = {} if found.theirs.deleted else dict(found.theirs.body)
    names = [name for name in {**theirs, **mine} if theirs.get(name) != mine.get(name)]
    context = {
        "title": title,
        "theirs": found.theirs,
        "author": found.theirs.revision.author,
        "differences": [
            Difference(FIELD_NAMES.get(name, name), _said(theirs.get(name)), _said(mine.get(name)))
            for name in names
        ],
        # The same form once more, written over what they see now.
        "again": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in ("base", "csrfmiddlewaretoken")
            for value in values
        ],
        "base": found.theirs.number,
        "otherwise": otherwise,
    }
    return render(request, "rhythm/conflict.html", context, status=409)


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return "" if value is None else str(value)


def _ours(request: MemberRequest, there: str) -> bool:
    return url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})


def number(words: Any) -> int | None:
    """Return a whole number that a form sent, None where it is none."""
    return int(words) if str(words).isdecimal() else None
