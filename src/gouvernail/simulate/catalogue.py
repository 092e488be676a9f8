"""The simulated companies (DOMAIN §8), with the plans that come with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, cast

from gouvernail.base.text import T, Text

if TYPE_CHECKING:
    from gouvernail.simulate.world import World


@dataclass(frozen=True)
class Company:
    """A simulated company. `language` is that of its plans and people; `period` and `today` suit its report."""

    id: str
    title: Text
    story: Text
    language: str
    plans: tuple[str, ...]
    """File names of its plans, oldest revision first."""
    period: str = "2026-09"
    today: date = date(2026, 10, 1)

    @property
    def revisions(self) -> tuple[str, ...]:
        """The YAML texts of its plans, oldest first."""
        folder = files("gouvernail.simulate").joinpath("plans", self.id)
        return tuple(folder.joinpath(name).read_text(encoding="utf-8") for name in self.plans)

    def world(self) -> World:
        """Return its simulated world (imports numpy)."""
        return cast("World", import_module(f"gouvernail.simulate.worlds.{self.id}").WORLD)


COMPANIES: dict[str, Company] = {
    company.id: company
    for company in (
        Company(
            "antoine",
            T("Antoine’s company: a technology manufacturer that wants the German market"),
            T(
                "Marketing courts the young on Instagram, sales call buyers of 50; the second plan puts it right."
            ),
            "fr",
            ("revision-1.yaml", "revision-2.yaml"),
        ),
        Company(
            "watches",
            T("A luxury watch brand into which an aggressive promotion slips"),
            T(
                "Everything says exclusive, except a discount of 30 % that fills one month and empties the next."
            ),
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
