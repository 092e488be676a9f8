"""Forms in the look of the site: every Django form is drawn by `templates/look/form`.

A field may carry what stands beside it: `field.weak`, `field.strong` (examples) and `field.verdict_url`, which leaves
a place `#<id>_verdict` for what the rules say while somebody types.
"""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting
from django.utils.functional import lazy

from gouvernail.base.text import Text
from gouvernail.web.look.templatetags.look import language


class Renderer(TemplatesSetting):
    """Draws forms and fields with the site's own templates and tags."""

    form_template_name = "look/form/form.html"
    field_template_name = "look/form/field.html"


def _said(text: Text) -> str:
    return text.render(language())


_lazily = lazy(_said, str)


def words(text: Text) -> str:
    """Return `text` for labels, choices and errors of forms: put into words when it is shown, for whoever reads it."""
    return _lazily(text)
