"""Benchmarks from a table: upload, see what would be added and what is refused, add."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gouvernail.base.errors import SourceError
from gouvernail.base.text import T
from gouvernail.bearing.benchmark_file import FoundBenchmarks, read_benchmarks
from gouvernail.checks.index import Index
from gouvernail.web.look.export import csv_response
from gouvernail.web.look.forms import words
from gouvernail.web.look.templatetags.look import language
from gouvernail.web.plans import store
from gouvernail.web.workspaces.access import MemberRequest, member
from gouvernail.web.workspaces.models import Permission
from gouvernail.web.workspaces.records import quantity

LARGEST = 2 * 1024 * 1024
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".yaml", ".yml")
SALT = "benchmarks"
AN_HOUR = 3600


class FileForm(forms.Form):
    """A table of benchmarks."""

    file = forms.FileField(
        label=words(T("File")),
        help_text=words(
            T(
                "CSV, XLSX or YAML with the columns metric, value, source, year; industry, region, channel and url where you know them."
            )
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large or no table."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(T("The file is larger than 2 MB.").render(language()))
        if not file.name.casefold().endswith(ENDINGS):
            raise forms.ValidationError(T("This is no CSV, XLSX or YAML file.").render(language()))
        return file


@member(Permission.edit)
def benchmarks(request: MemberRequest) -> HttpResponse:
    """Read a table, and show what it would bring."""
    form = FileForm(request.POST or None, request.FILES or None)
    found: FoundBenchmarks | None = None
    if request.method == "POST" and form.is_valid():
        try:
            found = _read(request, form.cleaned_data["file"])
        except SourceError as error:
            form.add_error("file", error.message.render(language()))
    sealed = _sealed(request, found) if found else ""
    index = Index(store.read(request.workspace))
    rows = (
        [(index.metric_name(one.metric), quantity(index, one), one) for one in found.added] if found else []
    )
    return render(
        request, "workspaces/benchmarks.html", {"form": form, "found": found, "rows": rows, "sealed": sealed}
    )


@member(Permission.edit)
@require_POST
def add(request: MemberRequest) -> HttpResponse:
    """Add the benchmarks that the preview showed."""
    try:
        kept = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature:
        kept = None
    if not kept or kept["workspace"] != request.workspace.pk:
        messages.error(request, words(T("The preview is too old. Choose the file again.")))
        return redirect("settings-benchmarks", slug=request.workspace.slug)
    there = store.read(request.workspace).by_id
    changes = [store.Change("benchmarks", id, body) for id, body in kept["bodies"].items() if id not in there]
    said = T("Benchmarks from a table").render(request.workspace.language)
    store.commit(request.workspace, request.user, changes, note=said)
    messages.success(request, words(T("Benchmarks added: {n}.", n=len(changes))))
    return redirect("settings-records", slug=request.workspace.slug, part="benchmarks")


@member(Permission.read)
def sample(request: MemberRequest) -> HttpResponseBase:
    """Give an empty table with the right columns and one example."""
    headings = ("metric", "value", "source", "year", "industry", "region", "channel", "url")
    row = ("lead_to_customer_rate", "2.4 %", "Survey 2025", "2025", "industrial", "ch", "", "")
    return csv_response("benchmarks", headings, [row])


def _read(request: MemberRequest, file: Any) -> FoundBenchmarks:
    with tempfile.TemporaryDirectory() as folder:
        # The ending tells the format; nothing else of the name is used.
        path = Path(folder) / f"table{Path(file.name).suffix.casefold()}"
        path.write_bytes(file.read())
        return read_benchmarks(path, Index(store.read(request.workspace)))


def _sealed(request: MemberRequest, found: FoundBenchmarks) -> str:
    bodies = {}
    for one in found.added:
        body = store.short(one)
        bodies[body.pop("id")] = body
    return signing.dumps({"workspace": request.workspace.pk, "bodies": bodies}, salt=SALT, compress=True)
