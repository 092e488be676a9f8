"""Addresses of Measure: credit by model, and the paths behind it; asking again for an answer that failed."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.measure import views

urlpatterns = [
    path("", views.credit, name="measure"),
    path("credit.csv", views.credit_csv, name="measure-csv"),
    path("caused.csv", views.caused_csv, name="caused-csv"),
    path("journeys/", views.journeys, name="journeys"),
    path("answers/<int:pk>/again", views.again, name="answer-again"),
]
