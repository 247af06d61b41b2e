"""A test that assumes nothing but the randomisation itself: arms dealt to the clusters again and again."""

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from helpers.intake.refusal import Refusal


def permutation_test(
    numerator: ArrayLike, denominator: ArrayLike, treated: ArrayLike, rng: np.random.Generator, draws: int = 5000
) -> float:
    """Two-sided p of the difference in ratios between arms, from dealing the arms to the clusters again.

    numerator, denominator, treated (True or False): one entry per cluster. All deals are listed when they are no more than
    `draws`; otherwise the observed one counts among the drawn, so that p is never 0. Right for any number of clusters,
    but with fewer than 4 in each arm p can't fall below .05. Fisher (1935). Raises Refusal when an arm is empty.
    """
    y, n, treated = np.asarray(numerator, float), np.asarray(denominator, float), np.asarray(treated, bool)
    if not 0 < treated.sum() < len(treated):
        raise Refusal("each arm needs at least one cluster", where="permutation test")
    listed = comb(len(treated), int(treated.sum())) <= draws
    deals = _all_deals(treated) if listed else _drawn_deals(treated, rng, draws)
    observed = _differences(y, n, treated[None])[0]
    as_far = int((np.abs(_differences(y, n, deals)) >= abs(observed) * (1 - 1e-12)).sum())
    return as_far / len(deals) if listed else (as_far + 1) / (draws + 1)


def _differences(y: np.ndarray, n: np.ndarray, deals: np.ndarray) -> np.ndarray:
    """Ratio of the treated minus ratio of the others for each deal (deals × clusters); an empty arm makes no difference."""
    above, below = deals @ y, deals @ n
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(above / below - (y.sum() - above) / (n.sum() - below), posinf=0, neginf=0)


def _all_deals(treated: np.ndarray) -> np.ndarray:
    chosen = np.array(list(combinations(range(len(treated)), int(treated.sum()))))
    deals = np.zeros((len(chosen), len(treated)), bool)
    np.put_along_axis(deals, chosen, True, axis=1)
    return deals


def _drawn_deals(treated: np.ndarray, rng: np.random.Generator, draws: int) -> np.ndarray:
    return rng.permuted(np.broadcast_to(treated, (draws, len(treated))), axis=1)
