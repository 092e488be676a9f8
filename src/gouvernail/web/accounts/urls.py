"""Addresses of `accounts`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gouvernail.web.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.account, name="account"),
    path("theme", views.theme, name="theme"),
]
