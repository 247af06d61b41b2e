"""Wilson and Newcombe against their published tables, and what must hold for any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.evidence.proportion import newcombe_difference, wilson, wilson_share
from helpers.intake.refusal import Refusal

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_wilson_reproduces_newcombe_1998a(published):
    entry = published("wilson_newcombe1998a")
    for (x, n), rounded, full in zip(entry["inputs"]["cases"], entry["expected"]["intervals"], entry["expected"]["full"], strict=True):
        assert wilson(x, n) == pytest.approx(rounded, abs=6e-5)
        assert wilson(x, n) == pytest.approx(full, abs=1e-12)


def test_newcombe_reproduces_1998b(published):
    entry = published("newcombe_diff1998b")
    for case, interval in zip(entry["inputs"]["cases"], entry["expected"]["intervals"], strict=True):
        assert newcombe_difference(*case) == pytest.approx(interval, abs=1e-4)


@pytest.mark.parametrize(
    "case, interval",
    [  # the remaining columns of Newcombe (1998b), table II, method 10
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombe_at_the_edges(case, interval):
    assert newcombe_difference(*case) == pytest.approx(interval, abs=1e-4)


def test_arrays_give_what_single_calls_give():
    x, n = np.array([0, 3, 20]), np.array([20, 20, 20])
    assert np.transpose(wilson(x, n)).tolist() == [list(wilson(*case)) for case in zip(x, n, strict=True)]
    low, high = newcombe_difference(x, n, 5, 20)
    assert (low[1], high[1]) == newcombe_difference(3, 20, 5, 20)


def test_no_trials_give_no_interval():
    assert np.isnan(wilson(0, 0)).all()
    estimate = wilson_share(0, 0)
    assert np.isnan(estimate.value) and not estimate.has_interval
    assert np.isnan(newcombe_difference(0, 0, 1, 2)).all()


@pytest.mark.parametrize("x, n", [(3, 2), (-1, 5)])
def test_impossible_counts_are_refused(x, n):
    with pytest.raises(Refusal, match="successes"):
        wilson(x, n)
    with pytest.raises(Refusal, match="successes"):
        newcombe_difference(1, 2, x, n)


@given(counts, st.floats(0.5, 0.999))
def test_wilson_holds_the_share_inside_0_and_1(count, level):
    low, high = wilson(*count, level)
    assert 0 <= low <= count[0] / count[1] <= high <= 1
    assert low < high


@given(counts)
def test_wilson_narrows_with_n_and_mirrors(count):
    x, n = count
    low, high = wilson(x, n)
    finer = wilson(10 * x, 10 * n)
    assert finer[1] - finer[0] < high - low
    assert wilson(n - x, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(counts, counts)
def test_newcombe_holds_the_difference_and_turns_its_sign(first, second):
    low, high = newcombe_difference(*first, *second)
    assert -1 - 1e-12 <= low <= first[0] / first[1] - second[0] / second[1] + 1e-12
    assert high <= 1 + 1e-12
    assert newcombe_difference(*second, *first) == pytest.approx((-high, -low), abs=1e-12)
