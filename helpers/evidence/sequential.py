"""Looking at a test more than once: what peeking costs, and the limits that keep the error where it was promised."""

from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from helpers.intake.refusal import Refusal

Kind = Literal["pocock", "obrien_fleming"]


def critical_values(looks: int, alpha: float = 0.05, kind: Kind = "pocock") -> np.ndarray:
    """The critical |z| at each of `looks` equally spaced looks, so that the two-sided error over all of them is alpha.

    Pocock (1977): the same limit at each look. O'Brien and Fleming (1979): wide at first, nearly the usual one at last.
    Solved by recursive integration; agrees with Jennison and Turnbull (2000), tables 2.1 and 2.3. Raises Refusal for fewer
    than one look, an unknown rule, or an alpha outside 0..1.
    """
    return _constant(looks, alpha, kind) * boundary_shape(looks, kind)


def boundary_shape(looks: int, kind: Kind) -> np.ndarray:
    """The critical values up to a constant: all equal for Pocock, falling as sqrt(looks/look) for O'Brien-Fleming."""
    if looks < 1:
        raise Refusal(f"{looks} looks at a test", remedy="a test needs at least one look")
    if kind not in ("pocock", "obrien_fleming"):
        raise Refusal(f"unknown rule {kind!r}", where="sequential test", remedy="use pocock or obrien_fleming")
    return np.ones(looks) if kind == "pocock" else np.sqrt(looks / np.arange(1, looks + 1))


def peeking_false_positive_rate(looks: int, alpha: float = 0.05) -> float:
    """The true error of a test without effect, stopped at the first of `looks` equally spaced looks with p < alpha.

    Armitage, McPherson and Rowe (1969): 14.2 % for 5 looks at the 5 % level.
    """
    return float(crossing_probabilities(-ndtri(alpha / 2) * boundary_shape(looks, "pocock")).sum())


def crossing_probabilities(limits: np.ndarray, drift: float = 0.0) -> np.ndarray:
    """For each look, the probability that z passes its limit there for the first time: above (first row), below (second).

    limits: critical |z| at equally spaced looks; drift: expected z at the first look (at look j it is drift·sqrt(j)).
    Armitage, McPherson and Rowe (1969): the sum of the increments is followed from look to look, its density carried on
    Gauss-Legendre points inside the limits.
    """
    ends = np.asarray(limits, float) * np.sqrt(np.arange(1, len(limits) + 1))
    unit, weights = np.polynomial.legendre.leggauss(40 + int(3 * ends.max()))
    points, mass, crossed = np.zeros(1), np.ones(1), []
    for end in ends:
        crossed.append((mass @ ndtr(points + drift - end), mass @ ndtr(-end - points - drift)))
        step = end * unit[:, None] - points - drift
        mass = end * weights * (np.exp(-(step**2) / 2) @ mass) / np.sqrt(2 * np.pi)
        points = end * unit
    return np.array(crossed).T


def inflation_factor(looks: int, alpha: float = 0.05, power: float = 0.8, kind: Kind = "pocock") -> float:
    """How many times the size of a test with one look the largest size must be, to keep its power with `looks` looks.

    Power is the probability of stopping on the effect's own side. Jennison and Turnbull (2000), tables 2.2 and 2.4.
    """
    return float((_drift(looks, alpha, power, kind) * np.sqrt(looks) / (ndtri(power) - ndtri(alpha / 2))) ** 2)


def expected_fraction(looks: int, alpha: float = 0.05, power: float = 0.8, kind: Kind = "pocock") -> float:
    """The mean share of the largest size that a test uses when the effect is the one it was planned for."""
    crossed = crossing_probabilities(critical_values(looks, alpha, kind), _drift(looks, alpha, power, kind)).sum(0)
    going_on = 1 - np.concatenate([[0.0], np.cumsum(crossed)[:-1]])
    return float(going_on.mean())


@lru_cache(maxsize=256)
def _constant(looks: int, alpha: float, kind: Kind) -> float:
    """The critical value at the last look, between that of one look and Bonferroni's."""
    if not 0 < alpha < 1:
        raise Refusal(f"alpha must lie between 0 and 1, got {alpha:g}", where="sequential test")
    shape = boundary_shape(looks, kind)
    low, high = -ndtri(alpha / 2) - 1e-6, -ndtri(alpha / 2 / looks) + 1e-6
    return brentq(lambda c: crossing_probabilities(c * shape).sum() - alpha, low, high, xtol=1e-9)


@lru_cache(maxsize=256)
def _drift(looks: int, alpha: float, power: float, kind: Kind) -> float:
    """The expected z at the first look that gives `power` over all looks."""
    limits = critical_values(looks, alpha, kind)
    return brentq(lambda drift: crossing_probabilities(limits, drift)[0].sum() - power, 0.0, 8.0, xtol=1e-9)
