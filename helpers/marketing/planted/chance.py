"""Random draws from uniform numbers only, rounded early, so that every machine and every NumPy version draws the same."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtri

DIGITS = 6


def happens(rng: np.random.Generator, probability: ArrayLike, size: int) -> np.ndarray:
    """True with the probability given, one draw each."""
    return rng.random(size) < np.round(probability, DIGITS)


def normal(rng: np.random.Generator, size: int) -> np.ndarray:
    """Standard normal numbers."""
    return np.round(ndtri(rng.random(size) * (1 - 2e-9) + 1e-9), DIGITS)


def lognormal(rng: np.random.Generator, median: float, sigma: float, size: int) -> np.ndarray:
    """Log-normal numbers with that median."""
    return np.round(median * np.exp(sigma * normal(rng, size)), DIGITS)


def geometric(rng: np.random.Generator, mean: ArrayLike, size: int) -> np.ndarray:
    """Counts from 0 up with that mean, each further one as likely as the one before."""
    again = np.round(np.asarray(mean) / (1 + np.asarray(mean)), DIGITS)
    return np.floor(np.round(np.log(1 - rng.random(size)) / np.log(again), DIGITS)).astype(int)


def beta(rng: np.random.Generator, mean: ArrayLike, icc: float, size: int) -> np.ndarray:
    """Probabilities with that mean whose binary outcomes have the intraclass correlation `icc`; rows of means share their draws."""
    return beta_quantile(rng.random(size), mean, icc)


def beta_quantile(u: np.ndarray, mean: ArrayLike, icc: float) -> np.ndarray:
    """The Beta distribution's quantiles at u; its parameters a + b = 1/icc - 1 give binary outcomes that correlation."""
    strength, mean = 1 / icc - 1, np.asarray(mean)
    return np.round(betaincinv(mean * strength, (1 - mean) * strength, u), DIGITS)


def choice(rng: np.random.Generator, weights: ArrayLike, size: int) -> np.ndarray:
    """Positions drawn with those weights."""
    return position(rng.random(size), weights)


def position(u: np.ndarray, weights: ArrayLike) -> np.ndarray:
    """The positions at which the cumulated weights pass u."""
    cumulated = np.round(np.cumsum(weights) / np.sum(weights), DIGITS)
    return np.minimum(np.searchsorted(cumulated, u, side="right"), len(cumulated) - 1)


def whole(rng: np.random.Generator, below: ArrayLike, size: int) -> np.ndarray:
    """Whole numbers from 0 to `below` - 1, all as likely."""
    return np.floor(rng.random(size) * below).astype(int)


def shuffled(rng: np.random.Generator, size: int) -> np.ndarray:
    """The numbers 0 to size - 1 in random order."""
    return np.argsort(rng.random(size), kind="stable")
