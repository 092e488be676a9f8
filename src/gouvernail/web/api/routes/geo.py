"""Geo tests: the panels that the facts hold, which markets to treat, what a test brought; ordered where nobody did."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.bearing.geo import GeoRead
from gouvernail.bearing.geo_json import chosen_to_dict, read_to_dict, refusal_to_dict
from gouvernail.web.api.answering import answered
from gouvernail.web.api.caller import workspace_of
from gouvernail.web.api.geo_shapes import ChooseAsk, GeoOut, PanelsOut, ReadAsk
from gouvernail.web.bearings import shelf as bearings
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure import geo
from gouvernail.web.measure.models import AnswerRecord
from gouvernail.web.workspaces.models import Permission

router = Router(tags=["bearings"])


@router.get(
    "/{slug}/geo/panels",
    response={200: PanelsOut, 202: PanelsOut},
    summary=T("List the figures by market").template,
)
def list_geo_panels(request: HttpRequest, slug: str) -> Status[dict[str, Any]]:
    """Orders by country, and what was imported by market; 202 while they are being looked up."""
    workspace, said = workspace_of(request, slug, Permission.read), language()
    made = geo.order(bearings.question(workspace, None), geo.PANELS)
    found = geo.panels(made)
    panels = [
        {**vars(one), "name": one.name.render(said), "markets": list(one.markets)} for one in found or ()
    ]
    return answered(made, found is not None, {"panels": panels})


@router.get(
    "/{slug}/geo/choices",
    response={200: GeoOut, 202: GeoOut},
    summary=T("Choose the markets of a test").template,
)
def choose_geo_markets(request: HttpRequest, slug: str, wanted: Query[ChooseAsk]) -> Status[dict[str, Any]]:
    """Which markets to treat, for how long, and what would show; 202 while it is being worked out."""
    workspace = workspace_of(request, slug, Permission.read)
    return _answer(geo.order(bearings.question(workspace, None), geo.CHOOSE, wanted.options()))


@router.get("/{slug}/geo/reading", response={200: GeoOut, 202: GeoOut}, summary=T("Read a geo test").template)
def read_geo_test(request: HttpRequest, slug: str, wanted: Query[ReadAsk]) -> Status[dict[str, Any]]:
    """Effect with interval, units, money and verdict; 202 while it is being worked out."""
    workspace = workspace_of(request, slug, Permission.read)
    return _answer(geo.order(bearings.question(workspace, None), geo.READ, wanted.options()))


def _answer(made: AnswerRecord) -> Status[dict[str, Any]]:
    found, said = geo.look(made), language()
    told: dict[str, Any] | None
    match found:
        case None:
            told = None
        case Refusal():
            told = refusal_to_dict(found, said)
        case GeoRead():
            told = read_to_dict(found, said)
        case _:
            told = chosen_to_dict(found, said)
    return answered(made, told is not None, {"geo": told})
