"""An estimate: a number, its interval, its unit, and what it rests on."""

from dataclasses import dataclass
from math import isfinite
from typing import Literal

Basis = Literal["measured", "assumed", "simulated"]


@dataclass(frozen=True)
class Estimate:
    """A number with its interval.

    value, low, high share `unit` ("share" is a fraction of 1; "h", "min", "days" are times; "CNY" is money).
    basis: measured in a log, assumed by the user, or simulated. method: how the interval was made, in words.
    level: coverage the interval claims. low and high are NaN where no interval can be given.
    """

    value: float
    low: float
    high: float
    unit: str = ""
    basis: Basis = "measured"
    method: str = ""
    level: float = 0.95

    @property
    def has_interval(self) -> bool:
        """Whether both ends of the interval are known."""
        return isfinite(self.low) and isfinite(self.high)

    def scaled(self, factor: float, unit: str) -> "Estimate":
        """The same estimate in another unit: value and interval times `factor` (which is positive)."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor, unit, self.basis, self.method, self.level)


def assumed(value: float, low: float, high: float, unit: str = "", level: float = 0.8) -> Estimate:
    """An estimate that the user assumes: `low` to `high` is the range believed with probability `level`."""
    return Estimate(value, low, high, unit, "assumed", "assumed range", level)


def exactly(value: float, unit: str = "", basis: Basis = "measured") -> Estimate:
    """A number without sampling error (a count in the log, a sum): its interval is itself."""
    return Estimate(value, value, value, unit, basis, "counted")
