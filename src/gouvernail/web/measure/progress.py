"""How far an answer of the shelf is, as the pages of Measure and the API tell it."""

from __future__ import annotations

from typing import Any

from gouvernail.web.look.templatetags.look import language
from gouvernail.web.measure.models import AnswerRecord


def fault(record: AnswerRecord) -> str | None:
    """Return why there is no answer, in the reader's language; None where nothing failed."""
    said: str | None = (record.message or {}).get(language())
    return said


def progress(record: AnswerRecord | None, answer: object) -> dict[str, Any]:
    """Return what a page needs to tell how far an answer is; a record of None was never ordered."""
    wrong = fault(record) if record else None
    return {
        "record": record,
        "fault": wrong,
        "under_way": record is not None and answer is None and not wrong,
    }
