"""Reports shared by link, for people without an account."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.reports import views

urlpatterns = [path("<str:token>/", views.shared, name="shared-report")]
