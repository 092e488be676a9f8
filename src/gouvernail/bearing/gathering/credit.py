"""Where attribution models lie furthest apart."""

from __future__ import annotations

from gouvernail.base.outcome import Refusal
from gouvernail.bearing.attributed import Attributed
from gouvernail.bearing.gathering.ground import Ground
from gouvernail.checks.measuring_evidence import CreditSpread


def spread(ground: Ground) -> CreditSpread | None:
    """Return the channel whose share of the credit differs most from model to model; None without paths."""
    found = ground.deeds.by_model
    return None if isinstance(found, Refusal) else widest(found)


def widest(found: Attributed) -> CreditSpread:
    """Return the same of credit that is at hand."""
    shares = {
        step: sorted((found.share(model, step), model) for model in found.credit.models)
        for step in found.names
    }
    channel = max(shares, key=lambda step: (shares[step][-1][0] - shares[step][0][0], step))
    (low, low_model), (high, high_model) = shares[channel][0], shares[channel][-1]
    return CreditSpread(
        found.credit.conversions,
        found.credit.coverage,
        found.credit.disagreement,
        channel,
        low,
        low_model,
        high,
        high_model,
        found.cost(channel),
    )
