"""Is a share at least a stated one? Tested with trials that come in clusters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from helpers.evidence.clustering import clustered_share
from helpers.evidence.estimate import Estimate
from helpers.evidence.robust import ALIKE, effective_clusters, robust_ratio
from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class AgainstFixed:
    """A share beside a stated one: its estimate, and how well the data agree with the stated share.

    p: two-sided; p_at_least: small when the data contradict "the share is at least `fixed`"; p_at_most: small when
    they contradict "at most". NaN with one cluster.
    """

    estimate: Estimate
    fixed: float
    p: float
    p_at_least: float
    p_at_most: float

    @property
    def verdict(self) -> str:
        """"above", "below" or "not told apart", at the level of the estimate."""
        if not self.p < 1 - self.estimate.level:
            return "not told apart"
        return "above" if self.estimate.value > self.fixed else "below"


def share_against(numerator: ArrayLike, denominator: ArrayLike, fixed: float, level: float = 0.95) -> AgainstFixed:
    """Tests a clustered share against `fixed` (communication minutes of all minutes against 2/3); one entry per cluster.

    The score test that belongs to `clustered_share`'s interval: `fixed` lies outside it exactly when p < 1 - level.
    Raises Refusal where fixed isn't strictly between 0 and 1.
    """
    if not 0 < fixed < 1:
        raise Refusal(f"a share to test against lies between 0 and 1, got {fixed:g}")
    estimate = clustered_share(numerator, denominator, level)
    fit = robust_ratio(numerator, denominator)
    differ = fit.se > ALIKE
    trials = fit.ratio * (1 - fit.ratio) / fit.se**2 if differ else effective_clusters(denominator)
    below = float(stdtr(fit.df, (fit.ratio - fixed) / np.sqrt(fixed * (1 - fixed) / trials))) if np.isfinite(fit.se) else np.nan
    return AgainstFixed(estimate, fixed, 2 * min(below, 1 - below), below, 1 - below)
