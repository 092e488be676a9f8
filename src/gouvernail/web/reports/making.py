"""Making a report: what it is made from is written down first, so that it can be made again, number for number."""

from __future__ import annotations

import zlib
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gouvernail.base.periods import parse_period
from gouvernail.base.speech import speaking
from gouvernail.bearing.model import Bearing
from gouvernail.report.html import render
from gouvernail.report.vocabulary import own_words
from gouvernail.web.accounts.models import User
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.code import code_version
from gouvernail.web.bearings.current import Current
from gouvernail.web.plans.models import Scenario
from gouvernail.web.reports.models import Report, ReportState


def order(view: Current, author: User, title: str, language: str, *, for_partners: bool) -> Report:
    """Order a report of what is in view: this plan revision, these facts, this period."""
    from gouvernail.web.reports.tasks import make

    report = Report.objects.create(
        workspace=view.workspace,
        author=author,
        title=title,
        language=language,
        period=str(view.period),
        for_partners=for_partners,
        made_from={
            "revision": view.revision,
            "scenario": view.scenario.pk if view.scenario else None,
            "data": view.data.version,
            "today": view.today.isoformat(),
        },
    )
    task = make.enqueue(report.pk)
    Report.objects.filter(pk=report.pk).update(task=str(task.id))
    report.refresh_from_db(fields=["state", "task", "made_from"])
    return report


def write(report: Report) -> None:
    """Make the report and keep it."""
    bearing = _shelved(report) or _taken(report, timezone.now())
    html = _written(report, bearing)
    made_from = report.made_from | {
        "plan": bearing.made_from.plan,
        "data": bearing.made_from.data,
        "code": code_version(),
        "made_at": bearing.made_at.isoformat(),
    }
    Report.objects.filter(pk=report.pk).update(
        html=packed(html), size=len(html.encode()), made_from=made_from, state=ReportState.ready, message=None
    )


def same_again(report: Report) -> bool:
    """Make the report once more from what it was made from, and return whether every byte is the same."""
    made_at = datetime.fromisoformat(report.made_from["made_at"])
    return _written(report, _taken(report, made_at)) == page(report)


def _written(report: Report, bearing: Bearing) -> str:
    """The page of a bearing, in the words of the organisation."""
    with speaking(own_words(_loaded(report).plan.vocabulary)):
        return render(bearing, report.language)


def page(report: Report) -> str:
    """Return the page of a report."""
    return zlib.decompress(bytes(report.html or b"")).decode()


def packed(html: str) -> bytes:
    """Return a page as it is kept."""
    return zlib.compress(html.encode(), 6)


def _shelved(report: Report) -> Bearing | None:
    """The bearing that the pages show already, so that the report says the same."""
    asked = shelf.Question(
        workspace=report.workspace,
        loaded=_loaded(report),
        data=report.made_from["data"],
        period=parse_period(report.period),
        today=date.fromisoformat(report.made_from["today"]),
        revision=report.made_from["revision"],
    )
    return shelf.look(asked)


def _taken(report: Report, now: datetime) -> Bearing:
    from gouvernail.workflow import take_bearing

    return take_bearing(
        _loaded(report),
        shelf.pinned(report.workspace, report.made_from["data"]),
        parse_period(report.period),
        today=date.fromisoformat(report.made_from["today"]),
        now=now,
    )


def _loaded(report: Report) -> Any:
    scenario = report.made_from.get("scenario")
    branch = Scenario.objects.filter(pk=scenario, workspace=report.workspace).first() if scenario else None
    return shelf.loaded(report.workspace, report.made_from["revision"], branch)
