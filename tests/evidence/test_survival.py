"""Censored durations: the 6-MP trial, censoring that must not be dropped (trap 7), coverage over planted worlds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.evidence.survival import kaplan_meier
from helpers.intake.refusal import Refusal

# Gehan (1965): weeks in remission under 6-mercaptopurine; 0 is still in remission when last seen
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
cases = st.lists(st.tuples(st.floats(0, 100), st.booleans()), min_size=1, max_size=60)


def test_the_curve_is_the_printed_one():
    curve = kaplan_meier(WEEKS, ENDED)
    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.open_share == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=0.0005)
    assert (curve.cases, curve.ended) == (21, 9)


def test_medians_and_their_limits():
    median = kaplan_meier(WEEKS, ENDED, unit="weeks").quantiles[0.5]
    assert (median.value, median.low, median.high, median.unit) == (23, 13, np.inf, "weeks")
    placebo = kaplan_meier(PLACEBO, np.ones(21)).quantiles[0.5]
    assert (placebo.value, placebo.low, placebo.high) == (8, 4, 11)


def test_limits_at_a_time_are_the_log_log_ones():
    """At 10 weeks S = .753 with Greenwood's .0963; log-log limits by hand."""
    curve = kaplan_meier(WEEKS, ENDED)
    at = list(curve.time).index(10)
    spread = np.exp(1.959964 * 0.09635 / (0.752941 * -np.log(0.752941)))
    assert curve.low[at] == pytest.approx(0.752941**spread, abs=1e-3)
    assert curve.high[at] == pytest.approx(0.752941 ** (1 / spread), abs=1e-3)


@pytest.mark.parametrize("q", [0.25, 0.5, 0.75])
def test_quantile_limits_are_where_the_curves_limits_hold_the_quantile(q):
    curve = kaplan_meier(WEEKS + PLACEBO, ENDED + [1] * 21, (q,))
    holds = np.flatnonzero((curve.low <= 1 - q) & (1 - q <= curve.high))
    found = curve.quantiles[q]
    assert found.low == curve.time[holds[0]]
    assert found.high == (curve.time[holds[-1] + 1] if holds[-1] + 1 < len(curve.time) else np.inf)


def test_not_reached_is_infinite_and_lies_beyond_what_was_seen():
    p90 = kaplan_meier(WEEKS, ENDED).quantiles[0.9]
    assert (p90.value, p90.low, p90.high) == (np.inf, 35, np.inf)
    nobody = kaplan_meier([3, 5], [0, 0])
    assert nobody.quantiles[0.5].value == np.inf and not len(nobody.time[nobody.open_share < 1])


def test_dropping_open_cases_would_shorten_the_median():
    """Trap 7: planted median 10 ln 2; with the open cases dropped the answer is far too short."""
    rng = np.random.default_rng(1)
    truth, seen = rng.exponential(10, 4000), rng.uniform(0, 15, 4000)
    duration, ended = np.minimum(truth, seen), truth <= seen
    median = kaplan_meier(duration, ended).quantiles[0.5]
    assert median.low < 10 * np.log(2) < median.high
    assert np.median(duration[ended]) < median.low


def test_median_intervals_cover():
    rng = np.random.default_rng(2)
    truth, seen = rng.exponential(10, (800, 80)), rng.uniform(2, 40, (800, 80))
    medians = [kaplan_meier(np.minimum(t, s), t <= s, (0.5,)).quantiles[0.5] for t, s in zip(truth, seen, strict=True)]
    assert 0.92 <= np.mean([m.low <= 10 * np.log(2) <= m.high for m in medians]) <= 0.98


@given(cases)
def test_the_curve_falls_within_its_limits(rows):
    duration, observed = zip(*rows, strict=True)
    curve = kaplan_meier(duration, observed)
    assert (np.diff(curve.open_share) <= 1e-12).all()
    assert (curve.low <= curve.open_share + 1e-12).all() and (curve.open_share <= curve.high + 1e-12).all()
    assert curve.quantiles[0.5].value <= curve.quantiles[0.9].value
    median = curve.quantiles[0.5]
    assert np.isnan(median.low) or median.low <= median.value <= median.high


@pytest.mark.parametrize("duration, observed", [([], []), ([1, 2], [1]), ([-1, 2], [1, 1]), ([np.nan, 2], [1, 1])])
def test_what_is_no_duration_is_refused(duration, observed):
    with pytest.raises(Refusal, match="Kaplan-Meier"):
        kaplan_meier(duration, observed)
