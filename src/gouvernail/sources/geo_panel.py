"""Sales by period and market, whole: no day missing, each market a column. Of a file, or of the organisation's own facts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gouvernail.base.errors import SourceError
from gouvernail.base.text import TN, T, Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FEWEST = 2
MOST_MARKETS = 5_000
MOST_PERIODS = 20_000


@dataclass(frozen=True, eq=False)
class GeoTable:
    """What was sold by period and market.

    Attributes:
        markets: their names, in alphabetical order.
        days: the first day of each period, without gaps.
        step: days of a period: 1 or 7.
        sales: periods × markets, of whatever `outcome` names.
        spend: the same of the money spent there; None where nothing tells.
        outcome: how the file, or the data, call what was sold.
        absent: market-days without a row, taken as nothing sold.
    """

    markets: tuple[str, ...]
    days: tuple[date, ...]
    step: int
    sales: npt.NDArray[np.float64]
    spend: npt.NDArray[np.float64] | None = None
    outcome: str = ""
    absent: int = 0

    @property
    def end(self) -> date:
        """The last day that the last period covers."""
        return self.days[-1] + timedelta(days=self.step - 1)


def whole(days: Sequence[date]) -> tuple[tuple[date, ...], int]:
    """Return the first day of every period and its length in days (1 or 7), of days in order that hold no gap.

    Raises:
        SourceError: there are too few, they are neither days nor weeks, or some are missing.
    """
    if len(days) < 2:
        raise SourceError(
            T("The table holds one day or none: a geo experiment is read from a history of weeks.")
        )
    gaps = [(after - before).days for before, after in itertools.pairwise(days)]
    step = 7 if all(gap % 7 == 0 for gap in gaps) else 1
    if step == 1 and min(gaps) > 1:
        raise SourceError(
            T(
                "The table holds neither days nor weeks: its days lie {days} apart at least. Export it by day or by week.",
                days=TN("{n} day", "{n} days", min(gaps)),
            )
        )
    if len(days) > MOST_PERIODS:
        raise SourceError(T("The table holds more than {n} periods: take the last years.", n=MOST_PERIODS))
    missing = sum(gap // step - 1 for gap in gaps)
    if missing:
        hole = next(before for before, gap in zip(days, gaps, strict=False) if gap > step)
        first = hole + timedelta(days=step)
        raise SourceError(_gap(missing, step, first))
    return tuple(days), step


def _gap(missing: int, step: int, first: date) -> Text:
    if step == 7:
        return TN(
            "The week of {day} is missing in all markets: export the whole stretch, with 0 where nothing was sold.",
            "{n} weeks are missing in all markets, the first that of {day}: export the whole stretch, with 0 where nothing was sold.",
            missing,
            day=first,
        )
    return TN(
        "{day} is missing in all markets: export the whole stretch, with 0 where nothing was sold.",
        "{n} days are missing in all markets, the first {day}: export the whole stretch, with 0 where nothing was sold.",
        missing,
        day=first,
    )


def panel(
    day: npt.NDArray[np.datetime64],
    market: npt.NDArray[np.object_],
    sales: npt.NDArray[np.float64],
    days: tuple[date, ...],
    step: int,
    *,
    spend: npt.NDArray[np.float64] | None = None,
    outcome: str = "",
) -> GeoTable:
    """Return rows (day, market, sales) as a table of periods × markets; rows of one place are summed.

    Raises:
        SourceError: there are too few markets, or more than markets ever are.
    """
    import numpy as np

    names, columns = np.unique(np.asarray(market, dtype=str), return_inverse=True)
    if len(names) < FEWEST:
        raise SourceError(
            T(
                "The table holds one market only, “{market}”: others are needed to compare with.",
                market=str(names[0]),
            )
        )
    if len(names) > MOST_MARKETS:
        raise SourceError(
            T(
                "The table holds {n} markets: that looks like persons or orders. Add it up by city or region.",
                n=len(names),
            )
        )
    first = np.datetime64(days[0], "D")
    places = (np.asarray(day).astype("datetime64[D]") - first).astype(np.int64) // step
    made = np.zeros((len(days), len(names)))
    np.add.at(made, (places, columns), np.asarray(sales, dtype=np.float64))
    held = np.zeros(made.shape, dtype=bool)
    held[places, columns] = True
    paid = None
    if spend is not None:
        paid = np.zeros(made.shape)
        np.add.at(paid, (places, columns), np.nan_to_num(np.asarray(spend, dtype=np.float64)))
    return GeoTable(tuple(names.tolist()), days, step, made, paid, outcome, int((~held).sum()))
