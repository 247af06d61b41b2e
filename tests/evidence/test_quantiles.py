"""Quantiles of clustered values: coverage over planted worlds, agreement with order statistics where clusters are single."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from helpers.evidence.quantiles import clustered_quantile
from helpers.evidence.resampling import quantile_interval
from helpers.intake.refusal import Refusal


@pytest.mark.parametrize("q, at_least", [(0.5, 0.93), (0.9, 0.9)])
def test_intervals_cover_where_independent_ones_do_not(q, at_least):
    """Planted: 60 clusters of unequal size, values normal with variance 1 between and 1 within."""
    rng, held, naive = np.random.default_rng(5), [], []
    truth = np.sqrt(2) * ndtri(q)
    for _ in range(600):
        codes = np.repeat(np.arange(60), rng.integers(2, 20, 60))
        values = rng.normal(size=60)[codes] + rng.normal(size=len(codes))
        clustered, ordered = clustered_quantile(values, codes, q), quantile_interval(values, q)
        held.append(clustered.low <= truth <= clustered.high)
        naive.append(ordered.low <= truth <= ordered.high)
    assert at_least <= np.mean(held) <= 0.98
    assert np.mean(naive) < 0.8


def test_single_values_give_nearly_the_order_statistics():
    values = np.random.default_rng(1).exponential(size=400)
    clustered, ordered = clustered_quantile(values, np.arange(400), 0.5), quantile_interval(values, 0.5)
    assert (clustered.low, clustered.high) == pytest.approx((ordered.low, ordered.high), rel=0.03)


def test_the_bootstrap_agrees(drawn_again):
    rng = np.random.default_rng(4)
    codes = np.repeat(np.arange(80), rng.integers(1, 15, 80))
    values = rng.exponential(size=len(codes)) * rng.lognormal(size=80)[codes]
    value, low, high = drawn_again(lambda v: np.quantile(v, 0.5, method="inverted_cdf"), values, codes, rng, draws=1000)
    formula = clustered_quantile(values, codes, 0.5)
    assert value == formula.value
    assert (low, high) == pytest.approx((formula.low, formula.high), rel=0.15)


def test_one_cluster_bounds_nothing_and_no_values_are_refused():
    assert not clustered_quantile([1, 2, 3], ["a", "a", "a"], 0.5).has_interval
    for values in ([], [1, np.nan]):
        with pytest.raises(Refusal, match="quantile"):
            clustered_quantile(values, np.zeros(len(values)), 0.5)


@given(st.lists(st.tuples(st.floats(-5, 5), st.integers(0, 5)), min_size=2, max_size=40), st.floats(0.05, 0.95))
def test_the_quantile_lies_in_its_interval(rows, q):
    values, codes = zip(*rows, strict=True)
    estimate = clustered_quantile(values, codes, q)
    assert estimate.value in values
    assert np.isnan(estimate.low) or estimate.low <= estimate.value <= estimate.high
