"""Planted worlds for the evidence tests: A/A worlds whose trials come in clusters, with a known share and ICC."""

import numpy as np
import pytest


def cluster_sizes(shape: tuple[int, int], tail: str, rng: np.random.Generator) -> np.ndarray:
    """Trials per cluster: 25 each, or heavy-tailed (lognormal or Pareto) with a mean near 25."""
    if tail == "equal":
        return np.full(shape, 25)
    if tail == "lognormal":
        return np.maximum(1, np.round(rng.lognormal(np.log(25) - 0.72, 1.2, shape))).astype(int)
    return np.minimum(2000, np.ceil(8 * (rng.pareto(1.5, shape) + 1))).astype(int)


@pytest.fixture(scope="session")
def worlds():
    """A function that draws (successes, trials), worlds × clusters, beta-binomial with the given share and ICC."""

    def draw(count: int, clusters: int, share: float, icc: float, tail: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng(seed)
        trials = cluster_sizes((count, clusters), tail, rng)
        scale = 1 / icc - 1
        own = rng.beta(share * scale, (1 - share) * scale, trials.shape)
        return rng.binomial(trials, own).astype(float), trials.astype(float)

    return draw


@pytest.fixture(scope="session")
def drawn_again():
    """A second way to draw clusters again: value by value. A function (statistic, values, codes, rng, draws) -> (value, low, high) of 95 %."""

    def draw(statistic, values, codes, rng: np.random.Generator, draws: int) -> tuple[float, float, float]:
        groups = [values[codes == code] for code in np.unique(codes)]
        picks = rng.integers(len(groups), size=(draws, len(groups)))
        drawn = [statistic(np.concatenate([groups[i] for i in pick])) for pick in picks]
        return float(statistic(values)), *np.quantile(drawn, [0.025, 0.975])

    return draw
