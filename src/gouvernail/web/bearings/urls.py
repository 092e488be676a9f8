"""Addresses of `bearings`: the state of a bearing, giving it up, asking again."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.bearings import views

urlpatterns = [
    path("<int:pk>", views.state, name="bearing-state"),
    path("<int:pk>/cancel", views.cancel, name="bearing-cancel"),
    path("<int:pk>/retry", views.retry, name="bearing-retry"),
]
