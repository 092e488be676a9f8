"""Any table, by a small mapping file: which column of ours is made from which of the file's.

    table: deals
    source: crm
    currency: USD
    dates: month_first            # iso · day_first · month_first, where the values do not tell
    decimal: "."                  # where the values do not tell
    where: {deal_stage: [Won, Lost]}        # also {not: […]} and {present: true}
    columns:
      deal_id: opportunity_id                       # a column of the file
      day: {first: [close_date, engage_date], default: 2017-12-31}
      stage: {from: deal_stage, map: {Won: won, Lost: lost}, otherwise: opportunity}
      amount: close_value
      person: account                               # hashed before it is stored, always
      value: {multiply: [Quantity, UnitPrice]}
      kind: {sign: value, positive: order, negative: refund}
      currency: {value: USD}
      dimensions: {join: {market: city}}            # market=Lyon (table observations)

A list of such mappings fills several tables from one file. `FILE.mapping.yaml` beside the file, or a file in the
workspace's `mappings/` (by name, or with `files: "crm-*.csv"`), is found by itself.
"""

from __future__ import annotations

from gouvernail.sources.files.generic.finding import find_mapping
from gouvernail.sources.files.generic.guessing import guess_mapping
from gouvernail.sources.files.generic.mapped import MappedSource, detect_mapped

__all__ = ["SOURCE", "MappedSource", "detect_mapped", "find_mapping", "guess_mapping"]

SOURCE = MappedSource()
