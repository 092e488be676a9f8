"""Errors as problem details (RFC 9457), in the caller's language."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled
from ninja.errors import ValidationError as BadRequest
from pydantic import ValidationError

from gouvernail.base.errors import GouvernailError
from gouvernail.base.text import T, Text
from gouvernail.plan.model import SECTIONS
from gouvernail.plan.wording import say
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans.store import Conflict

log = logging.getLogger(__name__)
TYPE = "application/problem+json"
TITLES: Mapping[int, Text] = {
    400: T("The request cannot be read"),
    401: T("Sign in, or send a token that works"),
    403: T("This is not allowed"),
    404: T("There is no such thing here"),
    409: T("Somebody else changed it meanwhile"),
    413: T("That is too large"),
    422: T("Something in the request does not fit"),
    428: T("Say which revision you changed"),
    429: T("Too many calls"),
    500: T("Something went wrong on our side"),
}
ABOUT = "about:blank#"


class Problem(Exception):  # noqa: N818 - named as the standard names it
    """What an operation answers instead of its result."""

    def __init__(self, status: int, kind: str, detail: Text, **more: Any) -> None:
        self.status, self.kind, self.detail, self.more = status, kind, detail, more
        super().__init__(kind)


def answer(
    request: HttpRequest, status: int, kind: str, detail: Text | None = None, **more: Any
) -> HttpResponse:
    """Return a problem as the answer to a call."""
    said = language()
    body = {
        "type": f"{ABOUT}{kind}",
        "title": TITLES.get(status, TITLES[400]).render(said),
        "status": status,
        "instance": request.path,
        **({"detail": detail.render(said)} if detail else {}),
        **more,
    }
    made = HttpResponse(json.dumps(body, ensure_ascii=False, default=str), content_type=TYPE, status=status)
    made.headers["Content-Language"] = said
    if status == 401:
        made.headers["WWW-Authenticate"] = 'Bearer realm="gouvernail"'
    return made


def install(api: NinjaAPI) -> None:
    """Let every error of the API be a problem."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        Problem: lambda request, one: answer(request, one.status, one.kind, one.detail, **one.more),
        Http404: lambda request, _: answer(request, 404, "not-found"),
        PermissionDenied: lambda request, _: answer(request, 403, "role"),
        Throttled: lambda request, one: answer(request, 429, "too-many", _wait(one)),
        HttpError: _http,
        BadRequest: _unfit,
        ValidationError: _invalid,
        Conflict: _conflict,
        RequestDataTooBig: lambda request, _: answer(request, 413, "too-large"),
        SuspiciousOperation: lambda request, _: answer(request, 400, "request"),
        GouvernailError: lambda request, one: answer(request, 422, "refused", one.message),
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _wait(error: Throttled) -> Text:
    return T("Wait {n} seconds before the next call.", n=int(error.wait or 60))


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    kinds = {401: "unauthorized", 403: "csrf"}
    return answer(request, error.status_code, kinds.get(error.status_code, "request"))


def _unfit(request: HttpRequest, error: BadRequest) -> HttpResponse:
    if getattr(request, "left_out", ()):
        # What is too large is left out while it arrives (`data.spool`): ninja only sees that it is missing.
        return answer(request, 413, "too-large", _most())
    return answer(request, 422, "request", errors=_errors(error.errors))


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answer(request, 422, "plan", T("The plan does not take it."), errors=_errors(error.errors()))


def _errors(faults: Iterable[Any]) -> list[dict[str, str]]:
    told = []
    for one in faults:
        wrong, expected, meant = say(one)
        said = {
            "path": _path(one["loc"]),
            "message": wrong.render(language()),
            "hint": expected.render(language()),
        }
        told.append({**said, **({"meant": meant} if meant else {})})
    return told


def _path(place: tuple[Any, ...]) -> str:
    # Within a section the number is where the element stands among the others, which says nothing to the caller.
    steps = place[2:] if len(place) > 1 and place[0] in SECTIONS else place
    return "/".join(map(str, steps))


def _conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
    row = error.theirs
    theirs = {
        "revision": row.number,
        "author": str(row.revision.author or ""),
        "made": row.revision.made.isoformat(timespec="seconds"),
        "element": None if row.deleted else {"id": row.element, **row.body},
    }
    mine = None if error.mine is None else {"id": error.element, **error.mine}
    detail = T("Choose between both versions, and send yours again with revision {n}.", n=row.number)
    return answer(request, 409, "conflict", detail, theirs=theirs, mine=mine)


def _most() -> Text:
    return T("Files may have {n} MB at most.", n=settings.UPLOAD_LIMIT // 1024 // 1024)


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.exception("the API failed at %s", request.path, exc_info=error)
    return answer(request, 500, "broken", T("The details are in the site’s log."))
