"""What the findings page can be asked for: filters and groups, as its address writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from gouvernail.base.text import T, Text

FAMILIES: Mapping[str, Text] = {
    "VAL": T("Values"),
    "VIS": T("Vision"),
    "MIS": T("Mission"),
    "STR": T("Strategy"),
    "OBJ": T("Objectives"),
    "CAS": T("Cascade of targets"),
    "KPI": T("Indicators"),
    "ACT": T("Actions"),
    "AUD": T("Audience"),
    "POS": T("Positioning"),
    "BUD": T("Budget"),
    "ORG": T("Organisation"),
    "REV": T("Reviews and rhythm"),
    "DAT": T("Data"),
    "PER": T("Performance"),
    "REF": T("References"),
}
AROUND = T("Around the chain")
NOBODY = T("Nobody yet")
GROUPINGS: Mapping[str, Text] = {
    "severity": T("Gravity"),
    "layer": T("Layer"),
    "element": T("Element"),
    "owner": T("Owner"),
    "family": T("Rule family"),
}
STATES: Mapping[str, Text] = {
    "new": T("New since then"),
    "mine": T("Given to me"),
    "given": T("Given to somebody"),
    "begun": T("Being worked on"),
    "free": T("Nobody has it"),
}


@dataclass(frozen=True)
class Filters:
    """What the reader asked for, as the address holds it."""

    severity: str = ""
    layer: str = ""
    owner: str = ""
    family: str = ""
    element: str = ""
    text: str = ""
    state: str = ""
    group: str = "severity"
    since: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """Read the address; what it does not hold, or holds amiss, is not asked for."""
        asked = {name: query.get(name, "").strip() for name in cls.__dataclass_fields__}
        if asked["group"] not in GROUPINGS:
            asked["group"] = "severity"
        return cls(**asked)

    @property
    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return self.asked > 0

    @property
    def asked(self) -> int:
        """How many filters are set."""
        asked = (self.severity, self.layer, self.owner, self.family, self.element, self.text, self.state)
        return sum(map(bool, asked))

    @property
    def cleared(self) -> str:
        """The address that shows all findings, grouped and compared as before."""
        return urlencode({"group": self.group, "since": self.since})

    def query(self, **changes: str) -> str:
        """Return these filters as an address writes them, some changed."""
        wanted = replace(self, **changes)
        kept = {name: getattr(wanted, name) for name in self.__dataclass_fields__}
        return urlencode({name: value for name, value in kept.items() if value})
