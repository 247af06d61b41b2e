"""Looking at a test more than once: what peeking costs, and the limits that keep the error where it was promised."""

from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from helpers.intake.refusal import Refusal

Kind = Literal["pocock", "obrien_fleming"]


def critical_values(looks: int, alpha: float = 0.05, kind: Kind = "pocock") -> np.ndarray:
    """The critical |z| at each of `looks` equally spaced looks, so that the two-sided error over all of them is alpha.

    Pocock (1977): the same limit at each look. O'Brien and Fleming (1979): wide at first, nearly the usual one at last.
    Solved by recursive integration; agrees with Jennison and Turnbull (2000), tables 2.1 and 2.3.
    """
    shape = boundary_shape(looks, kind)
    plain = float(ndtri(1 - alpha / 2))
    constant = brentq(lambda c: crossing_probabilities(c * shape).sum() - alpha, plain * 0.999, plain * 4, xtol=1e-10)
    return constant * shape


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
    return float(crossing_probabilities(np.full(looks, ndtri(1 - alpha / 2))).sum())


def crossing_probabilities(limits: np.ndarray, drift: float = 0.0) -> np.ndarray:
    """For each look, the probability that |z| exceeds its limit there for the first time.

    limits: critical |z| at equally spaced looks; drift: expected z at the first look (at look j it is drift·sqrt(j)).
    Armitage, McPherson and Rowe (1969): the sum of the increments is followed from look to look, its density carried on
    Gauss-Legendre points inside the limits.
    """
    ends = np.asarray(limits, float) * np.sqrt(np.arange(1, len(limits) + 1))
    unit, unit_weights = np.polynomial.legendre.leggauss(32 + int(6 * ends.max()))
    points, mass, crossed = np.zeros(1), np.ones(1), []
    for end in ends:
        crossed.append(mass @ (ndtr(points + drift - end) + ndtr(-end - points - drift)))
        step = end * unit[:, None] - points - drift
        mass = end * unit_weights * (np.exp(-(step**2) / 2) @ mass) / np.sqrt(2 * np.pi)
        points = end * unit
    return np.array(crossed)
