"""Cascades: Borel's distribution against published values, its own sums, and simulated cascades."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.evidence.branching import (
    borel_mean,
    borel_pmf,
    borel_variance,
    cascade_variance,
    depth_survival,
    extinction_probability,
    reproduction,
)
from helpers.intake.refusal import Refusal


def simulated(r: float, count: int, seed: int, generations: int = 200) -> tuple[np.ndarray, np.ndarray]:
    """Sizes and depths of cascades with Poisson offspring."""
    rng = np.random.default_rng(seed)
    alive, size, depth = np.ones(count, int), np.ones(count, int), np.zeros(count, int)
    for _ in range(generations):
        alive = rng.poisson(r * alive)
        size += alive
        depth += alive > 0
    return size, depth


def test_borel_is_the_published_one(published):
    entry = published("branching_subcritical")
    r, expected = entry["inputs"]["R"], entry["expected"]
    assert borel_mean(r) == pytest.approx(expected["mean_size"], abs=1e-9)
    assert borel_variance(r) == pytest.approx(expected["var_size"], abs=1e-9)
    assert borel_pmf([1, 2, 3, 4], r) == pytest.approx(expected["pmf"], abs=1e-9)


@given(st.floats(0, 0.85))
def test_probabilities_sum_to_1_with_that_mean_and_variance(r):
    size = np.arange(1, 5000)
    p = borel_pmf(size, r)
    assert p.sum() == pytest.approx(1)
    assert p @ size == pytest.approx(borel_mean(r))
    assert p @ (size - borel_mean(r)) ** 2 == pytest.approx(borel_variance(r), rel=1e-6, abs=1e-9)


def test_sizes_that_cannot_be_have_probability_0():
    assert borel_pmf([0, -1, 1.5], 0.5).tolist() == [0, 0, 0]
    assert borel_pmf(1, 0) == 1


@pytest.mark.parametrize("r", [1.0, 1.2, -0.1])
def test_no_mean_size_at_or_above_1(r):
    for moment in (borel_mean, borel_variance):
        with pytest.raises(Refusal, match="below 1"):
            moment(r)


def test_simulated_cascades_agree():
    size, depth = simulated(0.6, 100_000, seed=1)
    assert size.mean() == pytest.approx(borel_mean(0.6), rel=0.02)
    assert size.var() == pytest.approx(borel_variance(0.6), rel=0.06)
    assert [(depth >= d).mean() for d in range(6)] == pytest.approx(depth_survival(5, 0.6), abs=0.005)


def test_other_offspring_only_change_the_variance():
    """Geometric offspring, mean .5 and variance .75: mean size 2 all the same."""
    rng = np.random.default_rng(2)
    alive, size = np.ones(200_000, int), np.ones(200_000, int)
    for _ in range(60):
        alive = np.where(alive > 0, rng.negative_binomial(np.maximum(alive, 1), 2 / 3), 0)
        size += alive
    assert size.mean() == pytest.approx(borel_mean(0.5), rel=0.01)
    assert size.var() == pytest.approx(cascade_variance(0.5, 0.75), rel=0.05)


def test_extinction_solves_its_equation():
    q = extinction_probability(1.5)
    assert q == pytest.approx(np.exp(1.5 * (q - 1))) and 0 < q < 1
    assert extinction_probability(0.9) == extinction_probability(1) == 1


def test_reproduction_is_recovered_and_its_interval_covers():
    size, _ = simulated(0.6, 500 * 300, seed=3, generations=100)
    estimates = [reproduction(group) for group in size.reshape(500, 300)]
    assert estimates[0].value == pytest.approx(1 - 1 / size[:300].mean())
    assert 0.92 <= np.mean([e.low <= 0.6 <= e.high for e in estimates]) <= 0.98


def test_a_cascade_without_its_root_is_refused():
    with pytest.raises(Refusal, match="root"):
        reproduction([0, 3])
