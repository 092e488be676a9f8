"""The actions as cards in columns by state: so many of each as can be looked over, and how many more there are."""

from __future__ import annotations

from dataclasses import dataclass

from gouvernail.base.text import Text
from gouvernail.plan.model import Action, Status
from gouvernail.report.labels import STATUSES
from gouvernail.web.actions.rows import ActionRow, Actions

CARDS = 25
"""Cards of one column; the table has the others."""


@dataclass(frozen=True)
class Lane:
    """One column: the actions in one state. `count` is of all of them, on cards or not."""

    state: Status
    words: Text
    rows: tuple[ActionRow, ...]
    count: int

    @property
    def more(self) -> int:
        """How many have no card."""
        return self.count - len(self.rows)


def lanes(found: Actions) -> tuple[Lane, ...]:
    """Return a column for each state."""
    by_state: dict[Status, list[Action]] = {state: [] for state in Status}
    for action in found.actions:
        by_state[action.status].append(action)
    return tuple(
        Lane(state, STATUSES[state], found.rows(by_state[state][:CARDS]), len(by_state[state]))
        for state in Status
    )
