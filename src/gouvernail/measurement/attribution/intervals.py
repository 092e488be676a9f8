"""How far other people, drawn alike, would move each model's credit: the bootstrap over groups of people.

People are dealt into groups in turn, and whole groups are drawn with replacement; the spread of the credit over such
draws gives its standard error, and a t interval around the credit (one fewer degree of freedom than groups). It bounds
the credit, under its rule, of the people there might have been. It does not say how far credit is from cause.

Models that share each path by itself are linear in people: one product answers all draws. Markov and the game of rates
are solved anew for each draw, on states laid out once. A chain that is dear to solve (`DEAREST`: a memory of three
steps over more than about twelve channels) gets no interval: each draw would take about a second.

Sources: B. Efron and R. J. Tibshirani, An introduction to the bootstrap (1993), ch. 6 and 12; K. M. Wolter, Introduction
to variance estimation (2007), ch. 2, for random groups in place of single persons.
Method: docs/methods/attribution.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gouvernail.base.outcome import Refusal
from gouvernail.measurement.attribution import markov, shapley_rate
from gouvernail.measurement.attribution.chain import Layout, layout
from gouvernail.measurement.attribution.journeys import Journeys
from gouvernail.measurement.attribution.models import Attribution, Options, Share, attribute, weights_of
from gouvernail.measurement.attribution.paths import Floats, Paths
from gouvernail.measurement.experiments.laws import t_quantile

DEAREST = 100_000_000
"""Multiplications to solve a chain, up to which it is solved anew for each draw."""
FEWEST_GROUPS = 20
"""Groups with anybody in them under which no interval is told."""


@dataclass(frozen=True)
class Draws:
    """How people are drawn; kept with the options of the result.

    Attributes:
        linear: draws for models that share each path by itself.
        solved: draws for models that are solved anew each time.
        seed: of the draws.
        level: of the intervals.
    """

    linear: int = 400
    solved: int = 60
    seed: int = 20_261_102
    level: float = 0.9


def of_journeys(
    found: Journeys, options: Options | None = None, draws: Draws | None = None
) -> Attribution | Refusal:
    """Return every model's credit of the paths, with an interval beside each share where one can be told.

    Needs journeys counted by group (`walked(..., groups=200)`). Refuses as `attribute` does.
    """
    told = attribute(
        found.paths,
        options,
        untraced=found.untraced,
        untraced_value=found.untraced_value,
        aged=found.aged,
    )
    if isinstance(told, Refusal):
        return told
    draws = draws or Draws()
    kept = {
        **told.options,
        "intervals": {
            "level": draws.level,
            "linear": draws.linear,
            "solved": draws.solved,
            "seed": draws.seed,
        },
    }
    groups = _Groups(found)
    if groups.count < FEWEST_GROUPS:
        return told
    spreads = {model: groups.spread(model, options or Options(), draws) for model in told.models}
    models = {
        model: _bounded(told.models[model], spread, draws.level, groups.count)
        if spread is not None
        else told.models[model]
        for model, spread in spreads.items()
    }
    return replace(told, models=models, options=kept)


class _Groups:
    """Counts of journeys by path and group of people, as sparse matrices (paths × groups)."""

    def __init__(self, found: Journeys) -> None:
        from scipy.sparse import coo_matrix

        self.found, tally = found, found.tally
        _, group = np.unique(tally.group, return_inverse=True)
        self.count = int(group.max()) + 1 if len(group) else 0
        shape = (len(found.paths), self.count)
        self.counts: list[Any] = [
            coo_matrix((counts, (tally.path, group)), shape=shape).tocsr()
            for counts in (tally.conversions, tally.value, tally.nulls)
        ]

    def spread(self, model: str, options: Options, draws: Draws) -> Floats | None:
        """Return the standard error of each channel's conversions and value (n × 2); None where it is too dear."""
        rng = np.random.default_rng(draws.seed)
        if not (model.startswith("markov_") or model == "shapley_rate"):
            times = _times(rng, draws.linear, self.count)
            drawn = np.stack([times @ self._by_group(model, options, which) for which in (0, 1)], axis=2)
            return _spread(drawn)
        times = _times(rng, draws.solved, self.count)
        solved = self._solved(model, times)
        return None if solved is None else _spread(np.stack(list(solved)))

    def _by_group(self, model: str, options: Options, which: int) -> Floats:
        """Return what each group's journeys credit each channel with."""
        from scipy.sparse import csr_matrix

        aged = self.found.aged
        if model == "time_decay" and aged is not None:
            met = np.unique(self.found.tally.group)
            return (aged.conversions, aged.value)[which][met]
        paths = self.found.paths
        weights = csr_matrix(
            (weights_of(paths, model, options), paths.steps, paths.bounds),
            shape=(len(paths), len(paths.channels)),
        )
        told: Floats = (self.counts[which].T @ weights).toarray()
        return told

    def _solved(self, model: str, times: Floats) -> Iterator[Floats] | None:
        """Return the credit of each draw, solved anew, or None where the chain is too large."""
        paths = self.found.paths
        if model == "shapley_rate":
            return (np.stack(shapley_rate.credit(self._paths(drawn)), axis=1) for drawn in times)
        laid = layout(paths, int(model.removeprefix("markov_")))
        whole = laid.counted(paths.conversions, paths.value, paths.nulls)
        if markov.cost(whole, len(paths.channels)) > DEAREST:
            return None
        return (self._removed(laid, drawn) for drawn in times)

    def _paths(self, drawn: Floats) -> Paths:
        paths = self.found.paths
        return Paths(paths.channels, paths.steps, paths.bounds, *(counts @ drawn for counts in self.counts))

    def _removed(self, laid: Layout, drawn: Floats) -> Floats:
        conversions, value, nulls = (counts @ drawn for counts in self.counts)
        lost = markov.effects(laid.counted(conversions, value, nulls), len(laid.paths.channels))
        return np.stack(
            [
                markov.proportion(lost.conversions, float(conversions.sum())),
                markov.proportion(lost.value, float(value.sum())),
            ],
            axis=1,
        )


def _times(rng: np.random.Generator, draws: int, groups: int) -> Floats:
    """Return how many times each group is drawn, a row a draw."""
    return rng.multinomial(groups, np.full(groups, 1 / groups), size=draws).astype(np.float64)


def _spread(drawn: Floats) -> Floats:
    told: Floats = drawn.std(axis=0, ddof=1)
    return told


def _bounded(shares: Any, spread: Floats, level: float, groups: int) -> dict[str, Share]:
    reach = t_quantile(0.5 + level / 2, groups - 1) * spread
    return {
        name: Share(
            share.conversions,
            share.value,
            max(0.0, share.conversions - float(wide[0])),
            share.conversions + float(wide[0]),
            share.value - float(wide[1]),
            share.value + float(wide[1]),
        )
        for (name, share), wide in zip(shares.items(), reach, strict=True)
    }
