"""Step iv, the plan: the office calibrated and held against its log, the options tried in it, priced, and carried to growth."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from math import isfinite

from helpers.decision.paperwork.findings import plan as found
from helpers.decision.paperwork.money import Money, middle, unknowns
from helpers.decision.paperwork.office import service_margin
from helpers.decision.paperwork.options import Growth, growth
from helpers.decision.paperwork.plan import OPTIONS, PaperworkOption, PaperworkPlan
from helpers.decision.paperwork.steps.preconditions import PreconditionsStep
from helpers.decision.paperwork.steps.start import SIMULATION
from helpers.decision.paperwork.trial import NOTHING, Trial, changes, office_option, try_out
from helpers.evidence.findings import Value
from helpers.intake.refusal import Refusal
from helpers.paperwork.office.backtest import BackTest, back_test
from helpers.paperwork.office.calibration import calibrate
from helpers.paperwork.office.change import Option
from helpers.paperwork.office.model import OfficeModel
from helpers.paperwork.office.waits import burstiness

MULTIPLES = (1, 2, 5, 10)


class PlanStep(PreconditionsStep):
    """What each option does to the office and to the money. Nothing of it is there for a log from which the office can't be simulated."""

    @property
    def can_simulate(self) -> bool:
        """Whether the log holds what a simulation needs."""
        return self.can(*SIMULATION)

    @cached_property
    def logged_office(self) -> OfficeModel:
        """The office as its log shows it."""
        return calibrate(self.times, None if self.log.has("resource") else self.values["clerks"])

    @cached_property
    def office(self) -> OfficeModel:
        """The same with as many clerks as the parameters say."""
        return replace(self.logged_office, clerks=self.values["clerks"]) if self.values["clerks"] else self.logged_office

    @cached_property
    def back_test(self) -> BackTest | Refusal:
        """The simulation held against the log; the reason where the log is too short for that or its own office can't keep up."""
        try:
            return back_test(self.times, self.logged_office, self.values["seed"], self.values["replications"])
        except Refusal as refusal:
            return refusal

    @cached_property
    def settled(self) -> PaperworkPlan:
        """What is settled before anything is tried: horizon, clerks and their hours, what the chosen documents cover."""
        values, covers = self.values, {f"{part}_covered": self._covers(part) for part in ("explain", "rework")}
        return PaperworkPlan(
            months=values["horizon_months"], annual_rate=values["annual_rate"], convention=values["npv_convention"], clerks=self.office.clerks,
            hours_per_clerk=self.hours_per_month * float(self.office.presence), may_release=values["may_release"], **covers)  # fmt: skip

    def _covers(self, part: str) -> float:
        """The share of these hours that the chosen documents make up; 0 where there are none, or none that they could make up."""
        share = 0.0 if self.nothing_to_standardise else self.covered(part).value
        return share if isfinite(share) else 0.0

    @cached_property
    def thinkable(self) -> tuple[PaperworkOption, ...]:
        """The options, without those that standardise where no document is ready for it within the budget."""
        return tuple(option for option in OPTIONS if option.standard_from is None or not self.nothing_to_standardise)

    @cached_property
    def tried(self) -> dict[str, Option]:
        """The options as changes of the office, by name; sheets online that give way to standards end where standards alone do."""
        ways = changes(middle(self.values), self.chosen)
        return {option.name: office_option(option, ways) for option in self.thinkable if option.excel_from is None or option.standard_from is None}

    @cached_property
    def trial(self) -> Trial:
        """The options tried in the simulated office. Raises Refusal where today's clerks can't keep up."""
        return try_out(self.office, list(self.tried.values()), self.values["seed"], self.values["replications"], self.values["volume"])

    @cached_property
    def burstiness(self) -> float:
        """How much more unevenly work comes than single clients at random would bring it, so that the closed form waits as the simulation does."""
        return burstiness(self.trial.loads[NOTHING], self.trial.outcomes[NOTHING].estimate("wait").value)

    @cached_property
    def plan(self) -> PaperworkPlan:
        """What is settled, with what the trial tells: today's margin of service, and days of lead time saved by each way."""
        today = self.trial.loads[NOTHING]
        return replace(self.settled, service_margin=float(service_margin(today.clerks, today.erlangs)), lead_days_saved=self.trial.days_saved())

    @cached_property
    def money(self) -> Money:
        """The options priced; those whose clerks can't keep up are out."""
        able = tuple(option for option in self.thinkable if option.name not in self.trial.refused)
        return Money(unknowns(self.values, self.measured, self.preparation), self.plan, able, self.values["draws"], self.values["seed"])

    def growth_at(self, multiples: Sequence[float]) -> tuple[Growth, ...]:
        """What each way of working costs per month at these multiples of today's clients."""
        return growth(self.money.draws, self.plan, multiples)

    @cached_property
    def growth(self) -> tuple[Growth, ...]:
        """The same at one, two, five and ten times today's clients."""
        return self.growth_at(MULTIPLES)

    def plan_findings(self) -> dict[str, Value]:
        """What the options do to the office."""
        return found.trial_findings(self.trial, self.back_test) if self.can_simulate else {}

    def money_findings(self) -> dict[str, Value]:
        """What the options are worth, and what drives them."""
        return found.money_findings(self.money) | found.growth_findings(self.growth) if self.can_simulate else {}
