"""Reading a trial that was randomised by cluster: naive, clustered, adjusted by an earlier period, against a control."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from helpers.evidence.clustering import clustered_difference
from helpers.evidence.estimate import Estimate
from helpers.evidence.proportion import newcombe_difference
from helpers.evidence.robust import RobustRatio, by_cluster, degrees_of_freedom, jackknife_se, robust_ratio, welch
from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class Arm:
    """One arm of a trial by cluster: outcome and trials per cluster, and the same from before the trial where known.

    numerator / denominator is the outcome (registrations of views); earlier_*: the same clusters, in the same order, in
    the period before; a cluster that didn't exist then has 0 in both.
    """

    numerator: np.ndarray
    denominator: np.ndarray
    earlier_numerator: np.ndarray | None = None
    earlier_denominator: np.ndarray | None = None


@dataclass(frozen=True)
class Adjusted:
    """An effect adjusted by the earlier period: the estimate, theta, and the variance left of the unadjusted one's."""

    effect: Estimate
    theta: float
    variance_ratio: float


def naive_effect(control: Arm, treated: Arm, level: float = 0.95) -> Estimate:
    """Share of treated minus share of control as if trials were independent (Newcombe): too narrow, shown for contrast."""
    x2, n2, x1, n1 = (np.sum(a) for a in (control.numerator, control.denominator, treated.numerator, treated.denominator))
    low, high = newcombe_difference(x1, n1, x2, n2, level)
    return Estimate(float(x1 / n1 - x2 / n2), low, high, "share", method="trials taken as independent (Newcombe)", level=level)


def clustered_effect(control: Arm, treated: Arm, level: float = 0.95) -> Estimate:
    """Ratio of treated minus ratio of control with the cluster-robust interval: the reading to trust."""
    return clustered_difference(control.numerator, control.denominator, treated.numerator, treated.denominator, level)


def adjusted_effect(control: Arm, treated: Arm, level: float = 0.95) -> Adjusted:
    """The clustered effect with the chance difference of the earlier period taken out (CUPED for ratios by cluster).

    theta is the slope, common to both arms, of each cluster's linearised outcome on its linearised earlier outcome.
    Deng, Xu, Kohavi and Walker (2013); linearisation: Deng, Knoblich and Lu (2018). Raises Refusal without an earlier period.
    """
    arms = (control, treated)
    outcome, earlier = [_linear(arm) for arm in arms], _linear_earlier(arms)
    theta = _slope(outcome, earlier)
    plain = [robust_ratio(arm.numerator, arm.denominator) for arm in arms]
    fits = [_adjusted(*parts, theta) for parts in zip(plain, arms, outcome, earlier, strict=True)]
    effect = _estimate(*welch(*fits), f"adjusted by the earlier period (theta {theta:.2f}), cluster-robust", level)
    return Adjusted(effect, theta, float((fits[0].se ** 2 + fits[1].se ** 2) / (plain[0].se ** 2 + plain[1].se ** 2)))


def difference_in_differences_by_cluster(control: Arm, treated: Arm, level: float = 0.95) -> Estimate:
    """(Treated after - before) - (control after - before), with the interval clustered by unit over both periods.

    Right when both arms would have moved alike without the treatment. Bertrand, Duflo and Mullainathan (2004).
    """
    difference, se, df = welch(_change(control), _change(treated))
    return _estimate(difference, se, df, "difference in differences, cluster-robust", level)


def _linear(arm: Arm) -> np.ndarray:
    """Each cluster's influence on its arm's ratio, in parts of the whole."""
    y, n = by_cluster(arm.numerator, arm.denominator)
    return (y - y.sum() / n.sum() * n) / n.sum()


def _linear_earlier(arms: tuple[Arm, Arm]) -> list[np.ndarray]:
    """The same for the earlier period, around the ratio of both arms together, so that the arms' chance difference stays in."""
    pairs = [_earlier(arm) for arm in arms]
    ratio = sum(y.sum() for y, _ in pairs) / sum(n.sum() for _, n in pairs)
    return [(y - ratio * n) / n.sum() for y, n in pairs]


def _earlier(arm: Arm) -> tuple[np.ndarray, np.ndarray]:
    if arm.earlier_numerator is None or arm.earlier_denominator is None or not np.sum(arm.earlier_denominator) > 0:
        raise Refusal("the earlier period is missing", "adjusting a trial", "give each cluster's outcome from before the trial")
    return by_cluster(arm.earlier_numerator, arm.earlier_denominator)


def _slope(outcome: list[np.ndarray], earlier: list[np.ndarray]) -> float:
    centred = [x - x.mean() for x in earlier]
    squares = sum((x**2).sum() for x in centred)
    return float(sum((x * z).sum() for x, z in zip(centred, outcome, strict=True)) / squares) if squares > 0 else 0.0


def _adjusted(fit: RobustRatio, arm: Arm, outcome: np.ndarray, earlier: np.ndarray, theta: float) -> RobustRatio:
    """An arm's fit after taking theta times its earlier deviation out of ratio and residuals."""
    weight = np.asarray(arm.denominator, float) / np.sum(arm.denominator)
    residual = outcome - theta * (earlier - weight * earlier.sum())
    return RobustRatio(fit.ratio - theta * earlier.sum(), jackknife_se(residual, weight), fit.df, fit.clusters)


def _change(arm: Arm) -> RobustRatio:
    """An arm's change from the earlier period, with the standard error of both periods' residuals taken together."""
    before, after = _earlier(arm), by_cluster(arm.numerator, arm.denominator)
    weight = (before[1] / before[1].sum() + after[1] / after[1].sum()) / 2
    residual = _linear(arm) - _linear(Arm(*before))
    change = after[0].sum() / after[1].sum() - before[0].sum() / before[1].sum()
    return RobustRatio(np.float64(change), jackknife_se(residual, weight), degrees_of_freedom(weight), (weight > 0).sum())


def _estimate(difference: np.ndarray, se: np.ndarray, df: np.ndarray, method: str, level: float) -> Estimate:
    half = float(stdtrit(df, 0.5 + level / 2) * se)
    return Estimate(float(difference), float(difference) - half, float(difference) + half, "share", method=method, level=level)
