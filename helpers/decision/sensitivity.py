"""What drives a decision: tornado, Sobol indices, flip points and maps of the best option.

A model is any pure function of draws (unknown -> array) that returns the net value of each option (option -> array).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import sobol as sobol_sample
from scipy.optimize import brentq
from scipy.special import ndtr

from helpers.decision.options import NetValues, best, expected
from helpers.decision.uncertainty import LUCK, Assumption, Draws, fix
from helpers.intake.refusal import Refusal

Model = Callable[[Draws], NetValues]


@dataclass(frozen=True)
class Swing:
    """Net value (CNY) of an option at the low and the high end of one unknown's believed range, all else left uncertain."""

    name: str
    at_low: float
    at_high: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far the net value moves, in CNY."""
        return abs(self.at_high - self.at_low)


def tornado(model: Model, draws: Draws, assumptions: Sequence[Assumption], option: str, over: str | None = None) -> tuple[Swing, ...]:
    """One unknown at a time from one end of its 80 % range to the other: the widest swing first.

    Returns the expected net value of `option`, or its advantage `over` another one.
    """
    def value(name: str, at: float) -> float:
        means = expected(model(fix(draws, name, at)))
        return means[option] - (means[over] if over else 0.0)

    ends = {a.name: a.quantile([0.1, 0.9]) for a in assumptions}
    swings = (Swing(name, value(name, low), value(name, high), float(low), float(high)) for name, (low, high) in ends.items())
    return tuple(sorted(swings, key=lambda swing: -swing.width))


@dataclass(frozen=True)
class SobolIndices:
    """Share of an output's variance by unknown: alone (first) and with all its interactions (total), half widths at 95 %."""

    names: tuple[str, ...]
    first: np.ndarray
    total: np.ndarray
    first_half_width: np.ndarray
    total_half_width: np.ndarray

    def ranked(self) -> list[tuple[str, float, float]]:
        """(name, first, total) from the highest total down."""
        order = np.argsort(-self.total)
        return [(self.names[i], float(self.first[i]), float(self.total[i])) for i in order]


def sobol(output: Callable[[Draws], np.ndarray], assumptions: Sequence[Assumption], base: int = 256, seed: int = 0, resamples: int = 50) -> SobolIndices:
    """Sobol indices of `output` over the believed distributions, by Saltelli's design (SALib).

    Costs base x (unknowns + 3) evaluations in one vectorised call; base is a power of 2. Fixed unknowns get 0. A test's luck is drawn along
    with the unknowns and not reported: it is what the indices leave over.
    """
    free = [a for a in assumptions if a.low < a.high] + [Assumption(LUCK, -1, 1, level=ndtr(1) - ndtr(-1))]
    problem = {"num_vars": len(free), "names": [a.name for a in free], "bounds": [[0, 1]] * len(free)}
    points = np.clip(sobol_sample.sample(problem, base, calc_second_order=False, scramble=True, seed=seed), 1e-9, 1 - 1e-9)
    draws = {a.name: a.quantile(points[:, i]) for i, a in enumerate(free)}
    draws |= {a.name: np.full(len(points), a.centre) for a in assumptions if a.low == a.high}
    result = sobol_analysis.analyze(problem, output(draws), calc_second_order=False, num_resamples=resamples, seed=seed)
    return _indices(assumptions, problem["names"], result)


def _indices(assumptions: Sequence[Assumption], free: Sequence[str], result: Mapping) -> SobolIndices:
    def column(key: str) -> np.ndarray:
        by_name = dict(zip(free, result[key]))
        return np.nan_to_num([by_name.get(a.name, 0.0) for a in assumptions])

    return SobolIndices(tuple(a.name for a in assumptions), column("S1"), column("ST"), column("S1_conf"), column("ST_conf"))


def ishigami_indices(a: float = 7.0, b: float = 0.1) -> dict[str, np.ndarray | float]:
    """The Ishigami function's variance and Sobol indices in closed form: what `sobol` is checked against.

    Source: Ishigami and Homma (1990), First International Symposium on Uncertainty Modeling and Analysis.
    """
    v1, v2, v13 = (1 + b * np.pi**4 / 5) ** 2 / 2, a**2 / 8, b**2 * np.pi**8 * 8 / 225
    variance = v1 + v2 + v13
    first = np.array([v1, v2, 0.0]) / variance
    return {"variance": variance, "S1": first, "ST": first + np.array([v13, 0.0, v13]) / variance, "S13": v13 / variance}


@dataclass(frozen=True)
class Flip:
    """Where the best option changes as one unknown leaves its present value: at `at`, from `before` to `after`.

    direction: "below" or "above" the present value. within_range: whether the believed 80 % range reaches that far.
    """

    name: str
    at: float
    direction: str
    before: str
    after: str
    now: float
    unit: str
    meaning: str
    within_range: bool


def flip_points(model: Model, draws: Draws, assumption: Assumption, reach: float = 3.0, factor: float = 20.0, steps: int = 10) -> tuple[Flip, ...]:
    """The nearest values on either side of the present one at which another option becomes the best in expectation.

    Searches `reach` times the believed range to either side, and for what is above zero up to `factor` times the present value, so that
    also "ten times today's traffic" is found; within floor and ceiling. Empty where nothing flips.
    """
    ends = search_limits(assumption, reach, factor)
    found = (_flip_towards(model, draws, assumption, end, steps) for end in ends)
    return tuple(flip for flip in found if flip)


def search_limits(a: Assumption, reach: float, factor: float) -> tuple[float, float]:
    """The least and the greatest value at which a flip is looked for."""
    low, high = a.centre - reach * (a.centre - a.low), a.centre + reach * (a.high - a.centre)
    if a.low > 0:
        high = max(high, factor * a.centre)
        low = a.centre / factor if a.shape == "lognormal" else min(low, a.centre / factor)
    return max(low, a.floor), min(high, a.ceiling)


def _flip_towards(model: Model, draws: Draws, a: Assumption, end: float, steps: int) -> Flip | None:
    def means(value: float) -> dict[str, float]:
        return expected(model(fix(draws, a.name, value)))

    far_off = min(a.centre, end) > 0 and max(a.centre, end) > 3 * min(a.centre, end)
    grid = (np.geomspace if far_off else np.linspace)(a.centre, end, steps + 1)
    before = best(model(fix(draws, a.name, a.centre)))
    for near, far in zip(grid, grid[1:]):
        after = best(model(fix(draws, a.name, far)))
        if after != before:
            return _flip_between(means, a, near, far, before, after)
    return None


def _flip_between(means: Callable[[float], dict[str, float]], a: Assumption, near: float, far: float, before: str, after: str) -> Flip:
    def lead(value: float) -> float:
        now = means(value)
        return now[before] - max(worth for name, worth in now.items() if name != before)

    at = near if lead(near) == 0 else far if lead(far) == 0 else brentq(lead, near, far, rtol=1e-4, xtol=1e-4 * abs(far - near))
    beyond = means(at + 0.01 * (far - near))
    after = max((name for name in beyond if name != before), key=beyond.get) if at != far else after
    low, high = a.quantile([0.1, 0.9])
    return Flip(a.name, float(at), "below" if at < a.centre else "above", before, after, a.centre, a.unit, a.meaning, bool(low <= at <= high))


def all_flips(model: Model, draws: Draws, assumptions: Sequence[Assumption], reach: float = 3.0, factor: float = 20.0) -> tuple[Flip, ...]:
    """Every unknown's flip points, those within the believed range first, then the nearest relative to that range."""
    def distance(pair: tuple[Assumption, Flip]) -> float:
        a, flip = pair
        return abs(flip.at - a.centre) / max(abs((a.low if flip.at < a.centre else a.high) - a.centre), 1e-300)

    pairs = [(a, flip) for a in assumptions for flip in flip_points(model, draws, a, reach, factor)]
    return tuple(flip for _, flip in sorted(pairs, key=distance))


@dataclass(frozen=True)
class DecisionMap:
    """Expected net value (CNY) of each option over a grid of two unknowns. worth: rows (y) x columns (x) x options."""

    x: np.ndarray
    y: np.ndarray
    options: tuple[str, ...]
    worth: np.ndarray

    @property
    def winner(self) -> np.ndarray:
        """Index of the best option in each cell."""
        return self.worth.argmax(axis=2)

    @property
    def lead(self) -> np.ndarray:
        """How much the best option is ahead of the next in each cell, in CNY."""
        ranked = np.sort(self.worth, axis=2)
        return ranked[..., -1] - ranked[..., -2]

    def value(self, option: str) -> np.ndarray:
        """One option's expected net value in each cell: where it crosses 0 it breaks even."""
        return self.worth[..., self.options.index(option)]


def decision_map(model: Model, draws: Draws, x: str, xs: Sequence[float], y: str, ys: Sequence[float], at_once: bool = False) -> DecisionMap:
    """What each option is worth in expectation at each pair of values of unknowns x and y; a third one is fixed in the draws beforehand.

    at_once: the model is called a single time, with the draws of all cells laid one after the other (much faster). It must then treat each
    draw by itself, or know of the len(xs) x len(ys) groups.
    """
    if x == y:
        raise Refusal("both axes are the same unknown", f"map of '{x}'", "choose two different ones")
    cells = [fix(fix(draws, x, a), y, b) for b in ys for a in xs]
    if at_once:
        values = model({name: np.concatenate([cell[name] for cell in cells]) for name in draws})
        worth = [column.reshape(len(cells), -1).mean(axis=1) for column in values.values()]
    else:
        means = [expected(model(cell)) for cell in cells]
        values, worth = means[0], [[cell[name] for cell in means] for name in means[0]]
    return DecisionMap(np.asarray(xs, float), np.asarray(ys, float), tuple(values), np.array(worth).T.reshape(len(ys), len(xs), -1))
