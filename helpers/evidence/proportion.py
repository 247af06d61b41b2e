"""Shares of independent trials: Wilson's interval and Newcombe's interval of a difference."""

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal


def wilson(successes: ArrayLike, trials: ArrayLike, level: float = 0.95) -> tuple:
    """Wilson's score interval (low, high) of a share; NaN where there were no trials.

    successes, trials: numbers or arrays that broadcast; effective (fractional) counts are allowed.
    Right for independent trials only: see clustering.clustered_share for trials that come in groups.
    Raises Refusal for negative counts and for more successes than trials. Wilson (1927); Newcombe (1998a), method 3.
    """
    successes, trials = _counts(successes, trials)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = proportion_confint(successes, trials, alpha=1 - level, method="wilson")
    share = successes / np.where(trials > 0, trials, np.nan)
    return _plain(np.clip(low, 0, share)), _plain(np.clip(high, share, 1))


def wilson_share(successes: float, trials: float, level: float = 0.95) -> Estimate:
    """The share successes/trials with Wilson's interval, unit "share"; all NaN when there were no trials."""
    low, high = wilson(successes, trials, level)
    value = successes / trials if trials else float("nan")
    return Estimate(value, low, high, "share", method="Wilson score interval; trials taken as independent", level=level)


def newcombe_difference(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> tuple:
    """Newcombe's hybrid-score interval (low, high) of x1/n1 - x2/n2, for independent trials; NaN where an arm is empty.

    Counts are numbers or arrays that broadcast. Raises Refusal for impossible counts. Newcombe (1998b), method 10.
    """
    x1, n1 = _counts(x1, n1)
    x2, n2 = _counts(x2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=1 - level)
    return _plain(low), _plain(high)


def _counts(successes: ArrayLike, trials: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    successes, trials = np.asarray(successes, float), np.asarray(trials, float)
    if np.any(successes < 0) or np.any(successes > trials):
        raise Refusal("a share needs 0 ≤ successes ≤ trials", remedy="check which column counts the trials")
    return successes, trials


def _plain(values: np.ndarray) -> float | np.ndarray:
    return float(values) if np.ndim(values) == 0 else values
