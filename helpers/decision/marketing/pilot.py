"""Case 1: is a pilot worth its price and its delay, how long should it run, and what traffic would the module need at all?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from helpers.decision.information import profit_maximising_size, value_of_learning
from helpers.decision.marketing.options import OPTIONS, MarketingOption, MarketingPlan, net_values, pilot_standard_error
from helpers.decision.options import expected
from helpers.decision.uncertainty import Draws, chance, fix


@dataclass(frozen=True)
class PilotWorth:
    """Pilots of growing length. Arrays by length; money in CNY.

    months: of running. per_arm: new readers in the smaller arm. standard_error: of the lift, as a share. information: EVSI, what its result would be
    worth for nothing and at once. net: what piloting first is worth more than the best choice without it, price and delay included.
    """

    months: np.ndarray
    per_arm: np.ndarray
    standard_error: np.ndarray
    information: np.ndarray
    net: np.ndarray

    @property
    def best(self) -> int:
        """The index of the length that is worth most."""
        return int(np.argmax(self.net))

    @property
    def worth_it(self) -> bool:
        """Whether any length is worth its price and delay."""
        return bool(self.net[self.best] > 0)


def pilot_worth(
    draws: Draws, plan: MarketingPlan, options: Sequence[MarketingOption] = OPTIONS, months: Sequence[int] = range(1, 13), seed: int = 0,
) -> PilotWorth:  # fmt: skip
    """What pilots of these lengths are worth; those that would end beyond the horizon are left out.

    The EVSI comes from regressing the options' net values on the pilot's simulated results (Strong, Oakley and Brennan 2015).
    """
    settled = [option for option in options if not option.pilot]
    plans = [replace(plan, pilot_months=length) for length in months if plan.pilot_setup + length < plan.months]
    now = net_values(draws, plan, settled, seed)
    rows = [(each.pilot_months, pilot_arm(draws, each), pilot_standard_error(draws, each), *_worth(draws, each, settled, now, seed)) for each in plans]
    return PilotWorth(*np.array(rows, float).T)


def _worth(draws: Draws, plan: MarketingPlan, settled: Sequence[MarketingOption], now, seed: int) -> tuple[float, float]:
    """EVSI, and the pilot's net worth over the best choice without it."""
    result = draws["module_lift"] + pilot_standard_error(draws, plan) * chance(len(draws["module_lift"]), seed)
    piloted = net_values(draws, plan, [*settled, MarketingOption("pilot", pilot=True)], seed)["pilot"].mean()
    return value_of_learning(result, now), float(piloted - max(expected(now).values()))


def pilot_arm(draws: Draws, plan: MarketingPlan) -> float:
    """New readers by re-forward in the pilot's smaller arm."""
    return float(draws["new_readers_per_month"].mean() * plan.pilot_months * min(plan.treated, 1 - plan.treated))


def roll_out_arm(draws: Draws, plan: MarketingPlan) -> float:
    """Readers per arm that Test & Roll (Feit and Berman 2019) would take, clusters respected.

    It weighs readers lost to the worse arm, and knows of no price or delay. Its prior is on each arm's rate; two arms with that prior differ by root two of it, which here is what is believed of the lift.
    """
    share = draws["registration_rate"].mean() + draws["module_lift"].mean() / 2
    noise = np.sqrt(share * (1 - share) * plan.design_effect)
    readers = draws["new_readers_per_month"].mean() * plan.months
    return profit_maximising_size(readers, noise, draws["module_lift"].std() / np.sqrt(2))


def traffic_needed(draws: Draws, plan: MarketingPlan, option: MarketingOption = OPTIONS[0]) -> float:
    """New readers by re-forward per month at which an option is expected to break even; infinite where no traffic would do.

    Exact, since the expected net value is linear in that traffic.
    """
    at_none, at_thousand = (expected(net_values(fix(draws, "new_readers_per_month", traffic), plan, [option]))[option.name] for traffic in (0.0, 1000.0))
    per_reader = (at_thousand - at_none) / 1000
    return float(max(-at_none / per_reader, 0.0)) if per_reader > 0 else np.inf
