"""All attribution models over one set of paths, side by side: what each credits, and how far they disagree.

Credit says who was there, not what caused the sale: the grade is *credit rule* unless randomised holdouts back it.
Method: docs/methods/attribution.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np

from gouvernail.base.outcome import Grade, Refusal
from gouvernail.base.text import T
from gouvernail.measurement.attribution import markov, rules, shapley, shapley_rate
from gouvernail.measurement.attribution.aging import Aged
from gouvernail.measurement.attribution.paths import Floats, Paths

METHOD = "attribution"
MODELS = (
    "first",
    "last",
    "last_non_direct",
    "linear",
    "position",
    "time_decay",
    "markov_1",
    "markov_2",
    "markov_3",
    "shapley",
    "shapley_rate",
)
"""Every model, simplest first."""
OF_NULLS = frozenset({"shapley_rate"})
"""Models that compare who converted with who did not: told only where paths without conversion are known."""


@dataclass(frozen=True)
class Options:
    """What the models run with; kept with the result.

    `half_life` is in steps, for paths without dates; `half_life_days` is what credit by age was reckoned with, where
    it was.
    """

    models: tuple[str, ...] = MODELS
    ends: tuple[float, float] = (rules.ENDS, rules.ENDS)
    half_life: float = rules.HALF_LIFE
    direct: tuple[str, ...] = tuple(sorted(rules.DIRECT))
    half_life_days: float | None = None


@dataclass(frozen=True)
class Share:
    """What a channel is credited with; `low` and `high` bound it where people were resampled (`intervals`).

    The bounds say how far other people, drawn alike, would move the credit; not how far credit is from cause.
    """

    conversions: float
    value: float
    conversions_low: float | None = None
    conversions_high: float | None = None
    value_low: float | None = None
    value_high: float | None = None


@dataclass(frozen=True)
class Attribution:
    """Credit by model and channel.

    Attributes:
        models: model → channel → share, channels in the order of their names; each model's shares sum to the
            conversions and the value of the paths.
        conversions, value: what was shared.
        nulls: paths that led to nothing.
        untraced, untraced_value: conversions of nobody known, shared among none.
        coverage: the part of all conversions that has a path.
        disagreement: the largest part of the credit that changes channel from one model to another.
        options: what the models ran with.
    """

    models: Mapping[str, Mapping[str, Share]]
    conversions: float
    value: float
    nulls: float
    untraced: float
    untraced_value: float
    coverage: float
    disagreement: float
    options: Mapping[str, Any] = field(default_factory=dict)
    grade: Grade = Grade.credit_rule
    method: str = METHOD


def attribute(
    paths: Paths,
    options: Options | None = None,
    *,
    untraced: float = 0.0,
    untraced_value: float = 0.0,
    aged: Aged | None = None,
) -> Attribution | Refusal:
    """Return what every model credits every channel with.

    Refuses (`no_conversion`) where no path converts. `aged` is the credit by real age, for paths that come from dated
    touches (`Journeys.aged`): time decay then counts days, not steps. A model that needs paths without conversion
    (`OF_NULLS`) is left out where there are none. With intervals: `intervals.of_journeys`.

    Raises:
        ValueError: a model that does not exist.
    """
    options = options or Options()
    if not paths.conversions.sum() > 0:
        return Refusal(
            "no_conversion",
            T(
                "No conversion has a path: there is nothing to share. Import touchpoints and conversions of the same people."
            ),
        )
    if aged is not None:
        options = replace(options, half_life_days=aged.half_life_days)
    models = [one for one in options.models if one not in OF_NULLS or paths.nulls.sum() > 0]
    found = {model: credit(paths, model, options, aged) for model in models}
    kept = {**asdict(options), **_sampled(paths, models)}
    total, value = float(paths.conversions.sum()), float(paths.value.sum())
    return Attribution(
        {model: _named(paths.channels, *shares) for model, shares in found.items()},
        total,
        value,
        float(paths.nulls.sum()),
        untraced,
        untraced_value,
        total / (total + untraced),
        disagreement([conversions for conversions, _ in found.values()]),
        kept,
    )


def _sampled(paths: Paths, models: Sequence[str]) -> dict[str, Any]:
    """Tell how far the sampled values of the game of rates may be off, as a part of all credit; nothing where exact."""
    if "shapley_rate" not in models or len(paths.channels) <= shapley.MOST_EXACT:
        return {}
    found = shapley_rate.values(paths)
    whole = np.maximum(found.values[:, 0], 0.0).sum()
    error = float(found.error[:, 0].max() / whole) if whole > 0 else 0.0
    return {"shapley_rate": {"orders": found.orders, "seed": shapley_rate.SEED, "error": error}}


def credit(
    paths: Paths, model: str, options: Options | None = None, aged: Aged | None = None
) -> tuple[Floats, Floats]:
    """Return the conversions and the value that one model credits each channel with."""
    options = options or Options()
    if model == "time_decay" and aged is not None:
        return aged.conversions.sum(axis=0), aged.value.sum(axis=0)
    if model == "shapley_rate":
        return shapley_rate.credit(paths)
    if model.startswith("markov_"):
        return markov.credit(paths, int(model.removeprefix("markov_")))
    conversions, value = np.zeros(len(paths.channels)), np.zeros(len(paths.channels))
    for block in paths.blocks():
        weights = weights_of(block, model, options)
        rules.shared(block, weights, block.conversions, conversions)
        rules.shared(block, weights, block.value, value)
    return conversions, value


def weights_of(paths: Paths, model: str, options: Options) -> Floats:
    """Return the part of its path's credit that every step carries, under a model that shares each path by itself.

    Raises:
        ValueError: no such model.
    """
    if model not in _WEIGHTS:
        raise ValueError(f"{model}: one of {', '.join(MODELS)} expected")
    return _WEIGHTS[model](paths, options)


def disagreement(credits: Sequence[Floats]) -> float:
    """Return the largest part of the credit that changes channel between two models (half the sum of differences)."""
    shares = [one / one.sum() for one in credits if one.sum() > 0]
    return max((float(np.abs(a - b).sum()) / 2 for a, b in combinations(shares, 2)), default=0.0)


def _named(channels: Sequence[str], conversions: Floats, value: Floats) -> dict[str, Share]:
    return {
        name: Share(won, worth)
        for name, won, worth in zip(channels, conversions.tolist(), value.tolist(), strict=True)
    }


_WEIGHTS: Mapping[str, Callable[[Paths, Options], Floats]] = {
    "first": lambda paths, _: rules.first(paths),
    "last": lambda paths, _: rules.last(paths),
    "last_non_direct": lambda paths, options: rules.last_non_direct(paths, frozenset(options.direct)),
    "linear": lambda paths, _: rules.linear(paths),
    "position": lambda paths, options: rules.position(paths, options.ends),
    "time_decay": lambda paths, options: rules.time_decay(paths, options.half_life),
    "shapley": lambda paths, _: shapley.weights(paths),
}
