"""How a form's field is drawn: see `templates/look/form/field.html`."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from gouvernail.base.text import Text
from gouvernail.web.look.templatetags.look import language

register = template.Library()
_CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.filter
def kind(field: BoundField) -> str:
    """Return how a field is laid out: `check`, `choices` or `control`."""
    widget = field.field.widget
    if isinstance(widget, _CHOICES):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "control"


@register.filter
def control(field: BoundField) -> SafeString:
    """Return a field's control with the classes that it needs beside its own."""
    widget = field.field.widget
    css = [str(widget.attrs.get("class", "")), _class(widget)]
    if field.errors:
        css.append("is-invalid")
    return field.as_widget(attrs={"class": " ".join(filter(None, css))})


def _class(widget: forms.Widget) -> str:
    if isinstance(widget, (*_CHOICES, forms.CheckboxInput)):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.filter(name="help")
def help_text(value: Any) -> str:
    """Return a field's help in the reader's language; markup of Django's own stays."""
    return value.render(language()) if isinstance(value, Text) else str(value)
