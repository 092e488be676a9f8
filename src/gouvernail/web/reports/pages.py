"""A report given out as the one file that it is: its own styles, no script, nothing from outside, no way out of the frame."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

from gouvernail.base.ids import slugify
from gouvernail.web.reports.making import page
from gouvernail.web.reports.models import Report

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""The report's own Content-Security-Policy: its styles stand in the file; everything else is forbidden."""


def given(report: Report, *, download: bool = False) -> HttpResponse:
    """Return the report's page, or the file to keep."""
    answer = HttpResponse(page(report), content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "private, no-store"
    if download:
        name = f"{report.title} {report.period}"
        plain = slugify(name) or "report"
        answer.headers["Content-Disposition"] = (
            f"attachment; filename=\"{plain}.html\"; filename*=UTF-8''{quote(name, safe='')}.html"
        )
    return answer
