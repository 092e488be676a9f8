"""Addresses of actions, the audience they reach, and their tracked links."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.actions import views

urlpatterns = [
    path("actions/", views.actions, name="actions"),
    path("actions.csv", views.actions_csv, name="actions-csv"),
    path("actions/<str:id>/", views.action, name="action"),
    path("actions/<str:id>/status", views.status, name="action-status"),
    path("actions/<str:id>/link", views.link, name="action-link"),
    path("audience/", views.audience, name="audience"),
]
