"""Means and rates of independent observations with their textbook intervals."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit
from statsmodels.stats.rates import confint_poisson

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal


def mean_interval(values: ArrayLike, level: float = 0.95, unit: str = "") -> Estimate:
    """The mean of independent values with Student's t interval; NaN ends with one value, all NaN with none."""
    values = np.asarray(values, float)
    if len(values) < 2:
        value = float(values[0]) if len(values) else np.nan
        return Estimate(value, np.nan, np.nan, unit, method="fewer than two values allow no interval", level=level)
    value, half = float(values.mean()), float(stdtrit(len(values) - 1, 0.5 + level / 2) * values.std(ddof=1) / np.sqrt(len(values)))
    return Estimate(value, value - half, value + half, unit, method=f"t interval of {len(values)} values", level=level)


def poisson_rate_interval(count: float, exposure: float = 1.0, level: float = 0.95, unit: str = "") -> Estimate:
    """Events per unit of exposure (registrations per month) with the exact Poisson interval. Garwood (1936).

    Raises Refusal for a negative count or no exposure.
    """
    if count < 0 or not exposure > 0:
        raise Refusal(f"a rate needs a count of at least 0 and an exposure above 0, got {count:g} in {exposure:g}")
    low, high = confint_poisson(count, exposure, method="exact-c", alpha=1 - level)
    low = 0.0 if count == 0 else float(low)
    return Estimate(count / exposure, low, float(high), unit, method="exact Poisson interval", level=level)
