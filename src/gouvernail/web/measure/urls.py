"""Addresses of Measure: credit by model, the paths behind it, experiments, methods; asking again for what failed."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.measure import experiments_design_views, experiments_views, geo_views, views

urlpatterns = [
    path("", views.credit, name="measure"),
    path("credit.csv", views.credit_csv, name="measure-csv"),
    path("caused.csv", views.caused_csv, name="caused-csv"),
    path("journeys/", views.journeys, name="journeys"),
    path("experiments/", experiments_views.experiments, name="experiments"),
    path("experiments/list.csv", experiments_views.experiments_csv, name="experiments-csv"),
    path("experiments/size/", experiments_design_views.design, name="experiment-design"),
    path("experiments/size/keep", experiments_design_views.keep, name="experiment-keep"),
    path("experiments/of/<path:id>", experiments_views.experiment, name="experiment"),
    path("experiments/decide/<path:id>", experiments_views.decide, name="experiment-decide"),
    path("experiments/applied/<path:id>", experiments_views.applied, name="experiment-applied"),
    path("experiments/rows/<path:id>", experiments_views.rows, name="experiment-rows"),
    path("experiments/looks/<path:id>.csv", experiments_views.looks_csv, name="experiment-csv"),
    path("geo/", geo_views.choose, name="geo"),
    path("geo/proposals.csv", geo_views.choose_csv, name="geo-csv"),
    path("geo/read/", geo_views.read, name="geo-read"),
    path("methods/<str:id>/", experiments_views.method, name="method"),
    path("answers/<int:pk>/again", views.again, name="answer-again"),
]
