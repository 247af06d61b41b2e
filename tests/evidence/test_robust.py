"""The cluster-robust variance against second implementations, and its error rates over planted worlds (trap 1)."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import stdtrit
from scipy.stats import ttest_ind

from helpers.evidence.clustering import naive_false_positive_rate, ratio_delta
from helpers.evidence.robust import RobustRatio, effective_clusters, p_value, robust_ratio, share_interval, welch

HEAVY = ["equal", "lognormal", "pareto"]


@pytest.fixture(scope="module")
def unequal(worlds):
    (y,), (n,) = worlds(1, 30, 0.3, 0.1, "pareto", seed=4)
    return y, n


def test_the_variance_is_the_jackknifes(unequal):
    y, n = unequal
    without = (y.sum() - y) / (n.sum() - n)
    fit = robust_ratio(y, n)
    assert fit.se**2 == pytest.approx(29 / 30 * ((without - y.sum() / n.sum()) ** 2).sum(), rel=1e-12)


def test_for_clusters_of_one_trial_it_is_statsmodels_hc3():
    outcome = np.array([0, 1, 1, 0, 0, 1, 0, 0.0])
    library = sm.OLS(outcome, np.ones(8)).fit(cov_type="HC3").bse[0]
    assert robust_ratio(outcome, np.ones(8)).se == pytest.approx(library * np.sqrt(7 / 8))


def test_for_equal_clusters_it_is_the_delta_method():
    y, n = np.array([3.0, 9, 4, 8, 2]), np.full(5, 25.0)
    fit = robust_ratio(y, n)
    assert (fit.ratio, fit.se) == pytest.approx(ratio_delta(y, n))
    assert fit.df == pytest.approx(4)


def test_degrees_of_freedom_match_the_matrix_form(unequal):
    """Bell and McCaffrey: trace squared over trace of the square, of the projected quadratic form."""
    y, n = unequal
    h = n / n.sum()
    covariance = np.diag(h) - np.outer(h, h)
    form = np.diag(1 / (1 - h)) @ covariance
    assert robust_ratio(y, n).df == pytest.approx(np.trace(form) ** 2 / np.trace(form @ form))


def test_equal_clusters_have_k_minus_1_degrees_of_freedom_and_unequal_ones_fewer(unequal):
    assert robust_ratio(np.arange(12.0), np.full(12, 20.0)).df == pytest.approx(11)
    assert robust_ratio(*unequal).df < 20


def test_clusters_without_trials_do_not_count():
    with_empty, without = robust_ratio([1, 2, 0, 4], [5, 6, 0, 7]), robust_ratio([1, 2, 4], [5, 6, 7])
    assert (with_empty.ratio, with_empty.clusters) == (without.ratio, 3)
    assert (with_empty.se, with_empty.df) == pytest.approx((without.se, without.df))


def test_welch_is_scipys_for_equal_sizes():
    a, b = np.array([3.0, 5, 4, 8, 2]), np.array([6.0, 9, 5, 9, 7, 8, 4])
    fits = [RobustRatio(x.mean(), x.std(ddof=1) / np.sqrt(len(x)), np.float64(len(x) - 1), len(x)) for x in (a, b)]
    assert p_value(*welch(*fits)) == pytest.approx(ttest_ind(a, b, equal_var=False).pvalue)


def test_nothing_apart_has_p_1_and_certainty_apart_p_0():
    assert p_value([0.0, 0.2], [0.0, 0.0], [5.0, 5.0]).tolist() == [1.0, 0.0]


@pytest.mark.parametrize("share", [0.05, 0.2])
@pytest.mark.parametrize("clusters", [40, 86])
@pytest.mark.parametrize("tail", HEAVY)
def test_aa_worlds_err_in_4_to_6_percent(worlds, tail, clusters, share):
    """Trap 1: 4,000 A/A worlds, ICC .04: the clustered test keeps its 5 %, with equal and with heavy-tailed clusters."""
    a, b = (robust_ratio(*worlds(4000, clusters, share, 0.04, tail, seed)) for seed in (10, 20))
    assert 0.04 <= (p_value(*welch(a, b)) < 0.05).mean() <= 0.06


def test_the_naive_test_errs_in_every_sixth_aa_world(worlds):
    """Trap 1: 25 trials per cluster and ICC .04, taken as independent: significant 16 to 17 % of the time."""
    (xa, na), (xb, nb) = (worlds(8000, 86, 0.2, 0.04, "equal", seed) for seed in (1, 2))
    pooled = (xa + xb).sum(1) / (na + nb).sum(1)
    z = (xb.mean(1) - xa.mean(1)) / 25 / np.sqrt(pooled * (1 - pooled) * 2 / (86 * 25))
    naive = (np.abs(z) > 1.96).mean()
    assert 0.15 <= naive <= 0.18
    assert naive == pytest.approx(naive_false_positive_rate(1.96), abs=0.01)


def test_heavy_tails_make_the_plain_delta_method_err(worlds):
    """Why the jackknife: the plain variance with k - 1 degrees of freedom errs above 7 % in the same worlds."""
    fits = []
    for seed in (10, 20):
        y, n = worlds(4000, 40, 0.2, 0.04, "pareto", seed)
        residual = (y - y.sum(1, keepdims=True) / n.sum(1, keepdims=True) * n) / n.sum(1, keepdims=True)
        fits.append(RobustRatio(y.sum(1) / n.sum(1), np.sqrt(40 / 39 * (residual**2).sum(1)), np.full(4000, 39.0), 40))
    assert (p_value(*welch(*fits)) < 0.05).mean() > 0.07


@pytest.mark.parametrize("share, icc", [(0.05, 0.04), (0.29, 0.2)])
@pytest.mark.parametrize("clusters", [40, 100])
@pytest.mark.parametrize("tail", HEAVY)
def test_share_intervals_cover_93_to_97_percent(worlds, tail, clusters, share, icc):
    y, n = worlds(4000, clusters, share, icc, tail, seed=30)
    low, high = share_interval(robust_ratio(y, n), effective_clusters(n))
    assert 0.93 <= ((low <= share) & (share <= high)).mean() <= 0.97


@pytest.mark.parametrize("tail", HEAVY)
@pytest.mark.parametrize("clusters", [2, 3, 5])
def test_few_clusters_stay_honest(worlds, tail, clusters):
    """With two to five clusters the interval is wide enough to hold the truth at least 93 % of the time."""
    y, n = worlds(4000, clusters, 0.3, 0.05, tail, seed=40)
    low, high = share_interval(robust_ratio(y, n), effective_clusters(n))
    assert ((low <= 0.3) & (0.3 <= high)).mean() >= 0.93


def test_two_equal_clusters_use_t_with_one_degree_of_freedom():
    fit = robust_ratio([2.0, 4.0], [10.0, 10.0])
    low, high = share_interval(fit, 2)
    trials, t = 0.3 * 0.7 / fit.se**2, stdtrit(1, 0.975)
    assert [(end - 0.3) ** 2 for end in (low, high)] == pytest.approx([t**2 * end * (1 - end) / trials for end in (low, high)])
    assert t == pytest.approx(12.706, abs=1e-3)
