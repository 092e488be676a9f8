"""Addresses of the findings, under /o/<slug>/findings/."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.rhythm import finding_views as views

urlpatterns = [
    path("", views.index, name="findings"),
    path("one", views.one, name="finding"),
    path("findings.csv", views.export, name="findings-csv"),
    path("assign", views.assign, name="finding-assign"),
    path("work", views.work, name="finding-work"),
    path("aside", views.aside, name="finding-aside"),
    path("back", views.back, name="finding-back"),
    path("rules/<str:code>", views.rule, name="rule"),
]
