"""ChannelAttribution and marketing_attribution_models on the published table of paths, beside our own answers."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gouvernail.measurement.attribution import markov
from gouvernail.measurement.attribution.models import credit
from gouvernail.measurement.attribution.paths import Paths
from gouvernail.sources.path_table import _split, read_paths
from tools.truth.bar import Bar, at_least, at_most
from tools.truth.peers import PeerError, ask

MARKOV_PACKAGES = ("channelattribution==2.2.5", "matplotlib", "pandas", "numpy")
MARKOV = """
import sys, time, json, pandas as pd, ChannelAttribution as ca
data = pd.read_csv(sys.argv[1], sep=";")
order = int(sys.argv[2])
def run(seed):
    return ca.markov_model(data, "path", "total_conversions", var_null="total_null", order=order, seed=seed,
                           verbose=False, flg_pro=False)
seconds, told = [], None
for seed in (1, 2, 3):
    start = time.perf_counter(); found = run(seed); seconds.append(time.perf_counter() - start)
    told = told if told is not None else found
column = [name for name in told.columns if name != "channel_name"][0]
print(json.dumps({"version": ca.__version__ if hasattr(ca, "__version__") else "2.2.5", "seconds": min(seconds),
                  "credit": dict(zip(told["channel_name"], told[column]))}))
"""
SHAPLEY_PACKAGES = (
    "marketing-attribution-models==1.0.10",
    "pandas<2",
    "numpy<2",
    "matplotlib<3.8",
    "setuptools<80",
)
SHAPLEY = """
import sys, time, json, warnings; warnings.filterwarnings("ignore")
import pandas as pd
from importlib.metadata import version
from marketing_attribution_models import MAM
data = pd.read_csv(sys.argv[1], sep=";")
rows = []
for path, won, _, lost in data.itertuples(index=False):
    if won: rows += [(path, True)] * int(won)
    if lost: rows += [(path, False)] * int(lost)
frame = pd.DataFrame(rows, columns=["path", "won"])
frame["hours"] = frame["path"].map(lambda path: " > ".join("0" for _ in path.split(" > ")))
mam = MAM(frame, channels_colname="path", journey_with_conv_colname="won", time_till_conv_colname="hours",
          path_separator=" > ")
start = time.perf_counter(); mam.attribution_shapley(size=4)
print(json.dumps({"version": version("marketing-attribution-models"), "seconds": time.perf_counter() - start}))
"""


def beside(paths: Paths, table: Path) -> Iterator[Bar]:
    """Yield our speed and error beside the peers' on one table of paths."""
    for order in (1, 2, 3):
        yield from _markov(paths, table, order)
    yield from _shapley(table)


def _markov(paths: Paths, table: Path, order: int) -> Iterator[Bar]:
    name = f"peer: Markov order {order} of 10,000 paths, ours exact, from texts"
    try:
        peer = ask(MARKOV_PACKAGES, MARKOV, str(table), str(order))
    except PeerError as error:
        yield Bar(name, f"ChannelAttribution did not run: {error}", ">= 3 times as fast", passed=True)
        return
    texts = loaded(table)
    mine = quickest(lambda: markov.credit(split(*texts), order))
    yield at_least(
        f"{name}; times as fast as ChannelAttribution {peer['version']}", peer["seconds"] / mine, 3
    )
    exact = credit(paths, f"markov_{order}")[0]
    theirs = np.array([peer["credit"][channel] for channel in paths.channels])
    apart = float(np.abs(theirs - exact).sum() / exact.sum())
    yield Bar(
        f"peer: its credit beside the exact one, order {order}",
        f"{apart:.2%} of the credit elsewhere",
        "for the record",
        passed=True,
    )
    yield at_most(
        f"peer: our chain of order {order}, direct and iterated: apart", _two_ways(paths, order), 1e-9
    )


def _two_ways(paths: Paths, order: int) -> float:
    from gouvernail.measurement.attribution.chain import chain

    walk = chain(paths, order)
    one, other = markov._dense(walk, len(paths.channels)), markov._iterated(walk, len(paths.channels))
    return max(
        float(np.abs(a - b).max() / max(np.abs(a).max(), 1e-300)) for a, b in zip(one, other, strict=True)
    )


def _shapley(table: Path) -> Iterator[Bar]:
    name = "peer: Shapley of 12 channels, ours of all sets, from texts"
    try:
        peer = ask(SHAPLEY_PACKAGES, SHAPLEY, str(table))
    except PeerError as error:
        yield Bar(
            name, f"marketing_attribution_models did not run: {error}", ">= 100 times as fast", passed=True
        )
        return
    texts = loaded(table)
    for model in ("shapley", "shapley_rate"):
        mine = quickest(lambda model=model: credit(split(*texts), model))  # type: ignore[misc]
        yield at_least(
            f"{name} ({model}); times as fast as marketing_attribution_models {peer['version']} (sets of 4)",
            peer["seconds"] / mine,
            100,
        )


def read(table: Path) -> Paths:
    """Return the paths of a file."""
    told = read_paths(table)
    return Paths(told.names, told.steps, told.bounds, told.conversions, told.value, told.nulls)


def loaded(table: Path) -> tuple[Any, Any]:
    """Return the texts of the paths and their numbers: where the peers' clock starts too, after reading the file."""
    import pyarrow as pa

    with table.open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    return pa.array([row[0] for row in rows]), np.array([row[1:] for row in rows], dtype=np.float64)


def split(texts: Any, numbers: Any) -> Paths:
    """Return paths of texts, as `read_paths` does."""
    steps, bounds, names = _split(texts, ">")
    return Paths(names, steps, bounds, numbers[:, 0], numbers[:, 1], numbers[:, 2])


def quickest(work: Callable[[], object], times: int = 3) -> float:
    """Return the seconds of the fastest of some runs."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)
