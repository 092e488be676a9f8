"""Addresses of `plans`."""

from __future__ import annotations

from django.urls import path

from gouvernail.web.plans.views import (
    audit,
    branches,
    changes,
    edit,
    elements,
    exchange,
    form_parts,
    past,
    writing,
)

urlpatterns = [
    path("", elements.plan, name="plan"),
    path("section/<str:section>/", elements.section, name="plan-section"),
    path("element/<str:section>/<str:id>/", elements.element, name="element"),
    path("element/<str:section>/<str:id>/compare/", elements.compare, name="element-compare"),
    path("element/<str:section>/<str:id>/edit/", edit.edit, name="element-edit"),
    path("element/<str:section>/<str:id>/merge/", writing.merge, name="element-merge"),
    path("element/<str:section>/<str:id>/delete/", changes.delete, name="element-delete"),
    path("element/<str:section>/<str:id>/duplicate/", changes.duplicate, name="element-duplicate"),
    path("element/<str:section>/<str:id>/move/", changes.move, name="element-move"),
    path("element/<str:section>/<str:id>/restore/", changes.restore, name="element-restore"),
    path("new/<str:section>/", edit.new, name="element-new"),
    path("verdict/<str:section>/", form_parts.verdict, name="element-verdict"),
    path("choices/<str:section>/", form_parts.choices, name="element-choices"),
    path("row/<str:section>/", form_parts.row, name="element-row"),
    path("history/", past.history, name="plan-history"),
    path("history/<int:number>/", past.revision, name="plan-revision"),
    path("history/<int:number>/label/", past.label, name="plan-label"),
    path("history/<int:number>/undo/", past.undo, name="plan-undo"),
    path("history/<int:number>/bring-back/", past.bring_back, name="plan-bring-back"),
    path("compare/", past.compare, name="plan-compare"),
    path("scenarios/", branches.scenarios, name="scenarios"),
    path("scenarios/open/", branches.opened, name="scenario-open"),
    path("scenarios/choose/", branches.work, name="scenario-work"),
    path("scenarios/<int:pk>/", branches.scenario, name="scenario"),
    path("scenarios/<int:pk>/drop/", branches.dropped, name="scenario-drop"),
    path("scenarios/<int:pk>/merge/", branches.merged, name="scenario-merge"),
    path("import/", exchange.bring, name="plan-import"),
    path("import/<int:pk>/", exchange.preview, name="plan-import-preview"),
    path("import/<int:pk>/state/", exchange.state, name="plan-import-state"),
    path("import/<int:pk>/cancel/", exchange.cancel, name="plan-import-cancel"),
    path("import/<int:pk>/write/", exchange.write, name="plan-import-write"),
    path("export/plan.yaml", exchange.take, name="plan-export"),
    path("audit/", audit.audit, name="audit"),
    path("audit/score/", audit.score, name="audit-score"),
]
