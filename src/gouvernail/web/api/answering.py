"""Answers of the shelf (`web.measure`) as the API gives them: there, or how far they are."""

from __future__ import annotations

from typing import Any

from ninja import Status

from gouvernail.web.measure.models import AnswerRecord
from gouvernail.web.measure.progress import fault


def answered(made: AnswerRecord, ready: bool, answer: dict[str, Any]) -> Status[dict[str, Any]]:
    """Return an answer with its state: 200 where it is there or there will be none, 202 while it is worked out."""
    message = fault(made)
    return Status(200 if ready or message else 202, {"state": made.state, "message": message, **answer})
