"""Clustered shares, ICC and design effects: published values, closed forms, planted truth, invariants."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import f_oneway

from helpers.evidence import clustering
from helpers.evidence.clustering import (
    bootstrap_share,
    clustered_difference,
    clustered_ratio,
    clustered_share,
    clustered_shares,
    design_effect,
    design_effect_cv,
    design_effect_unequal,
    icc,
    icc_continuous,
    ratio_delta,
)
from helpers.evidence.proportion import wilson
from helpers.evidence.robust import p_value, robust_ratio, welch
from helpers.intake.refusal import Refusal

cluster = st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
arms = st.lists(cluster, min_size=2, max_size=30).filter(lambda rows: sum(n > 0 for _, n in rows) >= 2)


def columns(rows):
    return np.array(rows, float).T


def test_delta_ratio_is_the_published_one(published):
    entry = published("delta_ratio")
    ratio, se = ratio_delta(entry["inputs"]["leads"], entry["inputs"]["views"])
    assert ratio == pytest.approx(entry["expected"]["ratio"], abs=1e-9)
    assert se == pytest.approx(entry["expected"]["se_delta"], abs=1e-9)


def test_delta_se_of_equal_clusters_is_the_standard_error_of_their_mean():
    y = np.array([3.0, 5, 4, 8, 2])
    assert ratio_delta(y, np.ones(5)) == pytest.approx((y.mean(), y.std(ddof=1) / np.sqrt(5)))
    assert np.isnan(ratio_delta([3], [4])[1])


def test_design_effect_is_the_published_one(published):
    entry = published("deff_bmj_1999")
    assert design_effect(**entry["inputs"]) == pytest.approx(entry["expected"]["design_effect"], abs=1e-12)


def test_unequal_design_effect_is_the_exact_variance_inflation():
    """For these sizes the variance of a share is that of independent trials times 1 + (Σm²/Σm - 1) ICC."""
    sizes = np.array([3, 10, 40, 7])
    assert design_effect_unequal(0.04, sizes) == pytest.approx(1 + ((sizes**2).sum() / sizes.sum() - 1) * 0.04)
    assert design_effect_unequal(0.04, [25, 25, 25]) == pytest.approx(design_effect(0.04, 25))
    assert design_effect_cv(0.05, 30, 0.65) == pytest.approx(1 + ((0.65**2 + 1) * 30 - 1) * 0.05)


def test_icc_of_shrout_and_fleiss_1979():
    """Six targets rated by four judges: ICC(1,1) is printed as .17."""
    ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    codes = np.repeat(list("abcdef"), 4)
    assert icc_continuous(np.ravel(ratings), codes) == pytest.approx(0.17, abs=0.005)
    f = f_oneway(*ratings).statistic
    assert icc_continuous(np.ravel(ratings), codes) == pytest.approx((f - 1) / (f + 3))


def test_icc_of_a_yes_no_outcome_is_that_of_its_zeros_and_ones():
    y, n = np.array([2, 0, 7, 3]), np.array([5, 4, 9, 3])
    trials = np.concatenate([np.repeat([1.0, 0.0], [a, b - a]) for a, b in zip(y, n, strict=True)])
    assert icc(y, n) == pytest.approx(icc_continuous(trials, np.repeat(np.arange(4), n)))


@pytest.mark.parametrize("tail", ["equal", "lognormal"])
def test_planted_icc_is_recovered(worlds, tail):
    y, n = worlds(1, 4000, 0.2, 0.04, tail, seed=5)
    assert icc(y[0], n[0]) == pytest.approx(0.04, abs=0.006)


def test_icc_that_cannot_be_told_is_nan():
    assert np.isnan([icc([1], [5]), icc([1, 0], [1, 1]), icc([0, 0], [4, 4])]).all()


def test_clusters_alone_that_all_agree_have_icc_1_and_minus_where_they_are_too_alike():
    assert icc([5, 0, 5, 0], [5, 5, 5, 5]) == pytest.approx(1)
    assert icc([2, 2, 2], [4, 4, 4]) < 0


def test_one_cluster_gives_no_interval_and_says_so():
    for estimate in (clustered_share([2], [10]), clustered_ratio([2], [10]), clustered_difference([1], [5], [1, 2], [5, 5])):
        assert not estimate.has_interval and "one cluster allows no interval" in estimate.method
    assert clustered_share([2], [10]).value == 0.2


def test_two_clusters_give_a_wide_interval():
    estimate = clustered_share([2, 4], [10, 10])
    assert estimate.low < 0.05 and estimate.high > 0.8


def test_no_success_at_all_is_not_certainty():
    estimate = clustered_share(np.zeros(50), np.full(50, 100))
    assert estimate.low == 0
    assert wilson(0, 5000)[1] < estimate.high < 0.1
    difference = clustered_difference(np.zeros(50), np.full(50, 100), np.zeros(50), np.full(50, 100))
    assert difference.low < 0 < difference.high


def test_clustered_interval_is_wider_than_wilsons_where_clusters_differ(worlds):
    (y,), (n,) = worlds(1, 80, 0.3, 0.2, "equal", seed=6)
    low, high = wilson(y.sum(), n.sum())
    estimate = clustered_share(y, n)
    assert (estimate.high - estimate.low) / (high - low) == pytest.approx(np.sqrt(design_effect(icc(y, n), 25)), rel=0.1)


def test_many_groups_at_once_are_what_single_calls_give():
    y, n = np.array([[1, 2, 0], [0, 0, 0], [0, 3, 0], [2, 1, 4]]), np.array([[4, 5, 6], [0, 0, 0], [0, 9, 0], [3, 4, 5]])
    value, low, high = clustered_shares(y, n)
    single = clustered_share(y[3], n[3])
    assert (value[3], low[3], high[3]) == (single.value, single.low, single.high)
    assert np.isnan(value).tolist() == [False, True, False, False]
    assert np.isnan(low).tolist() == [False, True, True, False]


def test_difference_interval_excludes_0_exactly_when_p_is_below_5_percent(worlds):
    ya, na = worlds(200, 20, 0.2, 0.1, "lognormal", seed=7)
    yb, nb = worlds(200, 20, 0.3, 0.1, "lognormal", seed=8)
    p = p_value(*welch(robust_ratio(ya, na), robust_ratio(yb, nb)))
    estimates = [clustered_difference(*arm) for arm in zip(ya, na, yb, nb, strict=True)]
    assert [not e.low <= 0 <= e.high for e in estimates] == (p < 0.05).tolist()
    assert 20 < (p < 0.05).sum() < 180


@pytest.mark.parametrize(
    "numerator, denominator",
    [([1, 2], [3]), ([], []), ([1, 5], [3, 4]), ([1, -1], [3, 4]), ([1, np.nan], [3, 4]), ([1, 1], [3, -4])],
)
def test_what_is_no_clustered_share_is_refused(numerator, denominator):
    with pytest.raises(Refusal):
        clustered_share(numerator, denominator)


def test_ratios_above_1_are_welcome_as_ratios():
    estimate = clustered_ratio([4, 9, 2], [2, 3, 2], unit="forwards per read")
    assert estimate.value == pytest.approx(15 / 7)
    assert estimate.low < estimate.value < estimate.high
    assert estimate.unit == "forwards per read"


@given(arms, st.sampled_from([0.8, 0.95, 0.99]))
def test_share_lies_in_its_interval_inside_0_and_1(rows, level):
    estimate = clustered_share(*columns(rows), level)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1
    assert estimate.high > estimate.low


@given(arms)
def test_a_higher_level_is_a_wider_interval_and_more_of_the_same_a_narrower_one(rows):
    y, n = columns(rows)
    narrow, wide = clustered_share(y, n, 0.8), clustered_share(y, n, 0.99)
    assert wide.low <= narrow.low and narrow.high <= wide.high
    more = clustered_share(np.tile(y, 4), np.tile(n, 4), 0.8)
    assert more.high - more.low <= narrow.high - narrow.low + 1e-12


@settings(max_examples=50)
@given(arms, arms)
def test_difference_turns_its_sign_with_the_arms(a, b):
    there, back = clustered_difference(*columns(a), *columns(b)), clustered_difference(*columns(b), *columns(a))
    assert (there.value, there.low, there.high) == pytest.approx((-back.value, -back.high, -back.low), abs=1e-9)
    assert there.low <= there.value <= there.high


@settings(max_examples=40)
@given(arms, st.permutations(range(30)))
def test_order_of_clusters_does_not_matter(rows, order):
    y, n = columns(rows)
    moved = [i for i in order if i < len(rows)]
    assert clustered_share(y[moved], n[moved]).high == pytest.approx(clustered_share(y, n).high, abs=1e-9)


@pytest.mark.parametrize("tail, share", [("equal", 0.2), ("lognormal", 0.05), ("pareto", 0.2), ("pareto", 0.29)])
def test_bootstrap_intervals_cover_93_to_97_percent(worlds, tail, share):
    y, n = worlds(2000, 60, share, 0.04, tail, seed=9)
    rng = np.random.default_rng(9)
    held = [e.low <= share <= e.high for e in (bootstrap_share(*world, rng, draws=200) for world in zip(y, n, strict=True))]
    assert 0.93 <= np.mean(held) <= 0.97


def test_bootstrap_agrees_with_the_formula_where_both_are_at_home(worlds):
    (y,), (n,) = worlds(1, 300, 0.3, 0.1, "equal", seed=11)
    drawn, formula = bootstrap_share(y, n, np.random.default_rng(1), draws=4000), clustered_share(y, n)
    assert (drawn.low, drawn.high) == pytest.approx((formula.low, formula.high), abs=0.003)


def test_the_same_seed_gives_the_same_bootstrap():
    y, n = np.arange(20), np.full(20, 25)
    first, second = (bootstrap_share(y, n, np.random.default_rng(3)) for _ in range(2))
    assert first == second != bootstrap_share(y, n, np.random.default_rng(4))


@settings(max_examples=30)
@given(arms)
def test_bootstrap_holds_the_share(rows):
    estimate = bootstrap_share(*columns(rows), np.random.default_rng(0), draws=200)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def test_naive_rate_is_alpha_without_clustering_and_grows_with_it():
    rates = clustering.naive_false_positive_rate([1, 1.96, 4])
    assert rates[0] == pytest.approx(0.05) and rates[1] == pytest.approx(0.1615, abs=1e-3)
    assert (np.diff(rates) > 0).all()
