"""Trials read by cluster: error rates, coverage and gains over planted worlds."""

import numpy as np
import pytest

from helpers.evidence.clustering import clustered_difference
from helpers.evidence.trial import Arm, adjusted_effect, clustered_effect, difference_in_differences_by_cluster, naive_effect
from helpers.intake.refusal import Refusal

WORLDS, CLUSTERS = 1000, 60


def arm(rng, lift: float, trend: float = 0.0, clusters: int = CLUSTERS) -> Arm:
    """Clusters with their own share, seen in two periods: heavy-tailed sizes, the later share raised by lift and trend."""
    sizes = np.maximum(1, np.round(rng.lognormal(3.5, 1.0, clusters))).astype(int)
    own = rng.beta(4, 16, clusters)
    return Arm(rng.binomial(sizes, own + lift + trend), sizes, rng.binomial(sizes, own), sizes)


def covered(reading, truth, **planted):
    rng = np.random.default_rng(12)
    estimates = [reading(arm(rng, 0.0, **planted), arm(rng, truth, **planted)) for _ in range(WORLDS)]
    return np.mean([e.low <= truth <= e.high for e in estimates]), np.mean([e.high - e.low for e in estimates])


def test_clustered_effect_is_the_clustered_difference():
    rng = np.random.default_rng(1)
    control, treated = arm(rng, 0), arm(rng, 0.1)
    difference = clustered_difference(control.numerator, control.denominator, treated.numerator, treated.denominator)
    assert clustered_effect(control, treated) == difference


def test_naive_interval_misses_and_the_clustered_one_covers():
    naive, _ = covered(naive_effect, 0.05)
    clustered, _ = covered(clustered_effect, 0.05)
    assert naive < 0.7
    assert 0.93 <= clustered <= 0.97


def test_adjusting_by_the_earlier_period_narrows_and_still_covers():
    _, plain_width = covered(clustered_effect, 0.05)
    share, width = covered(lambda c, t: adjusted_effect(c, t).effect, 0.05)
    assert 0.93 <= share <= 0.97
    assert width < 0.8 * plain_width


def test_a_useless_earlier_period_changes_little():
    rng = np.random.default_rng(5)
    arms = [arm(rng, 0), arm(rng, 0.05)]
    shuffled = [Arm(a.numerator, a.denominator, np.full(CLUSTERS, 2), np.full(CLUSTERS, 10)) for a in arms]
    adjusted = adjusted_effect(*shuffled)
    assert adjusted.theta == 0 and adjusted.variance_ratio == 1
    assert adjusted.effect.value == pytest.approx(clustered_effect(*arms).value)


def test_clusters_that_are_new_may_lack_an_earlier_period():
    rng = np.random.default_rng(6)
    a, b = arm(rng, 0), arm(rng, 0.05)
    b.earlier_numerator[:5] = b.earlier_denominator[:5] = 0
    assert adjusted_effect(a, b).effect.has_interval


def test_difference_in_differences_takes_out_a_common_trend():
    """Both arms rise by .1 on their own: before/after in the treated would be wrong by that much."""
    share, _ = covered(difference_in_differences_by_cluster, 0.05, trend=0.1)
    assert 0.93 <= share <= 0.97


def test_difference_in_differences_is_that_of_the_four_ratios():
    control, treated = Arm([2, 3], [10, 10], [1, 1], [10, 10]), Arm([6, 7], [10, 20], [2, 5], [10, 10])
    estimate = difference_in_differences_by_cluster(control, treated)
    assert estimate.value == pytest.approx((13 / 30 - 7 / 20) - (5 / 20 - 2 / 20))
    assert estimate.low < estimate.value < estimate.high


def test_without_an_earlier_period_there_is_nothing_to_adjust_by():
    with pytest.raises(Refusal, match="earlier period"):
        adjusted_effect(Arm([1, 2], [5, 5]), Arm([1, 2], [5, 5]))
