"""A clustered share against a stated one: agrees with its interval, errs as promised."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.evidence.clustering import clustered_share
from helpers.evidence.fixed_share import share_against
from helpers.intake.refusal import Refusal

cluster = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(st.lists(cluster, min_size=2, max_size=30), st.floats(0.02, 0.98))
def test_p_and_interval_say_the_same(rows, fixed):
    y, n = np.array(rows, float).T
    estimate = clustered_share(y, n)
    if min(abs(fixed - estimate.low), abs(fixed - estimate.high)) > 1e-6:
        assert (share_against(y, n, fixed).p < 0.05) == (not estimate.low <= fixed <= estimate.high)


def test_communication_is_at_least_two_thirds_or_is_not(worlds):
    (y,), (n,) = worlds(1, 60, 0.5, 0.1, "lognormal", seed=3)
    against = share_against(y, n, 2 / 3)
    assert against.p_at_least < 0.01 < against.p_at_most
    assert against.verdict == "below"
    assert share_against(n - y, n, 1 / 3).verdict == "above"
    assert share_against(y, n, 0.5).verdict == "not told apart"


def test_a_true_two_thirds_is_contradicted_in_5_percent(worlds):
    y, n = worlds(1500, 60, 2 / 3, 0.1, "lognormal", seed=4)
    tests = [share_against(*world, 2 / 3) for world in zip(y, n, strict=True)]
    assert 0.035 <= np.mean([t.p < 0.05 for t in tests]) <= 0.07
    assert 0.03 <= np.mean([t.p_at_least < 0.05 for t in tests]) <= 0.07


def test_one_cluster_tells_nothing():
    against = share_against([5], [10], 0.6)
    assert np.isnan(against.p) and against.verdict == "not told apart"


def test_no_success_at_all_still_leaves_doubt_with_few_clusters():
    assert share_against([0, 0], [50, 50], 0.3).p > 0.05
    assert share_against(np.zeros(40), np.full(40, 50), 0.3).p < 0.05


@pytest.mark.parametrize("fixed", [0, 1, 1.5])
def test_only_a_share_can_be_tested_against(fixed):
    with pytest.raises(Refusal, match="between 0 and 1"):
        share_against([1, 2], [5, 5], fixed)
