"""Planning a test of the module on the real traffic: how many salespeople, how many weeks, and whether it can be known at all.

The unit that is drawn by lot is the salesperson, so more weeks bring more reads of the same people: the design effect grows with
the weeks, and there is an effect below which no number of weeks will do. ICC and correlation are taken not to change with time.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from helpers.evidence.clustering import design_effect_cv
from helpers.evidence.estimate import Estimate
from helpers.evidence.resampling import bootstrap
from helpers.evidence.sample_size import Convention, clusters_per_arm, minimum_detectable_effect, per_arm, power_of
from helpers.evidence.sequential import Kind, inflation_factor
from helpers.intake.refusal import Refusal

CONVENTIONS: tuple[Convention, ...] = ("evan_miller", "pooled", "arcsine", "unpooled")
WEEKS_PER_MONTH = 365.25 / 12 / 7
EVER = 1e6  # weeks: as good as for ever


@dataclass(frozen=True, eq=False)
class Plan:
    """What a test is planned from. Shares are fractions of reads; reads_per_week has one entry per salesperson (means from the log).

    minimum_effect: smallest rise of the registration rate worth knowing, in points of share. correlation: of salespeople's rates
    with last period's (0: last period isn't used). kept: share of the effect left after contamination (see contamination.py).
    looks, kind: how often the test is read on the way and by which limits.
    """

    baseline: float
    minimum_effect: float
    icc: float
    reads_per_week: np.ndarray
    alpha: float = 0.05
    power: float = 0.8
    convention: Convention = "pooled"
    correlation: float = 0.0
    kept: float = 1.0
    looks: int = 1
    kind: Kind = "obrien_fleming"

    def __post_init__(self):
        reads = np.asarray(self.reads_per_week, float)
        object.__setattr__(self, "reads_per_week", reads)
        _check(len(reads) >= 4 and np.all(reads >= 0) and reads.sum() > 0, "needs the weekly reads of at least 4 salespeople, none negative")
        _check(0 < self.baseline < 1, f"a registration rate of {self.baseline:g} isn't between 0 and 1")
        _check(0 < self.minimum_effect < 1 - self.baseline, f"a rise of {self.minimum_effect:g} above {self.baseline:g} isn't possible")
        _check(0 <= self.icc < 1 and -1 < self.correlation < 1, "ICC must lie in 0..1 and the correlation within -1..1")
        _check(0 < self.kept <= 1, f"{self.kept:g} of the effect kept isn't above 0 and at most 1")

    @property
    def salespeople(self) -> int:
        """How many there are to draw lots among."""
        return len(self.reads_per_week)

    @property
    def target(self) -> float:
        """The rate in the module arm that the test must tell from the baseline, after contamination."""
        return self.baseline + self.minimum_effect * self.kept

    @property
    def size_cv(self) -> float:
        """Coefficient of variation of the salespeople's traffic."""
        return float(self.reads_per_week.std() / self.reads_per_week.mean())


@dataclass(frozen=True)
class Horizon:
    """Whether the minimum effect can be known in time.

    verdict: "in time", "too late" (with these salespeople, in `weeks`), or "never with these salespeople" (weeks infinite).
    allowed: weeks there are. detectable: smallest effect that the allowed weeks would show; floor: smallest that any number
    of weeks would; NaN where none would. salespeople_needed: of the same mix, for the allowed weeks, both arms together.
    """

    verdict: Literal["in time", "too late", "never with these salespeople"]
    weeks: float
    allowed: float
    detectable: float
    floor: float
    salespeople_needed: int

    @property
    def knowable(self) -> bool:
        """Whether the answer comes within the allowed weeks."""
        return self.verdict == "in time"


def sizes(plan: Plan) -> pd.DataFrame:
    """Per-arm size under each convention: independent reads, reads with the clusters of `plan` after a year, and salespeople for that year.

    Columns convention, reads_independent, design_effect, reads_clustered, salespeople. The conventions differ; none is wrong.
    """
    independent = [per_arm(plan.baseline, plan.target, plan.alpha, plan.power, convention) for convention in CONVENTIONS]
    inflated, size = np.array(independent), plan.reads_per_week.mean() * 52
    effect = design_effect(plan, 52)
    return pd.DataFrame({
        "convention": CONVENTIONS,
        "reads_independent": inflated,
        "design_effect": effect,
        "reads_clustered": inflated * effect,
        "salespeople": clusters_per_arm(inflated * _variance(plan), size, plan.icc, plan.size_cv),
    })  # fmt: skip


def design_effect(plan: Plan, weeks: ArrayLike) -> ArrayLike:
    """How many times more reads are needed than independent ones after so many weeks: clusters of unequal size that grow with time.

    Less what last period explains (CUPED: 1 - correlation²) and times what the looks cost. Eldridge, Ashby and Kerry (2006).
    """
    size = plan.reads_per_week.mean() * np.asarray(weeks, float)
    return design_effect_cv(plan.icc, size, plan.size_cv) * _variance(plan)


def power_curve(plan: Plan, weeks: ArrayLike) -> np.ndarray:
    """Probability that the test shows the minimum effect after so many weeks (an array)."""
    per_arm_reads = plan.reads_per_week.sum() / 2 * np.asarray(weeks, float)
    return power_of(plan.baseline, plan.target, per_arm_reads, design_effect(plan, weeks), plan.alpha, plan.convention)


def detectable(plan: Plan, weeks: ArrayLike) -> ArrayLike:
    """The smallest effect (points of share, before contamination) that the test shows with its power after so many weeks; NaN: none."""
    per_arm_reads = plan.reads_per_week.sum() / 2 * np.asarray(weeks, float)
    seen = minimum_detectable_effect(plan.baseline, per_arm_reads, design_effect(plan, weeks), plan.alpha, plan.power, plan.convention)
    return seen / plan.kept


def weeks_needed(plan: Plan) -> float:
    """Weeks until the test has its power; infinite where these salespeople can't show the effect however long it runs.

    Solves reads(w) = needed · design effect(w), both linear in w.
    """
    needed = per_arm(plan.baseline, plan.target, plan.alpha, plan.power, plan.convention) * _variance(plan)
    per_week = plan.reads_per_week.sum() / 2
    grows = needed * plan.icc * plan.reads_per_week.mean() * (1 + plan.size_cv**2)
    return float(needed * (1 - plan.icc) / (per_week - grows)) if per_week > grows else float("inf")


def salespeople_needed(plan: Plan, weeks: float) -> int:
    """Salespeople of the same mix, both arms together, that show the minimum effect in so many weeks."""
    needed = per_arm(plan.baseline, plan.target, plan.alpha, plan.power, plan.convention) * _variance(plan)
    return 2 * clusters_per_arm(needed, plan.reads_per_week.mean() * weeks, plan.icc, plan.size_cv)


def horizon(plan: Plan, months: float) -> Horizon:
    """Can the minimum effect be known within so many months? "No" and "never" are answers."""
    allowed, weeks = months * WEEKS_PER_MONTH, weeks_needed(plan)
    verdict = "never with these salespeople" if np.isinf(weeks) else "in time" if weeks <= allowed else "too late"
    return Horizon(verdict, weeks, allowed, float(detectable(plan, allowed)), float(detectable(plan, EVER)), salespeople_needed(plan, allowed))


def with_last_period(plan: Plan, correlation: float) -> Plan:
    """The same plan with last period used: CUPED leaves 1 - correlation² of the variance. Deng, Xu, Kohavi and Walker (2013)."""
    return replace(plan, correlation=correlation)


def correlation_by_salesperson(
    leads: ArrayLike, reads: ArrayLike, earlier_leads: ArrayLike, earlier_reads: ArrayLike, rng: np.random.Generator, draws: int = 2000
) -> Estimate:
    """How closely salespeople's deviations from the overall rate follow those of last period; one entry per salesperson each.

    Of the linearised outcomes that CUPED works on: leads less reads times the rate of all. Interval by drawing salespeople again.
    0 without interval where either period doesn't vary. Raises Refusal where a period holds no reads.
    """
    now, before = (_deviations(*pair) for pair in ((leads, reads), (earlier_leads, earlier_reads)))
    if not (now.std() > 0 and before.std() > 0):
        return Estimate(0.0, np.nan, np.nan, method="a period in which salespeople don't differ")
    columns = np.stack([now, before, now**2, before**2, now * before, np.ones(len(now))], axis=1)
    return bootstrap(_correlation, columns, rng, draws)


def _correlation(sums: np.ndarray) -> np.ndarray:
    """The correlation from sums (last axis) of both, their squares, their product, and how many there are."""
    means = sums / sums[..., -1:]
    a, b, aa, bb, ab = (means[..., i] for i in range(5))
    with np.errstate(invalid="ignore", divide="ignore"):
        return (ab - a * b) / np.sqrt((aa - a**2) * (bb - b**2))


def _deviations(leads: ArrayLike, reads: ArrayLike) -> np.ndarray:
    leads, reads = np.asarray(leads, float), np.asarray(reads, float)
    _check(leads.shape == reads.shape and reads.sum() > 0, "needs leads and reads of each salesperson in both periods")
    return leads - reads * leads.sum() / reads.sum()


def _variance(plan: Plan) -> float:
    """Factor on the reads needed: less by last period, more by looks on the way."""
    looks = inflation_factor(plan.looks, plan.alpha, plan.power, plan.kind) if plan.looks > 1 else 1.0
    return (1 - plan.correlation**2) * looks


def _check(right: bool, words: str) -> None:
    if not right:
        raise Refusal(words, "test plan")
