"""The verdict of case 1: what each option is worth, how sure that is, what knowing more is worth, and what would flip the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.decision.choice import Choice
from helpers.decision.marketing.inputs import beliefs, options_of
from helpers.decision.marketing.options import ASSUMPTIONS, OPTIONS, MarketingOption, MarketingPlan, measured_unknowns, net_values
from helpers.decision.marketing.pilot import PilotWorth, pilot_worth, roll_out_arm, traffic_needed
from helpers.decision.marketing.plan import Known
from helpers.decision.options import best
from helpers.decision.uncertainty import Assumption, Draws
from helpers.marketing.fatigue import Response, losses, marketing_share
from helpers.marketing.trial.plan import WEEKS_PER_MONTH, Plan, design_effect
from helpers.marketing.upkeep import Upkeep, cost, slots

BUILD, CONTENT, PILOT, NOTHING = (option.name for option in OPTIONS)
UNCLUSTERED = 1.5
TIMES = 30.0  # as far as a joint flip is looked for


@dataclass(frozen=True, eq=False)
class Verdict(Choice):
    """Everything that is decided from: parameter values, what the log tells, the cost of ownership, the test plan (None where none can be made)."""

    values: Mapping[str, object]
    known: Known
    upkeep: Upkeep
    test: Plan | None
    asked = BUILD

    @property
    def count(self) -> int:
        """How many draws."""
        return self.values["draws"]

    @property
    def seed(self) -> int:
        """Of all draws."""
        return self.values["seed"]

    @cached_property
    def believed(self) -> tuple[Assumption, ...]:
        """The assumptions, with the ranges that the parameters give."""
        names = {each.name for each in ASSUMPTIONS}
        return tuple(each for each in beliefs(self.values) if each.name in names)

    @cached_property
    def unknowns(self) -> tuple[Assumption, ...]:
        """What is believed and what was measured, side by side."""
        known = self.known
        return self.believed + measured_unknowns(known.reads_per_month, known.new_readers_per_month, known.reads_per_read, known.registration_rate)

    @cached_property
    def plan(self) -> MarketingPlan:
        """Timing, discounting, the pilot, and the paths of upkeep and fatigue."""
        values = self.values
        path = cost(self.upkeep, np.random.default_rng(values["seed"])).path["total"]
        reading, forwarding = self._losses
        return MarketingPlan(
            months=values["horizon_months"], annual_rate=values["annual_rate"], convention=values["npv_convention"],
            pilot_months=values["pilot_months"], design_effect=self.design_effect,
            upkeep=tuple(path), reading_loss=tuple(reading), forwarding_loss=tuple(forwarding),
        )  # fmt: skip

    @property
    def design_effect(self) -> float:
        """Of the pilot's salespeople as clusters, over its months."""
        return float(design_effect(self.test, self.values["pilot_months"] * WEEKS_PER_MONTH)) if self.test else UNCLUSTERED

    @property
    def _losses(self) -> tuple[np.ndarray, np.ndarray]:
        share = marketing_share(slots(self.upkeep), self.values["editorial_pieces"])
        return losses(Response(), share)

    @property
    def monthly_cost(self) -> float:
        """What the module costs per month: building spread over the horizon, and mean upkeep, at the middle of what is believed."""
        build = next(each.centre for each in self.believed if each.name == "build_cost")
        return build / self.plan.months + float(np.mean(self.plan.upkeep))

    @cached_property
    def options(self) -> tuple[MarketingOption, ...]:
        """The four options, and those that the parameters add."""
        return OPTIONS + options_of(self.values["other_options"])

    def model(self, draws: Draws, sets: int = 1) -> dict[str, np.ndarray]:
        """Net present value of each option per draw."""
        return net_values(draws, self.plan, self.options, self.seed, sets)

    # What knowing more is worth

    @cached_property
    def pilots(self) -> PilotWorth:
        """Pilots of growing length: what they teach, and what is left after price and delay."""
        return pilot_worth(self.fewer, self.plan, self.options, seed=self.values["seed"])

    @property
    def test_and_roll(self) -> float:
        """New readers per arm that Test & Roll would take, free of price and delay."""
        return roll_out_arm(self.draws, self.plan)

    @property
    def break_even_traffic(self) -> float:
        """New readers by forward per month at which building as asked would pay for itself, fatigue included."""
        return traffic_needed(self.fewer, self.plan)

    # What drives it, and what flips it

    @cached_property
    def together(self) -> float:
        """By how many times the module's lift and a lead's margin have to be larger than taken, both at once, for building as asked to be best.

        1 or less where it is best already; infinite where `TIMES` times both wouldn't do. Found to a hundredth part.
        """
        centres = {each.name: each.centre for each in self.believed if each.name in ("module_lift", "value_per_lead")}

        def builds(times: float) -> bool:
            return best(self.at({name: times * centre for name, centre in centres.items()})) == BUILD

        if self.winner == BUILD:
            return 1.0
        if min(centres.values()) <= 0 or not builds(TIMES):
            return np.inf
        low, high = 1.0, TIMES
        while high / low > 1.01:
            middle = float(np.sqrt(low * high))
            low, high = (low, middle) if builds(middle) else (middle, high)
        return high
