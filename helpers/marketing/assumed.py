"""Numbers drawn from what is believed of an assumption: a value and the range about it."""

import numpy as np
from scipy.special import ndtri

from helpers.evidence.estimate import Estimate

DRAWS = 2000


def draws(believed: Estimate, rng: np.random.Generator, count: int = DRAWS, floor: float = 0.0) -> np.ndarray:
    """Random values with the estimate's value as median and low and high at the ends of its level; none below the floor.

    A normal bent at its median, so that the range need not lie evenly about the value. Without an interval all are the value.
    """
    if not believed.has_interval:
        return np.full(count, believed.value)
    z = rng.standard_normal(count) / ndtri(0.5 + believed.level / 2)
    reach = np.where(z < 0, believed.value - believed.low, believed.high - believed.value)
    return np.maximum(floor, believed.value + reach * z)


def interval(value: float, drawn: np.ndarray, unit: str, method: str, level: float = 0.8) -> Estimate:
    """An assumed estimate from the value at the assumptions themselves and the values drawn from their ranges."""
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(float(value), float(low), float(high), unit, "assumed", method, level)
