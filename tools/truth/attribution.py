"""Attribution: hand calculations, published tables, and what holdouts tell on people whose counterfactual is known.

The simulator's demands were fixed on seeds 0 to 30, the intervals looked at on seeds 1,000 to 1,100; nothing was changed
afterwards. Seeds scored here are 52,000 to 52,999. NMAE, as the published scores take it: the mean over channels of the
absolute difference between true and told share, shares summing to 1.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from gouvernail.base.outcome import Estimate, Grade, Outcome
from gouvernail.measurement.attribution import markov, shapley
from gouvernail.measurement.attribution.batches import CONVERSION, Batch, Window
from gouvernail.measurement.attribution.chain import chain
from gouvernail.measurement.attribution.holdouts import incremental
from gouvernail.measurement.attribution.intervals import Draws, of_journeys
from gouvernail.measurement.attribution.journeys import Journeys, walked
from gouvernail.measurement.attribution.models import MODELS, Attribution, Options, attribute, credit
from gouvernail.measurement.attribution.paths import Paths, gathered
from gouvernail.measurement.attribution.rules import position, shared
from gouvernail.measurement.attribution.study import Incremental, Study
from gouvernail.simulate.causal.demand import CHANNELS, DEMANDS
from gouvernail.simulate.causal.people import Holdouts, Played, play, rows
from tools.truth.attribution_peers import beside, read
from tools.truth.bar import Bar, at_least, at_most, within

DATA = Path(__file__).parents[3] / "shared" / "data"
FOLDER = DATA / "truth" / "attribution"
SEED = 52_000
SIZES = ((200_000, 12, 0.025, 0.12), (1_000_000, 3, 0.015, 0.08))
"""People, runs of each demand, most NMAE, most error of the total."""
Floats = npt.NDArray[np.float64]


def bars() -> Iterable[Bar]:
    """Yield every bar of attribution, but for speed (`attribution_speed`)."""
    if FOLDER.is_dir():
        yield from _by_hand()
        yield from _table()
        yield from _benchmark()
        yield from _tutorials()
    yield from _holdouts()
    yield from _labels()
    yield from _intervals()


# --- answers that can be checked by hand -------------------------------------------------------------------


def _by_hand() -> Iterator[Bar]:
    vectors = json.loads((FOLDER / "hand_checkable_vectors.json").read_text(encoding="utf-8"))
    pairs = [pair for part in (_game, _shared_paths, _chain, _positions) for pair in part(vectors)]
    apart = max(abs(mine - theirs) for mine, theirs in pairs)
    yield at_most(f"hand vectors, {len(pairs)} numbers: farthest", apart, 1e-9)


def _game(vectors: dict[str, Any]) -> Iterator[tuple[float, float]]:
    told = vectors["shapley_worked_example"]
    worth = np.zeros(8)
    for players, value in told["v"].items():
        worth[sum(1 << "OFD".index(player) for player in players)] = value
    for player, value in zip("OFD", shapley.of_game(worth), strict=True):
        yield float(value), told["shapley_exact"][player]


def _counted(paths: dict[str, list[float]]) -> Paths:
    return gathered((tuple(path.split(" > ")), won, won, lost) for path, (won, lost) in paths.items())


def _shared_paths(vectors: dict[str, Any]) -> Iterator[tuple[float, float]]:
    for case in vectors["mta_hand_checkable"]["shapley"]:
        paths = _counted(case["paths"])
        for name, share in zip(paths.channels, credit(paths, "shapley")[0], strict=True):
            yield float(share), case["expected"][name]


def _chain(vectors: dict[str, Any]) -> Iterator[tuple[float, float]]:
    told = vectors["mta_hand_checkable"]["markov_transition"]
    paths = _counted(told["paths"])
    walk, expected = chain(paths), told["expected"]
    moves = walk.moves.toarray()
    yield walk.starts[0], expected["start>a"]
    yield moves[0, 1], expected["a>b"]
    yield moves[0, 2], expected["a>c"]
    for place, name in ((1, "b"), (2, "c")):
        yield walk.ends[place, 0], expected[f"{name}>conv"]
        yield 1 - walk.ends[place, 0], expected[f"{name}>null"]
    for name, lost in zip(paths.channels, markov.removal(paths).conversions, strict=True):
        yield float(lost), told["removal_effect_exact"][name]


def _positions(vectors: dict[str, Any]) -> Iterator[tuple[float, float]]:
    told = vectors["mta_hand_checkable"]["position_based_2_touch"]
    paths = gathered([(("x", "y"), told["conversions"], 0, 0)])
    for ends, key in (((0.4, 0.4), "weights 40/20/40"), ((0.3, 0.7), "weights 30/70")):
        for name, share in zip("xy", shared(paths, position(paths, ends), paths.conversions), strict=True):
            yield float(share), told[key][name]


# --- published tables -------------------------------------------------------------------------------------


def _table() -> Iterator[Bar]:
    file = FOLDER / "channelattribution_Data.csv"
    paths, again = read(file), read(file)
    off = max(
        abs(float(mine.sum()) / theirs - 1)
        for model in MODELS
        for mine, theirs in zip(credit(paths, model), (19_785, 74_802.97), strict=True)
    )
    yield at_most("10,000 paths, all models: credit beside conversions and value", off, 1e-7)
    same = all(
        (mine == theirs).all()
        for model in MODELS
        for mine, theirs in zip(credit(paths, model), credit(again, model), strict=True)
    )
    yield Bar("all models: same answer every run, to the bit", str(same), "True", same)
    yield from beside(paths, file)


def _benchmark() -> Iterator[Bar]:
    """Journeys whose conversion a known logistic rule decides; the best published NMAE is the bar."""
    from scipy.stats import spearmanr

    told = json.loads((FOLDER / "shapley_benchmark_truth_and_published.json").read_text(encoding="utf-8"))
    for name in ("A_undirected", "B_directed"):
        file, truth = FOLDER / f"shapley_benchmark_{name}.csv", told[name]
        if not file.is_file():
            yield Bar(
                f"benchmark {name}", "its file is not among the data given", "for the record", passed=True
            )
            continue
        with file.open(encoding="utf-8") as lines:
            paths = gathered(
                (
                    tuple(line["path"].split(" > ")),
                    float(line["converted"]),
                    0.0,
                    1 - float(line["converted"]),
                )
                for line in csv.DictReader(lines)
            )
        true = np.array([truth[truth["truth_used_for_published_scores"]][one] for one in paths.channels])
        scores = {}
        for model in MODELS:
            share = _parts(credit(paths, model)[0])
            scores[model] = (_nmae(share, true), float(spearmanr(share, true).statistic))
        best = min(score for score, _ in truth["published_[NMAE,spearman]"].values())
        beside = ", ".join(f"{model} {error:.4f} / {rank:.2f}" for model, (error, rank) in scores.items())
        yield Bar(f"benchmark {name}: NMAE / Spearman", beside, "for the record", passed=True)
        yield at_most(
            f"benchmark {name}: NMAE of shapley_rate, best published", scores["shapley_rate"][0], best
        )


def _parts(numbers: Floats) -> Floats:
    told: Floats = numbers / numbers.sum()
    return told


def _nmae(told: Floats, true: Floats) -> float:
    return float(np.abs(_parts(told) - _parts(true)).mean())


def _tutorials() -> Iterator[Bar]:
    folder = DATA / "datasets" / "mta-analyticsvidhya-steps"
    with (folder / "Channel_attribution.csv").open(encoding="utf-8") as file:
        walks = [
            tuple(cell for cell in line if cell not in {"", "NA", "21"})
            for line in list(csv.reader(file))[1:]
        ]
    paths = gathered((walk, 1.0, 0.0, 0.0) for walk in walks if walk)
    yield _reference("tutorial's coded paths (2,392)", paths, folder, ("first", "last", "linear"))
    folder = DATA / "datasets" / "mta-cookie-paths-july2018"
    found = _cookies(folder / "attribution_data.csv.gz")
    yield _reference("tutorial's touches (62,483), walked", found.paths, folder, ("first", "last", "linear"))


def _reference(name: str, paths: Paths, folder: Path, models: tuple[str, ...]) -> Bar:
    """Compare with the rules of the reference and with its exactly solved Markov credit (6 decimals printed)."""
    with (folder / "expected" / "reference_attribution.csv").open(encoding="utf-8") as file:
        expected = {line["channel_name"]: line for line in csv.DictReader(file)}
    columns = [(model, f"{model}_touch_conversions") for model in models]
    apart = max(
        abs(share - float(expected[channel][column]))
        for model, column in [*columns, ("markov_1", "markov1_analytic_conversions")]
        for channel, share in zip(paths.channels, credit(paths, model)[0].tolist(), strict=True)
    )
    return at_most(f"{name}: farthest from the reference", apart, 1e-5)


def _cookies(file: Path) -> Journeys:
    """Walk the touches of a file; a row that converts is a touch, then a sale."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        told = sorted(csv.DictReader(lines), key=lambda line: (line["customer_id"], line["time"]))
    channels = sorted({line["channel"] for line in told})
    people: dict[str, int] = {}
    events = []
    for line in told:
        number = people.setdefault(line["customer_id"], len(people))
        at = int(np.datetime64(line["time"].rstrip("Z"), "s").astype(int))
        events.append((number, at, channels.index(line["channel"]), 0.0))
        if line["conversion"] == "1":
            events.append((number, at, CONVERSION, float(line["conversion_value"])))
    columns = [np.array(column) for column in zip(*events, strict=True)]
    batch = Batch(columns[0], columns[1], columns[2].astype(np.int32), columns[3])
    return walked([batch], channels, Window(365))


# --- what channels cause ----------------------------------------------------------------------------------


def _holdouts() -> Iterator[Bar]:
    """Tenths of the people held out: of each channel, of everything; would-be exposure logged, and not."""
    for people, runs, most, off in SIZES:
        scores = {logged: _Scores() for logged in (True, False)}
        for demand in DEMANDS.values():
            for run in range(runs):
                played = play(demand, people, SEED + run + (500 if people == 1_000_000 else 0))
                for logged, score in scores.items():
                    score.add(played, _asked(played, logged=logged))
        yield from scores[True].bars(f"{people:,} people, would-be exposure logged", most, off)
        yield from scores[False].bars(f"{people:,} people, intention to treat", None, off)


def _asked(played: Played, *, logged: bool) -> Incremental:
    found = incremental(
        Study(
            CHANNELS,
            played.held,
            played.buyer,
            played.value,
            played.bought if logged else None,
            played.would if logged else None,
            (0.1,) * len(CHANNELS),
        )
    )
    if not isinstance(found, Incremental):
        raise TypeError(found)
    return found


class _Scores:
    """What holdouts told beside the truth, run by run."""

    def __init__(self) -> None:
        self.nmae: list[float] = []
        self.off: list[float] = []
        self.refused = 0
        self.inside: dict[str, list[bool]] = {"shares": [], "effects": [], "totals": []}

    def add(self, played: Played, told: Incremental) -> None:
        truth = played.truth
        effects = [told.channels[name] for name in CHANNELS]
        shares = [one.share for one in effects]
        if any(not isinstance(share, Estimate) for share in shares):
            self.refused += 1
            return
        self.nmae.append(float(np.abs([_value(one) for one in shares] - truth.shares).mean()))
        self.off.append(abs(_value(told.total) / truth.total[0] - 1))
        self.inside["shares"] += map(_holds, shares, truth.shares)
        self.inside["effects"] += map(_holds, (one.conversions for one in effects), truth.incremental[:, 0])
        self.inside["effects"] += map(_holds, (one.value for one in effects), truth.incremental[:, 1])
        self.inside["totals"] += map(_holds, (told.total, told.total_value), truth.total)

    def bars(self, name: str, most: float | None, off: float) -> Iterator[Bar]:
        count = len(self.nmae)
        yield at_most(f"{name}: refused, of {count + self.refused} runs of 3 demands", self.refused, 0)
        mean = float(np.mean(self.nmae))
        if most is None:
            yield Bar(f"{name}: mean NMAE of shares", f"{mean:.4f}", "for the record", passed=True)
        else:
            yield at_most(f"{name}: mean NMAE of shares", mean, most)
        label = f"{name}: total incremental, mean error (largest {max(self.off):.3f})"
        yield at_most(label, float(np.mean(self.off)), off)
        yield at_least(
            f"{name}: totals within {off:.0%}, part of runs", float(np.mean(np.array(self.off) <= off)), 0.95
        )
        for what, inside in self.inside.items():
            covered = float(np.mean(inside))
            if len(inside) >= 200:
                yield within(
                    f"{name}: 90 % intervals of {what}, {len(inside)} of them, cover", covered, 0.85, 0.95
                )
            else:
                yield Bar(
                    f"{name}: 90 % intervals of {what}, {len(inside)} of them, cover",
                    f"{covered:.3f}",
                    "for the record",
                    passed=True,
                )


def _value(outcome: Outcome) -> float:
    return outcome.value if isinstance(outcome, Estimate) else float("nan")


def _holds(outcome: Outcome, true: float) -> bool:
    if not isinstance(outcome, Estimate) or outcome.low is None or outcome.high is None:
        return False
    return outcome.low <= true <= outcome.high


def _labels() -> Iterator[Bar]:
    """Without holdouts the label is credit, not cause; and how far credit is from cause."""
    for name, demand in DEMANDS.items():
        played = play(demand, 100_000, SEED + 900, Holdouts(0.0, 0.0))
        told = attribute(_journeys(played).paths)
        if not isinstance(told, Attribution):
            raise TypeError(told)
        study = incremental(Study(CHANNELS, played.held, played.buyer, played.value))
        label = getattr(study, "code", "") == "no_holdout" and told.grade is Grade.credit_rule
        yield Bar(f"{name}: without holdouts credit, not cause", str(label), "True", label)
        errors = ", ".join(
            f"{model} {_nmae(np.array([one.conversions for one in shares.values()]), played.truth.shares):.3f}"
            for model, shares in told.models.items()
        )
        yield Bar(f"{name}: NMAE of credit beside cause", errors, "for the record", passed=True)


def _journeys(played: Played, groups: int = 1) -> Journeys:
    return walked((Batch(*columns) for columns in rows(played)), CHANNELS, groups=groups)  # type: ignore[arg-type]


# --- intervals of credit ------------------------------------------------------------------------------------


def _intervals() -> Iterator[Bar]:
    """Intervals of 60 samples of 10,000 people, 20 of each demand, beside the credit of a million of them."""
    inside: dict[str, list[bool]] = {model: [] for model in MODELS}
    plain, none = Draws(solved=60), Holdouts(0.0, 0.0)
    for demand in DEMANDS.values():
        everybody = attribute(
            (whole := _journeys(play(demand, 1_000_000, SEED + 950, none))).paths, aged=whole.aged
        )
        for run in range(20):
            found = _journeys(play(demand, 10_000, SEED + 100 + run, none), groups=200)
            told = of_journeys(found, Options(), plain)
            if not isinstance(told, Attribution) or not isinstance(everybody, Attribution):
                raise TypeError(told)
            for model, shares in told.models.items():
                inside[model] += [
                    (share.conversions_low or 0.0)
                    <= everybody.models[model][name].conversions / 100
                    <= (share.conversions_high or 0.0)
                    for name, share in shares.items()
                ]
    for model, held in inside.items():
        yield within(
            f"credit by {model}: 90 % intervals, {len(held)} of them, cover", float(np.mean(held)), 0.85, 0.95
        )
