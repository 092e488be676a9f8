"""What the treated markets would have done: the common move of the controls, with a trend of its own for each market.

Two figures stand for each market: `slope`, what its own straight line before the test foretells for the test, and
`move`, what its mean logarithm did from before the test to the test. Over markets, around what all have in common,
they vary by three causes: noise of days (its size is each market's own, see `noise`), trends that go on (standard
deviation `trend`, same amount in slope and move) and shifts that no line foretells (`shift`, in the move alone: a local
event, a wandering level). Common slope and move follow by generalised least squares: a quiet market counts for more,
and the larger trends or shifts are, the more equal all become.

`trend` and `shift` are not guessed: each pair on a grid is weighed by how likely it makes what the controls, and the
treated before the test, did (restricted likelihood × prior), and the answer is the mixture over them. So an interval
grows where markets go their own ways, and where too few markets could tell whether they do.

Source: Laird and Ware, *Biometrics* 38 (1982), for random trends; Harville, JASA 72 (1977), for the restricted
likelihood; Abadie, Diamond and Hainmueller, JASA 105 (2010), for controls as stand-ins for what a cause might have
done. Own code: statsmodels' mixed models know neither different noises by market nor the mixture.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gouvernail.measurement.geo.noise import Floats, Noise, correlation, noise

SIZES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.4, 2.0, 2.8, 4.0, 8.0, 16.0)
"""Trends and shifts that are tried, in standard errors of a median market's move."""


@dataclass(frozen=True)
class Belief:
    """What is held of trends and shifts before the figures: `none` the weight of there being none; else their size,
    in standard errors of a median market's move, falls off like Student's law of three degrees with this `scale`."""

    none: float = 0.8
    scale: float = 0.5


@dataclass(frozen=True)
class Fit:
    """The logarithm of the lift as a mixture: `places` and `errors` of its parts, their `shares`, and `freedom`.

    `weights`: by control, what each counts in the common move. `trend`, `shift`: standard deviations over markets.
    """

    places: Floats
    errors: Floats
    shares: Floats
    freedom: float
    weights: Floats
    trend: float
    shift: float
    noise: Noise

    @property
    def value(self) -> float:
        """The mean."""
        return float(self.shares @ self.places)

    @property
    def error(self) -> float:
        """The standard deviation."""
        return math.sqrt(float(self.shares @ (self.errors**2 + (self.places - self.value) ** 2)))

    def below(self, point: float) -> float:
        """Return the chance that the logarithm of the lift lies below `point`."""
        from scipy.special import stdtr

        return float(self.shares @ stdtr(self.freedom, (point - self.places) / self.errors))

    def quantile(self, probability: float) -> float:
        """Return the point below which it lies with this chance, by Newton's steps between the parts' own."""
        from scipy.special import gammaln, stdtr, stdtrit

        used = self.shares > 1e-9
        places, errors = self.places[used], self.errors[used]
        shares = self.shares[used] / self.shares[used].sum()
        freedom = self.freedom
        top = math.exp(float(gammaln((freedom + 1) / 2) - gammaln(freedom / 2))) / math.sqrt(
            freedom * math.pi
        )
        ends = places + errors * stdtrit(freedom, probability)
        low, high = float(ends.min()), float(ends.max())
        point = float(shares @ ends)
        for _ in range(60):
            scores = (point - places) / errors
            over = float(shares @ stdtr(freedom, scores)) - probability
            low, high = (low, point) if over > 0 else (point, high)
            height = float((shares / errors) @ (1 + scores**2 / freedom) ** (-(freedom + 1) / 2)) * top
            step = point - over / height
            new = step if low < step < high else (low + high) / 2
            if abs(new - point) < 1e-12:
                break
            point = new
        return point


def fit(logs: Floats, before: int, width: float = 1.0, belief: Belief | None = None) -> Fit:
    """Return the logarithm of the lift of the first column over what the others lead to expect.

    Args:
        logs: logarithms of sales, periods × markets; the treated (their sum) first, controls after.
        before: periods before the test; all later ones are the test.
        width: how much of one market's own trend and shift the treated sum has (the sum of the squares of the shares
            of its markets: 1 for one market, a quarter for four equal ones).
        belief: held before of trends and shifts.
    """
    told = noise(logs[:before])
    rows = _rows(len(logs), before)
    slopes, moves = rows @ logs
    kernel = rows @ correlation(len(logs), told.rho) @ rows.T
    trends, shifts, prior = _grid(
        math.sqrt(float(np.median(told.variances) * kernel[1, 1])), belief or Belief()
    )
    scale = np.ones(logs.shape[1])
    scale[0] = width
    own = told.variances[None, :]
    trend, shift = (values[:, None] ** 2 * scale[None, :] for values in (trends, shifts))
    v11, v12, v22 = (
        own * kernel[0, 0] + trend,
        own * kernel[0, 1] + trend,
        own * kernel[1, 1] + trend + shift,
    )
    common = _common(v11, v12, v22, slopes, moves)
    lean = v12[:, 0] / v11[:, 0]
    places = moves[0] - common.move - lean * (slopes[0] - common.slope)
    spread = v22[:, 0] - lean * v12[:, 0] + lean**2 * common.v11 - 2 * lean * common.v12 + common.v22
    shares = prior * np.exp(common.likelihood - common.likelihood.max())
    shares /= shares.sum()
    return Fit(
        places,
        np.sqrt(spread),
        shares,
        told.freedom,
        shares @ common.weights,
        math.sqrt(float(shares @ trends**2)),
        math.sqrt(float(shares @ shifts**2)),
        told,
    )


@dataclass(frozen=True)
class _Common:
    """By point of the grid: common slope and move, their covariance, the likelihood, and what each control counts."""

    slope: Floats
    move: Floats
    v11: Floats
    v12: Floats
    v22: Floats
    likelihood: Floats
    weights: Floats


def _common(v11: Floats, v12: Floats, v22: Floats, slopes: Floats, moves: Floats) -> _Common:
    """Generalised least squares; the treated market's slope takes part, its move does not."""
    det = v11 * v22 - v12**2
    p11, p12, p22 = v22 / det, -v12 / det, v11 / det
    p11[:, 0], p12[:, 0], p22[:, 0], det[:, 0] = 1 / v11[:, 0], 0.0, 0.0, v11[:, 0]
    a11, a12, a22 = p11.sum(axis=1), p12.sum(axis=1), p22.sum(axis=1)
    r1, r2 = p11 @ slopes + p12 @ moves, p12 @ slopes + p22 @ moves
    whole = a11 * a22 - a12**2
    i11, i12, i22 = a22 / whole, -a12 / whole, a11 / whole
    slope, move = i11 * r1 + i12 * r2, i12 * r1 + i22 * r2
    apart1, apart2 = slopes - slope[:, None], moves - move[:, None]
    misfit = (p11 * apart1**2 + 2 * p12 * apart1 * apart2 + p22 * apart2**2).sum(axis=1)
    likelihood = -0.5 * (np.log(det).sum(axis=1) + np.log(whole) + misfit)
    weights = i12[:, None] * p12[:, 1:] + i22[:, None] * p22[:, 1:]
    return _Common(slope, move, i11, i12, i22, likelihood, weights)


def _rows(periods: int, before: int) -> Floats:
    """What turns a series into its slope (times the time from the middle of before to that of the test) and move."""
    places = np.arange(before) - (before - 1) / 2
    rows = np.zeros((2, periods))
    rows[0, :before] = (periods / 2) * places / (places**2).sum()
    rows[1, :before], rows[1, before:] = -1 / before, 1 / (periods - before)
    return rows


def _grid(unit: float, belief: Belief) -> tuple[Floats, Floats, Floats]:
    """Every trend with every shift, and the prior weight of each."""
    sizes = np.array(SIZES)
    widths = np.gradient(sizes)
    heights = widths * (1 + (sizes / belief.scale) ** 2 / 3) ** -2
    heights[0] = 0.0
    one = (1 - belief.none) * heights / heights.sum()
    one[0] = belief.none
    first, second = np.meshgrid(sizes, sizes, indexing="ij")
    return unit * first.ravel(), unit * second.ravel(), np.outer(one, one).ravel()
