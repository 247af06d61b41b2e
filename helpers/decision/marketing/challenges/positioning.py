"""Challenge b, positioning: the simulated worlds, the test that today's traffic allows, and the test that was run."""

from functools import cached_property

import numpy as np
import pandas as pd

from helpers.decision.marketing.challenges.traffic import TrafficChallenge
from helpers.decision.marketing.inputs import CONFOUNDING, RULE, newcomers_by_salesperson, trial_units
from helpers.decision.marketing.plan import contamination_of, guardrails_of, plan_of, plannable, registration_icc
from helpers.evidence.estimate import Estimate
from helpers.intake.held import held
from helpers.intake.places import DATA
from helpers.marketing.traffic.arrivals import Arrivals
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.trial.contamination import Contamination
from helpers.marketing.trial.guardrails import GuardrailSize
from helpers.marketing.trial.plan import Plan
from helpers.marketing.trial.reading import TrialReading, read
from helpers.marketing.trial.rule import FrozenRule, thaw
from helpers.marketing.worlds import table as worlds_table
from helpers.marketing.worlds.tool import Tool


@held
def alike(log: Arrivals, definition: Definition, seed: int) -> Estimate:
    """How alike one salesperson's new readers are in registering, under a notebook's seed."""
    return registration_icc(newcomers_by_salesperson(log, definition), np.random.default_rng([seed, 6]))


class PositioningChallenge(TrafficChallenge):
    """What follows of the module's effect and of telling it from the article's."""

    @property
    def capabilities(self) -> frozenset[str]:
        """What log and files hold that a finding may need."""
        return super().capabilities | ({"trial"} if self.units is not None else frozenset())

    @cached_property
    def tool(self) -> Tool:
        """The simulated tool under the notebook's parameters."""
        return Tool(confounding=CONFOUNDING[self.values["confounding"]], module_effect=0.6 if self.values["module_works"] else 0.0)

    @cached_property
    def all_worlds(self) -> pd.DataFrame:
        """The record of every reading over the simulated worlds, computed beforehand."""
        return worlds_table.read(DATA / "marketing")

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """The same for the notebook's setting."""
        return worlds_table.at(self.all_worlds, self.tool.confounding, self.tool.two_way, self.tool.module_effect)

    @property
    def worlds_either_way(self) -> pd.DataFrame:
        """The same whether the module has an effect or not: nobody knows that beforehand."""
        table = self.all_worlds
        return table[(table["confounding"] == self.tool.confounding) & (table["two_way"] == self.tool.two_way)]

    @cached_property
    def newcomers(self) -> pd.DataFrame | None:
        """New people and registrations by salesperson."""
        if not {"people", "registrations", "salespeople"} <= self.log.capabilities:
            return None
        return newcomers_by_salesperson(self.arrivals, self.definition)

    @cached_property
    def exposed(self) -> dict[str, Contamination]:
        """Exposure of both arms when lots are drawn by reader or by salesperson."""
        return {unit: contamination_of(self.known, self.values, unit) for unit in ("reader", "salesperson")}

    @cached_property
    def guardrails(self) -> tuple[GuardrailSize, ...]:
        """What the test's guardrails take."""
        return guardrails_of(self.arrivals, self.values) if "salespeople" in self.capabilities else ()

    @cached_property
    def registration_icc(self) -> Estimate:
        """How alike one salesperson's new readers are in registering."""
        return alike(self.arrivals, self.definition, self.values["seed"])

    @cached_property
    def plan(self) -> Plan | None:
        """The test that today's traffic would allow; None where the log has too little to plan one from."""
        if self.newcomers is None or not plannable(self.newcomers):
            return None
        return plan_of(self.newcomers, self.arrivals, self.definition, self.exposed["salesperson"], self.registration_icc, self.values)

    @cached_property
    def units(self) -> pd.DataFrame | None:
        """The units of a test that was run."""
        return trial_units(self.values, self.log.pseudonyms)

    @cached_property
    def rule(self) -> FrozenRule:
        """The rule that was frozen before that test."""
        return thaw(RULE.read_text(encoding="utf-8"))

    @cached_property
    def trial(self) -> TrialReading | None:
        """That test as read by its rule."""
        return read(self.units, self.rule) if self.units is not None else None
