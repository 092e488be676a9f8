"""Addresses of `data`."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.data import imports_views, views

urlpatterns = [
    path("", views.data, name="data"),
    path("files", views.receive, name="upload-receive"),
    path("files/import", views.commit_all, name="upload-commit-all"),
    path("files/<int:pk>", views.upload, name="upload"),
    path("files/<int:pk>/state", views.state, name="upload-state"),
    path("files/<int:pk>/mapping", views.read_by, name="upload-mapping"),
    path("files/<int:pk>/import", views.commit, name="upload-commit"),
    path("files/<int:pk>/cancel", views.cancel, name="upload-cancel"),
    path("files/<int:pk>/look", views.look_again, name="upload-look"),
    path("files/<int:pk>/discard", views.discard, name="upload-discard"),
    path("files/<int:pk>/rejects.csv", views.rejects, name="upload-rejects"),
    path("imports", imports_views.imports, name="imports"),
    path("imports/<str:id>", imports_views.import_page, name="import"),
    path("imports/<str:id>/undo", imports_views.undo, name="import-undo"),
    path("imports/<str:id>/rejects.csv", imports_views.import_rejects, name="import-rejects"),
    path("coverage", imports_views.coverage, name="coverage"),
    path("coverage.csv", imports_views.coverage_csv, name="coverage-csv"),
    path("forget", imports_views.forget, name="forget"),
]
