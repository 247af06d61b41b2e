"""Case 2: what each option is worth. Hire clerks, put Excel online, standardise documents, mixes, or nothing, in CNY over the horizon.

Everything is counted against doing nothing. Only money is added up: wages of whole clerks released or hired, margin of clients served
or lost, and what development and running cost. Freed clerk hours are told beside it, apart, and never priced; clients' hours neither.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from helpers.decision.money import PartyHours, discount_factors, monthly_rate, payback
from helpers.decision.paperwork.office import Office, Today, clerk_hours, office, today, whole_clerks
from helpers.decision.paperwork.plan import OPTIONS, PaperworkOption, PaperworkPlan
from helpers.decision.uncertainty import Draws, parts
from helpers.evidence.estimate import Estimate


@dataclass(frozen=True)
class Flows:
    """One option against doing nothing, by month (draws x months + 1, the first column is today), in CNY.

    wages_saved: cash, of whole clerks released. margin: of clients served more or fewer. office: how it got there.
    """

    wages_saved: np.ndarray
    margin: np.ndarray
    cost: np.ndarray
    office: Office
    today: Today

    @property
    def net(self) -> np.ndarray:
        """Cash saved and margin gained, less cost."""
        return self.wages_saved + self.margin - self.cost

    @property
    def freed(self) -> PartyHours:
        """Clerk hours per month that are free beside today's: capacity for something else, not money."""
        return PartyHours("clerk", self.office.unused(self.today.plan) - self.today.unused)


def flows(now: Today, option: PaperworkOption) -> Flows:
    """Money by month of one option against the office left alone. Flows come at the end of a month, one-off costs when begun."""
    then, x = office(now, option), now.x
    wages, margin = then.released * x["clerk_cost"], (then.served - now.served) * x["margin_per_client"]
    wages[:, 0], margin[:, 0] = 0.0, 0.0  # today nothing has happened yet
    return Flows(wages, margin, _cost(now, option, then.staff - now.plan.clerks), then, now)


def _cost(now: Today, option: PaperworkOption, hired: np.ndarray) -> np.ndarray:
    """Wages and hiring of the clerks added, development and preparation when begun, running costs from going live."""
    x, plan, month = now.x, now.plan, np.arange(now.plan.months + 1)
    paid, new = hired * (month > 0), np.diff(hired, axis=1, prepend=0.0)
    cost = np.zeros((len(x["day_rate"]), plan.months + 1))
    if hired.any():
        cost += paid * x["clerk_cost"] + new * x["hiring_cost"]
    standards = plan.months if option.standard_from is None else option.standard_from + plan.standard_live
    if option.excel_from is not None:  # the online sheets run until the standards have settled
        _charge(cost, option.excel_from, x["excel_days"] * x["day_rate"])
        cost += x["excel_run"] * ((month > option.excel_from + plan.excel_live) & (month <= standards + plan.standard_ramp))
    if option.standard_from is not None:
        _charge(cost, option.standard_from, (x["standard_days"] + x["prerequisite_days"]) * x["day_rate"])
        cost += x["standard_run"] * (month > standards)
    return cost


def _charge(cost: np.ndarray, month: int, price: np.ndarray) -> None:
    if month < cost.shape[1]:
        cost[:, month] += price[:, 0]


def all_flows(draws: Draws, plan: PaperworkPlan = PaperworkPlan(), options: Sequence[PaperworkOption] = OPTIONS) -> dict[str, Flows]:
    """Flows of each option, by name."""
    now = today(draws, plan)
    return {option.name: flows(now, option) for option in options}


def present(money: np.ndarray, plan: PaperworkPlan) -> np.ndarray:
    """Net present value per draw of flows (draws x months + 1), by the plan's rate and convention, in CNY."""
    return money @ discount_factors(monthly_rate(plan.annual_rate), plan.months + 1, plan.convention)


def net_values(draws: Draws, plan: PaperworkPlan = PaperworkPlan(), options: Sequence[PaperworkOption] = OPTIONS) -> dict[str, np.ndarray]:
    """Net present value of each option per draw, against doing nothing, in CNY."""
    worth = [{name: present(flow.net, plan) for name, flow in all_flows(part, plan, options).items()} for part in parts(draws)]
    return {option.name: np.concatenate([part[option.name] for part in worth]) for option in options}


@dataclass(frozen=True)
class PayingBack:
    """Whether and when an option pays back: probability within the horizon (share); months (80 % interval) among the draws in which it does."""

    probability: float
    months: Estimate


def paying_back(flow: Flows) -> PayingBack:
    """The months until an option's cumulated flows are no longer negative."""
    when = payback(flow.net)
    does = when[np.isfinite(when)]
    low, middle, high = np.quantile(does, [0.1, 0.5, 0.9]) if len(does) else [np.nan] * 3
    return PayingBack(len(does) / len(when), Estimate(float(middle), float(low), float(high), "months", "assumed", "draws in which it pays back", 0.8))


@dataclass(frozen=True)
class Growth:
    """What one way of working costs per month at multiples of today's clients, once settled: CNY and whole clerks, one Estimate per multiple."""

    way: str
    multiples: tuple[float, ...]
    cost: tuple[Estimate, ...]
    clerks: tuple[Estimate, ...]


def growth(draws: Draws, plan: PaperworkPlan = PaperworkPlan(), multiples: Sequence[float] = (1, 2, 5, 10)) -> tuple[Growth, ...]:
    """Monthly cost of hiring, Excel online and standardising at multiples of today's clients, whole clerks following demand.

    Wages, running costs, and the one-off costs (development, preparation, hiring) spread over the horizon.
    """
    x, spread = draws, plan.months
    fixed = {
        "hire": 0.0 * x["day_rate"],
        "Excel online": x["excel_run"] + x["excel_days"] * x["day_rate"] / spread,
        "standardise": x["standard_run"] + (x["standard_days"] + x["prerequisite_days"]) * x["day_rate"] / spread,
    }
    return tuple(_growth(x, plan, multiples, way, cost) for way, cost in fixed.items())


def _growth(x: Mapping[str, np.ndarray], plan: PaperworkPlan, multiples: Sequence[float], way: str, fixed: np.ndarray) -> Growth:
    one, none = np.ones(1), np.zeros(1)
    hours = clerk_hours(x, plan, one if way == "Excel online" else none, one if way == "standardise" else none)
    clerks = [whole_clerks(m * x["clients_per_month"] * hours / plan.hours_per_clerk, plan.service_margin) for m in multiples]
    hired = [np.maximum(c - plan.clerks, 0) * x["hiring_cost"] / plan.months for c in clerks]
    costs = tuple(_range(fixed + c * x["clerk_cost"] + h, "CNY") for c, h in zip(clerks, hired))
    return Growth(way, tuple(multiples), costs, tuple(_range(c, "clerks") for c in clerks))


def _range(values: np.ndarray, unit: str) -> Estimate:
    low, high = np.quantile(values, [0.1, 0.9])
    return Estimate(float(values.mean()), float(low), float(high), unit, "assumed", "draws over measured and assumed ranges", 0.8)
