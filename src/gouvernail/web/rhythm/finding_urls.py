"""Addresses of the findings, under /o/<slug>/findings/."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.rhythm import finding_changes as changes
from gouvernail.web.rhythm import finding_views as views

urlpatterns = [
    path("", views.index, name="findings"),
    path("one", views.one, name="finding"),
    path("findings.csv", views.export, name="findings-csv"),
    path("assign", changes.assign, name="finding-assign"),
    path("work", changes.work, name="finding-work"),
    path("aside", changes.aside, name="finding-aside"),
    path("back", changes.back, name="finding-back"),
    path("rules/<str:code>", views.rule, name="rule"),
]
