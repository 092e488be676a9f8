"""What is asked of geo tests, and what is answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from gouvernail.web.measure.geo import Options


class PanelOut(Schema):
    """Figures by day and market that the facts hold."""

    id: str = Field(description="To be named as `panel` in the other questions.")
    name: str
    money: bool = Field(description="Whether what is added up is money, in the organisation's currency.")
    markets: list[str]
    first: date
    last: date


class PanelsOut(Schema):
    """The panels of markets, or how far the look-up is."""

    state: str = Field(description="waiting, running, ready or failed.")
    message: str | None = Field(None, description="Why there is none.")
    panels: list[PanelOut] = []


class ChooseAsk(Schema):
    """What a test is to find, and what it may use."""

    panel: str = Field(max_length=200)
    days: list[int] = Field(
        [], max_length=10, description="Lengths to try; the usual ones where none is named."
    )
    count: list[int] = Field(
        [], max_length=10, description="Numbers of markets to treat; 1, 2 and 4 where none is named."
    )
    effect: float | None = Field(None, gt=0, le=3, description="Effect to be found, as a share.")
    budget: float | None = Field(
        None, gt=0, description="Of the action over the test: the effect that pays it is to be found."
    )
    leave_out: list[str] = Field([], max_length=500, description="Markets neither treated nor compared with.")
    value_of_one: float | None = Field(None, gt=0)
    margin: float | None = Field(None, gt=0, le=1)
    weeks: bool = False

    def options(self) -> Options:
        """Return what is asked, as the shelf keeps it."""
        return Options(
            self.panel,
            left_out=tuple(self.leave_out),
            budget=self.budget,
            effect=self.effect,
            one=self.value_of_one,
            margin=self.margin,
            days=tuple(self.days),
            counts=tuple(self.count),
            weeks=self.weeks,
        )


class ReadAsk(Schema):
    """Which markets had the action, when, and what it cost."""

    panel: str = Field(max_length=200)
    treated: list[str] = Field(
        min_length=1, max_length=500, description="Markets with the action; may be repeated."
    )
    start: date = Field(description="First day of the test.")
    end: date = Field(description="Last day.")
    since: date | None = Field(None, description="First day to compare with.")
    leave_out: list[str] = Field([], max_length=500, description="Markets neither treated nor compared with.")
    spend: float | None = Field(None, ge=0, description="In the treated markets, beyond the usual.")
    cost: float | None = Field(None, ge=0, description="Other costs of the action.")
    value_of_one: float | None = Field(None, gt=0)
    margin: float | None = Field(None, gt=0, le=1)
    weeks: bool = False

    def options(self) -> Options:
        """Return what is asked, as the shelf keeps it."""
        return Options(
            self.panel,
            tuple(self.treated),
            tuple(self.leave_out),
            self.start.isoformat(),
            self.end.isoformat(),
            self.since.isoformat() if self.since else "",
            spend=self.spend,
            cost=self.cost,
            one=self.value_of_one,
            margin=self.margin,
            weeks=self.weeks,
        )


class GeoOut(Schema):
    """Proposals or a reading, or how far it is."""

    state: str = Field(description="waiting, running, ready or failed.")
    message: str | None = Field(None, description="Why there is none.")
    geo: dict[str, Any] | None = Field(
        None, description="As `gouvernail geo --json` prints it; null until it is ready."
    )
