"""The permutation test: exact small cases, error rate over A/A worlds."""

import numpy as np
import pytest

from helpers.evidence.permutation import permutation_test
from helpers.evidence.robust import p_value, robust_ratio, welch
from helpers.intake.refusal import Refusal


def test_three_against_three_all_deals_listed():
    """Fully separated: the observed deal and its mirror are the two extremes of 20, so p = .1."""
    p = permutation_test([1, 2, 3, 7, 8, 9], np.full(6, 10), [0, 0, 0, 1, 1, 1], np.random.default_rng(1))
    assert p == pytest.approx(2 / 20)


def test_drawn_deals_come_near_the_listed_ones():
    y, n, treated = np.array([2, 5, 3, 6, 4, 8, 7, 9.0]), np.array([10, 12, 9, 15, 10, 11, 14, 12.0]), np.arange(8) % 2
    listed = permutation_test(y, n, treated, np.random.default_rng(1))
    drawn = [permutation_test(y, n, treated, np.random.default_rng(s), draws=69) for s in range(200)]
    assert np.mean(drawn) == pytest.approx(listed, abs=0.02)


def test_no_difference_has_p_1():
    assert permutation_test([2, 2, 2, 2], [5, 5, 5, 5], [0, 1, 0, 1], np.random.default_rng(1)) == 1


def test_aa_worlds_err_as_promised_and_the_formula_agrees(worlds):
    y, n = worlds(500, 30, 0.2, 0.04, "lognormal", seed=6)
    treated, rng = np.arange(30) < 15, np.random.default_rng(2)
    p = np.array([permutation_test(*world, treated, rng, draws=400) for world in zip(y, n, strict=True)])
    formula = p_value(*welch(robust_ratio(y[:, :15], n[:, :15]), robust_ratio(y[:, 15:], n[:, 15:])))
    assert 0.025 <= (p < 0.05).mean() <= 0.075
    assert np.corrcoef(p, formula)[0, 1] > 0.9


def test_an_empty_arm_is_refused():
    with pytest.raises(Refusal, match="each arm"):
        permutation_test([1, 2], [5, 5], [0, 0], np.random.default_rng(1))
