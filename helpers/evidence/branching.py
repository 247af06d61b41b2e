"""Cascades of forwards as a branching process: how large they grow when each forward brings r more on average."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, xlogy

from helpers.evidence.clustering import clustered_ratio
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal


def borel_pmf(size: ArrayLike, r: ArrayLike) -> ArrayLike:
    """Probability that a cascade has `size` members in all (its root included), with Poisson offspring of mean r.

    size: whole numbers, 0 outside 1, 2, …; arrays broadcast. Borel (1942). Sums to less than 1 for r > 1 (some never end).
    """
    size, r = np.asarray(size, float), np.asarray(r, float)
    if np.any(r < 0):
        raise Refusal("r, the forwards that one forward brings, can't be negative", where="branching process")
    possible = (size >= 1) & (size == np.floor(size))
    n = np.where(possible, size, 1.0)
    return np.where(possible, np.exp(-r * n + xlogy(n - 1, r * n) - gammaln(n + 1)), 0.0)[()]


def borel_mean(r: ArrayLike) -> ArrayLike:
    """Mean size of a cascade, root included: 1 / (1 - r). Holds for any offspring distribution; Refusal for r ≥ 1."""
    return 1 / (1 - _dying(r))


def borel_variance(r: ArrayLike) -> ArrayLike:
    """Variance of a cascade's size with Poisson offspring: r / (1 - r)³; Refusal for r ≥ 1."""
    return cascade_variance(r, r)


def cascade_variance(r: ArrayLike, offspring_variance: ArrayLike) -> ArrayLike:
    """Variance of a cascade's size for any offspring distribution: its variance / (1 - r)³. Harris (1963), chapter 1."""
    return np.asarray(offspring_variance) / (1 - _dying(r)) ** 3


def depth_survival(depth: int, r: float) -> np.ndarray:
    """Probability that a cascade reaches at least depth 0, 1, …, `depth`, with Poisson offspring of mean r (any r ≥ 0)."""
    reached = np.ones(depth + 1)
    for d in range(depth):
        reached[d + 1] = -np.expm1(-r * reached[d])
    return reached


def extinction_probability(r: float) -> float:
    """Probability that a cascade ends by itself, Poisson offspring of mean r: 1 for r ≤ 1, less above."""
    return 1.0 if r <= 1 else float(1 - depth_survival(10_000, r)[-1])


def reproduction(sizes: ArrayLike, level: float = 0.95) -> Estimate:
    """r from observed cascade sizes (root included): members that were brought / all members, clustered by cascade.

    The maximum-likelihood estimate for finished cascades, 1 - 1/mean size; its interval allows any offspring distribution.
    """
    sizes = np.asarray(sizes, float)
    if np.any(sizes < 1):
        raise Refusal("a cascade has at least its first forward", where="branching process", remedy="count the root in")
    return clustered_ratio(sizes - 1, sizes, level)


def _dying(r: ArrayLike) -> np.ndarray:
    r = np.asarray(r, float)[()]
    if np.any(r >= 1) or np.any(r < 0):
        worst = float(np.max(r)) if np.any(r >= 1) else float(np.min(r))
        raise Refusal(f"a mean cascade size exists only for r from 0 to below 1, got {worst:g}", where="branching process")
    return r
