"""How many trials, clusters and weeks a comparison of two shares takes, under each named convention."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.stats.power import normal_power_het, normal_sample_size_one_tail
from statsmodels.stats.proportion import proportion_effectsize

from helpers.evidence.clustering import design_effect_cv
from helpers.intake.refusal import Refusal

Convention = Literal["evan_miller", "pooled", "arcsine", "unpooled"]


def per_arm(
    p1: ArrayLike, p2: ArrayLike, alpha: float = 0.05, power: float = 0.8, convention: Convention = "evan_miller", two_sided: bool = True
) -> ArrayLike:
    """Trials needed in each arm to tell share p2 from p1, unrounded; infinite where they are equal. Arrays broadcast.

    The conventions differ in the variance that the test assumes when nothing differs: evan_miller takes the baseline's on both
    arms (Miller's online calculator), pooled that of the mean share (Fleiss; R's power.prop.test), unpooled each
    arm's own, arcsine the variance-stabilised scale (Cohen's h). Raises Refusal for shares outside 0..1.
    """
    distance, null, alternative = spreads(p1, p2, convention)
    with np.errstate(divide="ignore", invalid="ignore"):
        return normal_sample_size_one_tail(distance, power, alpha / (1 + two_sided), null, alternative)


def per_arm_for_change(
    baseline: float, change: float, relative: bool = False, either_direction: bool = False, **options
) -> float:
    """Trials per arm to see `baseline` move by `change` (negative: fall), in points of share or relative to the baseline.

    either_direction: the larger of the sizes for a rise and for a fall, which is what Miller's calculator shows (it mirrors
    baselines above one half). Other options as in `per_arm`.
    """
    step = change * baseline if relative else change
    if not either_direction:
        return per_arm(baseline, baseline + step, **options)
    targets = [p for p in (baseline - step, baseline + step) if 0 <= p <= 1]
    return max(per_arm(baseline, target, **options) for target in targets)


def clusters_per_arm(n_individual: ArrayLike, cluster_size: ArrayLike, icc: ArrayLike, size_cv: float = 0.0) -> ArrayLike:
    """Whole clusters needed in each arm when n_individual independent trials would do.

    cluster_size: mean trials per cluster; size_cv: coefficient of variation of the cluster sizes (0: all equal).
    Eldridge, Ashby and Kerry (2006).
    """
    inflation = design_effect_cv(icc, cluster_size, size_cv)
    needed = np.ceil(np.asarray(n_individual) * inflation / np.asarray(cluster_size) - 1e-9)
    return int(needed) if np.ndim(needed) == 0 else needed.astype(int)


def power_of(
    p1: ArrayLike,
    p2: ArrayLike,
    n_per_arm: ArrayLike,
    design_effect: ArrayLike = 1,
    alpha: float = 0.05,
    convention: Convention = "evan_miller",
) -> ArrayLike:
    """Probability that a two-sided test at `alpha` with n_per_arm trials in each arm tells p2 from p1; arrays broadcast."""
    distance, null, alternative = spreads(p1, p2, convention)
    return normal_power_het(distance, np.asarray(n_per_arm) / design_effect, alpha, null, alternative)


def minimum_detectable_effect(
    p1: ArrayLike,
    n_per_arm: ArrayLike,
    design_effect: ArrayLike = 1,
    alpha: float = 0.05,
    power: float = 0.8,
    convention: Convention = "evan_miller",
) -> ArrayLike:
    """The smallest rise above p1 (in points of share) that n_per_arm trials would tell with `power`; NaN where none would.

    Arrays broadcast. Found by bisection on `per_arm`, which falls as the rise grows.
    """
    p1, n = np.broadcast_arrays(np.asarray(p1, float), np.asarray(n_per_arm) / design_effect)
    low, high = np.zeros(p1.shape), 1 - p1
    possible = per_arm(p1, p1 + high, alpha, power, convention) <= n
    for _ in range(50):
        middle = (low + high) / 2
        enough = per_arm(p1, p1 + middle, alpha, power, convention) <= n
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(possible, high, np.nan)[()]


def spreads(p1: ArrayLike, p2: ArrayLike, convention: Convention) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The distance between two shares and its standard deviation per trial: if nothing differs, and if they do."""
    p1, p2 = np.asarray(p1, float), np.asarray(p2, float)
    if np.any((p1 < 0) | (p1 > 1) | (p2 < 0) | (p2 > 1)):
        raise Refusal("shares must lie between 0 and 1", where="sample size", remedy="lower the baseline or the effect")
    if convention == "arcsine":
        return proportion_effectsize(p2, p1), np.sqrt(2.0), np.sqrt(2.0)
    own = np.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    null = {"evan_miller": 2 * p1 * (1 - p1), "pooled": (p1 + p2) * (1 - (p1 + p2) / 2), "unpooled": own**2}
    if convention not in null:
        raise Refusal(f"unknown convention {convention!r}", "sample size", "use evan_miller, pooled, arcsine or unpooled")
    return p2 - p1, np.sqrt(null[convention]), own
