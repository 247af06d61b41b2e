"""What goes on by month since something was ready: upkeep, losses, ramps."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np


def at_age(values: Sequence[float], ages: np.ndarray) -> np.ndarray:
    """A path by month since the start, at the ages given (-1 and below: not started, 0)."""
    return _at(tuple(values), tuple(ages.tolist()))


@lru_cache(maxsize=512)
def _at(values: tuple[float, ...], ages: tuple[int, ...]) -> np.ndarray:
    """The same of tuples: a search asks for few paths, at few ages, a thousand times."""
    levels, months = np.asarray(values, float), np.array(ages)
    found = np.where(months >= 0, levels[np.clip(months, 0, len(levels) - 1)], 0.0)
    found.flags.writeable = False
    return found


def months_since(start: int | None, ready: int, months: int) -> np.ndarray:
    """Months since something begun in month `start` was ready, `ready` months later: 0 in the first month after, below 0 before.

    What never begins is one column, so that nothing by month is computed for it.
    """
    return np.array([-1]) if start is None else np.arange(months + 1) - (start + ready + 1)
