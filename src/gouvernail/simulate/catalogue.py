"""The simulated companies (DOMAIN §8), with the plans that come with them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from gouvernail.base.text import T, Text

if TYPE_CHECKING:
    from gouvernail.simulate.world import World


@dataclass(frozen=True)
class Company:
    """A simulated company: `revisions` are its plans, oldest first."""

    id: str
    title: Text
    story: Text
    language: str
    revisions: tuple[str, ...]

    def world(self) -> World:
        """Return its simulated world (imports numpy)."""
        module = import_module(f"gouvernail.simulate.worlds.{self.id}")
        return cast("World", module.WORLD)

    def plan(self, revision: int = 1) -> str:
        """Return the YAML of a plan revision, 1 being the first; IndexError where there is none."""
        if not 1 <= revision <= len(self.revisions):
            raise IndexError(revision)
        name = self.revisions[revision - 1]
        return files("gouvernail.simulate").joinpath("plans", self.id, name).read_text(encoding="utf-8")


COMPANIES: dict[str, Company] = {
    company.id: company
    for company in (
        Company(
            "antoine",
            T("Antoine’s company: a technology manufacturer that wants the German market"),
            T("Marketing runs Instagram for the young while sales call industrial buyers of 50; revision 2 puts it right."),
            "fr",
            ("revision-1.yaml", "revision-2.yaml"),
        ),
        Company(
            "watch",
            T("A luxury watch brand into which an aggressive promotion slips"),
            T("Everything says exclusive, except a discount of 30 % that fills September and empties the months after."),
            "en",
            ("revision-1.yaml",),
        ),
        Company(
            "eco",
            T("An eco-responsible line for 18–25, sold online"),
            T("Revenue from young adults is to grow by 15 % within a half-year."),
            "fr",
            ("revision-1.yaml",),
        ),
    )
}
