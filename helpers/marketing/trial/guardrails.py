"""Guardrails of a test: reading and forwarding may not fall by more than a margin, and that takes a size of its own.

Non-inferiority: the worse arm's one-sided limit must lie above minus the margin. Sizes are for a true difference of nothing.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri
from statsmodels.stats.power import normal_sample_size_one_tail

from helpers.evidence.clustering import design_effect_cv
from helpers.evidence.estimate import Estimate
from helpers.evidence.sample_size import clusters_per_arm
from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class GuardrailSize:
    """What a guardrail takes: salespeople in both arms, and the smallest loss that those there are could rule out."""

    metric: str
    margin: float
    salespeople: int
    smallest_margin: float


def for_share(metric: str, share: float, margin: float, icc: float, reads: np.ndarray, alpha: float = 0.025, power: float = 0.8) -> GuardrailSize:
    """For a share of reads (forwarding): margin in points of share, reads of each salesperson during the test."""
    _check(metric, margin)
    reads = np.asarray(reads, float)
    mean, cv, spread = reads.mean(), reads.std() / reads.mean(), np.sqrt(2 * share * (1 - share))
    needed = normal_sample_size_one_tail(margin, power, alpha, spread, spread)
    effective = reads.sum() / 2 / design_effect_cv(icc, mean, cv)
    return GuardrailSize(metric, margin, 2 * clusters_per_arm(needed, mean, icc, cv), float(_quantiles(alpha, power) * spread / np.sqrt(effective)))


def for_mean(metric: str, margin: float, cv: float, salespeople: int, correlation: float = 0.0, alpha: float = 0.025, power: float = 0.8) -> GuardrailSize:
    """For a mean by salesperson (reads): margin relative to the mean, cv of the metric between salespeople.

    correlation: with the same metric last period, which takes 1 - correlation² of the variance out. Traffic is heavy-tailed, so that
    without last period this guardrail is seldom affordable.
    """
    _check(metric, margin)
    spread = cv * np.sqrt(2 * (1 - correlation**2))
    per_arm = normal_sample_size_one_tail(margin, power, alpha, spread, spread)
    return GuardrailSize(metric, margin, 2 * int(np.ceil(per_arm)), float(_quantiles(alpha, power) * spread / np.sqrt(salespeople / 2)))


def holds(difference: Estimate, margin: float) -> bool | None:
    """Whether a loss of more than the margin is ruled out (True), shown (False), or neither (None), from the difference's interval."""
    if not difference.has_interval:
        return None
    return True if difference.low > -margin else False if difference.high < -margin else None


def _quantiles(alpha: float, power: float) -> float:
    return float(ndtri(1 - alpha) + ndtri(power))


def _check(metric: str, margin: float) -> None:
    if not margin > 0:
        raise Refusal(f"a margin of {margin:g}", f"guardrail '{metric}'", "say how large a loss would be borne; no test rules out any loss at all")
