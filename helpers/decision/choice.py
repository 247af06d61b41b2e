"""A choice between options: what each is worth, how sure that is, what knowing more is worth, what drives it, and what would flip it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

import numpy as np

from helpers.decision.information import evpi, evppi, noise_floor
from helpers.decision.options import NetValues, OptionSummary, advantage, beats, closest_rival, compare, expected
from helpers.decision.sensitivity import DecisionMap, Flip, Means, SobolIndices, Swing, all_flips, at_once, decision_map, sobol, tornado
from helpers.decision.uncertainty import Assumption, Draws, draw, fix
from helpers.evidence.estimate import Estimate

FEWER, FEW, COARSE = 1024, 256, 128  # draws for what asks for the model dozens, hundreds, thousands of times


class Choice(ABC):
    """Everything that follows from unknowns and a model, each part worked out once, when it is first asked for.

    A case gives: `unknowns`; `model`, from draws to net values; `asked`, the option that the request asked for; `count` and `seed` of the draws.
    """

    asked: str
    count: int
    seed: int
    unknowns: tuple[Assumption, ...]

    @abstractmethod
    def model(self, draws: Draws, sets: int = 1) -> NetValues:
        """Net present value of each option per draw. sets: so many sets of draws, equally long, laid one after the other."""

    @property
    def means(self) -> Means:
        """What the options are worth in expectation, under many sets of draws at once."""
        return at_once(self.model)

    @cached_property
    def draws(self) -> Draws:
        """Draws of every unknown."""
        return draw(self.unknowns, self.count, self.seed)

    @cached_property
    def fewer(self) -> Draws:
        """Fewer draws of the same unknowns."""
        return self.first(FEWER)

    def first(self, count: int) -> Draws:
        """At most so many draws of every unknown."""
        return draw(self.unknowns, min(count, self.count), self.seed)

    @cached_property
    def worth(self) -> NetValues:
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
        return advantage(self.worth, self.asked, self.winner)

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

    @property
    def rival(self) -> str:
        """What the best option is held against: the request, or the next best where it is the request."""
        return self.asked if self.winner != self.asked else self.rows[1].name

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
        """EVPPI by unknown in CNY, most valuable first; what is no more than chance counts as nothing."""
        floor = noise_floor(self.worth, self.seed)
        return {name: worth if worth > floor else 0.0 for name, worth in evppi(self.draws, self.worth).items()}

    # What drives it, and what flips it

    @cached_property
    def swings(self) -> tuple[Swing, ...]:
        """The best option's advantage over its rival, one unknown at a time, widest swing first."""
        return tornado(self.means, self.fewer, self.unknowns, self.winner, self.rival)

    @cached_property
    def sobol(self) -> SobolIndices:
        """Shares of the variance of the same advantage by unknown."""
        def gap(draws: Draws) -> np.ndarray:
            worth = self.model(draws)
            return worth[self.winner] - worth[self.rival]

        return sobol(gap, self.unknowns, 128, self.seed)

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """Where one unknown alone changes the choice."""
        return all_flips(self.means, self.first(FEW), self.unknowns)

    def at(self, known: Mapping[str, float]) -> dict[str, float]:
        """What each option is expected to be worth with these unknowns taken as known."""
        return expected(self.model(_fixed(self.fewer, known)))

    def map_of(self, x: str, xs: Sequence[float], y: str, ys: Sequence[float], known: Mapping[str, float] = MappingProxyType({})) -> DecisionMap:
        """The best option over two unknowns, others taken as known."""
        return decision_map(self.means, _fixed(draw(self.unknowns, COARSE, self.seed), known), x, xs, y, ys)


def _fixed(draws: Draws, known: Mapping[str, float]) -> Draws:
    for name, value in known.items():
        draws = fix(draws, name, value)
    return draws
