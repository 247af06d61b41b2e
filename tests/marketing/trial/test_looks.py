"""Looks at a running test, against Jennison and Turnbull's tables."""

import numpy as np
import pytest

from helpers.marketing.trial.looks import prices, schedule


def test_limits_are_the_published_ones(published):
    expected = published("group_sequential_K5")["expected"]
    found = schedule(5, 20)
    assert found["week"].tolist() == [4, 8, 12, 16, 20]
    np.testing.assert_allclose(found["pocock"], expected["pocock"], atol=1e-3)
    np.testing.assert_allclose(found["obrien_fleming"], expected["obf_all"], atol=1e-3)
    np.testing.assert_allclose(found["peeking"], 1.96, atol=1e-3)


def test_prices_are_the_published_ones():
    found = prices(5).set_index("rule")
    assert found.loc["peeking", "error"] == pytest.approx(0.142, abs=5e-4)  # Armitage, McPherson and Rowe (1969)
    assert found.loc["pocock", "longest"] == pytest.approx(1.229, abs=1e-3)  # Jennison and Turnbull (2000), tables 2.2 and 2.4
    assert found.loc["obrien_fleming", "longest"] == pytest.approx(1.028, abs=1e-3)
    assert (found.loc[["pocock", "obrien_fleming"], "expected"] < 1).all()


def test_one_look_costs_nothing():
    found = prices(1)
    np.testing.assert_allclose(found["error"], 0.05, atol=1e-6)
    np.testing.assert_allclose(found["longest"], 1, atol=1e-6)
