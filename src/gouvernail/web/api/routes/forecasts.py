"""Forecasts: where the metrics of objectives go until their due dates, with the chance to reach each target."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from gouvernail.base.text import T
from gouvernail.bearing.foreseen_json import objective_forecast
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.routes.bearings import bearing_out, taken
from gouvernail.web.api.shapes import ForecastsOut, Foreseen
from gouvernail.web.look.templatetags.look import language

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
    made, bearing = taken(request, slug, wanted)
    chosen = [one for one in (bearing.objectives if bearing else ()) if wanted.objective in (None, one.id)]
    said = language()
    shown = paged(chosen, page, per_page, lambda one: objective_forecast(one, said))
    return Status(200 if bearing else 202, {**shown, "bearing": bearing_out(made)})
