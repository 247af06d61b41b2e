"""The options of a request priced: unknowns believed or measured, and everything that follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from helpers.decision.beliefs import other_ranges
from helpers.decision.choice import Choice
from helpers.decision.options import NetValues
from helpers.decision.own.options import Terms, months_to_pay_back, net_values
from helpers.decision.own.plan import OwnOption, OwnPlan, believed_range
from helpers.decision.uncertainty import Assumption, Draws, measured
from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal


def unknowns(plan: OwnPlan, facts: Mapping[str, object], ranges: str) -> tuple[Assumption, ...]:
    """Each unknown as the log measured it, else as it is believed; one named in `ranges` is believed otherwise, whatever the log says."""
    given = other_ranges(ranges)
    odd = sorted(set(given) - {known.name for known in plan.unknowns})
    if odd:
        raise Refusal(f"no unknown is called {', '.join(odd)}", "other_ranges", "known: " + ", ".join(known.name for known in plan.unknowns))
    return tuple(_otherwise(known, given[known.name]) if known.name in given else _measured(known, facts.get(plan.measured_as.get(known.name))) for known in plan.unknowns)


def _otherwise(known: Assumption, ends: tuple[float, ...]) -> Assumption:
    where = f"other_ranges, '{known.name}'"
    return believed_range(known.name, [str(end) for end in ends], known.unit, known.meaning, known.floor, known.ceiling, where)


def _measured(known: Assumption, fact: object) -> Assumption:
    """The unknown as the log has it; as believed where it hasn't, or can't bound it."""
    if not isinstance(fact, Estimate) or not fact.has_interval:
        return known
    return replace(measured(known.name, fact, known.meaning, known.floor if known.unit == "share" else 0.0, known.ceiling), unit=known.unit)


@dataclass(frozen=True, eq=False)
class Priced(Choice):
    """The options over their unknowns. asked: the option that the request asked for; count, seed: of the draws."""

    options: tuple[OwnOption, ...]
    unknowns: tuple[Assumption, ...]
    asked: str
    terms: Terms
    count: int
    seed: int

    def model(self, draws: Draws, sets: int = 1) -> NetValues:
        """Net present value of each option per draw, each by itself."""
        return net_values(draws, self.options, self.terms)

    @cached_property
    def months_to_pay_back(self) -> np.ndarray:
        """Months until the best option pays back, per draw; NaN where it doesn't within the horizon."""
        return months_to_pay_back(self.fewer, next(option for option in self.options if option.name == self.winner), self.terms)

    @property
    def pays_back(self) -> float:
        """The chance that the best option pays back within the horizon."""
        return float(np.isfinite(self.months_to_pay_back).mean())

    @property
    def weightiest_first(self) -> list[Assumption]:
        """All unknowns, those that move the advantage most first."""
        place = {swing.name: number for number, swing in enumerate(self.swings)}
        return sorted(self.unknowns, key=lambda each: place[each.name])
