"""Words of the chain as the organisation calls them.

{% load words %}  {{ "objective"|word:workspace }}   “Key result” where the plan renames it so, else “Objective”
"""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from gouvernail.report.labels import KINDS, LEVELS
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.workspaces.models import Workspace

register = template.Library()


@register.filter
def word(kind: str, workspace: Workspace | None) -> str:
    """Return what the organisation calls a kind of element."""
    renamed = _vocabulary(workspace).get(kind) if workspace else None
    if renamed:
        return renamed
    usual = KINDS.get(kind) or LEVELS.get(kind)
    return usual.render(language()) if usual else kind


def _vocabulary(workspace: Workspace) -> Mapping[str, str]:
    # Asked once a request: `request.workspace` is made anew for each.
    kept: Mapping[str, str] | None = getattr(workspace, "_vocabulary", None)
    if kept is None:
        kept = store.read(workspace).vocabulary
        workspace._vocabulary = kept  # type: ignore[attr-defined]
    return kept
