"""What people do with their accounts and with each other, in a real browser over a real site.

At a telephone's width and at a desk's, in both languages.
"""

import base64
import hmac
import re
import struct
import time
from typing import Any

import pytest

from tests.web.journeys.seed import PASSWORD
from tests.web.journeys.walker import Walker

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_first_start(newcomer: Walker) -> None:
    page = newcomer.sit_down()
    page.goto("/")
    page.wait_for_url("**/setup/")
    newcomer.shoot(page)
    found = re.search(r"code: (\S+)", newcomer.site.told.read_text())
    assert found
    page.fill("[name=code]", found[1])
    page.fill("[name=organisation]", "Maison Élan")
    page.fill("[name=name]", "Ada Élan")
    page.fill("[name=email]", "ada@elan.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url("**/o/maison-elan/")
    newcomer.shoot(page)
    newcomer.expect(404, "/setup/")
    assert page.goto("/setup/").status == 404
    newcomer.shoot(page)


def test_invite(walker: Walker) -> None:
    """Somebody is invited, follows the link in the mail, opens an account and joins; removed, they are out at once."""
    page, friend = walker.sit_down("owner"), f"friend@{walker.slug}.example"
    walker.go(page, "settings/people")
    page.locator("[data-dialog=invite]").first.click()
    page.fill("dialog [name=email]", friend)
    walker.shoot(page)
    page.locator("form[action$='/invite'] button.btn-primary").click()
    page.locator("th", has_text=friend).wait_for()

    link = re.search(r"https?://\S+/join/\S+", walker.site.post.letter(friend))
    assert link
    new = walker.sit_down()
    new.goto(link[0])
    walker.shoot(new)
    new.locator("main a.btn-primary").click()
    new.wait_for_url("**/signup/**")
    assert new.locator("[name=email]").input_value() == friend
    new.fill("[name=name]", "Fanny Ami")
    new.fill("[name=password1]", PASSWORD)
    walker.shoot(new)
    new.locator("main button.btn-primary").click()
    new.locator("form[action$='/accept'] button").click()
    new.wait_for_url(f"**/o/{walker.slug}/**")
    walker.shoot(new)

    # What follows work under way asks the site every few seconds, and would be refused: that is not what is looked at.
    new.goto("about:blank")
    walker.go(page, "settings/people")
    page.locator("tr", has_text=friend).locator("a[href*='/settings/people/']").first.click()
    page.locator("form[action$='/remove'] button").click()
    page.wait_for_url("**/settings/people")
    assert page.locator("th", has_text=friend).count() == 0
    walker.expect(404, f"/o/{walker.slug}/")
    for place in ("", "plan/", "actions/?as=board"):
        assert new.goto(f"/o/{walker.slug}/{place}").status == 404
    walker.shoot(new)
    walker.shoot(page)


def test_second_factor(walker: Walker) -> None:
    """Turned on with a code of an application, and asked for at the next sign-in; a recovery code does as well."""
    page, email = walker.sit_down(), f"reader@{walker.slug}.example"
    _sign_in(page, email)
    page.wait_for_url(f"**/o/{walker.slug}/**")
    page.goto("/sign-in/2fa/totp/activate/")
    if page.locator("[name=password]").count():
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/totp/activate/")
    walker.shoot(page)
    secret = page.locator("#secret").inner_text().strip()
    _give_code(page, "**/2fa/recovery-codes/**", secret)
    code = page.locator("#codes li").first.inner_text().strip()
    walker.shoot(page)

    again = walker.sit_down()
    _sign_in(again, email)
    again.wait_for_url("**/2fa/authenticate/**")
    walker.shoot(again)
    _give_code(again, f"**/o/{walker.slug}/**", secret)
    lost = walker.sit_down()
    _sign_in(lost, email)
    lost.wait_for_url("**/2fa/authenticate/**")
    lost.fill("[name=code]", code)
    lost.click("main button[type=submit]")
    lost.wait_for_url(f"**/o/{walker.slug}/**")


def _sign_in(page: Any, email: str) -> None:
    page.goto("/sign-in/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def _give_code(page: Any, then: str, secret: str) -> None:
    """Type the code of this moment; once more where the half minute ended on the way."""
    for last in (False, False, True):
        page.fill("[name=code]", _code(secret))
        with page.expect_navigation():
            page.locator("main form:has([name=code]) button[type=submit]").click()
        if last or not page.locator("[name=code]").count():
            break
    page.wait_for_url(then)


def _code(secret: str) -> str:
    """Return what an authenticator application shows now (RFC 6238)."""
    key, moment = base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30)
    made = hmac.digest(key, moment, "sha1")
    place = made[-1] & 15
    return f"{(struct.unpack('>I', made[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_appearance(walker: Walker) -> None:
    """Dark and light at will, and the other language; every page follows."""
    page, other = walker.sit_down("management"), {"fr": "en", "en": "fr"}[walker.language]
    walker.go(page)
    for theme in ("dark", "light"):
        _choose(walker, page, "theme", theme)
        page.locator(f"html[data-bs-theme={theme}]").wait_for()
        walker.go(page, "plan/")
        page.locator(f"html[data-bs-theme={theme}]").wait_for()
        walker.shoot(page)
    _choose(walker, page, "theme", "auto")
    page.emulate_media(color_scheme="dark")
    page.locator("html[data-bs-theme=dark]").wait_for()
    page.emulate_media(color_scheme="light")
    page.locator("html[data-bs-theme=light]").wait_for()
    for language in (other, walker.language):
        _choose(walker, page, "language", language)
        page.locator(f"html[lang={language}]").wait_for()


def _choose(walker: Walker, page: Any, what: str, value: str) -> None:
    """Choose in the person's menu; on a telephone the menu is opened first."""
    if walker.small:
        page.locator(".side-toggle").click()
    page.locator(".side-foot summary").click()
    page.locator(f".side-foot button[name={what}][value={value}]").click()
