"""What drives a decision: tornado, Sobol indices, flip points and maps of the best option.

A model is any pure function of draws (unknown -> array) that returns the net value of each option (option -> array). Most of these ask it for
what the options are worth in expectation under many sets of draws; a model that takes the sets all at once answers several times faster.
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
LOOKS = 3  # a flip is looked for in so many stretches, each at once, the nearest first
Means = Callable[[Sequence[Draws]], list[dict[str, float]]]  # expected net value of each option, in CNY, under each of several sets of draws


def one_by_one(model: Model) -> Means:
    """The means of a model that takes one set of draws at a time."""
    return lambda sets: [expected(model(each)) for each in sets]


def at_once(model: Callable[[Draws, int], NetValues]) -> Means:
    """The same of a model that is called a single time: it gets the sets, equally long, laid one after the other, and how many there are."""
    def means(sets: Sequence[Draws]) -> list[dict[str, float]]:
        if not sets:
            return []
        worth = model({name: np.concatenate([each[name] for each in sets]) for name in sets[0]}, len(sets))
        columns = np.column_stack([values.reshape(len(sets), -1).mean(axis=1) for values in worth.values()])
        return [dict(zip(worth, row)) for row in columns.tolist()]

    return means


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


def tornado(means: Means, draws: Draws, assumptions: Sequence[Assumption], option: str, over: str | None = None) -> tuple[Swing, ...]:
    """One unknown at a time from one end of its 80 % range to the other: the widest swing first.

    Returns the expected net value of `option`, or its advantage `over` another one.
    """
    ends = [(a.name, float(end)) for a in assumptions for end in a.quantile([0.1, 0.9])]
    values = [worth[option] - (worth[over] if over else 0.0) for worth in means([fix(draws, name, end) for name, end in ends])]
    pairs = zip(ends[::2], ends[1::2], values[::2], values[1::2])
    swings = (Swing(name, at_low, at_high, low, high) for (name, low), (_, high), at_low, at_high in pairs)
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


def flip_points(means: Means, draws: Draws, assumption: Assumption, reach: float = 3.0, factor: float = 20.0, steps: int = 10) -> tuple[Flip, ...]:
    """The nearest values on either side of the present one at which another option becomes the best in expectation.

    Searches `reach` times the believed range to either side, and for what is above zero up to `factor` times the present value, so that
    also "ten times today's traffic" is found; within floor and ceiling. Empty where nothing flips.
    """
    ends = search_limits(assumption, reach, factor)
    found = (_flip_towards(means, draws, assumption, end, steps) for end in ends)
    return tuple(flip for flip in found if flip)


def search_limits(a: Assumption, reach: float, factor: float) -> tuple[float, float]:
    """The least and the greatest value at which a flip is looked for."""
    low, high = a.centre - reach * (a.centre - a.low), a.centre + reach * (a.high - a.centre)
    if a.low > 0:
        high = max(high, factor * a.centre)
        low = a.centre / factor if a.shape == "lognormal" else min(low, a.centre / factor)
    return max(low, a.floor), min(high, a.ceiling)


def _flip_towards(means: Means, draws: Draws, a: Assumption, end: float, steps: int) -> Flip | None:
    def worth(values: Sequence[float]) -> list[dict[str, float]]:
        return means([fix(draws, a.name, value) for value in values])

    far_off = min(a.centre, end) > 0 and max(a.centre, end) > 3 * min(a.centre, end)
    near, before = a.centre, ""
    for values in np.array_split((np.geomspace if far_off else np.linspace)(a.centre, end, steps + 1), LOOKS):
        for far, now in zip(values, worth(values)):
            after = best(now)
            if before and after != before:
                return _flip_between(lambda value: worth([value])[0], a, near, far, before, after)
            near, before = far, after
    return None


def _flip_between(worth: Callable[[float], dict[str, float]], a: Assumption, near: float, far: float, before: str, after: str) -> Flip:
    def lead(value: float) -> float:
        now = worth(value)
        return now[before] - max(money for name, money in now.items() if name != before)

    at = near if lead(near) == 0 else far if lead(far) == 0 else brentq(lead, near, far, rtol=1e-4, xtol=1e-4 * abs(far - near))
    beyond = worth(at + 0.01 * (far - near))
    after = max((name for name in beyond if name != before), key=beyond.get) if at != far else after
    low, high = a.quantile([0.1, 0.9])
    return Flip(a.name, float(at), "below" if at < a.centre else "above", before, after, a.centre, a.unit, a.meaning, bool(low <= at <= high))


def all_flips(means: Means, draws: Draws, assumptions: Sequence[Assumption], reach: float = 3.0, factor: float = 20.0) -> tuple[Flip, ...]:
    """Every unknown's flip points, those within the believed range first, then the nearest relative to that range."""
    def distance(pair: tuple[Assumption, Flip]) -> float:
        a, flip = pair
        return abs(flip.at - a.centre) / max(abs((a.low if flip.at < a.centre else a.high) - a.centre), 1e-300)

    pairs = [(a, flip) for a in assumptions for flip in flip_points(means, draws, a, reach, factor)]
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


def decision_map(means: Means, draws: Draws, x: str, xs: Sequence[float], y: str, ys: Sequence[float]) -> DecisionMap:
    """What each option is worth in expectation at each pair of values of unknowns x and y; a third one is fixed in the draws beforehand."""
    if x == y:
        raise Refusal("both axes are the same unknown", f"map of '{x}'", "choose two different ones")
    worth = means([fix(fix(draws, x, a), y, b) for b in ys for a in xs])
    table = np.array([list(cell.values()) for cell in worth]).reshape(len(ys), len(xs), -1)
    return DecisionMap(np.asarray(xs, float), np.asarray(ys, float), tuple(worth[0]), table)
