"""Choosing, making and joining organisations."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.workspaces.views import demonstrations, joining, leaving, organisations

urlpatterns = [
    path("", organisations.organisations, name="organisations"),
    path("new", organisations.new, name="organisation-new"),
    path("demonstration", demonstrations.open_one, name="demonstration-open"),
    path("demonstration/<slug:slug>/", demonstrations.loading, name="demonstration"),
    path("demonstration/<slug:slug>/again", demonstrations.again, name="demonstration-again"),
    path("go/<slug:slug>", organisations.open_, name="organisation-open"),
    path("leave/<slug:slug>", leaving.leave, name="organisation-leave"),
    path("join/<str:token>", joining.invitation, name="invitation"),
    path("join/<str:token>/accept", joining.accept, name="invitation-accept"),
    path("join/<str:token>/other-account", joining.other_account, name="invitation-other-account"),
]
