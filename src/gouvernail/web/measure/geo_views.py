"""Pages of the geo tests: which markets to treat, and what a test showed. Nothing is worked out in a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from gouvernail.base.outcome import Refusal
from gouvernail.base.text import T
from gouvernail.bearing.geo import GeoRead
from gouvernail.bearing.geo_choosing import Chosen
from gouvernail.bearing.geo_data import Offer
from gouvernail.report import geo as told
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.parts import Crumb
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure import geo, shelf
from gouvernail.web.measure import geo_page as page
from gouvernail.web.measure.geo_forms import ChooseForm, ReadForm, of_experiment
from gouvernail.web.measure.progress import progress
from gouvernail.web.measure.tabs import tabs
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission


@member(Permission.read)
def choose(request: MemberRequest) -> HttpResponse:
    """Show which markets to treat, for how long, and what would show."""
    here, found, context = _choosing(request)
    if isinstance(found, Chosen):
        context |= _chosen(request, here, found)
    return render(request, "measure/geo/choose.html", context)


@member(Permission.read)
def choose_csv(request: MemberRequest) -> HttpResponse:
    """Give the proposals as a table for spreadsheets; empty while they are being worked out."""
    _, found, _ = _choosing(request)
    rows = page.proposal_cells(found) if isinstance(found, Chosen) else ()
    return csv_response("geo-proposals", page.PROPOSALS, rows)


@member(Permission.read)
def read(request: MemberRequest) -> HttpResponse:
    """Show what a test brought, in share, units and money; `?experiment=` reads one of the plan."""
    here, offers, context = _asked(request)
    context["crumbs"] = (Crumb(T("Geo tests"), reverse("geo", args=[here.workspace.slug])),)
    one = page.of_plan(here.plan, request.GET.get("experiment", ""))
    context["experiment"] = one
    if offers:
        given: Any = request.GET if "panel" in request.GET else None
        if given is None and one is not None:
            given = _query(of_experiment(one, offers))
        form = ReadForm(given, offers=offers) if given is not None else ReadForm(offers=offers)
        found = _answered(here, form, geo.READ, context)
        if isinstance(found, GeoRead):
            context |= _read(found)
    return render(request, "measure/geo/read.html", context)


def _asked(request: MemberRequest) -> tuple[Current, tuple[Offer, ...], dict[str, Any]]:
    """Return what the page looks at, the panels that the facts hold, and what every page of geo tests needs."""
    here, slug = current(request), request.workspace.slug
    record = geo.order(shelf.asked_of(here), geo.PANELS) if here.has_data else None
    offers = geo.panels(record) if record else ()
    return here, offers or (), {
        "current": here,
        "tabs": tabs(slug, "geo"),
        "planned": page.planned(here.plan, slug, here.today),
        "offers": offers,
        **progress(record, offers),
    }  # fmt: skip


def _choosing(request: MemberRequest) -> tuple[Current, Any, dict[str, Any]]:
    """Return what the page looks at, the proposals if they are there, and what the page needs."""
    here, offers, context = _asked(request)
    if not offers:
        return here, None, context
    form = ChooseForm(request.GET if "panel" in request.GET else _first(offers), offers=offers)
    return here, _answered(here, form, geo.CHOOSE, context), context


def _answered(here: Current, form: ChooseForm | ReadForm, kind: str, context: dict[str, Any]) -> Any:
    """Return the answer to a form, None where there is none yet; the context tells how it stands."""
    context |= {"form": form, "groups": _groups(form)}
    if not form.is_bound or not form.is_valid():
        return None
    record = geo.order(shelf.asked_of(here), kind, form.options())
    found = geo.look(record)
    context |= progress(record, found)
    if isinstance(found, Refusal):
        context["refused"] = found.reason
    return found


def _groups(form: ChooseForm | ReadForm) -> dict[str, Any]:
    return {
        name: [form[field] for field in fields]
        for name, fields in (("first", form.FIRST), ("worth", form.WORTH), ("more", form.MORE))
    }


def _chosen(request: MemberRequest, here: Current, found: Chosen) -> dict[str, Any]:
    slug = here.workspace.slug
    rehearsal = found.rehearsal
    lead = T("Nothing was done on the shaded days: the two lines should run along each other.")
    title = T("The recommended markets beside what the others lead to expect")
    return {
        "found": found,
        "rows": told.proposal_rows(found),
        "asked": any(one.wanted is not None for one in told.proposal_rows(found)),
        "advice": told.advice(found),
        "alarms": told.ALARMS,
        "chart": page.picture(rehearsal, language(), title, lead) if rehearsal else None,
        "rehearsed": told.headline(rehearsal) if rehearsal else None,
        "into_plan": page.into_plan(found, slug, here.today),
        "csv": f"{reverse('geo-csv', args=[slug])}?{request.GET.urlencode()}",
    }


def _read(found: GeoRead) -> dict[str, Any]:
    title = T("Sold in the treated markets, beside what was expected without the action")
    lead = T("The shaded days are the test. The band is that of the whole test; a single day wavers by more.")
    return {
        "found": found,
        "headline": told.headline(found),
        "figures": page.figures(found) if found.refusal is None else (),
        "verdict": told.VERDICTS[found.decision.verdict],
        "tone": page.tone(found),
        "in_money": page.money_known(found),
        "beside": told.beside(found),
        "weights": page.weights(found),
        "chart": page.picture(found, language(), title, lead),
    }


def _first(offers: tuple[Offer, ...]) -> QueryDict:
    return _query({"panel": offers[0].id})


def _query(given: Any) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in given.items():
        made.setlist(name, value if isinstance(value, list) else [str(value)])
    return made
