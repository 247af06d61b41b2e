"""Durations of which some are still open: Kaplan-Meier curves and their quantiles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri
from statsmodels.duration.survfunc import SurvfuncRight

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

METHOD = "Kaplan-Meier, log-log interval; open cases censored"


@dataclass(frozen=True)
class KaplanMeier:
    """The share still open after each time, with pointwise limits, and the quantiles of the duration.

    time, open_share, low, high: one entry per time at which something ended; quantiles: fraction → Estimate, infinite
    where the curve doesn't fall that far. cases: all durations; ended: those whose end was seen.
    """

    time: np.ndarray
    open_share: np.ndarray
    low: np.ndarray
    high: np.ndarray
    quantiles: dict[float, Estimate]
    cases: int
    ended: int


def kaplan_meier(
    duration: ArrayLike, observed: ArrayLike, quantiles: tuple[float, ...] = (0.5, 0.9), level: float = 0.95, unit: str = ""
) -> KaplanMeier:
    """The Kaplan-Meier curve of durations, and its quantiles with log-log intervals (infinite: not reached).

    duration: time until the end, or until the case was last seen; observed: whether the end was seen (False: still open,
    abandoned). Raises Refusal for unlike lengths, negative or missing durations, or none at all.
    Kaplan and Meier (1958); Brookmeyer and Crowley (1982); computed by statsmodels.
    """
    duration, observed = np.asarray(duration, float), np.asarray(observed, bool)
    if duration.shape != observed.shape or duration.size == 0:
        raise Refusal("needs a duration and whether its end was seen for at least one case", where="Kaplan-Meier")
    if not np.all(duration >= 0):
        raise Refusal("durations must be numbers of at least 0", "Kaplan-Meier", "leave out cases without a start")
    fit = SurvfuncRight(duration, observed.astype(int))
    low, high = _limits(fit, level)
    found = {q: _quantile(fit, q, duration.max(), level, unit) for q in quantiles}
    return KaplanMeier(fit.surv_times, fit.surv_prob, low, high, found, duration.size, int(observed.sum()))


def _limits(fit: SurvfuncRight, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Pointwise log-log limits; where the curve is at 1 or 0 there are none, and the curve itself stands."""
    share, z = fit.surv_prob, ndtri(0.5 + level / 2)
    inside = (share > 0) & (share < 1)
    log = np.log(np.where(inside, share, 0.5))
    width = np.exp(z * np.where(inside, fit.surv_prob_se, 0) / np.where(inside, share, 0.5) / -log)
    return np.where(inside, np.exp(log * width), share), np.where(inside, np.exp(log / width), share)


def _quantile(fit: SurvfuncRight, q: float, last: float, level: float, unit: str) -> Estimate:
    """The q-quantile; beyond what was seen it's infinite, and then known only to lie above its lower end."""
    value = fit.quantile(q)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = fit.quantile_ci(q, alpha=1 - level, method="cloglog")
    if np.isnan(value):
        return Estimate(np.inf, last if np.isnan(low) else float(low), np.inf, unit, method=METHOD, level=level)
    if high == fit.surv_times[-1] and fit.surv_prob[-1] == 0:
        high = np.inf  # where the curve ends at 0 it has no upper limit, so nothing bounds the quantile
    return Estimate(float(value), min(float(low), float(value)), float(high), unit, method=METHOD, level=level)
