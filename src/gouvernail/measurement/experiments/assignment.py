"""Who gets what: a hash of the subject's name decides, so that it is the same today, tomorrow and on every machine.

No state is kept. The place of a subject is the first 13 hexadecimal digits of SHA-256 of `salt:subject`, over 16¹³;
any language, and any SQL engine with SHA-256, works out the same. Two places are drawn: one within the layer (whether
the subject takes part), one within the experiment (which arm); so more traffic can be let in without moving anybody
who is in, and what a subject gets here says nothing of what it gets in another experiment.

Source: Tang, Agarwal, O'Brien and Meyer, "Overlapping experiment infrastructure", KDD 2010 (layers); Kohavi, Tang and
Xu, *Trustworthy Online Controlled Experiments* (2020), chapter 4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_DIGITS = 13
_PLACES = float(16**_DIGITS)


@dataclass(frozen=True)
class Allocation:
    """How an experiment deals out its subjects.

    Attributes:
        experiment: its name. Together with `seed` it is the salt: the same name and seed deal the same hands.
        arms: name and share of each arm, the control first; shares in any unit. Keep them for the whole experiment:
            other shares deal anew.
        layer: experiments of one layer exclude each other; those of two layers overlap at random.
        window: part of the layer's traffic that takes part, as places from 0 to 1: (0.0, 0.2) is a fifth.
        seed: changed to deal anew under the same name.
    """

    experiment: str
    arms: tuple[tuple[str, float], ...]
    layer: str = ""
    window: tuple[float, float] = (0.0, 1.0)
    seed: str = ""

    def __post_init__(self) -> None:
        if (
            not self.arms
            or any(share < 0 for _, share in self.arms)
            or not sum(share for _, share in self.arms)
        ):
            raise ValueError(f"The shares of {self.experiment} must be above zero.")
        if len({name for name, _ in self.arms}) < len(self.arms):
            raise ValueError(f"Two arms of {self.experiment} have the same name.")
        low, high = self.window
        if not 0 <= low < high <= 1:
            raise ValueError(f"The window of {self.experiment} must lie between 0 and 1.")

    @property
    def shares(self) -> tuple[float, ...]:
        """Shares of the arms, which sum to one."""
        whole = sum(share for _, share in self.arms)
        return tuple(share / whole for _, share in self.arms)


def place(subject: str, salt: str) -> float:
    """Return where the subject falls, from 0 up to but not including 1: evenly, and independently for another salt."""
    digest = hashlib.sha256(f"{salt}:{subject}".encode()).hexdigest()
    return int(digest[:_DIGITS], 16) / _PLACES


def assign(subject: str, allocation: Allocation) -> str | None:
    """Return the arm of the subject, or None where it takes no part.

    `subject` is what is dealt to: a person, a household, a shop. Take the identity that lasts (customer rather than
    cookie): a subject with two names may see both arms.
    """
    low, high = allocation.window
    if (low, high) != (0.0, 1.0) and not low <= place(subject, f"layer:{allocation.layer}") < high:
        return None
    at = place(subject, f"{allocation.experiment}:{allocation.seed}")
    for (name, _), top in zip(allocation.arms, accumulate(allocation.shares), strict=True):
        if at < top:
            return name
    return next(name for name, share in reversed(allocation.arms) if share > 0)


def counts(subjects: Iterable[str], allocation: Allocation) -> dict[str, int]:
    """Return how many of the subjects each arm gets; to see a deal before it is dealt."""
    dealt = {name: 0 for name, _ in allocation.arms}
    for subject in subjects:
        arm = assign(subject, allocation)
        if arm is not None:
            dealt[arm] += 1
    return dealt


def overlaps(allocations: Sequence[Allocation]) -> list[tuple[str, str]]:
    """Return the pairs of experiments of one layer whose windows overlap: each must be mended before the start."""
    clashes = []
    for layer in sorted({one.layer for one in allocations}):
        inside = sorted((one for one in allocations if one.layer == layer), key=lambda one: one.window)
        clashes += [(a.experiment, b.experiment) for a, b in pairwise(inside) if b.window[0] < a.window[1]]
    return clashes


def free_window(allocations: Sequence[Allocation], layer: str, size: float) -> tuple[float, float] | None:
    """Return the first part of the layer of this size that no experiment holds, or None where there is none."""
    start = 0.0
    for window in sorted(one.window for one in allocations if one.layer == layer):
        if window[0] - start >= size - 1e-12:
            return start, start + size
        start = max(start, window[1])
    return (start, min(start + size, 1.0)) if 1.0 - start >= size - 1e-12 else None
