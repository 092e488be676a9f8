"""How far a bearing is, told honestly: what is known is whether it waits or runs, and how long earlier ones took."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gouvernail.base.text import TN, T, Text
from gouvernail.base.values import Number
from gouvernail.web.bearings import shelf
from gouvernail.web.bearings.models import BearingRecord, BearingState

NEARLY = 0.95
"""Where the bar stops until the work is really done."""
_WAITING = T("The figures are ordered and wait for their turn.")
_RUNNING = T("The figures are being worked out.")
_LOST = T("Nobody seems to work on the figures any more: the worker may have stopped. You can ask again.")
_CANCELLED = T("Working out the figures was cancelled.")


@dataclass(frozen=True)
class Progress:
    """What a page says of a bearing that is not ready. `share` is None where nobody can tell."""

    record: BearingRecord
    message: Text | str
    stage: Text | None = None
    """What is being done at this moment."""
    detail: Text | None = None
    share: float | None = None
    polling: bool = False
    may_cancel: bool = False
    may_retry: bool = False
    failed: bool = False


def progress(made: BearingRecord, language: str = "en") -> Progress | None:
    """Return what to say of a bearing, None where it is ready."""
    match made.state:
        case BearingState.ready:
            return None
        case BearingState.failed:
            said = (made.message or {}).get(language) or ""
            return Progress(made, said, may_retry=True, failed=True)
        case BearingState.cancelled:
            return Progress(made, _CANCELLED, may_retry=True)
    if shelf.stalled(made):
        return Progress(made, _LOST, polling=True, may_cancel=True, may_retry=True)
    if made.state == BearingState.waiting:
        return Progress(made, _WAITING, polling=True, may_cancel=True)
    usual = shelf.pace(made.workspace)
    return Progress(
        made,
        _RUNNING,
        _stage(made),
        _detail(usual),
        _share(made, usual),
        polling=True,
        may_cancel=True,
    )


def _stage(made: BearingRecord) -> Text | None:
    told = made.message or {}
    if "stage" not in told:
        return None
    return T(
        "Step {step} of {steps}: {stage}.",
        step=Number(told["step"]),
        steps=Number(told["of"]),
        stage=Text(told["stage"]),
    )


def _detail(usual: float | None) -> Text | None:
    if usual is None:
        return None
    return TN("It usually takes {n} second.", "It usually takes about {n} seconds.", max(1, round(usual)))


def _share(made: BearingRecord, usual: float | None) -> float | None:
    if not usual or made.started is None:
        # The first of an organisation: its stages are all that can be told.
        return made.progress if made.message else None
    return min((timezone.now() - made.started).total_seconds() / usual, NEARLY)
