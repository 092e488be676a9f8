"""Forms in the look of the site: every Django form is drawn by `templates/look/form`.

A field may carry what stands beside it: `field.weak`, `field.strong` (examples) and `field.verdict_url`, which leaves
a place `#<id>_verdict` for what the rules say while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gouvernail.base.text import Text
from gouvernail.web.look.templatetags.look import language


class Renderer(TemplatesSetting):
    """Draws forms and fields with the site's own templates and tags."""

    form_template_name = "look/form/form.html"
    field_template_name = "look/form/field.html"


class LongSelect(forms.Select):
    """A select of hundreds of options: Django's own draws a template for each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002
        """Return the select with its options, ungrouped."""
        chosen = {str(one) for one in self.format_value(value)}
        rows = (
            (key, mark_safe(" selected") if str(key) in chosen else "", said) for key, said in self.choices
        )
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        whole = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", whole, options)


def choose(field: forms.Field, choices: Iterable[Any]) -> None:
    """Set what a field of a form offers: (value, words), or a heading with several of them."""
    cast("forms.ChoiceField", field).choices = list(choices)


def _said(text: Text) -> str:
    return text.render(language())


_lazily = lazy(_said, str)


def words(text: Text) -> str:
    """Return `text` for labels, choices and errors of forms: put into words when it is shown, for whoever reads it."""
    return _lazily(text)
