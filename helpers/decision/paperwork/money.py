"""The plan in money: what is believed and measured, the options' values over common draws, what drives them, and what would flip the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from helpers.decision.beliefs import believed
from helpers.decision.choice import FEW, Choice
from helpers.decision.paperwork.measured import Measured
from helpers.decision.paperwork.options import Flows, PayingBack, all_flows, net_values, paying_back
from helpers.decision.paperwork.plan import ASSUMPTIONS, OPTIONS, PaperworkOption, PaperworkPlan, measured_unknowns
from helpers.decision.sensitivity import Flip, SobolIndices, Swing, all_flips, sobol, tornado
from helpers.decision.uncertainty import Assumption, Draws, with_ranges
from helpers.evidence.estimate import Estimate

HIRE = OPTIONS[2].name  # what the branch asked for
WEIGHTIEST = 5  # unknowns whose flip points are looked for


def unknowns(values: Mapping[str, object], measured: Measured, preparation: Estimate) -> tuple[Assumption, ...]:
    """All unknowns: measured in the log, and believed as the parameters say. preparation: person-days for the documents chosen."""
    assumptions = ASSUMPTIONS
    if preparation.value > 0:
        assumptions = with_ranges(assumptions, {"prerequisite_days": (preparation.low, preparation.value, preparation.high)})
    return measured_unknowns(measured.clients_per_month, measured.clerk, measured.explain, measured.rework) + believed(assumptions, values)


def middle(values: Mapping[str, object]) -> dict[str, float]:
    """The middle of every belief under the parameters."""
    return {each.name: each.centre for each in believed(ASSUMPTIONS, values)}


@dataclass(frozen=True, eq=False)
class Money(Choice):
    """The options priced. unknowns: all of them; plan: what is settled; options: those that can be chosen; count, seed: of the draws."""

    unknowns: tuple[Assumption, ...]
    plan: PaperworkPlan
    options: tuple[PaperworkOption, ...]
    count: int
    seed: int
    asked = HIRE

    @cached_property
    def flows(self) -> dict[str, Flows]:
        """Money by month of each option."""
        return all_flows(self.draws, self.plan, self.options)

    def model(self, draws: Draws, sets: int = 1) -> dict[str, np.ndarray]:
        """Net present values of the options per draw, each by itself."""
        return net_values(draws, self.plan, self.options)

    @property
    def focus(self) -> str:
        """The option whose drivers are worth looking at: the best one, or the runner-up where doing nothing is best."""
        return self.winner if self.winner != self.options[0].name else self.rows[1].name

    @cached_property
    def payback(self) -> PayingBack:
        """Whether and when the option in focus pays back."""
        return paying_back(self.flows[self.focus])

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """The tornado of the option in focus, widest swing first."""
        return tornado(self.means, self.first(FEW), self.unknowns, self.focus)

    @cached_property
    def sobol(self) -> SobolIndices:
        """Sobol indices of the value of the option in focus."""
        return sobol(lambda draws: self.model(draws)[self.focus], self.unknowns, base=128, seed=self.seed)

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """Where the choice changes as one of the weightiest unknowns moves."""
        weightiest = {swing.name for swing in self.swings[:WEIGHTIEST]}
        return all_flips(self.means, self.first(FEW), [each for each in self.unknowns if each.name in weightiest])
