"""The facts of the organisation: currency, market, industry, money for a year, exchange rates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from pydantic import ValidationError

from gouvernail.base.text import T
from gouvernail.plan.wording import say
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.plans.store import Conflict
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.bodies import write_facts
from gouvernail.web.workspaces.forms import FactsForm, RateForm, RateSet
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.trail import record


@member(Permission.read)
def facts(request: MemberRequest) -> HttpResponse:
    """Show the facts; whoever manages the organisation changes them."""
    form, rates = _forms(request)
    conflict: Conflict | None = None
    if request.method == "POST":
        if not request.membership.may(Permission.manage):
            raise PermissionDenied
        if form.is_valid() and rates.is_valid():
            conflict = _save(request, form, rates)
            if conflict is None and form.is_valid():
                messages.success(request, words(T("The facts are saved.")))
                return redirect("settings-facts", slug=request.workspace.slug)
    shown = {
        "form": form,
        "rates": rates,
        "conflict": conflict,
        "now": store.read(request.workspace).organisation,
    }
    return render(request, "workspaces/facts.html", shown, status=409 if conflict else 200)


def _forms(request: MemberRequest) -> tuple[FactsForm, BaseFormSet[RateForm]]:
    plan = store.read(request.workspace)
    known = plan.organisation.model_dump(exclude={"exchange_rates"})
    known = {
        **known,
        "name": plan.organisation.name or request.workspace.name,
        "base": store.head(request.workspace),
    }
    rates = [one.model_dump() for one in plan.organisation.exchange_rates]
    given = request.POST if request.method == "POST" else None
    return FactsForm(given, initial=known), RateSet(given, initial=rates, prefix="rates")


def _save(request: MemberRequest, form: FactsForm, rates: BaseFormSet[RateForm]) -> Conflict | None:
    body: dict[str, Any] = form.body()
    given = [
        one.cleaned_data for one in rates.forms if one.cleaned_data and not one.cleaned_data.get("DELETE")
    ]
    if given:
        body["exchange_rates"] = [{key: one[key] for key in ("currency", "day", "rate")} for one in given]
    try:
        if write_facts(request.workspace, request.user, body, form.cleaned_data["base"]):
            record(request.workspace, request.user, "organisation.changed", body["name"])
    except Conflict as conflict:
        # Saved once more, theirs has been seen: mine then replaces it.
        form.data = {**request.POST.dict(), "base": str(store.head(request.workspace))}
        return conflict
    except ValidationError as error:
        for one in error.errors():
            form.add_error(None, say(one)[0].render(language()))
    return None
