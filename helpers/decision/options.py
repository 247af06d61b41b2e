"""Options side by side: net values over common draws, intervals, the chance of being best, and what a wrong choice costs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal

DRAWN = "draws over measured and assumed ranges"
NetValues = Mapping[str, np.ndarray]  # option -> net value per draw, over common draws, in CNY


@dataclass(frozen=True)
class OptionSummary:
    """One option over all draws, in CNY: expected value, central 80 and 95 % intervals, regret; probabilities as shares of 1."""

    name: str
    expected: float
    low80: float
    high80: float
    low95: float
    high95: float
    probability_best: float
    expected_regret: float
    probability_positive: float

    def estimate(self, basis="assumed") -> Estimate:
        """The net value as an Estimate with its 80 % interval."""
        return Estimate(self.expected, self.low80, self.high80, "CNY", basis, DRAWN, 0.8)


def over_draws(value: float, unit: str) -> Estimate:
    """A number that sums up all draws (a mean, a chance): it has no interval, being what the ranges come to."""
    return Estimate(float(value), np.nan, np.nan, unit, "assumed", DRAWN)


def matrix(values: NetValues) -> np.ndarray:
    """The net values as an array, draws x options, in the order of the mapping. Raises Refusal where draws are missing or not numbers."""
    if not values:
        raise Refusal("there is no option to compare", "options", "add at least one")
    table = np.column_stack(list(values.values()))
    if not np.isfinite(table).all():
        lost = [name for name, column in values.items() if not np.isfinite(column).all()]
        raise Refusal("its net value is not a number in some draws", f"option '{lost[0]}'", "check the ranges of its assumptions")
    return table


def probability_best(values: NetValues) -> dict[str, float]:
    """Share of draws in which each option has the highest net value; ties are shared, so the shares add to 1."""
    table = matrix(values)
    ties = table == table.max(axis=1, keepdims=True)
    return dict(zip(values, (ties / ties.sum(axis=1, keepdims=True)).mean(axis=0).tolist()))


def expected_regret(values: NetValues) -> dict[str, float]:
    """What choosing each option now loses on average against the best one in hindsight, in CNY."""
    table = matrix(values)
    return dict(zip(values, (table.max(axis=1, keepdims=True) - table).mean(axis=0).tolist()))


def expected(values: NetValues) -> dict[str, float]:
    """The mean net value of each option, in CNY."""
    return {name: float(np.mean(column)) for name, column in values.items()}


def best(means: Mapping[str, float]) -> str:
    """The option with the highest expected net value; of equals, the one named first."""
    return max(means, key=means.get)


def compare(values: NetValues) -> tuple[OptionSummary, ...]:
    """All options summarised, the best expected net value first."""
    chances, regrets = probability_best(values), expected_regret(values)
    rows = (_summary(name, np.asarray(column), chances[name], regrets[name]) for name, column in values.items())
    return tuple(sorted(rows, key=lambda row: -row.expected))


def _summary(name: str, column: np.ndarray, chance: float, regret: float) -> OptionSummary:
    low95, low80, high80, high95 = np.quantile(column, [0.025, 0.1, 0.9, 0.975]).tolist()
    return OptionSummary(name, float(column.mean()), low80, high80, low95, high95, chance, regret, float((column > 0).mean()))


def advantage(values: NetValues, over: str, of: str) -> Estimate:
    """How much option `of` is worth more than option `over`, draw by draw (common draws: what both share cancels out), in CNY."""
    gap = np.asarray(values[of]) - np.asarray(values[over])
    low, high = np.quantile(gap, [0.1, 0.9])
    return Estimate(float(gap.mean()), float(low), float(high), "CNY", "assumed", "difference over common draws", 0.8)


def beats(values: NetValues, of: str, over: str) -> float:
    """Probability that option `of` is worth more than option `over`, draw by draw; ties count half.

    For a pilot this, not the chance of being best: in hindsight a pilot is never best, since whoever knew the answer would not have asked.
    """
    gap = np.asarray(values[of]) - np.asarray(values[over])
    return float((gap > 0).mean() + (gap == 0).mean() / 2)


def closest_rival(values: NetValues, winner: str) -> str:
    """The other option that most often does better than `winner`: who doubts the choice, doubts it for this one. It need not be the runner-up."""
    others = [name for name in values if name != winner]
    if not others:
        raise Refusal("there is nothing to compare it with", f"option '{winner}'", "add another option")
    return min(others, key=lambda name: beats(values, winner, name))
