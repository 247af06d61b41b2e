"""Order statistics and cluster bootstraps: exact ranks, agreement with loops, coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from helpers.evidence.resampling import bootstrap, cluster_sums, draw_counts, quantile_interval
from helpers.intake.refusal import Refusal


def test_ten_values_bound_their_median_by_the_second_and_the_ninth():
    estimate = quantile_interval(np.arange(1, 11), 0.5)
    assert (estimate.value, estimate.low, estimate.high) == (5.5, 2, 9)


def test_five_values_cannot_bound_a_median_and_six_can():
    assert quantile_interval(range(5), 0.5).low == -np.inf
    six = quantile_interval(range(6), 0.5)
    assert (six.low, six.high) == (0, 5)
    assert np.isnan(quantile_interval([], 0.5).value)


@given(st.integers(1, 300), st.floats(0.05, 0.95), st.sampled_from([0.8, 0.95, 0.99]))
def test_ranks_have_at_least_the_stated_coverage_and_none_to_spare(n, q, level):
    estimate = quantile_interval(np.arange(1, n + 1), q, level)
    below = binom.cdf(estimate.low - 1, n, q) if np.isfinite(estimate.low) else 0.0
    above = binom.sf(estimate.high - 1, n, q) if np.isfinite(estimate.high) else 0.0
    assert below <= (1 - level) / 2 + 1e-12 and above <= (1 - level) / 2 + 1e-12
    if np.isfinite(estimate.low):
        assert binom.cdf(estimate.low, n, q) >= (1 - level) / 2 - 1e-12
    assert estimate.low <= estimate.value <= estimate.high


def test_draws_are_multinomial():
    counts = draw_counts(4, np.random.default_rng(1), 50_000)
    assert (counts.sum(1) == 4).all()
    assert counts.mean(0) == pytest.approx(np.ones(4), abs=0.02)
    assert counts.var(0) == pytest.approx(np.full(4, 0.75), abs=0.02)


def test_sums_are_those_of_the_drawn_clusters():
    columns = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    sums = cluster_sums(columns, np.random.default_rng(2), 100)
    assert sums[:, 1] == pytest.approx(10 * sums[:, 0])
    assert set(sums[:, 0]) <= {a + b + c for a in (1, 2, 4) for b in (1, 2, 4) for c in (1, 2, 4)}


def test_bootstrap_of_sums_and_of_values_agree(drawn_again):
    rng = np.random.default_rng(3)
    codes = np.repeat(np.arange(40), rng.integers(1, 20, 40))
    values = rng.normal(size=len(codes)) + rng.normal(size=40)[codes]
    columns = np.stack([np.bincount(codes, values), np.bincount(codes)], 1)
    by_sums = bootstrap(lambda s: s[..., 0] / s[..., 1], columns, rng, draws=4000)
    value, low, high = drawn_again(np.mean, values, codes, rng, draws=2000)
    assert by_sums.value == pytest.approx(value)
    assert (by_sums.low, by_sums.high) == pytest.approx((low, high), abs=0.04)


def test_one_cluster_cannot_be_drawn_again():
    with pytest.raises(Refusal, match="two clusters"):
        bootstrap(lambda s: s[..., 0], [[3.0]], np.random.default_rng(1))
