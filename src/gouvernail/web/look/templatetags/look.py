"""Tags and filters of every template: sentences, values for the reader, icons, signs.

{% t "Saved by {who}." who=user.name %}       a sentence, found in gettext by its English template
{{ finding.message|say }}                      a `Text`
{{ amount|say }}                               Money, Ratio, Number, Period, dates: as the reader writes them
{% icon "target" %}                            an icon, hidden from screen readers: words stand beside it
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from gouvernail.base.render import format_value
from gouvernail.base.text import Text
from gouvernail.web.kept.own import part

register = template.Library()


def language() -> str:
    """Return the reader's language in this request."""
    return (get_language() or "en")[:2]


@register.simple_tag(name="t")
def sentence(template_: str, **values: Any) -> str:
    """Return a sentence in the reader's language, its values formatted; escaped by the template as any text."""
    return Text(template_, values).render(language())


@register.simple_tag(name="tn")
def plural(singular: str, plural_: str, n: int, **values: Any) -> str:
    """Return a sentence for `n` things."""
    return Text(singular, {"n": n, **values}, plural_).render(language())


@register.filter(name="say")
def say(value: Any) -> str:
    """Return a value as the reader writes it; nothing for None."""
    return "" if value is None else format_value(value, language())


@register.simple_tag(takes_context=True)
def own(context: template.Context, name: str) -> SafeString:
    """Return a part of the frame that is the reader's own: it is put into pages that are kept for others too."""
    return mark_safe(part(context["request"], name))  # noqa: S308  # rendered by a template


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Return an icon of the sprite."""
    return _icon(name, css)


@lru_cache(maxsize=2000)
def _icon(name: str, css: str) -> SafeString:
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        css,
        static("vendor/icons.svg"),
        name,
    )
