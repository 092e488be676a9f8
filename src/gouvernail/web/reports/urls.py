"""Addresses of `reports`."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.reports import views

urlpatterns = [
    path("", views.reports, name="reports"),
    path("make", views.make, name="report-make"),
    path("<int:pk>", views.report, name="report"),
    path("<int:pk>/state", views.state, name="report-state"),
    path("<int:pk>/page", views.page, name="report-page"),
    path("<int:pk>/download", views.download, name="report-download"),
    path("<int:pk>/change", views.change, name="report-change"),
    path("<int:pk>/again", views.again, name="report-again"),
    path("<int:pk>/delete", views.delete, name="report-delete"),
    path("<int:pk>/share", views.share, name="report-share"),
    path("<int:pk>/links/<int:link>/revoke", views.revoke, name="report-revoke"),
]
