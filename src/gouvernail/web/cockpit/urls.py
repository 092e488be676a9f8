"""Addresses of the pages that read a bearing."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.cockpit import views

urlpatterns = [path("", views.cockpit, name="cockpit")]
