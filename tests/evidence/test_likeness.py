"""How alike one cluster's trials may be: the interval holds the planted correlation, also where successes are rare."""

import numpy as np
import pytest

from helpers.evidence.clustering import icc
from helpers.evidence.likeness import icc_interval

SIZES = np.maximum(1, np.round(17 * np.exp(1.1 * np.random.default_rng(3).standard_normal(100) - 0.6))).astype(int)


def _drawn(rho: float, rate: float, rng: np.random.Generator) -> np.ndarray:
    chance = rng.beta(rate * (1 / rho - 1), (1 - rate) * (1 / rho - 1), len(SIZES)) if rho else rate
    return rng.binomial(SIZES, chance).astype(float)


@pytest.mark.parametrize("rho, rate", [(0.0, 0.05), (0.03, 0.05), (0.1, 0.2)])
def test_the_interval_holds_the_planted_correlation(rho, rate):
    rng = np.random.default_rng(4)
    found = [icc_interval(_drawn(rho, rate, rng), SIZES, rng, draws=200) for _ in range(60)]
    assert np.mean([each.low <= rho <= each.high for each in found]) >= 0.88
    if rho:
        assert np.mean([each.low <= 0 and each.high >= 0.9 for each in found]) == 0, "an interval of everything would hold it, too"


def test_the_value_is_the_anova_estimate_but_not_below_0():
    rng = np.random.default_rng(5)
    alike = _drawn(0.2, 0.3, rng)
    assert icc_interval(alike, SIZES, rng, draws=100).value == pytest.approx(icc(alike, SIZES))
    even = np.full(40, 3.0)
    assert icc(even, np.full(40, 30)) < 0
    found = icc_interval(even, np.full(40, 30), rng, draws=100)
    assert (found.value, found.low, found.high) == (0, 0, 0), "more alike than chance allows"


def test_more_clusters_tell_more():
    rng = np.random.default_rng(6)
    few, many = (icc_interval(np.tile([1.0, 4, 2, 6], k), np.full(4 * k, 20), rng, draws=200) for k in (4, 40))
    assert many.high - many.low < few.high - few.low


def test_what_never_varies_tells_nothing():
    found = icc_interval([0, 0, 0], [5, 9, 4], np.random.default_rng(0))
    assert not found.has_interval and np.isnan(found.value)
