"""Forecasts: where the metrics of objectives go until their due dates, with the chance to reach each target."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from gouvernail.base.text import T
from gouvernail.bearing.foreseen_json import objective_forecast
from gouvernail.web.api.caller import workspace_of
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.routes.bearings import bearing_out, ordered
from gouvernail.web.api.shapes import BearingAsk, ForecastsOut, Foreseen
from gouvernail.web.bearings import shelf
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.workspaces.models import Permission

router = Router(tags=["bearings"])


@router.get(
    "/{slug}/forecasts",
    response={200: ForecastsOut, 202: ForecastsOut},
    summary=T("Foresee the objectives").template,
)
def list_forecasts(
    request: HttpRequest, slug: str, wanted: Query[Foreseen], page: Number = 1, per_page: PerPage = 50
) -> Status[dict[str, Any]]:
    """Period by period to the due date, with chance, interval and the error of the back-test; 202 while it is being made."""
    workspace = workspace_of(request, slug, Permission.read)
    asked = BearingAsk(period=wanted.period, revision=wanted.revision, scenario=wanted.scenario, again=False)
    made = ordered(workspace, asked)
    bearing = shelf.opened(made)
    chosen = [one for one in (bearing.objectives if bearing else ()) if wanted.objective in (None, one.id)]
    said = language()
    shown = paged(chosen, page, per_page, lambda one: objective_forecast(one, said))
    return Status(200 if bearing else 202, {**shown, "bearing": bearing_out(made)})
