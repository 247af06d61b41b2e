"""The verdict of case 1: what each option is worth, how sure that is, what knowing more is worth, and what would flip the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from helpers.decision.information import evpi, evppi, noise_floor
from helpers.decision.marketing.inputs import beliefs, options_of
from helpers.decision.marketing.options import ASSUMPTIONS, OPTIONS, MarketingOption, MarketingPlan, measured_unknowns, net_values
from helpers.decision.marketing.pilot import PilotWorth, pilot_worth, roll_out_arm, traffic_needed
from helpers.decision.marketing.plan import Known
from helpers.decision.options import OptionSummary, advantage, beats, closest_rival, compare, expected
from helpers.decision.sensitivity import DecisionMap, Flip, SobolIndices, Swing, all_flips, decision_map, sobol, tornado
from helpers.decision.uncertainty import Assumption, Draws, draw, fix
from helpers.evidence.estimate import Estimate
from helpers.marketing.fatigue import Response, losses, marketing_share
from helpers.marketing.trial.plan import WEEKS_PER_MONTH, Plan, design_effect
from helpers.marketing.upkeep import Upkeep, cost, slots

BUILD, CONTENT, PILOT, NOTHING = (option.name for option in OPTIONS)
FEWER, COARSE = 1024, 128  # draws for what asks for the model dozens or hundreds of times
UNCLUSTERED = 1.5
TIMES = 30.0  # as far as a joint flip is looked for


@dataclass(frozen=True, eq=False)
class Verdict:
    """Everything that is decided from: parameter values, what the log tells, the cost of ownership, the test plan (None where none can be made)."""

    values: Mapping[str, object]
    known: Known
    upkeep: Upkeep
    test: Plan | None

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

    @cached_property
    def draws(self) -> Draws:
        """Draws of every unknown."""
        return draw(self.unknowns, self.values["draws"], self.values["seed"])

    def model(self, draws: Draws) -> dict[str, np.ndarray]:
        """Net present value of each option per draw."""
        return net_values(draws, self.plan, self.options, self.values["seed"])

    @cached_property
    def worth(self) -> dict[str, np.ndarray]:
        """The options' net present values over the draws."""
        return self.model(self.draws)

    @cached_property
    def rows(self) -> tuple[OptionSummary, ...]:
        """The options side by side, the best first."""
        return compare(self.worth)

    @property
    def winner(self) -> str:
        """The option with the highest expected net value."""
        return self.rows[0].name

    @property
    def lead(self) -> Estimate:
        """How much the best option is worth more than the next."""
        return advantage(self.worth, self.rows[1].name, self.winner)

    @property
    def over_request(self) -> Estimate:
        """How much the best option is worth more than the request as received (0 if that is the best)."""
        return advantage(self.worth, BUILD, self.winner)

    @property
    def confidence(self) -> float:
        """The chance that the best option does better than its closest rival, the one that beats it most often."""
        return beats(self.worth, self.winner, self.doubt)

    @property
    def doubt(self) -> str:
        """The closest rival: who doubts the choice, doubts it for this one."""
        return closest_rival(self.worth, self.winner)

    @property
    def loses(self) -> float:
        """The chance that the best option loses money."""
        return float((self.worth[self.winner] < 0).mean())

    def meaning(self, name: str) -> str:
        """An unknown in words."""
        return next(each.meaning or each.name for each in self.unknowns if each.name == name)

    # What knowing more is worth

    @cached_property
    def perfect_information(self) -> float:
        """EVPI, in CNY."""
        return evpi(self.worth)

    @cached_property
    def worth_knowing(self) -> dict[str, float]:
        """EVPPI by unknown in CNY, without what is no more than chance."""
        floor = noise_floor(self.worth, self.values["seed"])
        return {name: worth if worth > floor else 0.0 for name, worth in evppi(self.draws, self.worth).items()}

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
    def fewer(self) -> Draws:
        """Fewer draws of the same unknowns."""
        return draw(self.unknowns, min(FEWER, self.values["draws"]), self.values["seed"])

    @property
    def rival(self) -> str:
        """What the best option is held against: the request, or the next best where it is the request."""
        return BUILD if self.winner != BUILD else self.rows[1].name

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """The best option's advantage over its rival, one unknown at a time."""
        return tornado(self.model, self.fewer, self.unknowns, self.winner, self.rival)

    @cached_property
    def sobol(self) -> SobolIndices:
        """Shares of the variance of the same advantage by unknown."""
        def gap(draws: Draws) -> np.ndarray:
            worth = self.model(draws)
            return worth[self.winner] - worth[self.rival]

        return sobol(gap, self.unknowns, 128, self.values["seed"])

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """Where one unknown alone changes the choice."""
        return all_flips(self.model, draw(self.unknowns, 256, self.values["seed"]), self.unknowns)

    @cached_property
    def together(self) -> float:
        """By how many times the module's lift and a lead's margin have to be larger than taken, both at once, for building as asked to be best.

        1 or less where it is best already; infinite where `TIMES` times both wouldn't do. Found to a hundredth part.
        """
        centres = {each.name: each.centre for each in self.believed if each.name in ("module_lift", "value_per_lead")}

        def builds(times: float) -> bool:
            worth = self.at({name: times * centre for name, centre in centres.items()})
            return max(worth, key=worth.get) == BUILD

        if self.winner == BUILD:
            return 1.0
        if min(centres.values()) <= 0 or not builds(TIMES):
            return np.inf
        low, high = 1.0, TIMES
        while high / low > 1.01:
            middle = float(np.sqrt(low * high))
            low, high = (low, middle) if builds(middle) else (middle, high)
        return high

    def at(self, known: Mapping[str, float]) -> dict[str, float]:
        """What each option is expected to be worth with these unknowns taken as known."""
        draws = self.fewer
        for name, value in known.items():
            draws = fix(draws, name, value)
        return expected(self.model(draws))

    def map_of(self, x: str, xs: np.ndarray, y: str, ys: np.ndarray, known: Mapping[str, float] = MappingProxyType({})) -> DecisionMap:
        """The best option over two unknowns, others taken as known."""
        draws = draw(self.unknowns, COARSE, self.values["seed"])
        for name, value in known.items():
            draws = fix(draws, name, value)
        return decision_map(self.model, draws, x, xs, y, ys)
