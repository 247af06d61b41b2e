"""Means and rates: published exact Poisson limits, Student's t, coverage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.evidence.means import mean_interval, poisson_rate_interval
from helpers.intake.refusal import Refusal


@pytest.mark.parametrize(
    "count, low, high", [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.624, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)]
)
def test_garwoods_table(count, low, high):
    estimate = poisson_rate_interval(count)
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=0.001)


def test_a_rate_scales_with_its_exposure():
    estimate = poisson_rate_interval(10, 4, unit="a month")
    assert (estimate.value, estimate.low, estimate.unit) == (2.5, pytest.approx(4.795 / 4, abs=0.001), "a month")


@pytest.mark.parametrize("count, exposure", [(-1, 1), (3, 0), (3, float("nan"))])
def test_what_is_no_rate_is_refused(count, exposure):
    with pytest.raises(Refusal, match="rate"):
        poisson_rate_interval(count, exposure)


@given(st.lists(st.floats(-100, 100), min_size=3, max_size=50).filter(lambda v: np.std(v) > 1e-3))
def test_mean_interval_is_students(values):
    library = stats.ttest_1samp(values, 0).confidence_interval(0.9)
    estimate = mean_interval(values, 0.9)
    assert (estimate.low, estimate.high) == pytest.approx((library.low, library.high), abs=1e-6)


def test_one_value_has_no_interval():
    assert mean_interval([4]).value == 4 and not mean_interval([4]).has_interval
    assert np.isnan(mean_interval([]).value)
