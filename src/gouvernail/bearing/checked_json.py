"""The checked plan as JSON: what `gouvernail plan check --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gouvernail.bearing.export import SHAPE_VERSION, dump
from gouvernail.bearing.findings_json import coherence, finding, ignored, not_checked
from gouvernail.bearing.worth import worthwhile

if TYPE_CHECKING:
    from gouvernail.bearing.checking import CheckedPlan
    from gouvernail.bearing.moves import Moves


def check_to_json(checked: CheckedPlan, language: str, moves: Moves | None = None) -> str:
    """Return the checked plan as JSON text: score, losses, findings, not_checked, ignored; `since`, where compared."""
    return dump(
        {
            **({"since": _since(moves, language)} if moves else {}),
            "shape": SHAPE_VERSION,
            "score": float(checked.coherence.score),
            "losses": coherence(checked.coherence)["losses"],
            "findings": [finding(one, language) for one in checked.findings],
            "first": [one.finding.identity for one in worthwhile(checked.findings)],
            "not_checked": [not_checked(one, language) for one in checked.not_checked],
            "ignored": ignored(checked.ignored),
        }
    )


def _since(moves: Moves, language: str) -> dict[str, Any]:
    return {
        "since": moves.since,
        "new": [one.finding.identity for one in moves.new],
        "still": [one.finding.identity for one in moves.still],
        "gone": [{**finding(one.located, language), "why": str(one.why)} for one in moves.gone],
    }
