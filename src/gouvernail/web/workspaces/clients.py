"""The organisations within somebody's reach, side by side with their four figures as far as they are ready.

Nothing is ordered here: whoever looks over twenty clients wants what is there. Two queries bring the newest ready bearing
of each; its four figures are kept in the cache, so that a body is opened once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Max

from gouvernail.base.outcome import Refusal
from gouvernail.base.periods import Period
from gouvernail.base.text import T, Text
from gouvernail.base.units import Unit
from gouvernail.base.values import Number, Ratio
from gouvernail.bearing.model import Bearing, Health
from gouvernail.bearing.show import value_text
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.models import BearingRecord, BearingState
from gouvernail.web.cockpit.links import address
from gouvernail.web.workspaces.models import Membership, Permission
from gouvernail.web.workspaces.words import role_name

DAY = 86_400


@dataclass(frozen=True)
class FourFigures:
    """The four figures of one bearing, in words, and the period that they are of."""

    period: Period
    coherence: Text
    aligned: Text
    on_course: Text
    returns: Text


@dataclass(frozen=True)
class Client:
    """One organisation of somebody: what they are there, and its figures; None where none are ready or may be read."""

    name: str
    slug: str
    url: str
    role: Text
    may_read: bool
    figures: FourFigures | None = None
    demo: bool = False


def clients(places: Iterable[Membership]) -> tuple[Client, ...]:
    """Return one line for each place, with the newest figures that are ready."""
    places = list(places)
    readable = [one.workspace_id for one in places if one.may(Permission.read)]
    figures = _figures(readable)
    return tuple(
        Client(
            name=one.workspace.name,
            slug=one.workspace.slug,
            url=address("organisation-open", one.workspace.slug),
            role=role_name(one.role),
            may_read=one.may(Permission.read),
            figures=figures.get(one.workspace_id),
            demo=one.workspace.demo,
        )
        for one in places
    )


def _figures(workspaces: list[int]) -> Mapping[int, FourFigures]:
    ready = BearingRecord.objects.filter(
        workspace__in=workspaces, state=BearingState.ready, code=code_version()
    )
    newest = dict(ready.values("workspace").annotate(last=Max("pk")).values_list("last", "workspace"))
    keys = {f"four-figures:{pk}": pk for pk in newest}
    kept = {keys[key]: value for key, value in caches["process"].get_many(keys).items()}
    bodies = BearingRecord.objects.filter(pk__in=newest.keys() - kept.keys()).values_list("pk", "body")
    for pk, body in bodies:
        kept[pk] = four(shelf.unpacked(body))
        caches["process"].set(f"four-figures:{pk}", kept[pk], DAY)
    return {newest[pk]: value for pk, value in kept.items()}


def four(bearing: Bearing) -> FourFigures:
    """Return the four figures in words."""
    figures = bearing.figures
    spend = figures.aligned_spend.actual or figures.aligned_spend.planned
    whole = spend.total.amount
    known = [one for one in figures.on_course if one.health is not Health.unknown]
    on = sum(1 for one in known if one.health is Health.on_course)
    value = figures.returns.value
    return FourFigures(
        period=bearing.period,
        coherence=T("{score} of 100", score=Number(float(figures.coherence.score), 0)),
        aligned=T("{share} aligned", share=Ratio(float(spend.aligned.amount / whole), 0))
        if whole
        else T("no money yet"),
        on_course=T("{on} of {all} on course", on=on, all=len(figures.on_course))
        if known
        else T("not known yet"),
        returns=T("not known yet")
        if isinstance(value, Refusal)
        else value_text(value.value, Unit.multiple, bearing.currency),
    )
