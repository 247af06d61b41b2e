"""Case 2: the office month by month under one option: who asks, who is served, how many whole clerks it takes.

Arrays are draws x months + 1, the first month being today; what doesn't change by month is one column, what doesn't by draw one row.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from helpers.decision.paperwork.plan import PaperworkOption, PaperworkPlan
from helpers.decision.uncertainty import Draws
from helpers.intake.refusal import Refusal

LEAST = 0.05  # of today's clerk hours: no way of working does away with the clerk altogether


@dataclass(frozen=True)
class Today:
    """The unknowns as columns (draws x 1), and the office left alone: clients asking, served, and clerks needed for the rest of the horizon."""

    x: Mapping[str, np.ndarray]
    plan: PaperworkPlan
    demand: np.ndarray
    served: np.ndarray
    lasting: np.ndarray

    @property
    def unused(self) -> np.ndarray:
        """Clerk hours per month paid for and not used."""
        return self.plan.clerks * self.plan.hours_per_clerk - self.served * self.x["clerk_hours"]


@dataclass(frozen=True)
class Office:
    """The office under an option: clients served, clerk hours per client, clerks on the payroll, and how many of them are released."""

    served: np.ndarray
    hours: np.ndarray
    staff: np.ndarray
    released: np.ndarray

    def unused(self, plan: PaperworkPlan) -> np.ndarray:
        """Clerk hours per month paid for and not used: unused capacity in the sense of time-driven costing."""
        return (self.staff - self.released) * plan.hours_per_clerk - self.served * self.hours


def service_margin(clerks: float, load: float) -> float:
    """The margin that today's staff keeps: (clerks - load) / sqrt(load), load in clerks' worth of work.

    Source: square-root staffing, Halfin and Whitt (1981), Operations Research 29(3). Refusal where the clerks don't keep up today.
    """
    if load >= clerks:
        raise Refusal(f"the work of {load:.1f} clerks is more than the {clerks:g} there are can do", "service margin",
                      f"at least {int(load) + 1} clerks are needed")
    return (clerks - load) / np.sqrt(load)


def whole_clerks(load, margin: float) -> np.ndarray:
    """Whole clerks that carry `load` (clerks' worth of work) with that margin for service; never fewer than one."""
    return np.maximum(np.ceil(load + margin * np.sqrt(load) - 1e-9), 1.0)


def lasting(needed: np.ndarray) -> np.ndarray:
    """The most clerks needed from each month to the end of the horizon: who is needed again isn't let go."""
    return np.maximum.accumulate(needed[:, ::-1], axis=1)[:, ::-1]


def progress(start: int | None, live: int, ramp: int, months: int) -> np.ndarray:
    """How far a way of working begun in month `start` has been taken up, 0 to 1 by month; one column of 0 where it never begins."""
    return np.zeros(1) if start is None else np.clip((np.arange(months + 1) - start - live) / max(ramp, 1), 0, 1)


def progresses(option: PaperworkOption, plan: PaperworkPlan) -> tuple[np.ndarray, np.ndarray]:
    """How far Excel online and the standards have been taken up by month under the option."""
    excel = progress(option.excel_from, plan.excel_live, plan.excel_ramp, plan.months)
    return excel, progress(option.standard_from, plan.standard_live, plan.standard_ramp, plan.months)


def clerk_hours(x: Mapping[str, np.ndarray], plan: PaperworkPlan, excel: np.ndarray, standard: np.ndarray) -> np.ndarray:
    """Clerk hours per client when the two ways have been taken up to the shares `excel` and `standard` (0 to 1) of their adoption.

    Linear in adoption, since each client goes one way or the other; where both are on offer, the better one counts.
    """
    sheets = x["excel_explain_cut"] * x["explain_hours"] + x["excel_rework_cut"] * x["rework_hours"]
    explaining, rework = plan.explain_covered * x["explain_hours"], plan.rework_covered * x["rework_hours"]
    standards = x["standard_explain_cut"] * explaining + x["standard_rework_cut"] * rework
    first, second = excel * (x["excel_adoption"] * sheets), standard * (x["standard_adoption"] * standards)
    saved = first if not standard.any() else second if not excel.any() else np.where(standard > 0, np.maximum(first, second), first)
    return np.maximum(x["clerk_hours"] - saved, LEAST * x["clerk_hours"])


def today(draws: Draws, plan: PaperworkPlan) -> Today:
    """The office left alone over the horizon: demand grows, nobody is hired or released."""
    x = {name: np.asarray(values)[:, None] for name, values in draws.items()}
    demand = x["clients_per_month"] * np.exp(np.log1p(x["growth_per_year"]) / 12 * np.arange(plan.months + 1))
    needed = whole_clerks(demand * (x["clerk_hours"] / plan.hours_per_clerk), plan.service_margin)
    most = plan.clerks * plan.hours_per_clerk * plan.max_utilisation / x["clerk_hours"]
    return Today(x, plan, demand, np.minimum(demand, most), np.minimum(lasting(needed), plan.clerks))


def office(now: Today, option: PaperworkOption) -> Office:
    """The office by month under an option."""
    plan, ways = now.plan, progresses(option, now.plan)
    hours = clerk_hours(now.x, plan, *ways) if option.changes_work else now.x["clerk_hours"]
    kept = _days_saved(plan, option, *ways)
    demand = now.demand * (1 + now.x["kept_per_day"] * kept) if kept.any() else now.demand
    needed = whole_clerks(demand * hours / plan.hours_per_clerk, plan.service_margin) if option.changes_work or option.follow_demand else None
    staff = _staff(plan, option, needed)
    released = _released(now, needed, staff) if option.changes_work else np.zeros((1, 1))
    working = np.maximum(staff - released - _absent(plan, option), 0)
    return Office(np.minimum(demand, working * (plan.hours_per_clerk * plan.max_utilisation) / hours), hours, staff, released)


def _days_saved(plan: PaperworkPlan, option: PaperworkOption, excel: np.ndarray, standard: np.ndarray) -> np.ndarray:
    """Days of lead time saved by month; where two ways are on offer, the better one counts."""
    saved = plan.lead_days_saved
    ways = np.maximum(excel * saved.get("excel", 0.0), standard * saved.get("standard", 0.0))
    return ways + saved.get("hire", 0.0) * option.hire * (np.arange(plan.months + 1) > option.hire_from)


def _staff(plan: PaperworkPlan, option: PaperworkOption, needed: np.ndarray | None) -> np.ndarray:
    """Clerks on the payroll by month: those there and those hired; where demand is followed, whoever the work asks for."""
    hired = plan.clerks + option.hire * (np.arange(plan.months + 1)[None] >= option.hire_from).astype(float)
    return np.maximum(hired, np.maximum.accumulate(needed, axis=1)) if option.follow_demand else hired


def _released(now: Today, needed: np.ndarray, staff: np.ndarray) -> np.ndarray:
    """Whole clerks whom the new way makes superfluous for good: those needed without it less those needed with it.

    Clerks idle anyway aren't credited to the option, also not those who would become idle later since fewer clients come; nor is anybody who
    will be needed again within the horizon.
    """
    return np.clip(np.minimum(staff, now.lasting) - lasting(needed), 0, now.plan.may_release)


def _absent(plan: PaperworkPlan, option: PaperworkOption) -> np.ndarray:
    """Clerks' worth of work missing by month: the newly hired still learn, and everybody is trained in the month of going live."""
    month = np.arange(plan.months + 1)
    learning = option.hire * np.clip(1 - (month - option.hire_from) / max(plan.onboarding, 1), 0, 1) * (month >= option.hire_from)
    starts = ((option.excel_from, plan.excel_live), (option.standard_from, plan.standard_live))
    going_live = sum((month == start + live + 1) for start, live in starts if start is not None)
    return learning + going_live * (plan.training_hours * plan.clerks / plan.hours_per_clerk)
