"""The API as one object: routes, who may call, how often, how it fails."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from gouvernail import __version__
from gouvernail.web.api import problems
from gouvernail.web.api.caller import Bearer, Limit, Session
from gouvernail.web.api.openapi import finished
from gouvernail.web.api.routes import (
    attribution,
    bearings,
    catalogues,
    experiments,
    explanations,
    findings,
    forecasts,
    geo,
    imports,
    organisations,
    plan,
)


class Service(NinjaAPI):
    """Ninja's API, with a finished OpenAPI document."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document."""
        made = super().get_openapi_schema(**options)
        whole = finished(dict(made))
        made.clear()
        made.update(whole)
        return made

    def validation_error_from_error_contexts(self, error_contexts: list[Any]) -> ValidationError:
        """Keep what was sent beside each fault: the sentence says it."""
        sent = [one["input"] for each in error_contexts for one in each.pydantic_validation_error.errors()]
        made = super().validation_error_from_error_contexts(error_contexts)
        for fault, value in zip(made.errors, sent, strict=True):
            fault["input"] = value
        return made

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name operations by their functions: they are unique, and clients are generated from them."""
        return str(operation.view_func.__name__)


def service() -> Service:
    """Return the API."""
    api = Service(
        title="Gouvernail",
        version=__version__,
        description="Plans, data, bearings and findings of the organisations within your reach. See docs/api.md.",
        urls_namespace="api",
        docs_url=None,
        openapi_url="/openapi.json",
        auth=[Bearer(), Session()],
        throttle=[Limit()],
    )
    problems.install(api)
    api.add_router("/organisations", organisations.router)
    for one in (plan, imports, bearings, findings, explanations, experiments, forecasts, geo, attribution):
        api.add_router("/organisations", one.router)
    api.add_router("", catalogues.router)
    api.add_router("", experiments.sizing)
    return api


api = service()
