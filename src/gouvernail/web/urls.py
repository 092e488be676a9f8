"""Every address of the site. What belongs to an organisation stands under /o/<slug>/."""

from __future__ import annotations

from django.urls import include, path

from gouvernail.web import views
from gouvernail.web.accounts import single_sign_on
from gouvernail.web.look.views import manifest

organisation = [
    path("", include("gouvernail.web.cockpit.urls")),
    path("", include("gouvernail.web.actions.urls")),
    path("plan/", include("gouvernail.web.plans.urls")),
    path("data/", include("gouvernail.web.data.urls")),
    path("bearings/", include("gouvernail.web.bearings.urls")),
    path("findings/", include("gouvernail.web.rhythm.finding_urls")),
    path("measure/", include("gouvernail.web.measure.urls")),
    path("rhythm/", include("gouvernail.web.rhythm.urls")),
    path("reports/", include("gouvernail.web.reports.urls")),
    path("settings/", include("gouvernail.web.workspaces.urls")),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("health", views.health, name="health"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("language", views.language, name="language"),
    path("setup/", include("gouvernail.web.setup.urls")),
    path("account/", include("gouvernail.web.accounts.urls")),
    # Before allauth's own, at the same addresses: what goes wrong on the way is told.
    path("sign-in/oidc/<str:provider_id>/login/", single_sign_on.login),
    path("sign-in/oidc/<str:provider_id>/login/callback/", single_sign_on.callback),
    path("sign-in/", include("allauth.urls")),
    path("organisations/", include("gouvernail.web.workspaces.entry")),
    path("shared/", include("gouvernail.web.reports.shared")),
    path("api/", include("gouvernail.web.api.urls")),
    path("o/<slug:slug>/", include(organisation)),
]
handler400 = "gouvernail.web.views.unanswerable"
handler403 = "gouvernail.web.views.forbidden"
handler404 = "gouvernail.web.views.not_found"
handler429 = "gouvernail.web.views.too_often"  # allauth looks for it
handler500 = "gouvernail.web.views.broken"
