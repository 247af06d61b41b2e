"""Attribution: published examples, a second implementation, and what must hold for any paths."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.evidence.attribution import coalition_values, first_touch, last_touch, markov_removal, read_paths, shapley, shapley_of_paths
from helpers.intake.refusal import Refusal

touches = st.lists(st.sampled_from("ABCD"), min_size=1, max_size=6)
one_path = st.tuples(touches, st.integers(0, 5), st.integers(0, 5)).filter(lambda path: path[1] + path[2] > 0)
some_paths = st.lists(one_path, min_size=1, max_size=12).filter(lambda paths: any(won for _, won, _ in paths))


def test_bryls_example(published):
    entry = published("markov_attribution_bryl")
    paths, expected = entry["inputs"]["paths"], entry["expected"]
    chain = markov_removal(paths)
    assert chain.p_conversion == pytest.approx(expected["p_conversion"], abs=1e-9)
    assert chain.removal == pytest.approx(expected["removal"], abs=1e-9)
    assert chain.credit == pytest.approx(expected["credit"], abs=1e-9)
    assert first_touch(paths) == expected["first_touch"]
    assert last_touch(paths) == expected["last_touch"]


def test_shapley_of_three_channels(published):
    entry = published("shapley_three_channels")
    credit = shapley(entry["inputs"]["v"])
    assert credit == pytest.approx({name: entry["expected"][name] for name in "ABC"}, abs=1e-9)
    assert sum(credit.values()) == pytest.approx(entry["expected"]["total"])


def test_coalitions_may_be_sets_or_named_texts():
    by_set = shapley({frozenset({"content"}): 10, frozenset({"module"}): 4, frozenset({"content", "module"}): 20})
    assert by_set == shapley({"content": 10, "module": 4, "module + content": 20}) == {"content": 13, "module": 7}


@given(st.lists(st.floats(-10, 10), min_size=16, max_size=16))
def test_shapley_is_the_mean_over_all_orders(worth):
    names = "WXYZ"
    values = {frozenset(n for i, n in enumerate(names) if mask >> i & 1): worth[mask] for mask in range(1, 16)}
    values[frozenset()] = 0.0
    orders = list(permutations(names))
    mean = {n: np.mean([values[frozenset(o[: o.index(n) + 1])] - values[frozenset(o[: o.index(n)])] for o in orders]) for n in names}
    assert shapley(values) == pytest.approx(mean, abs=1e-9)


def test_fifteen_channels_are_fine():
    names = [f"c{i}" for i in range(15)]
    values = {frozenset(n for i, n in enumerate(names) if m >> i & 1): bin(m).count("1") ** 2 for m in range(2**15)}
    assert shapley(values) == pytest.approx(dict.fromkeys(names, 15.0))


def test_a_missing_coalition_is_named():
    with pytest.raises(Refusal, match=r"A \+ B"):
        shapley({"A": 1, "B": 2})
    with pytest.raises(Refusal, match="21 channels"):
        shapley({frozenset([f"c{i}" for i in range(21)]): 1})


@given(some_paths)
def test_shapley_of_paths_is_shapley_of_their_coalitions(paths):
    credit = shapley_of_paths(paths)
    assert credit == pytest.approx(shapley(coalition_values(paths)), abs=1e-9)
    assert sum(credit.values()) == pytest.approx(sum(won for _, won, _ in paths))


@given(some_paths)
def test_markov_credit_sums_to_1_and_the_base_is_the_rate(paths):
    chain = markov_removal(paths)
    assert sum(chain.credit.values()) == pytest.approx(1)
    assert all(-1e-9 <= effect <= 1 + 1e-9 for effect in chain.removal.values())
    won, lost = sum(p[1] for p in paths), sum(p[2] for p in paths)
    assert chain.p_conversion == pytest.approx(won / (won + lost))


@given(some_paths)
def test_touch_credit_adds_up_to_the_conversions(paths):
    total = sum(won for _, won, _ in paths)
    assert sum(first_touch(paths).values()) == pytest.approx(total) == sum(last_touch(paths).values())


@settings(max_examples=30)
@given(some_paths)
def test_the_forms_of_a_path_agree(paths):
    single = [(">".join(steps), word) for steps, won, lost in paths for word in ["conv"] * won + ["null"] * lost]
    assert markov_removal(single).credit == pytest.approx(markov_removal(paths).credit)
    assert first_touch([(steps.split(">"), word == "conv") for steps, word in single]) == first_touch(single)


def test_loops_and_repeats_by_hand():
    """A>A>B converts, A is lost: from A 1/3 each to A, to B, out; B always converts, so p = 1/2; without A nothing starts."""
    chain = markov_removal([("A>A>B", "conv"), ("A", "null")])
    assert chain.p_conversion == pytest.approx(0.5)
    assert chain.removal == pytest.approx({"A": 1, "B": 1})


def test_a_walk_through_the_chain_converts_as_often_as_computed():
    paths = [("A>B>A>C", 3, 1), ("B>B", 1, 4), ("C>A", 2, 2), ("A", 1, 6)]
    steps = {}
    for touches, won, lost in paths:
        route = ["start", *touches.split(">")]
        for here, there in zip(route, route[1:], strict=False):
            steps.setdefault(here, []).extend([there] * (won + lost))
        steps.setdefault(route[-1], []).extend(["conv"] * won + ["null"] * lost)
    rng = np.random.default_rng(4)

    def walk(removed):
        state = "start"
        while state in steps and state != removed:
            state = steps[state][rng.integers(len(steps[state]))]
        return state == "conv"

    chain = markov_removal(paths)
    without_a = np.mean([walk("A") for _ in range(20_000)])
    assert 1 - without_a / chain.p_conversion == pytest.approx(chain.removal["A"], abs=0.03)


@pytest.mark.parametrize("paths", [[], [("A", "null")], [((), 3, 0)], [("A", "maybe")], [("A", -1)]])
def test_paths_without_a_conversion_or_a_meaning_are_refused(paths):
    with pytest.raises(Refusal, match="attribution"):
        markov_removal(paths)


def test_equal_paths_are_added_up():
    assert [tuple(p) for p in read_paths([("A>B", 1), ("A > B", "null"), (["A", "B"], True)])] == [(("A", "B"), 2, 1)]
