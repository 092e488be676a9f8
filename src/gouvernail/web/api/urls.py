"""Addresses of `api`: the page that explains it, and the API itself."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gouvernail.web.api import pages
from gouvernail.web.api.service import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.docs, name="api-docs"),
    path("", api.urls),
]
