"""How alike the trials of one cluster may be: the ICC of a yes/no outcome with an interval that holds where the outcome is rare."""

import numpy as np
from numpy.typing import ArrayLike

from helpers.evidence.clustering import icc, icc_columns, icc_of_sums
from helpers.evidence.estimate import Estimate
from helpers.evidence.robust import by_cluster

GRID = np.array([0, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.045, 0.07, 0.1, 0.15, 0.25, 0.4, 0.6, 0.9])
METHOD = "analysis of variance; interval: correlations under which so small or so large a value isn't rare (beta-binomial, {draws} draws)"


def icc_interval(numerator: ArrayLike, denominator: ArrayLike, rng: np.random.Generator, draws: int = 1000, level: float = 0.95) -> Estimate:
    """The intraclass correlation of a yes/no outcome, from successes and trials per cluster, with an interval by inverting a test.

    Each end is the correlation on a grid (lines in between) under which beta-binomial clusters of these sizes and this rate would show
    an estimate as extreme as the one found with probability (1 - level) / 2. F intervals and drawing clusters again both fail where successes are
    rare and sizes differ. An estimate below 0 is taken as 0; the ends lie in 0..0.9, and are NaN where it can't be told.
    """
    successes, trials = by_cluster(numerator, denominator)
    value, rate = icc(successes, trials), successes.sum() / trials.sum()
    if np.isnan(value):
        return Estimate(value, np.nan, np.nan, method="the outcome never varies, or no cluster has two trials", level=level)
    shown = [_estimates(rho, rate, trials[trials > 0], rng, draws) for rho in GRID]
    below, above = (np.array([np.mean(side) for side in sides]) for sides in ([s <= value for s in shown], [s >= value for s in shown]))
    rare = (1 - level) / 2
    return Estimate(max(value, 0.0), _crossing(above, rare), _crossing(below[::-1], rare, GRID[::-1]), method=METHOD.format(draws=draws), level=level)


def _estimates(rho: float, rate: float, trials: np.ndarray, rng: np.random.Generator, draws: int) -> np.ndarray:
    """The ICCs that so many draws of beta-binomial clusters with correlation `rho` show; 0 where no success varies."""
    shape = (draws, len(trials))
    chance = rng.beta(rate * (1 / rho - 1), (1 - rate) * (1 / rho - 1), shape) if rho > 0 else np.full(shape, rate)
    successes = rng.binomial(trials.astype(int), chance).astype(float)
    return np.nan_to_num(icc_of_sums(icc_columns(np.broadcast_to(trials, shape), successes, successes).sum(-2)))


def _crossing(probability: np.ndarray, rare: float, grid: np.ndarray = GRID) -> float:
    """Where the probability, rising along the grid, passes `rare`; its first value where that is so from the start, its last where it never does."""
    if not np.any(probability >= rare):
        return float(grid[-1])
    at = int(np.argmax(probability >= rare))
    if at == 0:
        return float(grid[0])
    weight = (rare - probability[at - 1]) / (probability[at] - probability[at - 1])
    return float(grid[at - 1] + weight * (grid[at] - grid[at - 1]))
