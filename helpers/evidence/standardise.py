"""Rates made comparable: standardised to one mix of strata, and a change split into behaviour and mix."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from helpers.evidence.estimate import Estimate
from helpers.evidence.robust import degrees_of_freedom
from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class StandardisedRates:
    """Rates per group: crude, by stratum (strata × groups), and standardised to one mix of strata.

    weights: the standard mix, summing to 1, 0 for strata that can't be compared; covered: the share of the standard that
    the comparable strata hold.
    """

    crude: np.ndarray
    by_stratum: np.ndarray
    standardised: np.ndarray
    weights: np.ndarray
    covered: float


def direct_rates(events: ArrayLike, trials: ArrayLike, standard: ArrayLike | None = None) -> StandardisedRates:
    """Crude and directly standardised rates of several groups (months, arms) over the same strata (topics, salespeople).

    events, trials: strata × groups; standard: trials per stratum in the standard mix (by default all groups together).
    A stratum in which some group has no trials can't be compared: it's left out of the standard, and `covered` says how
    much that costs. Raises Refusal when no stratum is left. Julious and Mullee (1994).
    """
    events, trials = np.asarray(events, float), np.asarray(trials, float)
    if events.shape != trials.shape or events.ndim != 2:
        raise Refusal("needs events and trials as strata × groups", where="standardised rates")
    standard = trials.sum(1) if standard is None else np.asarray(standard, float)
    comparable = (trials > 0).all(1)
    kept = np.where(comparable, standard, 0.0)
    if kept.sum() <= 0:
        raise Refusal("no stratum has trials in every group", "standardised rates", "use coarser strata or fewer groups")
    weights, by_stratum = kept / kept.sum(), _rates(events, trials)
    rates = weights @ np.where(comparable[:, None], by_stratum, 0.0)
    return StandardisedRates(_rates(events.sum(0), trials.sum(0)), by_stratum, rates, weights, float(kept.sum() / standard.sum()))


@dataclass(frozen=True)
class Decomposition:
    """A change of a crude rate as the sum of what changed within strata (behaviour) and of the strata's sizes (mix)."""

    change: float
    behaviour: float
    mix: float


def behaviour_and_mix(events: ArrayLike, trials: ArrayLike) -> Decomposition:
    """Splits the change of a rate from the first group to the second into behaviour and mix; they add up to the change.

    events, trials: strata × 2. A stratum that only one group has counts as mix, with the rate it has there. Kitagawa (1955).
    """
    events, trials = np.asarray(events, float), np.asarray(trials, float)
    if events.shape != trials.shape or trials.ndim != 2 or trials.shape[1] != 2 or np.any(trials.sum(0) <= 0):
        raise Refusal("needs events and trials as strata × 2 groups, and trials in both", where="behaviour and mix")
    rates, mix = _rates(events, trials), trials / trials.sum(0)
    rates = np.where(np.isnan(rates), rates[:, ::-1], rates)
    rates = np.nan_to_num(rates)
    behaviour = float(((rates[:, 1] - rates[:, 0]) * mix.mean(1)).sum())
    moved = float(((mix[:, 1] - mix[:, 0]) * rates.mean(1)).sum())
    return Decomposition(behaviour + moved, behaviour, moved)


def standardised_share(
    numerator: ArrayLike, denominator: ArrayLike, weights: ArrayLike, level: float = 0.95
) -> Estimate:
    """One group's share standardised to a mix of strata, with a cluster-robust t interval; unit "share".

    numerator, denominator: clusters × strata; weights: the standard mix, any scale; every stratum with weight needs trials.
    Each cluster's influence adds up over strata, so that a salesperson active in several topics isn't counted as several
    people; it's weighed as in `robust.robust_ratio`. A stratum that only one cluster has says nothing about its own
    uncertainty: the method text counts them. NaN ends with one cluster.
    """
    y, n, weights = _used_strata(numerator, denominator, weights)
    size = n.sum(0)
    rates, parts = y.sum(0) / size, n / size
    alone = parts.max(0) >= 1
    influence = ((y - rates * n) / size / np.where(parts < 1, 1 - parts, 1)) @ weights
    part = parts @ weights
    k = int((part > 0).sum())
    share, se = float(weights @ rates), np.sqrt((k - 1) / k * (influence**2).sum()) if k > 1 else np.nan
    half = stdtrit(degrees_of_freedom(part), 0.5 + level / 2) * se
    method = f"directly standardised, cluster-robust over {k} clusters, {int(alone.sum())} strata with a single cluster"
    low, high = np.clip([share - half, share + half], 0, 1).tolist()
    return Estimate(share, low, high, "share", method=method, level=level)


def _used_strata(numerator: ArrayLike, denominator: ArrayLike, weights: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    weights = np.asarray(weights, float)
    used = weights > 0
    y, n = np.asarray(numerator, float)[:, used], np.asarray(denominator, float)[:, used]
    if not used.any() or np.any(n.sum(0) <= 0):
        raise Refusal("a stratum with weight has no trials", "standardised share", "leave it out of the standard")
    return y, n, weights[used] / weights.sum()


def _rates(events: np.ndarray, trials: np.ndarray) -> np.ndarray:
    return events / np.where(trials > 0, trials, np.nan)
