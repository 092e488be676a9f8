"""Places within a section: always in order, and nobody moves who need not."""

from hypothesis import given
from hypothesis import strategies as st

from gouvernail.web.plans.order import STEP, places


@given(
    st.permutations(range(8)),
    st.sets(st.integers(0, 7)),
    st.dictionaries(st.integers(0, 7), st.integers(0, 20000)),
)
def test_places_ascend(keys: list[int], among: set[int], held: dict[int, int]) -> None:
    wanted = [key for key in keys if key in among]
    found = places(wanted, held)

    assert list(found) and sorted(wanted, key=found.__getitem__) == wanted if wanted else found == {}
    assert len(set(found.values())) == len(wanted)


def test_one_move_moves_one() -> None:
    held = {key: i * STEP for i, key in enumerate("abcdef", 1)}
    found = places(list("abfcde"), held)

    assert [key for key in "abcdef" if found[key] != held[key]] == ["f"]


def test_where_there_is_no_room_all_are_placed_afresh() -> None:
    assert places(["a", "x", "b"], {"a": 1, "b": 2}) == {"a": STEP, "x": 2 * STEP, "b": 3 * STEP}
