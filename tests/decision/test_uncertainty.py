"""Assumptions return the range they were given; draws are common, reproducible and independent."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.decision.uncertainty import Assumption, chance, draw, fix, measured, with_ranges
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

LIFT = Assumption("lift", 0.002, 0.012, "share", "module's lift")
COST = Assumption("cost", 50, 400, "CNY", "cost", shape="lognormal")


@pytest.mark.parametrize("shape", ["normal", "lognormal", "triangular", "beta"])
@given(low=st.floats(0.02, 0.4), width=st.floats(0.02, 0.4), level=st.sampled_from([0.5, 0.8, 0.9, 0.95]))
def test_every_shape_returns_the_range_it_was_given(shape, low, width, level):
    a = Assumption("x", low, low + width, shape=shape, level=level)
    assert a.quantile([(1 - level) / 2, (1 + level) / 2]) == pytest.approx([low, low + width], rel=1e-6)
    assert (np.diff(a.quantile(np.linspace(0.01, 0.99, 50))) >= 0).all()


@given(st.floats(0.05, 0.95))
def test_skewed_ranges_keep_their_median(where):
    middle = 1 + where * 9
    for shape in ("normal", "lognormal"):
        a = Assumption("x", 1, 10, shape=shape, middle=middle)
        assert a.quantile([0.1, 0.5, 0.9]) == pytest.approx([1, middle, 10])
    triangular = Assumption("x", 1, 10, shape="triangular", middle=middle)
    assert triangular.quantile([0.1, 0.9]) == pytest.approx([1, 10], rel=1e-6)


def test_triangular_is_densest_at_its_mode():
    x = Assumption("x", 2, 10, shape="triangular", middle=4).quantile(np.linspace(0.0005, 0.9995, 1000))
    counts, edges = np.histogram(x, bins=40)
    assert abs(edges[counts.argmax()] - 4) < 1


def test_draws_reproduce_mean_and_spread():
    x = draw([LIFT], 4096, seed=1)["lift"]
    assert x.mean() == pytest.approx(0.007, rel=1e-3)
    assert x.std() == pytest.approx(0.005 / 1.2815515655, rel=2e-3)


def test_draws_are_common_and_independent():
    first, second = draw([LIFT, COST], 1024, 3), draw([LIFT.between(0, 0.1), COST, Assumption("new", 1, 2)], 1024, 3)
    assert np.array_equal(first["cost"], second["cost"])  # another's range, or one more unknown, changes nobody else's draws
    assert abs(np.corrcoef(first["lift"], np.log(first["cost"]))[0, 1]) < 0.02
    assert abs(np.corrcoef(chance(1024, 3), first["lift"])[0, 1]) < 0.02
    assert not np.array_equal(first["lift"], draw([LIFT], 1024, 4)["lift"])


def test_measured_estimates_become_unknowns_with_their_own_level():
    a = measured("share", Estimate(0.3, 0.26, 0.36, "share", "measured", "Wilson", 0.95), floor=0)
    assert a.quantile([0.025, 0.5, 0.975]) == pytest.approx([0.26, 0.3, 0.36])
    assert a.basis == "measured" and a.estimate().low == 0.26
    no_interval = measured("count", Estimate(5, np.nan, np.nan))
    assert set(draw([no_interval], 16)["count"]) == {5.0}


def test_floor_and_known():
    a = Assumption("x", -1, 1, floor=0.0)
    assert draw([a], 256)["x"].min() == 0
    assert set(draw([a.known(0.5)], 8)["x"]) == {0.5}


@pytest.mark.parametrize("bad, words", [
    (dict(low=2, high=1), "not a range"),
    (dict(low=0, high=1, middle=3), "lies outside"),
    (dict(low=0, high=1, shape="lognormal"), "above zero"),
    (dict(low=0.5, high=5, shape="beta"), "between 0 and 1"),
    (dict(low=0, high=np.nan), "not a range"),
    (dict(low=0, high=1, level=80), "not a probability"),
])
def test_impossible_ranges_are_refused_in_words(bad, words):
    with pytest.raises(Refusal, match=words) as refusal:
        Assumption("churn", **bad)
    assert "churn" in str(refusal.value)


def test_ranges_are_replaced_by_name():
    lift, cost = with_ranges([LIFT, COST], {"cost": [10, 20, 40]})
    assert lift == LIFT and (cost.low, cost.centre, cost.high) == (10, 20, 40)
    with pytest.raises(Refusal, match="no assumption is called lifft"):
        with_ranges([LIFT], {"lifft": [0, 1]})
    with pytest.raises(Refusal, match="give \\[low, high\\]"):
        with_ranges([LIFT], {"lift": [1]})


def test_fixing_an_unknown_leaves_the_others():
    draws = draw([LIFT, COST], 64)
    fixed = fix(draws, "lift", 0.01)
    assert set(fixed["lift"]) == {0.01} and fixed["cost"] is draws["cost"]
    with pytest.raises(Refusal, match="no unknown"):
        fix(draws, "nothing", 1)
