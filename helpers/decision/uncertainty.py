"""What is believed about a number, and draws from it: assumptions and measured estimates side by side, on common random numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.optimize import brentq, root
from scipy.special import betaincinv, ndtri
from scipy.stats import qmc

from helpers.evidence.estimate import Basis, Estimate
from helpers.intake.refusal import Refusal

Shape = Literal["normal", "lognormal", "triangular", "beta", "fixed"]
Draws = dict[str, np.ndarray]
LUCK = "luck"  # draws of a test's sampling error, where a design draws it along with the unknowns
COLUMNS = 64  # drawn always, so that an assumption added at the end leaves everybody else's draws as they were


@dataclass(frozen=True)
class Assumption:
    """One unknown: its range `low` to `high`, believed with probability `level`, in `unit`, and what it means.

    middle: the median (normal, lognormal) or the most likely value (triangular); None takes the range's own middle.
    shape: "normal" and "lognormal" return low, middle and high exactly as their quantiles, also where the two sides differ;
    "triangular" ends somewhat outside the range; "beta" is for shares of 1 and takes no middle; "fixed" is known.
    floor, ceiling: what the number can't go below or above. basis: assumed, measured or simulated.
    """

    name: str
    low: float
    high: float
    unit: str = ""
    meaning: str = ""
    middle: float | None = None
    shape: Shape = "normal"
    basis: Basis = "assumed"
    level: float = 0.8
    floor: float = -np.inf
    ceiling: float = np.inf

    def __post_init__(self):
        check(self)

    @property
    def centre(self) -> float:
        """The middle, as given or as the shape implies: median (most likely value of a triangular)."""
        if self.middle is not None:
            return self.middle
        return float(np.sqrt(self.low * self.high)) if self.shape == "lognormal" else (self.low + self.high) / 2

    def quantile(self, probability) -> np.ndarray:
        """The values below which the number lies with `probability` (array of any shape), within floor and ceiling."""
        shape = "fixed" if self.low == self.high else self.shape
        return np.clip(QUANTILES[shape](self, np.asarray(probability, float)), self.floor, self.ceiling)

    def between(self, low: float, high: float, middle: float | None = None) -> "Assumption":
        """The same unknown with another believed range."""
        return replace(self, low=low, high=high, middle=middle)

    def known(self, value: float) -> "Assumption":
        """The same unknown, taken as exactly `value`."""
        return replace(self, low=value, high=value, middle=value)

    def estimate(self) -> Estimate:
        """The assumption as an Estimate, for findings and memo."""
        return Estimate(self.centre, self.low, self.high, self.unit, self.basis, "believed range", self.level)


def check(a: Assumption) -> None:
    """Raise Refusal in words where the range can't be that of its shape."""
    where = f"assumption '{a.name}'"
    if not (np.isfinite(a.low) and np.isfinite(a.high) and a.low <= a.high):
        raise Refusal(f"the range {a.low:g} to {a.high:g} is not a range", where, "give a low end that is not above the high end")
    if a.middle is not None and not a.low <= a.middle <= a.high:
        raise Refusal(f"the middle {a.middle:g} lies outside {a.low:g} to {a.high:g}", where, "give a middle within the range")
    if a.shape == "lognormal" and a.low <= 0 < a.high:
        raise Refusal(f"a lognormal number is above zero, but the range starts at {a.low:g}", where, "raise the low end or use shape normal")
    if a.shape == "beta" and a.low < a.high and not (0 < a.low and a.high < 1):
        raise Refusal(f"a share lies between 0 and 1, but the range is {a.low:g} to {a.high:g}", where, "write 5 % as 0.05")
    if not 0 < a.level < 1:
        raise Refusal(f"the level {a.level:g} is not a probability", where, "0.8 means an 80 % range")


def _two_sided(z: np.ndarray, low: float, centre: float, high: float, level: float) -> np.ndarray:
    """Normal quantiles with an own spread on each side of the median: exact at low, centre and high."""
    return centre + z / ndtri((1 + level) / 2) * np.where(z < 0, centre - low, high - centre)


def _normal(a: Assumption, p: np.ndarray) -> np.ndarray:
    return _two_sided(ndtri(p), a.low, a.centre, a.high, a.level)


def _lognormal(a: Assumption, p: np.ndarray) -> np.ndarray:
    return np.exp(_two_sided(ndtri(p), *np.log([a.low, a.centre, a.high]), a.level))


@lru_cache(maxsize=512)
def _legs(below: float, above: float, tail: float) -> tuple[float, float]:
    """How far a triangular distribution reaches left and right of its mode so that each tail holds `tail`."""
    def leg(inner, width):
        half = inner + tail * width / 2
        return half + np.sqrt(half**2 - inner**2)

    def excess(width):
        return leg(below, width) + leg(above, width) - width

    span = below + above
    width = brentq(excess, span, 1e3 * span, xtol=1e-12 * span)
    return leg(below, width), leg(above, width)


def _triangular(a: Assumption, p: np.ndarray) -> np.ndarray:
    left, right = _legs(a.centre - a.low, a.high - a.centre, (1 - a.level) / 2)
    width = left + right
    rising = a.centre - left + np.sqrt(p * width * left)
    return np.where(p * width < left, rising, a.centre + right - np.sqrt((1 - p) * width * right))


@lru_cache(maxsize=512)
def _beta_shape(low: float, high: float, level: float) -> tuple[float, float]:
    """The two shape parameters of the beta distribution whose central `level` range is low to high."""
    tails = np.array([(1 - level) / 2, (1 + level) / 2])
    mean, sd = (low + high) / 2, (high - low) / (2 * ndtri(tails[1]))
    size = max(mean * (1 - mean) / sd**2 - 1, 0.5)
    start = np.log([mean * size, (1 - mean) * size])
    fit = root(lambda logs: betaincinv(*np.exp(logs), tails) - (low, high), start, method="lm", options={"xtol": 1e-14, "ftol": 1e-14})
    if not np.abs(fit.fun).max() < 1e-7 * (high - low):
        raise Refusal(f"no beta distribution has {low:g} to {high:g} as its {level:.0%} range", "assumption", "use shape normal or triangular")
    return tuple(np.exp(fit.x))


def _beta(a: Assumption, p: np.ndarray) -> np.ndarray:
    return betaincinv(*_beta_shape(a.low, a.high, a.level), p)


def _fixed(a: Assumption, p: np.ndarray) -> np.ndarray:
    return np.full(p.shape, a.centre)


QUANTILES = {"normal": _normal, "lognormal": _lognormal, "triangular": _triangular, "beta": _beta, "fixed": _fixed}


def measured(name: str, estimate: Estimate, meaning: str = "", floor: float = -np.inf, ceiling: float = np.inf) -> Assumption:
    """A measured (or simulated) estimate as an unknown: its interval becomes the range, its own level is kept."""
    low, high = (estimate.low, estimate.high) if estimate.has_interval else (estimate.value, estimate.value)
    return Assumption(name, low, high, estimate.unit, meaning, estimate.value, "normal", estimate.basis, estimate.level, floor, ceiling)


@lru_cache(maxsize=16)
def unit_cube(count: int, columns: int, seed: int) -> np.ndarray:
    """`count` x `columns` scrambled Sobol points strictly within (0, 1); the same seed gives the same points. Read-only."""
    exponent = int(np.ceil(np.log2(max(count, 2))))
    points = qmc.Sobol(columns, scramble=True, rng=np.random.default_rng(seed)).random_base2(exponent)[:count]
    points = np.clip(points, 2**-40, 1 - 2**-40)
    points.flags.writeable = False
    return points


def draw(assumptions: Sequence[Assumption], count: int = 4096, seed: int = 0) -> Draws:
    """Draws of every unknown by name, `count` each, independent of each other (scrambled Sobol; a power of 2 balances best)."""
    columns = unit_cube(count, max(COLUMNS, len(assumptions) + 1), seed)
    return {a.name: a.quantile(columns[:, i]) for i, a in enumerate(assumptions)}


def chance(count: int = 4096, seed: int = 0) -> np.ndarray:
    """`count` standard normal draws, independent of all unknowns: the luck of a test that hasn't been run."""
    return ndtri(unit_cube(count, COLUMNS, seed)[:, -1])


def with_ranges(assumptions: Iterable[Assumption], ranges: Mapping[str, Sequence[float]]) -> tuple[Assumption, ...]:
    """The assumptions with some ranges replaced: name -> (low, high) or (low, middle, high). Raises Refusal at an unknown name."""
    assumptions = tuple(assumptions)
    unknown = set(ranges) - {a.name for a in assumptions}
    if unknown:
        raise Refusal(f"no assumption is called {', '.join(sorted(unknown))}", "assumptions", "known: " + ", ".join(a.name for a in assumptions))
    return tuple(_ranged(a, ranges[a.name]) if a.name in ranges else a for a in assumptions)


def _ranged(a: Assumption, ends: Sequence[float]) -> Assumption:
    if len(ends) not in (2, 3):
        raise Refusal(f"{len(ends)} numbers given", f"assumption '{a.name}'", "give [low, high] or [low, middle, high]")
    return a.between(ends[0], ends[-1], ends[1] if len(ends) == 3 else None)


def fix(draws: Mapping[str, np.ndarray], name: str, value: float) -> Draws:
    """The same draws, with one unknown known to be `value`."""
    if name not in draws:
        raise Refusal(f"no unknown is called {name}", "assumptions", "known: " + ", ".join(draws))
    return {**draws, name: np.full_like(draws[name], value)}


def parts(draws: Mapping[str, np.ndarray], size: int = 512) -> Iterator[Draws]:
    """The draws cut into parts that fit a processor's cache: arrays of draws x months are several times faster so."""
    count = len(next(iter(draws.values())))
    return ({name: values[start:start + size] for name, values in draws.items()} for start in range(0, count, size))
