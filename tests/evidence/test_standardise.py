"""Standardised rates: the kidney-stone example, exact decomposition, a mix shift that isn't behaviour (trap 8)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.evidence.clustering import clustered_ratio
from helpers.evidence.standardise import behaviour_and_mix, direct_rates, standardised_share
from helpers.intake.refusal import Refusal

cells = st.lists(
    st.tuples(*[st.integers(0, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))] * 2), min_size=1, max_size=6
)


def test_kidney_stones(published):
    entry = published("simpson_kidney")
    a, b, c, d = (entry["inputs"][key] for key in ("small_A", "small_B", "large_A", "large_B"))
    rates = direct_rates([[a[0], b[0]], [c[0], d[0]]], [[a[1], b[1]], [c[1], d[1]]])
    expected = entry["expected"]
    assert rates.crude == pytest.approx([expected["crude_A"], expected["crude_B"]], abs=1e-9)
    assert rates.by_stratum == pytest.approx(np.array([expected["small"], expected["large"]]), abs=1e-9)
    assert rates.standardised == pytest.approx([expected["standardised_A"], expected["standardised_B"]], abs=1e-9)


def test_a_shift_of_mix_alone_is_no_change_of_behaviour():
    """Trap 8: the crude share falls by 20 points though no topic's share moved."""
    trials = np.array([[900, 400], [100, 600]])
    events = trials * [[0.5], [0.1]]
    rates, parts = direct_rates(events, trials), behaviour_and_mix(events, trials)
    assert rates.crude == pytest.approx([0.46, 0.26])
    assert rates.standardised[0] == pytest.approx(rates.standardised[1])
    assert (parts.change, parts.behaviour, parts.mix) == pytest.approx((-0.2, 0, -0.2))


def test_strata_that_cannot_be_compared_are_left_out_and_counted():
    rates = direct_rates([[5, 6], [1, 0]], [[10, 10], [5, 0]])
    assert rates.standardised == pytest.approx([0.5, 0.6])
    assert rates.covered == pytest.approx(20 / 25)
    assert rates.weights.tolist() == [1, 0]


def test_nothing_comparable_is_refused():
    with pytest.raises(Refusal, match="no stratum"):
        direct_rates([[1, 0], [0, 1]], [[5, 0], [0, 5]])


def test_a_chosen_standard_is_used():
    assert direct_rates([[5, 5], [1, 3]], [[10, 10], [10, 10]], standard=[3, 1]).standardised == pytest.approx([0.4, 0.45])


@given(cells)
def test_behaviour_and_mix_add_up_to_the_crude_change(rows):
    events, trials = np.array([[[x[0], y[0]], [x[1], y[1]]] for x, y in rows]).transpose(1, 0, 2)
    if np.any(trials.sum(0) == 0):
        with pytest.raises(Refusal):
            behaviour_and_mix(events, trials)
        return
    before, after = events.sum(0) / trials.sum(0)
    assert behaviour_and_mix(events, trials).change == pytest.approx(after - before, abs=1e-12)


@given(cells)
def test_standardised_rates_lie_within_the_strata(rows):
    events, trials = np.array([[[x[0], y[0]], [x[1], y[1]]] for x, y in rows]).transpose(1, 0, 2)
    if (trials > 0).all(1).any():
        rates = direct_rates(events, trials)
        kept = rates.by_stratum[rates.weights > 0]
        assert (kept.min(0) - 1e-9 <= rates.standardised).all() and (rates.standardised <= kept.max(0) + 1e-9).all()
        assert rates.weights.sum() == pytest.approx(1)


def test_one_stratum_standardised_is_the_clustered_ratio():
    y, n = np.array([3, 1, 4, 1, 5.0]), np.array([10, 9, 12, 8, 30.0])
    estimate, plain = standardised_share(y[:, None], n[:, None], [1]), clustered_ratio(y, n)
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx((plain.value, max(plain.low, 0), plain.high))


def test_standardised_share_covers_its_truth():
    """Planted: 50 salespeople in three topics with one own inclination each, over 1,000 worlds."""
    rng = np.random.default_rng(3)
    topic, weights, held = np.array([0.1, 0.3, 0.5]), np.array([0.5, 0.3, 0.2]), []
    for _ in range(1000):
        n = rng.poisson(rng.lognormal(2.5, 0.8, (50, 1)) * [1, 0.6, 0.3]) + 1
        y = rng.binomial(n, topic + rng.uniform(-0.1, 0.1, (50, 1)))
        estimate = standardised_share(y, n, weights)
        held.append(estimate.low <= topic @ weights <= estimate.high)
    assert 0.93 <= np.mean(held) <= 0.97


def test_a_stratum_without_trials_is_refused_and_a_lone_cluster_counted():
    with pytest.raises(Refusal, match="no trials"):
        standardised_share([[1, 0], [2, 0]], [[5, 0], [6, 0]], [1, 1])
    assert "1 strata with a single cluster" in standardised_share([[1, 0], [2, 3]], [[5, 0], [6, 9]], [1, 1]).method
