"""Attribution: answers checked by hand, laws that every model keeps, tables that other packages publish."""

from __future__ import annotations

import csv
import json
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouvernail.base.outcome import Refusal
from gouvernail.measurement.attribution import markov, rules, shapley, shapley_rate
from gouvernail.measurement.attribution.aging import Aged
from gouvernail.measurement.attribution.chain import chain
from gouvernail.measurement.attribution.models import MODELS, Attribution, attribute, credit, disagreement
from gouvernail.measurement.attribution.paths import Paths, gathered

Row = tuple[tuple[str, ...], float, float, float]
NAMES = "abcde"

rows = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=6).map(tuple),
        st.integers(0, 9).map(float),
        st.integers(0, 500).map(float),
        st.integers(0, 9).map(float),
    ),
    min_size=1,
    max_size=12,
).map(lambda found: [(path, won, worth if won else 0.0, nulls) for path, won, worth, nulls in found])


def _by_name(paths: Paths, shares: np.ndarray) -> dict[str, float]:
    return dict(zip(paths.channels, shares.tolist(), strict=True))


@pytest.fixture(scope="module")
def vectors(shared_data: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads(
        (shared_data / "truth" / "attribution" / "hand_checkable_vectors.json").read_text()
    )
    return told


def test_shapley_of_the_published_game(vectors: dict[str, dict[str, dict[str, float]]]) -> None:
    told = vectors["shapley_worked_example"]
    worth = np.zeros(8)
    for players, value in told["v"].items():
        worth[sum(1 << "OFD".index(player) for player in players)] = value

    found = shapley.of_game(worth)

    assert found == pytest.approx([told["shapley_exact"][player] for player in "OFD"], abs=1e-9)


def test_removal_effects_by_hand() -> None:
    paths = gathered([(("a", "b"), 3, 30, 1), (("a", "c"), 1, 20, 1)])

    effects = markov.removal(paths)

    assert effects.probability == pytest.approx(2 / 3, abs=1e-12)
    assert _by_name(paths, effects.conversions) == pytest.approx({"a": 1, "b": 0.75, "c": 0.25}, abs=1e-12)
    assert _by_name(paths, effects.value) == pytest.approx({"a": 1, "b": 0.6, "c": 0.4}, abs=1e-12)


def test_chances_to_go_on_by_hand() -> None:
    found = chain(gathered([(("a", "b"), 3, 0, 1), (("a", "c"), 1, 0, 1)]))

    assert found.starts.tolist() == [1, 0, 0]
    assert found.moves.toarray()[0] == pytest.approx([0, 2 / 3, 1 / 3])
    assert found.ends[:, 0] == pytest.approx([0, 0.75, 0.5])


def test_three_paths_of_the_tutorial(shared_data: Path) -> None:
    lines = (shared_data / "datasets" / "mta-toy-markov" / "simple_conversion_data.csv").read_text(
        "utf-8-sig"
    )
    walks = [[cell.strip() for cell in line if cell.strip()] for line in csv.reader(lines.splitlines())]
    paths = gathered(
        (tuple(walk[:-1]), 1.0, 0.0, 0.0)
        if walk[-1].casefold() == "conversion"
        else (tuple(walk), 0.0, 0.0, 1.0)
        for walk in walks
    )

    assert _by_name(paths, markov.removal(paths).conversions) == pytest.approx({"C1": 0.5, "C2": 1, "C3": 1})


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("first", {"direct": 0, "mail": 0, "search": 10}),
        ("last", {"direct": 10, "mail": 0, "search": 0}),
        ("last_non_direct", {"direct": 0, "mail": 10, "search": 0}),
        ("linear", {"direct": 10 / 3, "mail": 10 / 3, "search": 10 / 3}),
        ("position", {"direct": 4, "mail": 2, "search": 4}),
        (
            "time_decay",
            {
                "direct": 10 / (1 + 2**-0.5 + 0.5),
                "mail": 10 / (1 + 2**0.5 + 2**-0.5),
                "search": 5 / (1.5 + 2**-0.5),
            },
        ),
        ("shapley", {"direct": 10 / 3, "mail": 10 / 3, "search": 10 / 3}),
    ],
)
def test_rules_by_hand(model: str, expected: dict[str, float]) -> None:
    paths = gathered([(("search", "mail", "direct"), 10, 0, 0)])

    conversions, _ = credit(paths, model)

    assert _by_name(paths, conversions) == pytest.approx(expected)


def test_two_ends_share_a_path_of_two_steps() -> None:
    paths = gathered([(("x", "y"), 10, 0, 0)])

    assert rules.shared(paths, rules.position(paths), paths.conversions).tolist() == [5, 5]
    assert rules.shared(paths, rules.position(paths, (0.3, 0.7)), paths.conversions) == pytest.approx([3, 7])


def test_direct_keeps_what_nobody_else_touched() -> None:
    paths = gathered([(("direct", "direct"), 4, 0, 0)])

    assert rules.shared(paths, rules.last_non_direct(paths), paths.conversions).tolist() == [4]


@given(rows)
def test_credit_sums_to_conversions_and_value(found: list[Row]) -> None:
    paths = gathered(found)
    answer = attribute(paths)
    if isinstance(answer, Refusal):
        assert paths.conversions.sum() == 0
        return

    for shares in answer.models.values():
        assert sum(one.conversions for one in shares.values()) == pytest.approx(answer.conversions, abs=1e-9)
        assert sum(one.value for one in shares.values()) == pytest.approx(answer.value, abs=1e-9)
        assert all(one.conversions >= -1e-12 and one.value >= -1e-12 for one in shares.values())


@given(rows, st.permutations(NAMES))
def test_names_do_not_matter(found: list[Row], order: list[str]) -> None:
    renamed = dict(zip(NAMES, order, strict=True))
    before = gathered(found)
    after = gathered(
        (tuple(renamed[step] for step in path), won, worth, nulls) for path, won, worth, nulls in found
    )

    for model in MODELS:
        told = _by_name(after, credit(after, model)[0])
        expected = {
            renamed[name]: share for name, share in _by_name(before, credit(before, model)[0]).items()
        }
        assert told == pytest.approx(expected, abs=1e-9)


@given(rows)
def test_a_channel_in_no_path_gets_nothing(found: list[Row]) -> None:
    paths = gathered(found)
    wider = Paths(
        (*paths.channels, "radio"), paths.steps, paths.bounds, paths.conversions, paths.value, paths.nulls
    )

    for model in MODELS:
        shares = credit(wider, model)[0]
        assert shares[-1] == 0
        assert shares[:-1] == pytest.approx(credit(paths, model)[0], abs=1e-9)


@given(rows)
def test_the_order_of_rows_and_their_splitting_do_not_matter(found: list[Row]) -> None:
    halves: list[Row] = [
        (path, won / 2, worth / 2, nulls / 2) for path, won, worth, nulls in found for _ in range(2)
    ]
    once, again = gathered(found), gathered(reversed(halves))

    for model in MODELS:
        assert credit(again, model)[0] == pytest.approx(credit(once, model)[0], abs=1e-9)


@given(rows, st.sampled_from([1, 2, 3]))
def test_both_ways_to_solve_a_chain_agree(found: list[Row], order: int) -> None:
    paths = gathered(found)
    walk = chain(paths, order)

    dense, iterated = markov._dense(walk, len(paths.channels)), markov._iterated(walk, len(paths.channels))

    for one, other in zip(dense, iterated, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


@given(st.lists(st.integers(-50, 50).map(float), min_size=15, max_size=15))
def test_shapley_is_the_mean_over_all_orders(worths: list[float]) -> None:
    worth = np.array([0.0, *worths])
    orders = list(permutations(range(4)))
    expected = np.zeros(4)
    for order in orders:
        joined = 0
        for player in order:
            expected[player] += (worth[joined | 1 << player] - worth[joined]) / len(orders)
            joined |= 1 << player

    assert shapley.of_game(worth) == pytest.approx(expected, abs=1e-9)


@given(rows)
def test_the_game_of_paths_is_shared_equally_among_those_met(found: list[Row]) -> None:
    paths = gathered(found)
    worth = np.zeros(1 << len(paths.channels))
    number_of = {name: number for number, name in enumerate(paths.channels)}
    for members in range(len(worth)):
        worth[members] = sum(
            won for path, won, *_ in found if all(members >> number_of[step] & 1 for step in path)
        )

    assert credit(paths, "shapley")[0] == pytest.approx(shapley.of_game(worth), abs=1e-9)


def test_nothing_to_share_is_refused() -> None:
    answer = attribute(gathered([(("a",), 0, 0, 5)]))

    assert isinstance(answer, Refusal)
    assert answer.code == "no_conversion"


def test_disagreement_is_the_credit_that_changes_hands() -> None:
    assert disagreement([np.array([10.0, 0.0]), np.array([4.0, 6.0])]) == pytest.approx(0.6)
    assert disagreement([np.array([1.0, 3.0]), np.array([10.0, 30.0])]) == 0


def test_coverage_tells_what_has_a_path() -> None:
    answer = attribute(gathered([(("a",), 3, 30, 0)]), untraced=1, untraced_value=10)

    assert isinstance(answer, Attribution)
    assert answer.coverage == 0.75
    assert answer.options["half_life"] == rules.HALF_LIFE


def test_published_tables_of_the_tutorial(shared_data: Path) -> None:
    folder = shared_data / "datasets" / "mta-analyticsvidhya-steps"
    with (folder / "Channel_attribution.csv").open() as file:
        lines = list(csv.reader(file))[1:]
    walks = [tuple(cell for cell in line if cell not in {"", "NA", "21"}) for line in lines]
    paths = gathered((walk, 1.0, 0.0, 0.0) for walk in walks if walk)
    with (folder / "expected" / "reference_attribution.csv").open() as file:
        expected = {line["channel_name"]: line for line in csv.DictReader(file)}

    for model, column in (
        ("first", "first_touch"),
        ("last", "last_touch"),
        ("linear", "linear_touch"),
        ("markov_1", "markov1_analytic"),
    ):
        for name, share in _by_name(paths, credit(paths, model)[0]).items():
            assert share == pytest.approx(float(expected[name][f"{column}_conversions"]), abs=1e-5), (
                model,
                name,
            )


def test_the_game_of_rates_by_hand() -> None:
    # Alone a converts 2 of 10, b 4 of 10; together 5 of 10. v(a) = .2, v(b) = .4, v(ab) = 11/30.
    paths = gathered([(("a",), 2, 20, 8), (("b",), 4, 40, 6), (("a", "b"), 5, 50, 5)])

    found = shapley_rate.values(paths)

    whole = 11 / 30
    assert found.values[:, 0] == pytest.approx([(0.2 + whole - 0.4) / 2, (0.4 + whole - 0.2) / 2], abs=1e-12)
    assert found.values[:, 1] == pytest.approx(10 * found.values[:, 0])
    assert found.error.tolist() == [[0, 0], [0, 0]]


def test_sampled_rates_agree_with_exact_ones_within_their_error() -> None:
    rng = np.random.default_rng(4)
    paths = gathered(
        (tuple(rng.choice(list(NAMES), 3)), float(rng.integers(0, 5)), 0.0, float(rng.integers(1, 20)))
        for _ in range(60)
    )

    exact, sampled = shapley_rate.values(paths), shapley_rate.values(paths, exact=0)

    assert sampled.values.sum(axis=0) == pytest.approx(exact.values.sum(axis=0), abs=1e-12)
    assert (np.abs(sampled.values - exact.values) <= 4 * sampled.error).all()


def test_sampled_rates_are_the_same_on_every_run() -> None:
    names = [f"c{number}" for number in range(25)]
    rng = np.random.default_rng(1)
    paths = gathered(
        (tuple(rng.choice(names, 3)), float(rng.integers(0, 5)), 0.0, float(rng.integers(1, 20)))
        for _ in range(300)
    )

    once, again = shapley_rate.values(paths), shapley_rate.values(paths)
    others = [shapley_rate.values(paths, orders=100, seed=seed) for seed in range(20)]

    assert once.orders == shapley_rate.ORDERS
    assert once.values.tolist() == again.values.tolist()
    spread = np.std([other.values[:, 0] for other in others], axis=0, ddof=1).mean()
    assert spread == pytest.approx(others[0].error[:, 0].mean(), rel=0.3)
    told = attribute(paths)
    assert isinstance(told, Attribution)
    assert told.options["shapley_rate"]["orders"] == shapley_rate.ORDERS
    assert told.options["shapley_rate"]["error"] > 0


def test_rates_are_left_out_where_everybody_converted() -> None:
    answer = attribute(gathered([(("a",), 3, 30, 0)]))

    assert isinstance(answer, Attribution)
    assert "shapley_rate" not in answer.models
    assert "shapley" in answer.models


def test_time_decay_counts_days_where_they_are_known() -> None:
    aged = Aged(3.0, np.array([[1.0], [2.0]]), np.array([[10.0], [20.0]]))

    answer = attribute(gathered([(("a",), 3, 30, 0)]), aged=aged)

    assert isinstance(answer, Attribution)
    assert answer.models["time_decay"]["a"].value == 30
    assert answer.options["half_life_days"] == 3.0
