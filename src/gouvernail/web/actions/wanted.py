"""Which actions a reader wants to see, as the address says it: judged on the action itself, no line of a table is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gouvernail.base.errors import PeriodError
from gouvernail.base.periods import Period, parse_period
from gouvernail.base.text import T, Text
from gouvernail.checks.audiences import targets
from gouvernail.checks.index import Index
from gouvernail.plan.model import Action, Stage

STAGES: Mapping[Stage, Text] = {
    Stage.awareness: T("Discovers"),
    Stage.consideration: T("Compares"),
    Stage.decision: T("Decides"),
    Stage.retention: T("Comes back"),
    Stage.advocacy: T("Recommends"),
}


@dataclass(frozen=True)
class Wanted:
    """What the reader wants to see; an empty word wants all.

    `on` is a day on which it begins or ends, `through` a month that it runs through, `public` a segment or persona that
    it is for, `stage` the moment at which it speaks: other shapes lead to the table by them.
    """

    status: str = ""
    owner: str = ""
    channel: str = ""
    objective: str = ""
    text: str = ""
    on: str = ""
    through: str = ""
    public: str = ""
    stage: str = ""

    @property
    def asked(self) -> int:
        """How many filters are set."""
        return sum(bool(getattr(self, name)) for name in self.__dataclass_fields__)

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """Filters that are set and have no field of their own."""
        names = ("on", "through", "public", "stage")
        return tuple((name, value) for name in names if (value := getattr(self, name)))

    def takes(self, action: Action, index: Index) -> bool:
        """Whether the action is wanted."""
        return (
            self.status in ("", action.status.value)
            and self.owner in ("", action.owner or "-")
            and self.channel in ("", action.channel or "-")
            and (not self.objective or any(link.id == self.objective for link in action.serves))
            and (not self._word or self._word in f"{action.name} {action.text} {action.message}".casefold())
            and (not self.on or self._falls(action))
            and (not self.through or self._lasts(action))
            and (not self.public or any(one.id == self.public for one in targets(index, action)))
            and (not self.stage or self.stage in moments(index, action))
        )

    def told(self, index: Index) -> tuple[Text, ...]:
        """Say what the filters without a field of their own leave."""
        found = []
        if self._day:
            found.append(T("Only what begins or ends in {period}.", period=self._day))
        if self._span:
            found.append(T("Only what runs all through {period}.", period=self._span))
        if self.public:
            found.append(T("Only what speaks to “{name}”.", name=index.name(self.public)))
        if self.stage in set(Stage):
            found.append(T("Only at the moment “{moment}”.", moment=STAGES[Stage(self.stage)]))
        return tuple(found)

    @cached_property
    def _word(self) -> str:
        return self.text.casefold()

    @cached_property
    def _day(self) -> Period | None:
        return _period(self.on)

    @cached_property
    def _span(self) -> Period | None:
        return _period(self.through)

    def _falls(self, action: Action) -> bool:
        day = self._day
        return day is not None and any(
            one and day.start <= one <= day.end for one in (action.start, action.end)
        )

    def _lasts(self, action: Action) -> bool:
        return self._span is not None and runs_through(action, self._span)


def runs_through(action: Action, period: Period) -> bool:
    """Whether the action began before the period and ends after it."""
    start, end = action.start, action.end
    return bool(start and end and start < period.start and end > period.end)


def moments(index: Index, action: Action) -> tuple[Stage, ...]:
    """Return the moment that the action aims at; where it does not say, those that its channel serves."""
    if action.stage:
        return (action.stage,)
    channel = index.channels.get(action.channel or "")
    return tuple(Stage(one) for one in channel.stages) if channel else ()


def _period(words: str) -> Period | None:
    try:
        return parse_period(words) if words else None
    except PeriodError:
        return None
