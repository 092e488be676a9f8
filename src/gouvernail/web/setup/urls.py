"""Address of the first start."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.setup import views

urlpatterns = [path("", views.setup, name="setup")]
