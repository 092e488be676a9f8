"""The catalogues that every organisation shares: metrics, rules, channels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from gouvernail.base.channels import Channel, channels
from gouvernail.base.text import T
from gouvernail.checks.catalogue import RULES
from gouvernail.checks.rule import Rule
from gouvernail.metrics.catalogue import METRICS
from gouvernail.metrics.metric import Metric
from gouvernail.web.api.paging import Number, PerPage, paged
from gouvernail.web.api.shapes import ChannelOut, MetricOut, Page, RuleOut
from gouvernail.web.look.templatetags.look import language

router = Router(tags=["catalogues"])


@router.get("/metrics", response=Page[MetricOut], summary=T("List the metrics").template)
def list_metrics(request: HttpRequest, page: Number = 1, per_page: PerPage = 200) -> dict[str, Any]:
    """Those of the catalogue; an organisation's own stand in its plan."""
    return paged(list(METRICS.values()), page, per_page, _metric)


@router.get("/rules", response=Page[RuleOut], summary=T("List the rules").template)
def list_rules(request: HttpRequest, page: Number = 1, per_page: PerPage = 200) -> dict[str, Any]:
    """What each looks for, and its thresholds."""
    return paged(list(RULES.values()), page, per_page, _rule)


@router.get("/channels", response=Page[ChannelOut], summary=T("List the channels").template)
def list_channels(request: HttpRequest, page: Number = 1, per_page: PerPage = 200) -> dict[str, Any]:
    """Those of the catalogue."""
    return paged(list(channels().values()), page, per_page, _channel)


def _metric(one: Metric) -> dict[str, Any]:
    said = language()
    return {
        "id": one.id,
        "name": one.name.render(said),
        "meaning": one.meaning.render(said),
        "unit": str(one.unit),
        "better": str(one.better),
        "formula": one.formula or None,
        "family": str(one.family),
        "vanity": one.vanity,
    }


def _rule(one: Rule) -> dict[str, Any]:
    said = language()
    return {
        "code": one.code,
        "title": one.title.render(said),
        "severity": str(one.severity),
        "layer": str(one.layer) if one.layer else None,
        "measured": one.measured,
        "status": one.status,
        "parameters": [
            {"name": each.name, "meaning": each.meaning.render(said), "default": each.default}
            for each in one.parameters
        ],
    }


def _channel(one: Channel) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name.render(language()),
        "market": str(one.market) if one.market else None,
        "stages": list(one.stages),
        "skills": list(one.skills),
        "metrics": list(one.metrics),
    }
