"""Group-sequential limits against Jennison and Turnbull's tables, and against simulated walks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.evidence.sequential import (
    critical_values,
    crossing_probabilities,
    expected_fraction,
    inflation_factor,
    peeking_false_positive_rate,
)
from helpers.intake.refusal import Refusal

# Jennison and Turnbull (2000), tables 2.1 and 2.3, two-sided error .05
POCOCK = {1: 1.960, 2: 2.178, 3: 2.289, 4: 2.361, 5: 2.413, 6: 2.453, 8: 2.512, 10: 2.555, 15: 2.626, 20: 2.672}
OBRIEN_FLEMING = {1: 1.960, 2: 1.977, 3: 2.004, 4: 2.024, 5: 2.040, 6: 2.053, 8: 2.072, 10: 2.087, 15: 2.110, 20: 2.126}


def test_five_looks_are_the_published_ones(published):
    entry = published("group_sequential_K5")
    assert critical_values(5)[0] == pytest.approx(entry["expected"]["pocock"], abs=0.001)
    limits = critical_values(5, kind="obrien_fleming")
    assert limits == pytest.approx(entry["expected"]["obf_all"], abs=0.001)
    assert limits[-1] == pytest.approx(entry["expected"]["obf_final"], abs=0.001)


@pytest.mark.parametrize("looks", POCOCK)
def test_table_2_1_and_2_3(looks):
    assert critical_values(looks) == pytest.approx(np.full(looks, POCOCK[looks]), abs=0.00051)
    limits = critical_values(looks, kind="obrien_fleming")
    assert limits[-1] == pytest.approx(OBRIEN_FLEMING[looks], abs=0.00051)
    assert limits * np.sqrt(np.arange(1, looks + 1)) == pytest.approx(np.full(looks, limits[0]))


@pytest.mark.parametrize("looks, alpha, pocock, obrien_fleming", [(5, 0.01, 2.986, 2.621), (4, 0.01, 2.939, 2.609), (5, 0.1, 2.122, 1.751)])
def test_other_errors(looks, alpha, pocock, obrien_fleming):
    """The α = .01 and .10 columns of the same tables."""
    assert critical_values(looks, alpha)[0] == pytest.approx(pocock, abs=0.00051)
    assert critical_values(looks, alpha, "obrien_fleming")[-1] == pytest.approx(obrien_fleming, abs=0.00051)


def test_peeking_is_as_costly_as_armitage_mcpherson_and_rowe_said():
    expected = {1: 0.05, 2: 0.083, 3: 0.107, 4: 0.126, 5: 0.142, 10: 0.193, 20: 0.248}
    assert {k: round(peeking_false_positive_rate(k), 3) for k in expected} == expected


def test_inflation_factors_are_tables_2_2_and_2_4():
    assert [inflation_factor(k) for k in (2, 5, 10)] == pytest.approx([1.110, 1.229, 1.301], abs=0.00051)
    assert [inflation_factor(k, power=0.9) for k in (2, 5, 10)] == pytest.approx([1.100, 1.207, 1.271], abs=0.00051)
    assert [inflation_factor(k, kind="obrien_fleming") for k in (1, 2, 5, 10)] == pytest.approx([1, 1.008, 1.028, 1.040], abs=0.00051)


def test_simulated_walks_cross_as_often_as_computed():
    rng = np.random.default_rng(8)
    steps = rng.standard_normal((200_000, 4)) + 0.8
    z = steps.cumsum(1) / np.sqrt(np.arange(1, 5))
    limits = np.array([3.0, 2.5, 2.2, 2.0])
    outside = np.abs(z) > limits
    first = np.where(outside.any(1), outside.argmax(1), 4)
    simulated = [((first == k) & (z[:, k] > 0)).mean() for k in range(4)]
    above, below = crossing_probabilities(limits, drift=0.8)
    assert above == pytest.approx(simulated, abs=0.004)
    assert below.sum() < 0.001
    going_on = np.concatenate([[1], 1 - np.cumsum(above + below)[:-1]])
    assert going_on.mean() == pytest.approx((np.minimum(first, 3) + 1).mean() / 4, abs=0.003)


def test_stopping_early_saves_on_average():
    assert expected_fraction(1) == 1
    assert expected_fraction(5) * inflation_factor(5) < 0.85


@settings(max_examples=25)
@given(st.integers(1, 25), st.floats(0.001, 0.3), st.sampled_from(["pocock", "obrien_fleming"]))
def test_limits_spend_exactly_alpha(looks, alpha, kind):
    assert crossing_probabilities(critical_values(looks, alpha, kind)).sum() == pytest.approx(alpha, abs=1e-8)


@pytest.mark.parametrize("arguments", [(0,), (3, 0.05, "haybittle"), (3, 0.0), (3, 1.2)])
def test_nonsense_is_refused(arguments):
    with pytest.raises(Refusal):
        critical_values(*arguments)
