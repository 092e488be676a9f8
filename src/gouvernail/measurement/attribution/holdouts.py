"""What channels cause, from people held out of them at random: not credit, but sales that would not have been.

Each channel withholds itself from its own people, drawn at random; those held out of everything tell what all channels
cause together. People are compared with people who are held out of as many *other* channels, so that one person may
serve several channels. Where it is logged who would have been exposed, held out or not, only those are compared, from
the first would-be exposure on: all others differ by chance alone, and only widen the interval.

Sources: R. A. Lewis and J. M. Rao, The unfavorable economics of measuring the returns to advertising, QJE 130 (2015),
for how wide intervals are without that log; G. A. Johnson, R. A. Lewis and E. I. Nubbemeyer, Ghost ads: improving the
economics of measuring online ad effectiveness, Journal of Marketing Research 54 (2017), for comparing would-be exposed.
Method: docs/methods/attribution.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from gouvernail.base.outcome import Estimate, Grade, Outcome, Refusal
from gouvernail.base.text import T
from gouvernail.measurement.attribution.paths import Floats, Integers
from gouvernail.measurement.attribution.study import (
    METHOD,
    Effect,
    Flags,
    Incremental,
    Reading,
    Study,
    nobody,
)
from gouvernail.measurement.experiments.laws import chi_tail, normal_quantile
from gouvernail.measurement.experiments.split import split


@dataclass(frozen=True, eq=False)
class _Found:
    """An effect on conversions and value with each person's influence on it (n × 2), or why there is none."""

    effect: Floats
    influence: Floats
    held: int
    shown: int


def incremental(study: Study, reading: Reading | None = None) -> Incremental | Refusal:
    """Return what each channel causes, its share, and what all cause together.

    Refuses as a whole where nobody was held out of anything (`no_holdout`); a channel refuses for itself where its
    holdout is no random part of the people (`imbalance`) or too few of them bought (`too_few`).
    """
    reading = reading or Reading()
    if not study.held.any():
        return nobody()
    others = study.held.sum(axis=1)
    found = [_one(study, place, others, reading) for place in range(len(study.channels))]
    basis = "intention_to_treat" if study.would is None else "would_be_exposure"
    told = _Told(reading, {**asdict(reading), "basis": basis})
    shares = _shares(found, told)
    total = _together(study, others, reading)
    return Incremental(
        {
            name: Effect(
                told.estimate(one, 0),
                told.estimate(one, 1),
                *shares[place],
                *((one.held, one.shown) if isinstance(one, _Found) else (0, 0)),
            )
            for place, (name, one) in enumerate(zip(study.channels, found, strict=True))
        },
        told.estimate(total, 0),
        told.estimate(total, 1),
        basis,
        len(study.held),
        told.options,
    )


def _one(study: Study, place: int, held_of: Integers, reading: Reading) -> _Found | Refusal:
    """Return the effect of one channel: within people held out of as many others, weighed by their precision."""
    held = study.held[:, place]
    others = held_of - held
    met = np.ones(len(held), dtype=bool) if study.would is None else np.isfinite(study.would[:, place])
    last = len(study.channels) - 1
    usual = (others < last) if last else np.ones(len(held), dtype=bool)
    refused = _unfair(study, place, usual, met, reading)
    if refused:
        return refused
    outcome = _outcome(study, None if study.would is None else study.would[:, place])
    reach = float(met[usual].mean()) * len(held)
    return _compared(outcome, met, held, others, reach, study.channels[place], reading)


def _together(study: Study, held_of: Integers, reading: Reading) -> _Found | Refusal:
    """Return the effect of all channels: people held out of everything beside people held out of nothing."""
    nothing, everything = held_of == 0, held_of == len(study.channels)
    if not everything.any():
        return Refusal(
            "no_common_holdout",
            T(
                "Nobody was held out of all channels together: their common effect is not told, for the sum of the single ones counts twice, or not at all, what channels do together."
            ),
        )
    first = None if study.would is None else study.would.min(axis=1)
    met = np.ones(len(held_of), dtype=bool) if first is None else np.isfinite(first)
    outcome = _outcome(study, first)
    reach = float(met[nothing | everything].mean()) * len(held_of)
    compared = met & (nothing | everything)
    return _compared(
        outcome, compared, everything, np.zeros_like(held_of), reach, str(T("all channels")), reading
    )


def _unfair(study: Study, place: int, usual: Flags, met: Flags, reading: Reading) -> Refusal | None:
    """Return a refusal where those held out are more or fewer than planned, or would have been met more or less often."""
    held = study.held[:, place]
    arms = [usual & held, usual & ~held]
    counts = [int(arm.sum()) for arm in arms]
    if study.shares is not None and 0 < study.shares[place] < 1:
        planned = [study.shares[place], 1 - study.shares[place]]
        if split(counts, planned, level=reading.alarm).alarm:
            return _imbalance(study.channels[place])
    reached = [int((arm & met).sum()) for arm in arms]
    if study.would is not None and min(counts) and sum(reached):
        away = [many - some for many, some in zip(counts, reached, strict=True)]
        if _differs(reached, away) < reading.alarm:
            return _imbalance(study.channels[place])
    return None


def _differs(some: Sequence[int], rest: Sequence[int]) -> float:
    """Return the chance that two arms differ as much in who would have been met (chi-square of a 2 by 2 table)."""
    table = np.array([some, rest], dtype=np.float64)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    if (expected == 0).any():
        return 1.0
    return float(chi_tail(float(((table - expected) ** 2 / expected).sum()), 1))


def _imbalance(channel: str) -> Refusal:
    return Refusal(
        "imbalance",
        T(
            "{channel}: those held out are no random part of the people: they are more, fewer or met otherwise than chance would have it. Find where people or log lines get lost.",
            channel=channel,
        ),
    )


def _outcome(study: Study, since: Floats | None) -> Floats:
    """Return conversions and value of every person, of those from an instant on where one is given (n × 2)."""
    buyer, value = study.buyer, study.value
    if since is not None and study.bought is not None:
        after = study.bought >= since[buyer]
        buyer, value = buyer[after], value[after]
    count = len(study.held)
    return np.stack(
        [np.bincount(buyer, minlength=count), np.bincount(buyer, weights=value, minlength=count)],
        axis=1,
    ).astype(np.float64)


def _compared(
    outcome: Floats,
    compared: Flags,
    held: Flags,
    strata: Integers,
    reach: float,
    name: str,
    reading: Reading,
) -> _Found | Refusal:
    """Return shown less held, within strata weighed by n₁n₀/(n₁ + n₀), for `reach` people."""
    arm = [compared & held, compared & ~held]
    sold = [int((outcome[one, 0] > 0).sum()) for one in arm]
    if min(sold) < reading.fewest:
        return Refusal(
            "too_few",
            T(
                "{name}: {sold} of those held out bought something, {fewest} are wanted. Hold out more people, or longer.",
                name=name,
                sold=sold[0],
                fewest=reading.fewest,
            ),
        )
    depth = int(strata.max()) + 1
    counts = [np.bincount(strata[one], minlength=depth).astype(np.float64) for one in arm]
    both = np.minimum(*counts) > 0
    weight = np.where(both, counts[0] * counts[1] / np.maximum(counts[0] + counts[1], 1), 0.0)
    weight /= max(weight.sum(), 1e-300)
    effect, influence = np.zeros(2), np.zeros_like(outcome)
    for one, number, sign in zip(arm, counts, (-1.0, 1.0), strict=True):
        own = strata[one]
        sums = np.stack([np.bincount(own, weights=outcome[one, k], minlength=depth) for k in (0, 1)], axis=1)
        means = sums / np.maximum(number, 1)[:, None]
        scale = sign * reach * weight / np.maximum(number, 1)
        effect += (sign * reach * weight) @ means
        influence[one] = scale[own][:, None] * (outcome[one] - means[own])
    return _Found(effect, influence, int(arm[0].sum()), int(arm[1].sum()))


@dataclass(frozen=True)
class _Told:
    """Numbers become estimates."""

    reading: Reading
    options: Mapping[str, Any]

    def estimate(self, found: _Found | Refusal, which: int) -> Outcome:
        if isinstance(found, Refusal):
            return found
        return self.between(float(found.effect[which]), float((found.influence[:, which] ** 2).sum()))

    def between(self, value: float, variance: float) -> Estimate:
        reach = normal_quantile(0.5 + self.reading.level / 2) * variance**0.5
        return Estimate(
            value,
            METHOD,
            value - reach,
            value + reach,
            self.reading.level,
            Grade.experiment,
            dict(self.options),
        )


def _shares(found: Sequence[_Found | Refusal], told: _Told) -> list[tuple[Outcome, Outcome]]:
    """Return each channel's part of the sum, by the delta method over people; refused unless all channels are told.

    Where the sum itself is not above zero beyond chance, no share is told (`no_effect`).
    """
    known = [one for one in found if isinstance(one, _Found)]
    if len(known) < len(found):
        refusal = Refusal(
            "missing_channel",
            T("Shares need the effect of every channel; at least one of them could not be told."),
        )
        return [(refusal, refusal)] * len(found)
    columns = [_parts(known, which, told) for which in (0, 1)]
    return list(zip(*columns, strict=True))


def _parts(known: Sequence[_Found], which: int, told: _Told) -> list[Outcome]:
    effects = np.array([one.effect[which] for one in known])
    whole = effects.sum()
    summed = sum((one.influence[:, which] for one in known[1:]), known[0].influence[:, which].copy())
    spread = float((summed**2).sum()) ** 0.5
    if whole <= normal_quantile(0.5 + told.reading.level / 2) * spread:
        refusal = Refusal(
            "no_effect",
            T("What the channels cause together is not above zero beyond chance: there is no share to tell."),
        )
        return [refusal] * len(known)
    parts = effects / whole
    return [
        told.between(float(part), float((((one.influence[:, which] - part * summed) / whole) ** 2).sum()))
        for part, one in zip(parts, known, strict=True)
    ]
