"""Addresses of the rhythm, under /o/<slug>/rhythm/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gouvernail.web.rhythm import comment_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("comments/<int:pk>/settle", comment_views.settle, name="comment-settle"),
    path("comments/<str:element>", comment_views.thread, name="comments"),
]
