"""Addresses of the pages that read a bearing."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.cockpit import views

urlpatterns = [
    path("", views.cockpit, name="cockpit"),
    path("chain", views.chain, name="chain"),
    path("objectives", views.objectives, name="objectives"),
    path("objectives/<str:id>", views.objective, name="objective"),
    path("provenance/<str:subject>", views.provenance, name="provenance"),
    path("provenance/<str:subject>/rows", views.rows, name="provenance-rows"),
    path("search", views.search, name="search"),
]
