"""Intervals by drawing clusters again, and of quantiles by order statistics: no shape of distribution assumed."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal


def draw_counts(clusters: int, rng: np.random.Generator, draws: int) -> np.ndarray:
    """How often each cluster comes up when as many are drawn with replacement: draws × clusters, rows multinomial."""
    drawn = rng.integers(clusters, size=(draws, clusters)) + clusters * np.arange(draws)[:, None]
    return np.bincount(drawn.ravel(), minlength=draws * clusters).reshape(draws, clusters).astype(float)


def cluster_sums(columns: np.ndarray, rng: np.random.Generator, draws: int) -> np.ndarray:
    """Sums of each column over clusters drawn with replacement; columns is clusters × columns, the result draws × columns.

    How often each cluster is drawn is one row of a draws × clusters matrix, so that all sums are one matrix product.
    """
    return draw_counts(len(columns), rng, draws) @ columns


def bootstrap(
    statistic: Callable[[np.ndarray], np.ndarray],
    columns: ArrayLike,
    rng: np.random.Generator,
    draws: int = 2000,
    level: float = 0.95,
    unit: str = "",
) -> Estimate:
    """Percentile interval of any statistic of column sums, drawing clusters again.

    columns: clusters × columns, one row of sums per cluster; statistic: from sums (… × columns, last axis) to values (…),
    for instance `lambda s: s[..., 0] / s[..., 1]`. Raises Refusal with fewer than two clusters.
    """
    columns = _at_least_two(np.asarray(columns, float))
    drawn = statistic(cluster_sums(columns, rng, draws))
    return _percentiles(float(statistic(columns.sum(0))), drawn, len(columns), level, unit)


def quantile_interval(values: ArrayLike, q: float, level: float = 0.95, unit: str = "") -> Estimate:
    """The q-quantile of independent values with the exact order-statistic interval; NaN without values.

    An end is infinite where so few values can't bound it (a median needs 6 for level .95). David and Nagaraja (2003), 7.1.
    """
    ordered = np.sort(np.asarray(values, float))
    n = len(ordered)
    if n == 0:
        return Estimate(np.nan, np.nan, np.nan, unit, method="no values", level=level)
    at_most = bdtr(np.arange(n + 1), n, q)
    lower = int(np.searchsorted(at_most, 0.5 - level / 2))
    upper = int(np.searchsorted(at_most, 0.5 + level / 2)) + 1
    padded = np.concatenate([[-np.inf], ordered, [np.inf]])
    value = float(np.quantile(ordered, q, method="inverted_cdf" if q != 0.5 else "linear"))
    return Estimate(value, padded[lower], padded[min(upper, n + 1)], unit, method=f"order statistics of {n} values", level=level)


def bootstrap_t(numerator: ArrayLike, denominator: ArrayLike, rng: np.random.Generator, draws: int) -> np.ndarray:
    """(Ratio of a draw - ratio) / standard error of the draw, over clusters drawn again; undefined draws are left out."""
    y, n = np.asarray(numerator, float), np.asarray(denominator, float)
    sums = cluster_sums(np.stack([y, n, y * y, y * n, n * n], axis=1), rng, draws)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = sums[:, 0] / sums[:, 1]
        squares = np.maximum(sums[:, 2] - 2 * ratio * sums[:, 3] + ratio**2 * sums[:, 4], 0)
        t = (ratio - y.sum() / n.sum()) / (np.sqrt(squares) / sums[:, 1])
    return t[np.isfinite(t)]


def _percentiles(value: float, drawn: np.ndarray, clusters: int, level: float, unit: str) -> Estimate:
    low, high = np.quantile(drawn[np.isfinite(drawn)], [0.5 - level / 2, 0.5 + level / 2])
    method = f"percentiles of {len(drawn)} draws of {clusters} clusters"
    return Estimate(value, min(float(low), value), max(float(high), value), unit, method=method, level=level)


def _at_least_two(clusters):
    if len(clusters) < 2:
        raise Refusal("drawing clusters again needs at least two clusters", where="bootstrap")
    return clusters
