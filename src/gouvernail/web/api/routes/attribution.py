"""Credit by attribution model: ordered where nobody did, read where it is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.bearing.attributed_json import refusal_to_dict, to_dict
from gouvernail.web.api.answering import answered
from gouvernail.web.api.caller import workspace_of
from gouvernail.web.api.shapes import CreditAsk, CreditOut
from gouvernail.web.bearings import shelf as bearings
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure import credit
from gouvernail.web.workspaces.models import Permission

router = Router(tags=["bearings"])


@router.get(
    "/{slug}/attribution",
    response={200: CreditOut, 202: CreditOut},
    summary=T("Share the sales among channels").template,
)
def read_credit(request: HttpRequest, slug: str, wanted: Query[CreditAsk]) -> Status[dict[str, Any]]:
    """Every model side by side, with cost and return: credit, not cause; 202 while it is being worked out."""
    workspace = workspace_of(request, slug, Permission.read)
    asked = bearings.question(workspace, wanted.period)
    made = credit.order(asked, credit.Chosen(wanted.level, wanted.days, wanted.restart))
    answer, said = credit.look(made), language()
    found = answer.credit if answer else None
    told = (
        refusal_to_dict(found, said)
        if isinstance(found, Refusal)
        else to_dict(found, said)
        if found
        else None
    )
    return answered(made, told is not None, {"credit": told})
