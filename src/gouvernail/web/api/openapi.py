"""The OpenAPI document, finished: the plan's models as components, problems as the answer to what goes wrong."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from gouvernail.bearing.designed_json import inlined
from gouvernail.bearing.experiments_schema import TRIAL
from gouvernail.bearing.foreseen_schema import OBJECTIVE_FORECAST
from gouvernail.bearing.schema import BEARING, EXPLANATION, FINDING
from gouvernail.plan.model import SECTIONS, Plan
from gouvernail.web.api.problems import TYPE
from gouvernail.web.api.shapes import SHAPE, ProblemOut

REFERENCE = "#/components/schemas/{model}"
PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "No session and no token that works.",
    "403": "The role or the token's scope does not allow it.",
    "404": "There is no such thing within the caller's reach.",
    "409": "Somebody else changed it, or its state does not allow it.",
    "413": "The file or the body is too large.",
    "422": "Something does not fit.",
    "428": "If-Match is missing.",
    "429": "Too many calls.",
}
WRITES = ("post", "put", "delete")


def finished(document: dict[str, Any]) -> dict[str, Any]:
    """Return ninja's document with the plan's models in their places, and problems beside every answer."""
    components = document["components"]["schemas"]
    components.update(_models())
    for path in document["paths"].values():
        for verb, operation in path.items():
            _add_problems(operation["responses"], verb)
    placed: dict[str, Any] = _placed(document)
    return placed


def _add_problems(responses: dict[Any, Any], verb: str) -> None:
    for status, words in PROBLEMS.items():
        if verb in WRITES or status not in ("409", "413", "428"):
            schema = {"$ref": REFERENCE.format(model="Problem")}
            responses.setdefault(status, {"description": words, "content": {TYPE: {"schema": schema}}})


def _placed(node: Any) -> Any:
    if isinstance(node, dict):
        if SHAPE in node:
            return {"$ref": REFERENCE.format(model=node[SHAPE])}
        return {key: _placed(value) for key, value in node.items()}
    return [_placed(value) for value in node] if isinstance(node, list) else node


@lru_cache(maxsize=1)
def _models() -> dict[str, Any]:
    plan = Plan.model_json_schema(ref_template=REFERENCE)
    models: dict[str, Any] = dict(plan.pop("$defs"))
    models["Plan"] = plan
    models["Element"] = {
        "title": "Element",
        "description": "An element of the plan: of the model that its section has.",
        "anyOf": [{"$ref": REFERENCE.format(model=one.__name__)} for one in SECTIONS.values()],
    }
    models["Problem"] = ProblemOut.model_json_schema()
    models |= {
        "Bearing": BEARING,
        "Finding": FINDING,
        "Explanation": EXPLANATION,
        "Forecast": OBJECTIVE_FORECAST,
        "Trial": TRIAL,
        "ExperimentDesign": inlined(),
    }
    return models
