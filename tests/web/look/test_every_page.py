"""Every page that links lead to inside an organisation: accessible, inside its window, no breach of the CSP.

One page of each kind: what an address names (an objective, a section of the plan) is not told apart.
"""

import html
import os
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from gouvernail.plan.model import Plan
from gouvernail.web.accounts.models import User
from gouvernail.web.workspaces.models import Role, Workspace
from tests.web.conftest import Join, SignedIn, Window
from tests.web.look.axe import violations

SHOTS = os.environ.get("GOUVERNAIL_SHOTS", "")
LINK = re.compile(r'href="(/o/acme/[^"#?]*)')


def _kind(address: str) -> str:
    """Return the name of the view behind an address."""
    try:
        return resolve(address).url_name or ""
    except Resolver404:
        return ""


def _pages(client: Client) -> Iterator[str]:
    """Follow links from the cockpit, and give one address of each kind of page."""
    ahead, seen = ["/o/acme/"], {_kind("/o/acme/")}
    while ahead:
        address = ahead.pop(0)
        answer = client.get(address, follow=True)
        if "text/html" not in answer.headers["Content-Type"] or b"<html" not in answer.content:
            continue
        yield address
        for link in LINK.findall(answer.content.decode()):
            if (kind := _kind(html.unescape(link))) and kind not in seen:
                seen.add(kind)
                ahead.append(html.unescape(link))


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("reader", [(375, "fr", "dark"), (1440, "en", "light")], ids=str)
def test_every_page_of_an_organisation_is_accessible(
    reader: tuple[int, str, str],
    workspace: Workspace,
    plan: Plan,
    join: Join,
    signed_in: SignedIn,
    window: Window,
) -> None:
    width, language, theme = reader
    person = join(Role.owner)
    User.objects.filter(pk=person.pk).update(theme=theme, language=language)
    client = signed_in(person)
    viewport = {"width": width, "height": 900}
    page = window(client, viewport=viewport, color_scheme=theme, locale=language)
    wrong: list[str] = []
    place = ""
    page.on(
        "console",
        lambda message: wrong.append(f"{place}: {message.text}") if message.type == "error" else None,
    )
    page.on("response", lambda one: wrong.append(f"{one.url}: {one.status}") if one.status >= 400 else None)
    page.on("pageerror", lambda error: wrong.append(f"{place}: {error} {error.stack}"))

    client.raise_request_exception = False
    for place in _pages(client):
        page.goto(place, wait_until="load")
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{place.strip('/').replace('/', '-')}-{width}.png", full_page=True)
        wrong += [f"{place}: {line}" for line in violations(page)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{place} is {wide} wide"] if wide > width else []

    assert wrong == [], "\n".join(wrong)
