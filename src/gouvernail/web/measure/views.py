"""Pages of Measure: credit by model side by side, and the paths behind it. Nothing is worked out in a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.text import T, Text
from gouvernail.bearing.attributed import Attributed
from gouvernail.report.causing import caused_table
from gouvernail.report.crediting import credit_notes, credit_rows
from gouvernail.web.bearings.current import Current, current
from gouvernail.web.bearings.views import back
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure import caused, page, shelf
from gouvernail.web.measure import credit as crediting
from gouvernail.web.measure.models import AnswerRecord
from gouvernail.web.measure.progress import progress
from gouvernail.web.measure.tabs import tabs
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission

COLUMNS = (
    T("Credited to"),
    T("Id"),
    T("Model"),
    T("Share of the credit"),
    T("Conversions"),
    T("At least"),
    T("At most"),
    T("Value"),
    T("Cost"),
    T("Return"),
    T("Currency"),
)


@member(Permission.read)
def credit(request: MemberRequest) -> HttpResponse:
    """Show what each model credits with the sales, side by side."""
    here, context = _asked(request, "measure")
    found = _credited(context)
    if found is not None:
        every = request.GET.get("models") == "all"
        rows = credit_rows(page.shown(found, every=every))
        titles = {element.id: element.name for element in here.plan.elements()}
        context |= {
            "found": found,
            "rows": rows,
            "every": every,
            "notes": tuple(credit_notes(found.credit, found.grade)),
            "apart": page.spread_row(rows),
            "tops": page.tops(found, titles),
            "chart": page.bars(found, language()),
            **_caused(found),
            "caused_csv": f"{reverse('caused-csv', args=[here.workspace.slug])}?{request.GET.urlencode()}",
            "csv": f"{reverse('measure-csv', args=[here.workspace.slug])}?{request.GET.urlencode()}",
        }
    return render(request, "measure/credit.html", context)


@member(Permission.read)
def credit_csv(request: MemberRequest) -> HttpResponse:
    """Give the credit of every model as a table for spreadsheets; empty while it is being worked out."""
    _, context = _asked(request, "measure")
    found = _credited(context)
    return csv_response("credit", COLUMNS, page.cells(found) if found else ())


def _caused(found: Attributed) -> dict[str, Any]:
    """Return what holdouts tell, or the sentence that says why they do not."""
    told = caused_table(found)
    if isinstance(told, Text):
        return {"not_caused": told}
    return {
        "caused": told,
        "caused_chart": caused.shares(told, language()),
        "backed": found.grade is Grade.experiment,
    }


@member(Permission.read)
def caused_csv(request: MemberRequest) -> HttpResponse:
    """Give what holdouts tell as a table for spreadsheets; empty where they tell nothing."""
    _, context = _asked(request, "measure")
    found = _credited(context)
    return csv_response("caused", caused.COLUMNS, caused.cells(found) if found else ())


@member(Permission.read)
def journeys(request: MemberRequest) -> HttpResponse:
    """Show the most frequent paths, how long they are and how long they last."""
    _, context = _asked(request, "journeys")
    answer = context["answer"]
    if answer is not None and answer.journeys is not None:
        found = answer.journeys
        context |= {"found": found, "lengths": page.lengths(found), "waits": page.waiting(found)}
    return render(request, "measure/journeys.html", context)


@member(Permission.read)
@require_POST
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """Order an answer again that could not be worked out."""
    found = AnswerRecord.objects.defer("body").filter(workspace=request.workspace)
    shelf.again(get_object_or_404(found, pk=pk))
    return back(request)


def _credited(context: dict[str, Any]) -> Attributed | None:
    """Return the credit of every model, None while it is being worked out or where there is none."""
    answer = context["answer"]
    return None if answer is None or isinstance(answer.credit, Refusal) else answer.credit


def _asked(request: MemberRequest, place: str) -> tuple[Current, dict[str, Any]]:
    """Return what the page looks at, and what every page of Measure needs: choices, tabs, the answer if it is there."""
    here, chosen = current(request), page.chosen(request.GET)
    record = crediting.order(shelf.asked_of(here), chosen) if here.has_data else None
    answer = crediting.look(record) if record else None
    missing = answer.credit if answer is not None and isinstance(answer.credit, Refusal) else None
    return here, {
        "current": here,
        "chosen": chosen,
        "levels": page.LEVEL_NAMES.items(),
        "windows": page.DAYS,
        "tabs": tabs(here.workspace.slug, place, request.GET.urlencode()),
        "answer": answer,
        "missing": missing,
        "place": place,
        **progress(record, answer),
    }
