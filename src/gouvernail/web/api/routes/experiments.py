"""Experiments: those of a bearing, with what their figures say and what to do; and the size of one to come."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Status

from gouvernail.base.text import T
from gouvernail.bearing.designed import size
from gouvernail.bearing.designed_json import to_dict
from gouvernail.bearing.experiments_json import trial
from gouvernail.web.api.experiment_shapes import (
    DesignAsk,
    DesignBody,
    TrialOut,
    TrialsOut,
    Tried,
)
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.routes.bearings import bearing_out, taken
from gouvernail.web.api.shapes import Taken
from gouvernail.web.look.templatetags.look import language

router = Router(tags=["experiments"])
sizing = Router(tags=["experiments"])


@router.get(
    "/{slug}/experiments",
    response={200: TrialsOut, 202: TrialsOut},
    summary=T("List the experiments").template,
)
def list_experiments(
    request: HttpRequest, slug: str, wanted: Query[Tried], page: Number = 1, per_page: PerPage = 50
) -> Status[dict[str, Any]]:
    """Those of the plan in its order, then those that only the data know; 202 with none while the bearing is being taken."""
    made, bearing = taken(request, slug, wanted)
    chosen = [one for one in bearing.trials if wanted.takes(one)] if bearing else []
    said = language()
    shown = paged(chosen, page, per_page, lambda one: trial(one, said))
    return Status(200 if bearing else 202, {**shown, "bearing": bearing_out(made)})


@router.get(
    "/{slug}/experiments/{path:id}",
    response={200: TrialOut, 202: TrialOut},
    summary=T("Read an experiment").template,
)
def get_experiment(request: HttpRequest, slug: str, id: str, wanted: Query[Taken]) -> Status[dict[str, Any]]:
    """Its arms, effect, money and verdict; 202 while the bearing is being taken."""
    made, bearing = taken(request, slug, wanted)
    found = next((one for one in bearing.trials if one.id == id), None) if bearing else None
    if bearing is not None and found is None:
        raise Http404
    told = trial(found, language()) if found else None
    return Status(200 if bearing else 202, {"trial": told, "bearing": bearing_out(made)})


@sizing.post("/experiments/design", response=DesignBody, summary=T("Size an experiment").template)
def design_experiment(request: HttpRequest, asked: DesignAsk) -> dict[str, Any]:
    """As `gouvernail experiment design --json`: subjects, days, what weeks can show; `refusal` where there is none. It changes nothing."""
    return to_dict(size(asked.wanted()), language())
