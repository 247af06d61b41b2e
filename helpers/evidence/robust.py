"""The ratio of sums over clusters with its cluster-robust variance: what every clustered interval and test stands on.

One numerator and one denominator per cluster along the last axis; any number of leading dimensions (worlds, months).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from helpers.intake.refusal import Refusal

ALIKE = 1e-9  # a standard error this small is rounding: the clusters don't differ


@dataclass(frozen=True)
class RobustRatio:
    """A ratio of sums over clusters: its value, its cluster-robust standard error, degrees of freedom, clusters that count."""

    ratio: np.ndarray
    se: np.ndarray
    df: np.ndarray
    clusters: np.ndarray


def robust_ratio(numerator: ArrayLike, denominator: ArrayLike) -> RobustRatio:
    """The ratio of sums with its jackknife (CV3) standard error and Bell-McCaffrey degrees of freedom.

    One entry per cluster along the last axis. Each cluster's residual is divided by 1 - its share of all trials, so that
    a cluster that holds much of the data isn't trusted to vouch for itself: for k equal clusters that is the plain delta
    method with k - 1 degrees of freedom, for unequal ones the error is larger and the degrees of freedom fewer.
    Clusters without trials don't count. With one cluster se and df are NaN.
    Bell and McCaffrey (2002); MacKinnon, Nielsen and Webb (2023).
    """
    numerator, denominator = by_cluster(numerator, denominator)
    total = denominator.sum(-1)
    ratio, weight = quotient(numerator.sum(-1), total), quotient(denominator, total[..., None])
    residual = quotient(numerator - ratio[..., None] * denominator, total[..., None])
    return RobustRatio(ratio, jackknife_se(residual, weight), degrees_of_freedom(weight), (denominator > 0).sum(-1))


def jackknife_se(residual: ArrayLike, weight: ArrayLike) -> np.ndarray:
    """The jackknife (CV3) standard error of a weighted mean over clusters; NaN where one cluster holds all the weight.

    residual: each cluster's part of the estimate's error; weight: its share of all trials (summing to 1 along the last axis).
    """
    weight = np.asarray(weight, float)
    count = (weight > 0).sum(-1)
    squares = (np.asarray(residual) / np.where(weight < 1, 1 - weight, np.nan)) ** 2
    return np.sqrt(quotient(count - 1, count) * squares.sum(-1))


def degrees_of_freedom(weight: ArrayLike) -> np.ndarray:
    """Bell and McCaffrey's degrees of freedom of a weighted mean over clusters: k - 1 for k equal weights, else fewer."""
    weight = np.asarray(weight, float)
    leverage = weight**2 / np.where(weight < 1, 1 - weight, np.nan)
    return 1 / ((weight**2).sum(-1) + leverage.sum(-1) ** 2 - (leverage**2).sum(-1))


def share_interval(fit: RobustRatio, alike: ArrayLike, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's interval (low, high) at the effective number of trials of `fit`, with t quantiles; arrays of its shape.

    alike: effective number of trials to use where the clusters don't differ at all.
    """
    share, t = np.clip(fit.ratio, 0, 1), stdtrit(fit.df, 0.5 + level / 2)
    differ = fit.se > ALIKE
    trials = np.where(differ, share * (1 - share) / np.where(differ, fit.se, 1) ** 2, alike)
    centre = (share + t**2 / (2 * trials)) / (1 + t**2 / trials)
    half = t / (1 + t**2 / trials) * np.sqrt(share * (1 - share) / trials + t**2 / (4 * trials**2))
    return np.clip(centre - half, 0, share), np.clip(centre + half, share, 1)


def effective_clusters(denominator: ArrayLike) -> np.ndarray:
    """How many equal clusters would weigh as much as these unequal ones: (sum of sizes)² / sum of squared sizes."""
    denominator = np.asarray(denominator, float)
    return quotient(denominator.sum(-1) ** 2, (denominator**2).sum(-1))


def welch(a: RobustRatio, b: RobustRatio) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Difference b - a, its standard error and its Welch-Satterthwaite degrees of freedom; arrays of the fits' shape."""
    variance = a.se**2 + b.se**2
    parts = a.se**4 / a.df + b.se**4 / b.df
    df = np.where(parts > 0, variance**2 / np.where(parts > 0, parts, 1), np.minimum(a.df, b.df))
    return b.ratio - a.ratio, np.sqrt(variance), df


def p_value(difference: ArrayLike, se: ArrayLike, df: ArrayLike) -> np.ndarray:
    """Two-sided p of a difference by t; 1 where both the difference and its standard error are 0."""
    difference, se = np.abs(np.asarray(difference, float)), np.asarray(se, float)
    t = np.divide(difference, se, out=np.where(difference > 0, np.inf, 0.0), where=se != 0)
    return 2 * stdtr(df, -t)


def by_cluster(numerator: ArrayLike, denominator: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Both as float arrays of one shape; Refusal where they differ, are empty, or hold a NaN or a negative denominator."""
    numerator, denominator = np.asarray(numerator, float), np.asarray(denominator, float)
    if numerator.shape != denominator.shape or numerator.ndim == 0 or numerator.shape[-1] == 0:
        raise Refusal("one numerator and one denominator per cluster are needed, and at least one cluster")
    if np.any(denominator < 0) or not np.isfinite(numerator.sum() + denominator.sum()):
        raise Refusal("numerators must be numbers, denominators numbers of at least 0", remedy="drop or mend empty entries")
    return numerator, denominator


def quotient(above: ArrayLike, below: ArrayLike) -> np.ndarray:
    """above / below, NaN (without a warning) where below is 0."""
    below = np.asarray(below, float)
    return np.asarray(above, float) / np.where(below != 0, below, np.nan)
