"""Reading a test: was the split as designed, what does an earlier measure explain, what changed against a control."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class SampleRatio:
    """Whether units arrived in the arms as designed: chi-square, its p, and the counts that the design expects."""

    chi2: float
    p: float
    expected: tuple[float, ...] = ()


def sample_ratio(observed: ArrayLike, weights: ArrayLike) -> SampleRatio:
    """The sample-ratio check: chi-square of the units observed in each arm against the *designed* split.

    observed: units per arm, weights: designed weights in any scale (95 and 5, or .95 and .05); any number of arms ≥ 2.
    Kohavi, Tang and Xu (2020), chapter 21. Raises Refusal for unlike lengths, weights not above 0, or no units at all.
    """
    observed, weights = np.asarray(observed, float), np.asarray(weights, float)
    if observed.shape != weights.shape or observed.size < 2 or observed.sum() <= 0 or np.any(weights <= 0) or np.any(observed < 0):
        raise Refusal("needs at least two arms, a count for each and a designed weight above 0 for each", where="sample-ratio check")
    expected = observed.sum() * weights / weights.sum()
    chi2 = float(((observed - expected) ** 2 / expected).sum())
    return SampleRatio(chi2, float(chdtrc(observed.size - 1, chi2)), tuple(map(float, expected)))


@dataclass(frozen=True)
class Cuped:
    """An outcome adjusted by an earlier measure: theta, squared correlation, variance left, adjusted mean and variance."""

    theta: float
    rho2: float
    variance_ratio: float
    mean: float
    variance: float


def cuped(y: ArrayLike, x: ArrayLike) -> Cuped:
    """The outcome y with what the earlier measure x explains taken out: y - theta (x - mean x), theta = cov/var.

    y, x: one entry per unit. Variances are sample variances of single units (ddof 1). An x that doesn't vary explains
    nothing (theta 0). Deng, Xu, Kohavi and Walker (2013), eq. 4. Raises Refusal for unlike lengths or fewer than 2 units.
    """
    y, x = np.asarray(y, float), np.asarray(x, float)
    if y.shape != x.shape or y.size < 2:
        raise Refusal("needs an earlier measure for each outcome, and at least two units", where="CUPED")
    (var_x, cov), (_, var_y) = np.cov(x, y)
    theta = cov / var_x if var_x > 0 else 0.0
    left = var_y - theta * cov
    ratio = left / var_y if var_y > 0 else 1.0
    return Cuped(float(theta), float(1 - ratio), float(ratio), float(y.mean()), float(left))


@dataclass(frozen=True)
class DifferenceInDifferences:
    """Before/after in the treated, the same change in the control, and the difference of the two."""

    before_after: float
    control_change: float
    did: float


def difference_in_differences(
    treated_pre: float, treated_post: float, control_pre: float, control_post: float
) -> DifferenceInDifferences:
    """The change of the treated minus the change of the control, from four means. Card and Krueger (1994)."""
    before_after, control_change = treated_post - treated_pre, control_post - control_pre
    return DifferenceInDifferences(before_after, control_change, before_after - control_change)
