"""What was spent on each step of the paths: by channel, campaign or action, as far as the exports tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from gouvernail.base.money import Money, total
from gouvernail.base.outcome import Estimate
from gouvernail.base.text import T, Text
from gouvernail.bearing.deeds import Deeds
from gouvernail.bearing.returns import NO_SPEND, left_out
from gouvernail.measurement.attribution.stream import Level

NO_COST = T("Spend is not told by source and medium: ask by channel, campaign or action for cost and return.")


@dataclass(frozen=True)
class Costs:
    """Spend of the period, by the steps of one level."""

    deeds: Deeds
    level: Level
    steps: tuple[str, ...]

    @property
    def missing(self) -> Text | None:
        """Why cost and return cannot be told, or None."""
        if self.level == "source_medium":
            return NO_COST
        if not self.deeds.has_spend:
            return NO_SPEND
        return left_out(self.deeds.foreign) if self.deeds.foreign else None

    @cached_property
    def by_step(self) -> Mapping[str, Money]:
        """Step → what was spent on it."""
        if self.missing:
            return {}
        match self.level:
            case "action":
                return self.deeds.spent
            case "channel":
                return self._by_channel()
            case _:
                return self._by_campaign()

    def _by_channel(self) -> Mapping[str, Money]:
        """Exports of advertising name no channel: what actions spent, under the channel that the plan gives them."""
        spent = self.deeds.spent
        actions = [one for one in self.deeds.measures.plan.actions if one.channel and one.id in spent]
        return {
            channel: total((spent[one.id] for one in actions if one.channel == channel), self.deeds.currency)
            for channel in sorted({one.channel for one in actions if one.channel})
        }

    def _by_campaign(self) -> Mapping[str, Money]:
        """Campaigns are the same whether written in capitals or not."""
        facts, named = self.deeds.measures.facts, {step.casefold(): step for step in self.steps}
        told = facts.breakdown("spend", self.deeds.measures.period, "campaign") if facts else {}
        found: dict[str, Money] = {}
        for campaign, spent in told.items():
            if isinstance(spent, Estimate):
                step = named.get(campaign.casefold(), campaign)
                money = Money(Decimal(str(spent.value)), self.deeds.currency).rounded()
                found[step] = found[step] + money if step in found else money
        return found

    @property
    def unmatched(self) -> Money:
        """What was spent on none of them."""
        whole = total(self.deeds.spent.values(), self.deeds.currency) + self.deeds.unmatched
        return whole - total(self.by_step.values(), self.deeds.currency) if not self.missing else whole
