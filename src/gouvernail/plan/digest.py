"""The plan's digest: a hash of what it says, not of how it is written."""

from __future__ import annotations

import json

from gouvernail.base.ids import content_hash
from gouvernail.plan.model import Plan


def digest_of(plan: Plan) -> str:
    """Return the SHA-256 of the plan without its defaults, the same for two equal plans."""
    body = plan.model_dump_json(exclude_defaults=True, exclude={"rules": {"parameters"}, "vocabulary": True})
    # Dictionaries are equal in any order; everything else has the order of the model.
    rest = json.dumps([plan.rules.parameters, plan.vocabulary], sort_keys=True, default=str)
    return content_hash(f"{body}\n{rest}".encode())
