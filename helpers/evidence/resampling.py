"""Intervals by drawing clusters again, and by order statistics."""

import numpy as np
from numpy.typing import ArrayLike


def cluster_sums(columns: np.ndarray, rng: np.random.Generator, draws: int) -> np.ndarray:
    """Sums of each column over clusters drawn with replacement; columns is clusters × columns, the result draws × columns.

    How often each cluster is drawn is one row of a draws × clusters matrix, so that all sums are one matrix product.
    """
    return draw_counts(len(columns), rng, draws) @ columns


def draw_counts(clusters: int, rng: np.random.Generator, draws: int) -> np.ndarray:
    """How often each cluster comes up when as many are drawn with replacement: draws × clusters, rows multinomial."""
    drawn = rng.integers(clusters, size=(draws, clusters)) + clusters * np.arange(draws)[:, None]
    return np.bincount(drawn.ravel(), minlength=draws * clusters).reshape(draws, clusters).astype(float)


def bootstrap_t(numerator: ArrayLike, denominator: ArrayLike, rng: np.random.Generator, draws: int) -> np.ndarray:
    """(Ratio of a draw - ratio) / standard error of the draw, over clusters drawn again; undefined draws are left out."""
    y, n = np.asarray(numerator, float), np.asarray(denominator, float)
    sums = cluster_sums(np.stack([y, n, y * y, y * n, n * n], axis=1), rng, draws)
    ratio = sums[:, 0] / sums[:, 1]
    squares = np.maximum(sums[:, 2] - 2 * ratio * sums[:, 3] + ratio**2 * sums[:, 4], 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (ratio - y.sum() / n.sum()) / (np.sqrt(squares) / sums[:, 1])
    return t[np.isfinite(t)]
