"""Money over time and the cost of capacity: present value, payback, time-driven costing, cashable against freed time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy_financial as npf

from helpers.intake.refusal import Refusal

Convention = Literal["period 0", "spreadsheet"]
CONVENTIONS: Mapping[str, str] = {
    "period 0": "the first flow is paid today and not discounted (numpy-financial, textbooks)",
    "spreadsheet": "the first flow is discounted by one period (the NPV function of spreadsheets)",
}


def monthly_rate(annual_rate: float) -> float:
    """The rate per month that compounds to `annual_rate` per year (both as fractions)."""
    return (1 + annual_rate) ** (1 / 12) - 1


def discount_factors(rate: float, periods: int, convention: Convention = "period 0") -> np.ndarray:
    """What one unit of money paid in each of `periods` periods is worth today; `rate` per period as a fraction."""
    if convention not in CONVENTIONS:
        raise Refusal(f"unknown convention {convention!r}", "present value", "use one of: " + ", ".join(CONVENTIONS))
    return (1 + rate) ** -(np.arange(periods) + (convention == "spreadsheet"))


def npv(rate: float, flows, convention: Convention = "period 0") -> float | np.ndarray:
    """Net present value of `flows`, by the convention named.

    flows: (..., periods) in money, the last axis is time. rate: per period, as a fraction. The two conventions differ by the factor 1 + rate.
    """
    flows = np.asarray(flows, dtype=float)
    return flows @ discount_factors(rate, flows.shape[-1], convention)


def irr(flows) -> float:
    """Internal rate of return per period as a fraction; NaN where there is none."""
    return float(npf.irr(np.asarray(flows, dtype=float)))


def payback(flows) -> float | np.ndarray:
    """Periods until the cumulated flows are no longer negative and stay so, linear within the period; NaN if they end below zero.

    flows: (..., periods), the first one paid at time 0. A series that never goes below zero pays back at 0. What begins later, or is paid for
    twice, has paid back only after its last debt: while nothing has been spent yet, nothing has come back.
    """
    flows = np.asarray(flows, dtype=float)
    total = np.cumsum(flows, axis=-1)
    periods = total.shape[-1]
    after = np.where(total < 0, np.arange(1, periods + 1), 0).max(axis=-1)  # the first period after the last debt
    there = np.minimum(after, periods - 1)[..., None]
    above, step = (np.take_along_axis(part, there, -1)[..., 0] for part in (total, flows))
    overshoot = np.divide(above, step, out=np.zeros_like(above), where=(after > 0) & (step > 0))
    return np.where(after < periods, after - overshoot, np.nan)[()]


def discounted_payback(rate: float, flows) -> float | np.ndarray:
    """Like `payback`, of the flows discounted to today at `rate` per period (period 0 convention)."""
    flows = np.asarray(flows, dtype=float)
    return payback(flows * discount_factors(rate, flows.shape[-1]))


def benefit_cost_ratio(rate: float, flows) -> float | np.ndarray:
    """Present value of what comes in over present value of what goes out; infinite where nothing goes out."""
    flows = np.asarray(flows, dtype=float)
    benefit, cost = npv(rate, np.maximum(flows, 0)), npv(rate, np.maximum(-flows, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.divide(benefit, cost)[()]


@dataclass(frozen=True)
class CapacityCost:
    """Time-driven activity-based costing of one department and period: rates in money, times in minutes."""

    rate: float
    unit_costs: tuple[float, ...]
    minutes_used: float
    utilisation: float
    assigned: float
    unused: float


def capacity_cost(total_cost: float, practical_minutes: float, unit_minutes, volumes) -> CapacityCost:
    """What each activity costs when only time used is charged, and what the unused capacity costs.

    unit_minutes, volumes: one entry per activity. Source: Kaplan and Anderson (2004), Harvard Business Review 82(11).
    Raises Refusal where the activities need more time than there is.
    """
    unit_minutes, volumes = np.asarray(unit_minutes, float), np.asarray(volumes, float)
    used = float(unit_minutes @ volumes)
    if used > practical_minutes * (1 + 1e-9):
        raise Refusal(f"the activities need {used:,.0f} minutes, but there are only {practical_minutes:,.0f}", "capacity cost",
                      "check the unit times and volumes, or the practical capacity")
    rate = total_cost / practical_minutes
    return CapacityCost(rate, tuple(rate * unit_minutes), used, used / practical_minutes, rate * used, total_cost - rate * used)


def traditional_rates(total_cost: float, shares, volumes) -> np.ndarray:
    """Cost per unit of each activity when the whole cost is spread by surveyed shares of time (idle time hidden)."""
    return total_cost * np.asarray(shares, float) / np.asarray(volumes, float)


@dataclass(frozen=True)
class PartyHours:
    """Hours of one party ("clerk" or "client"); hours of different parties refuse to be added."""

    party: str
    hours: float | np.ndarray

    def __add__(self, other: "PartyHours") -> "PartyHours":
        if not isinstance(other, PartyHours) or other.party != self.party:
            raise Refusal(f"{self.party} time can't be added to {getattr(other, 'party', 'a bare number')}'s", "hours saved",
                          "report each party's hours apart: only the employer's clerks are paid by the employer")
        return PartyHours(self.party, self.hours + other.hours)


@dataclass(frozen=True)
class TimeSaved:
    """Hours saved, kept apart: `cash` is only what whole clerks released cost; `freed` hours are capacity, not money."""

    clerks_released: float | np.ndarray
    cash: float | np.ndarray
    freed: PartyHours
    client: PartyHours


def time_saved(clerk_hours, hours_per_clerk: float, cost_per_clerk: float, client_hours=0.0, may_release=np.inf) -> TimeSaved:
    """What saved hours are worth in cash, for one period: whole clerks only, the rest is freed capacity.

    clerk_hours, client_hours: saved in the period (arrays allowed). hours_per_clerk, cost_per_clerk: of one clerk in that period.
    may_release: the most clerks the house would let go or move to another paid post. Client hours never turn into cash.
    """
    whole = np.floor(np.asarray(clerk_hours, float) / hours_per_clerk + 1e-9)
    released = np.clip(whole, 0, may_release)
    freed = PartyHours("clerk", np.asarray(clerk_hours, float) - released * hours_per_clerk)
    return TimeSaved(released[()], (released * cost_per_clerk)[()], freed, PartyHours("client", client_hours))


def linear_cash_fallacy(clerk_hours, hours_per_clerk: float, cost_per_clerk: float) -> float | np.ndarray:
    """Hours saved times wage: what a brochure would claim. Shown beside `time_saved`, never used in a decision."""
    return np.asarray(clerk_hours, float) / hours_per_clerk * cost_per_clerk
