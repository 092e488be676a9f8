"""Addresses of `api`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gouvernail.web.api import pages

urlpatterns: list[URLPattern | URLResolver] = [path("", pages.docs, name="api-docs")]
