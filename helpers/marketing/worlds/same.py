"""A/A worlds: salespeople in two arms between which nothing differs, thousands at once, to see who cries wolf.

Reduced to what matters for it: each salesperson has a rate of his own and a number of reads; no articles, no forwards. With a planted effect the
same worlds tell whether the intervals cover it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from helpers.evidence.proportion import newcombe_difference, wilson
from helpers.evidence.robust import robust_ratio, welch
from helpers.evidence.trial import Arm, adjusted_effect
from helpers.intake.refusal import Refusal


@dataclass(frozen=True)
class Batch:
    """Many worlds: worlds × salespeople arrays of both arms, and the effect that was planted (in points of share).

    control, treated: Arm with leads and reads of the test and of an equally long period before it.
    """

    control: Arm
    treated: Arm
    effect: float


def draw(reads: ArrayLike, rate: float, icc: float, worlds: int, rng: np.random.Generator, effect: float = 0.0) -> Batch:
    """Worlds in which half of the salespeople, by lot, are treated; treatment adds `effect` to each one's rate.

    reads: by salesperson, in the test. Rates vary between salespeople by a beta distribution with intraclass correlation icc.
    Raises Refusal for fewer than 4 salespeople, and for a rate outside 0..1 or an icc outside 0 (excluded) to 1.
    """
    reads = np.asarray(reads, int)
    if len(reads) < 4 or not (0 < rate < 1 and 0 < icc < 1):
        raise Refusal("needs at least 4 salespeople, a rate and an ICC above 0 and below 1", where="A/A worlds")
    dealt = rng.permuted(np.broadcast_to(reads, (worlds, len(reads))), axis=1)
    own = rng.beta(rate * (1 / icc - 1), (1 - rate) * (1 / icc - 1), dealt.shape)
    first = len(reads) // 2
    plus = np.where(np.arange(len(reads)) < first, 0.0, effect)
    leads, before = rng.binomial(dealt, np.clip(own + plus, 0, 1)), rng.binomial(dealt, own)
    halves = (slice(None), slice(0, first)), (slice(None), slice(first, None))
    return Batch(*(Arm(leads[half], dealt[half], before[half], dealt[half]) for half in halves), effect)


def record(batch: Batch, level: float = 0.95) -> pd.DataFrame:
    """How often each reading's interval leaves out 0 (without an effect: false alarms) and holds the planted effect.

    One row for naive (reads as independent), clustered (by salesperson) and adjusted (by the earlier period too), with Wilson
    intervals over the worlds: reading, alarms, alarms_low, alarms_high, coverage, coverage_low, coverage_high.
    """
    rows = []
    for name, (low, high) in {"naive": _naive(batch, level), "clustered": _clustered(batch, level), "adjusted": _adjusted(batch, level)}.items():
        alarms, covered = np.count_nonzero((low > 0) | (high < 0)), np.count_nonzero((low <= batch.effect) & (batch.effect <= high))
        rows.append((name, alarms / len(low), *wilson(alarms, len(low)), covered / len(low), *wilson(covered, len(low))))
    return pd.DataFrame(rows, columns=["reading", "alarms", "alarms_low", "alarms_high", "coverage", "coverage_low", "coverage_high"])


def _naive(batch: Batch, level: float) -> tuple[np.ndarray, np.ndarray]:
    counts = (x.sum(-1) for arm in (batch.treated, batch.control) for x in (arm.numerator, arm.denominator))
    return newcombe_difference(*counts, level)


def _clustered(batch: Batch, level: float) -> tuple[np.ndarray, np.ndarray]:
    difference, se, df = welch(*(robust_ratio(arm.numerator, arm.denominator) for arm in (batch.control, batch.treated)))
    half = stdtrit(df, 0.5 + level / 2) * se
    return difference - half, difference + half


def _adjusted(batch: Batch, level: float) -> tuple[np.ndarray, np.ndarray]:
    effects = [adjusted_effect(_world(batch.control, i), _world(batch.treated, i), level).effect for i in range(len(batch.control.numerator))]
    return np.array([e.low for e in effects]), np.array([e.high for e in effects])


def _world(arm: Arm, i: int) -> Arm:
    return Arm(arm.numerator[i], arm.denominator[i], arm.earlier_numerator[i], arm.earlier_denominator[i])
