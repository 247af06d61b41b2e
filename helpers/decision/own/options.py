"""What each option of a request is worth: cost now, cost and gain per month from when it runs, adoption that settles; against doing nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.decision.money import Convention, discount_factors, monthly_rate, payback
from helpers.decision.own.plan import OwnOption
from helpers.decision.uncertainty import Draws


@dataclass(frozen=True)
class Terms:
    """Over how many months money is counted, and how later money is discounted (rate per year)."""

    months: int = 24
    annual_rate: float = 0.08
    convention: Convention = "period 0"

    @property
    def factors(self) -> np.ndarray:
        """What CNY 1 of each month is worth today; month 0 is today."""
        return discount_factors(monthly_rate(self.annual_rate), self.months + 1, self.convention)


@dataclass(frozen=True)
class Calendar:
    """By month, today first: whether an option is paid for, whether it runs, and which part of its settled users it has."""

    paid: np.ndarray
    runs: np.ndarray
    uses: np.ndarray


def calendar(option: OwnOption, months: int) -> Calendar:
    """When an option is paid, runs and is used. Users grow evenly over `settles_after` months; flows come at a month's end."""
    age = np.arange(months + 1) - (option.begins + option.ready_after)
    uses = np.clip(age / max(option.settles_after, 1), 0, 1) if option.settles_after else (age > 0).astype(float)
    return Calendar((np.arange(months + 1) == option.begins).astype(float), (age > 0).astype(float), uses)


def net_values(draws: Draws, options: Sequence[OwnOption], terms: Terms = Terms()) -> dict[str, np.ndarray]:
    """Net present value of each option per draw, against doing nothing, in CNY."""
    count = len(next(iter(draws.values()))) if draws else 1
    return {option.name: np.broadcast_to(_worth(draws, option, terms), count) for option in options}


def _worth(draws: Draws, option: OwnOption, terms: Terms) -> np.ndarray:
    """What is paid in a month is the same in each: only the sums of the discount factors are needed."""
    when = calendar(option, terms.months)
    paid, runs, uses = (terms.factors @ part for part in (when.paid, when.runs, when.uses))
    return -paid * option.cost_now.of(draws) - runs * option.cost_monthly.of(draws) + uses * gain(draws, option)


def gain(draws: Draws, option: OwnOption) -> np.ndarray:
    """CNY per month that an option brings once it has settled, before its running cost."""
    return option.gain_monthly.of(draws) * np.clip(option.adoption.of(draws), 0, 1)


def flows(draws: Draws, option: OwnOption, terms: Terms = Terms()) -> np.ndarray:
    """CNY by month, draws x months + 1, today first, undiscounted."""
    when = calendar(option, terms.months)
    cost_now, monthly, comes = (np.reshape(part, (-1, 1)) for part in (option.cost_now.of(draws), option.cost_monthly.of(draws), gain(draws, option)))
    return comes * when.uses - monthly * when.runs - cost_now * when.paid


def months_to_pay_back(draws: Draws, option: OwnOption, terms: Terms = Terms()) -> np.ndarray:
    """Months until an option's cumulated flows are no longer negative, per draw; NaN where they stay so."""
    return np.atleast_1d(payback(flows(draws, option, terms)))
