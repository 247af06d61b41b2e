"""Sample-ratio check, CUPED and difference-in-differences against published numbers and second implementations."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from helpers.evidence.experiment import cuped, difference_in_differences, sample_ratio
from helpers.intake.refusal import Refusal

numbers = st.floats(-100, 100)


@pytest.mark.parametrize("entry_id", ["srm_kohavi", "srm_unequal_split"])
def test_sample_ratio_is_the_published_one(published, entry_id):
    entry = published(entry_id)
    check = sample_ratio(**entry["inputs"])
    assert check.chi2 == pytest.approx(entry["expected"]["chi2"], abs=1e-6)
    assert check.p == pytest.approx(entry["expected"]["p"], abs=1e-9)


def test_assuming_half_and_half_for_95_to_5_would_raise_a_false_alarm():
    assert sample_ratio([9540, 460], [1, 1]).p < 1e-100 < 0.05 < sample_ratio([9540, 460], [95, 5]).p


@given(st.lists(st.tuples(st.integers(1, 10_000), st.floats(0.1, 10)), min_size=2, max_size=6))
def test_sample_ratio_is_scipys_chisquare_for_any_number_of_arms(arms):
    observed, weights = np.array(arms).T
    library = chisquare(observed, observed.sum() * weights / weights.sum())
    check = sample_ratio(observed, weights)
    assert (check.chi2, check.p) == pytest.approx((library.statistic, library.pvalue), rel=1e-9, abs=1e-300)
    assert sum(check.expected) == pytest.approx(observed.sum())


@pytest.mark.parametrize("observed, weights", [([5], [1]), ([5, 5], [1, 1, 1]), ([5, 5], [1, 0]), ([0, 0], [1, 1])])
def test_sample_ratio_refuses_what_is_no_split(observed, weights):
    with pytest.raises(Refusal, match="arms"):
        sample_ratio(observed, weights)


def test_cuped_is_the_published_one(published):
    entry = published("cuped_small")
    result, expected = cuped(entry["inputs"]["y"], entry["inputs"]["x_pre"]), entry["expected"]
    assert result.theta == pytest.approx(expected["theta"], abs=1e-9)
    assert result.rho2 == pytest.approx(expected["rho2"], abs=1e-9)
    assert result.variance_ratio == pytest.approx(expected["var_ratio"], abs=1e-9)
    assert result.mean == pytest.approx(expected["mean"], abs=1e-9)
    assert result.variance == pytest.approx(expected["var_adj"], abs=1e-9)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=40))
def test_cuped_keeps_the_mean_and_never_adds_variance(pairs):
    y, x = np.array(pairs).T
    result = cuped(y, x)
    adjusted = y - result.theta * (x - x.mean())
    assert result.mean == pytest.approx(adjusted.mean(), abs=1e-6)
    assert result.variance <= y.var(ddof=1) + 1e-9
    assert -1e-9 <= result.variance_ratio <= 1 + 1e-9


def test_a_measure_that_never_varies_explains_nothing():
    result = cuped([1, 2, 4], [3, 3, 3])
    assert (result.theta, result.variance_ratio) == (0, 1)


def test_cuped_needs_two_units():
    with pytest.raises(Refusal, match="CUPED"):
        cuped([1], [1])


def test_difference_in_differences_is_card_and_krueger(published):
    entry = published("did_card_krueger")
    result = difference_in_differences(**entry["inputs"])
    assert result.before_after == pytest.approx(entry["expected"]["before_after"], abs=1e-9)
    assert result.control_change == pytest.approx(entry["expected"]["control_change"], abs=1e-9)
    assert result.did == pytest.approx(entry["expected"]["did"], abs=1e-9)
