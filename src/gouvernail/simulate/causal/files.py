"""The people of the simulator as files that a company could export: contacts, orders, and who was held out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from gouvernail.simulate.causal.demand import CHANNELS
from gouvernail.simulate.causal.people import Played

_MAPPINGS = {
    "touchpoints": """\
table: touchpoints
source: site
columns: {person: person, instant: at, day: at, channel: channel}
""",
    "orders": """\
table: conversions
source: shop
columns: {person: person, instant: at, day: at, order_id: order, value: value, kind: {value: order}}
""",
}


def write(played: Played, folder: Path, start: date, planned: float = 0.1) -> tuple[Path, ...]:
    """Write contacts and orders, each with the mapping file it is imported by, and people held out.

    `start` is the day on which it was drawn who is held out; instant 0 is its midnight. Who was held out of nothing and
    would have met nothing stands on one line, without a channel.
    """
    folder.mkdir(parents=True, exist_ok=True)
    began = np.datetime64(start, "s")
    named = np.array(CHANNELS)
    tables: dict[str, dict[str, Any]] = {
        "touchpoints": {
            "person": _people(played.who),
            "at": began + played.instant.astype("timedelta64[s]"),
            "channel": named[played.channel],
        },
        "orders": {
            "order": np.char.add("o", np.arange(len(played.buyer)).astype(str)),
            "person": _people(played.buyer),
            "at": began + played.bought.astype("timedelta64[s]"),
            "value": np.round(played.value, 2),
        },
        "holdouts": _held(played, began, planned),
    }
    return tuple(_put(folder, name, columns) for name, columns in tables.items())


def _people(numbers: Any) -> Any:
    return np.char.add("p", numbers.astype(str))


def _held(played: Played, began: Any, planned: float) -> dict[str, Any]:
    """Return a line for everybody, and one for each person and channel where there is more to tell."""
    would = np.isfinite(played.would)
    who, channel = np.nonzero(played.held | would)
    met = would[who, channel]
    first = np.where(met, played.would[who, channel], 0).astype(np.int64)
    instants = np.where(met, np.datetime_as_string(began + first.astype("timedelta64[s]")), "")
    words, blank = np.array(["no", "yes"]), np.full(played.people, "")
    return {
        "Person": np.concatenate((_people(np.arange(played.people)), _people(who))),
        "Drawn on": np.full(played.people + len(who), str(began.astype("datetime64[D]"))),
        "Channel": np.concatenate((blank, np.array(CHANNELS)[channel])),
        "Held out": np.concatenate(
            (words[played.held.all(axis=1).astype(int)], words[played.held[who, channel].astype(int)])
        ),
        "Would be exposed": np.concatenate((blank, words[met.astype(int)])),
        "First exposure": np.concatenate((blank, instants)),
        "Planned share": np.full(played.people + len(who), str(planned)),
    }


def _put(folder: Path, name: str, columns: dict[str, Any]) -> Path:
    import pyarrow as pa
    import pyarrow.csv

    path = folder / f"{name}.csv"
    pyarrow.csv.write_csv(pa.table({key: pa.array(column) for key, column in columns.items()}), path)
    if name in _MAPPINGS:
        path.with_name(f"{path.name}.mapping.yaml").write_text(_MAPPINGS[name], encoding="utf-8")
    return path
