"""Explanations: why the metrics of objectives moved, and what lacks to their targets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from gouvernail.base.text import T
from gouvernail.bearing.explanations_json import explanation
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.routes.bearings import bearing_out, taken
from gouvernail.web.api.shapes import ExplanationsOut, Unfolded
from gouvernail.web.look.templatetags.look import language

router = Router(tags=["bearings"])


@router.get(
    "/{slug}/explanations",
    response={200: ExplanationsOut, 202: ExplanationsOut},
    summary=T("Explain what moved").template,
)
def list_explanations(
    request: HttpRequest, slug: str, wanted: Query[Unfolded], page: Number = 1, per_page: PerPage = 50
) -> Status[dict[str, Any]]:
    """Driver by driver, with the actions that move each; 202 with none while the bearing is being taken."""
    made, bearing = taken(request, slug, wanted)
    chosen = [one for one in bearing.explanations if wanted.takes(one)] if bearing else []
    said = language()
    shown = paged(chosen, page, per_page, lambda one: explanation(one, said))
    return Status(200 if bearing else 202, {**shown, "bearing": bearing_out(made)})
