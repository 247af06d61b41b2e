"""Options over common draws: what any comparison must satisfy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.decision import options
from helpers.intake.refusal import Refusal

TABLES = st.integers(1, 5).flatmap(lambda k: arrays(float, (40, k), elements=st.floats(-1e6, 1e6)))


def named(table):
    return {f"option {i}": column for i, column in enumerate(table.T)}


@given(TABLES)
def test_invariants(table):
    rows = options.compare(named(table))
    assert sum(row.probability_best for row in rows) == pytest.approx(1)
    assert all(row.low95 <= row.low80 <= row.high80 <= row.high95 and row.expected_regret >= 0 for row in rows)
    assert [row.expected for row in rows] == sorted((row.expected for row in rows), reverse=True)
    assert rows[0].expected == pytest.approx(max(options.expected(named(table)).values()))
    assert min(row.expected_regret for row in rows) == pytest.approx(rows[0].expected_regret, abs=1e-3)


def test_by_hand():
    values = {"a": np.array([1.0, 5, 1, 5]), "b": np.array([3.0, 3, 3, 3])}
    assert options.probability_best(values) == {"a": 0.5, "b": 0.5}
    assert options.expected_regret(values) == {"a": 1.0, "b": 1.0}
    assert options.best(options.expected(values)) == "a"  # equals: the one named first


def test_common_draws_cancel_shared_uncertainty():
    shared = np.random.default_rng(0).normal(0, 1000, 500)
    gap = options.advantage({"a": shared, "b": shared + 5}, over="a", of="b")
    assert (gap.value, gap.low, gap.high) == pytest.approx((5, 5, 5))


def test_refusals():
    with pytest.raises(Refusal, match="no option"):
        options.compare({})
    with pytest.raises(Refusal, match="option 'b'.*not a number"):
        options.compare({"a": np.zeros(3), "b": np.array([0, np.nan, 1])})


def test_the_closest_rival_is_who_wins_most_often_not_who_is_next_in_the_mean():
    wins = np.arange(100)
    values = {"best": np.full(100, 10.0), "next": np.full(100, 9.0), "rare": np.where(wins < 40, 20.0, -500.0)}
    assert options.closest_rival(values, "best") == "rare"
    assert options.beats(values, "best", "rare") == 0.6 and options.beats(values, "best", "next") == 1
    assert options.beats({"a": wins * 0.0, "b": wins * 0.0}, "a", "b") == 0.5
    with pytest.raises(Refusal, match="nothing to compare"):
        options.closest_rival({"a": wins}, "a")
