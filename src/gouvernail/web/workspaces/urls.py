"""Addresses of `workspaces`: the settings of an organisation."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.api import views as api
from gouvernail.web.workspaces.views import (
    benchmarks,
    danger,
    facts,
    index,
    inviting,
    people,
    records,
    rules,
    trail,
    words,
)

urlpatterns = [
    path("", index.settings, name="settings"),
    path("people", people.people, name="people"),
    path("people/<int:pk>", people.one, name="member"),
    path("people/<int:pk>/remove", people.remove, name="member-remove"),
    path("people/invite", inviting.invite, name="invite"),
    path("people/invitations/<int:pk>/again", inviting.again, name="invitation-again"),
    path("people/invitations/<int:pk>/revoke", inviting.revoke, name="invitation-revoke"),
    path("roles", index.roles, name="settings-roles"),
    path("trail", trail.trail, name="trail"),
    path("facts", facts.facts, name="settings-facts"),
    path("words", words.words, name="settings-words"),
    path("rules", rules.rules, name="settings-rules"),
    path("rules/<str:code>", rules.rule, name="settings-rule"),
    path("records/<str:part>", records.records, name="settings-records"),
    path("benchmarks", benchmarks.benchmarks, name="settings-benchmarks"),
    path("benchmarks/add", benchmarks.add, name="settings-benchmarks-add"),
    path("benchmarks/sample.csv", benchmarks.sample, name="settings-benchmarks-sample"),
    path("tokens", api.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke", api.revoke, name="token-revoke"),
    path("danger", danger.danger, name="settings-danger"),
    path("danger/export", danger.export, name="organisation-export"),
    path("danger/delete", danger.remove, name="organisation-delete"),
]
