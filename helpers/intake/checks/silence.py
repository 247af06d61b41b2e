"""The longest silence of a log against what is usual: was nothing done, or nothing recorded?"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

WEEK = np.timedelta64(7, "D")


@dataclass(frozen=True)
class Silence:
    """longest: between one row and the next; after: when it began (UTC); usual: the median over weeks of each week's longest, None in a log of under two weeks."""

    longest: pd.Timedelta
    after: pd.Timestamp
    usual: pd.Timedelta | None

    @property
    def times_usual(self) -> float:
        """How many times as long as usual; NaN where nothing is usual yet."""
        return self.longest / self.usual if self.usual else float("nan")


def longest_silence(times: pd.Series) -> Silence | None:
    """The longest silence between kept times (UTC, any order); None for fewer than two different times."""
    moments = np.sort(times.dropna().to_numpy("datetime64[us]"))
    gaps = np.diff(moments)
    if not len(gaps) or not gaps.max():
        return None
    week = (moments[:-1] - moments[0]) // WEEK
    starts = np.flatnonzero(np.r_[True, np.diff(week) > 0])
    return silence(gaps.max(), moments[gaps.argmax()], np.maximum.reduceat(gaps, starts), week[-1])


def silence(longest: np.timedelta64, after: np.datetime64, of_weeks: np.ndarray, last_week: int) -> Silence:
    """The longest silence, when it began, and the longest of each week that has any."""
    usual = np.median(of_weeks.astype("int64")) if last_week >= 1 else 0
    return Silence(pd.Timedelta(longest), pd.Timestamp(after, tz="UTC"), pd.Timedelta(int(usual), "us") if usual else None)
