"""The signs and small parts that pages put beside words: health, progress, confidence, severity, money, people, time.

{% health status.health %}  {% health status.health stale=True %}   a chip
{% progress_sign 0.42 %}                                            a bar
{% confidence_sign 0.7 %}                                           five dots
{% severity finding.severity %}  {% soundness action.soundness %}   square chips
{% money_bar split %}  {% avatar user %}  {% ago moment %}
{% use "look/card.html" title=title %}content{% enduse %}           a component around content
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_datetime, format_timedelta
from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gouvernail.base.money import Money
from gouvernail.base.text import T, Text
from gouvernail.base.values import Ratio
from gouvernail.bearing.alignment import MoneySplit, Soundness
from gouvernail.bearing.model import Health
from gouvernail.checks.finding import Severity
from gouvernail.report import labels
from gouvernail.report.phrases import progress
from gouvernail.web.look.parts import SOUNDNESS, money_parts
from gouvernail.web.look.templatetags.look import icon, language

register = template.Library()

HEALTH_ICONS = {
    Health.on_course: "circle-check",
    Health.at_risk: "alert-triangle",
    Health.off_course: "alert-octagon",
    Health.unknown: "circle-dashed",
}
SEVERITY_ICONS = {
    Severity.blocking: "alert-octagon",
    Severity.warning: "alert-triangle",
    Severity.advice: "bulb",
}
TONES = {
    "success": "good",
    "warning": "warn",
    "error": "bad",
    "danger": "bad",
    "info": "info",
    "debug": "unknown",
}
TONE_ICONS = {
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-octagon",
    "info": "info-circle",
    "unknown": "circle-dashed",
    "stale": "clock",
}
DOTS = 5
# In this order: Edge also says Chrome, Chrome also says Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def _say(text: Text) -> str:
    return text.render(language())


def _chip(tone: str, icon_: str, words: str, css: str = "") -> SafeString:
    return format_html(
        '<span class="chip is-{}{}">{}{}</span>', tone, f" {css}" if css else "", icon(icon_), words
    )


@register.simple_tag(name="health")
def health_sign(health: Health | str, stale: bool = False) -> SafeString:
    """Return the health of an objective. What is stale is never shown in its colour."""
    found = Health(health)
    tone, _, words = labels.HEALTH[found]
    if stale:
        return _chip("stale", "clock", _say(T("Out of date")))
    return _chip(tone, HEALTH_ICONS[found], _say(words))


@register.simple_tag
def progress_sign(share: float | Decimal | None, stale: bool = False) -> SafeString:
    """Return how far on the way from baseline to target; words alone where nothing is known."""
    if share is None:
        return format_html(
            '<span class="sign is-stale">{}{}</span>', icon("circle-dashed"), _say(T("No value yet"))
        )
    shown = min(1.0, max(0.0, float(share)))
    return format_html(
        '<span class="sign{}"><progress max="1" value="{}" aria-label="{}"></progress>{}</span>',
        " is-stale" if stale else "",
        f"{shown:.3f}",
        _say(T("Progress")),
        _say(progress(float(share))),
    )


@register.simple_tag
def confidence_sign(share: float | Decimal | None, stale: bool = False) -> SafeString:
    """Return what the team said it believes, as five dots and a share."""
    if share is None:
        return format_html(
            '<span class="sign is-stale">{}{}</span>', icon("message-circle"), _say(T("Not said yet"))
        )
    lit = round(DOTS * float(share))
    dots = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="7" r="5"/>',
        (("on" if n < lit else "off", 7 + n * 13) for n in range(DOTS)),
    )
    return format_html(
        '<span class="sign{}"><svg class="sign-dots" viewBox="0 0 66 14" aria-hidden="true">{}</svg>{}</span>',
        " is-stale" if stale else "",
        dots,
        _say(T("{share} sure", share=Ratio(float(share), 0))),
    )


@register.simple_tag(name="severity")
def severity_chip(severity: Severity | str) -> SafeString:
    """Return how grave a finding is."""
    found = Severity(severity)
    tone, _, words = labels.SEVERITY[found]
    return _chip(tone, SEVERITY_ICONS[found], _say(words), "square")


@register.simple_tag(name="soundness")
def soundness_chip(soundness: Soundness | str) -> SafeString:
    """Return whether money reaches a business objective."""
    _, words, icon_, tone = next(one for one in SOUNDNESS if one[0] == str(soundness))
    return _chip(tone, icon_, _say(words), "square")


@register.simple_tag
def chip(words: Text | str, tone: str = "unknown", icon: str = "") -> SafeString:
    """Return a chip of one's own; without an icon it has no colour either."""
    said = words.render(language()) if isinstance(words, Text) else words
    if not icon:
        return format_html('<span class="chip outline">{}</span>', said)
    return _chip(tone, icon, said, "square")


@register.inclusion_tag("look/money_bar.html")
def money_bar(split: MoneySplit) -> dict[str, Any]:
    """Return where money goes: a bar, and a legend that says all of it in words."""
    parts = money_parts(split)
    return {"parts": [part for part in parts if part.width], "legend": parts}


@register.simple_tag
def avatar(user: Any, css: str = "") -> SafeString:
    """Return somebody's initials in a circle; their name stands beside it."""
    return format_html(
        '<span class="avatar {}" aria-hidden="true">{}</span>', css, getattr(user, "initials", "?")
    )


@register.simple_tag
def ago(moment: datetime | None) -> SafeString:
    """Return how long ago it was, with the exact moment in the reader's time zone on hover and for machines."""
    if moment is None:
        return SafeString("")
    local = timezone.localtime(moment)
    said = format_timedelta(
        moment - timezone.now(), add_direction=True, locale=language(), threshold=0.9, granularity="second"
    )
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), at(moment), said
    )


@register.filter
def at(moment: datetime) -> str:
    """Return day and time in the reader's time zone."""
    local = timezone.localtime(moment)
    return format_datetime(local.replace(tzinfo=None), "medium", locale=language())


@register.filter
def browser(user_agent: str) -> str:
    """Return which browser on which system somebody uses, from what it says of itself."""
    named = next((name for mark, name in _BROWSERS if mark in user_agent), _say(T("A browser")))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return _say(T("{browser} on {system}", browser=named, system=system)) if system else named


@register.filter
def tone(level: str) -> str:
    """Return the class of a message's level: `success` → `is-good`."""
    return f"is-{TONES.get(level, 'info')}"


@register.filter
def tone_icon(level: str | None) -> str:
    """Return the icon that goes with a tone or with a message's level."""
    return TONE_ICONS.get(TONES.get(level or "", level or ""), "info-circle")


@register.filter
def percent(share: float | Decimal | None) -> str:
    """Return a share as whole percents for the reader."""
    return "" if share is None else _say(Text("{share}", {"share": Ratio(float(share), 0)}))


@register.filter
def machine(value: Any) -> str:
    """Return a value as programs read it: no locale, no unit."""
    match value:
        case None:
            return ""
        case Money():
            return str(value.amount)
        case Ratio():
            return str(value.value)
        case date():
            return value.isoformat()
        case Text():
            return _say(value)
        case _:
            return str(getattr(value, "value", value))


@register.simple_block_tag(takes_context=True)
def use(context: Context, content: str, name: str, **values: Any) -> SafeString:
    """Return the component `name` around `content`, which it shows as `slot`."""
    found = context.template.engine.get_template(name)  # type: ignore[union-attr]  # set while rendering
    with context.push(**values, slot=mark_safe(content)):  # noqa: S308 - rendered by the page's own template
        return found.render(context)
