"""Making reports in the background."""

from __future__ import annotations

import logging
from typing import Any

from django.utils import timezone
from django_tasks import task

from gouvernail.base.errors import GouvernailError
from gouvernail.base.text import T, Text
from gouvernail.web.background.order import SOON
from gouvernail.web.look.languages import both
from gouvernail.web.reports.models import Report, ReportState

BROKEN = T("Something went wrong on our side while the report was made. The details are in the site’s log.")
log = logging.getLogger(__name__)


@task(priority=SOON)
def make(pk: int) -> None:
    """Make a report that was ordered."""
    from gouvernail.web.reports.making import write

    report = Report.objects.select_related("workspace").filter(pk=pk, state=ReportState.making).first()
    if report is None:
        return
    try:
        write(report)
    except GouvernailError as error:
        _failed(report, error.message)
    except Exception:
        log.exception("report %s", pk)
        _failed(report, BROKEN)


@task(priority=SOON)
def make_again(pk: int) -> None:
    """Make a report once more from what it was made from, and keep whether it is the same."""
    from gouvernail.web.reports.making import same_again

    report = Report.objects.select_related("workspace").filter(pk=pk, state=ReportState.ready).first()
    if report is None:
        return
    found: dict[str, Any] = {"when": timezone.now().isoformat(timespec="seconds")}
    try:
        found["state"] = "same" if same_again(report) else "other"
    except GouvernailError as error:
        found |= {"state": "failed", "why": both(error.message)}
    except Exception:
        log.exception("report %s made again", pk)
        found |= {"state": "failed", "why": both(BROKEN)}
    Report.objects.filter(pk=pk).update(checked=found)


def _failed(report: Report, message: Text) -> None:
    Report.objects.filter(pk=report.pk).update(state=ReportState.failed, message=both(message))
