"""Reading a test that was run: was the split as designed, what is the effect, and what does the frozen rule say."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import ndtr

from helpers.evidence.clustering import clustered_share
from helpers.evidence.estimate import Estimate
from helpers.evidence.experiment import SampleRatio, sample_ratio
from helpers.evidence.sequential import critical_values
from helpers.evidence.trial import Adjusted, Arm, adjusted_effect, clustered_effect, naive_effect
from helpers.intake.refusal import Refusal
from helpers.marketing.trial.guardrails import holds
from helpers.marketing.trial.rule import FrozenRule, Rule, deviations

Verdict = Literal["invalid", "guardrail broken", "worth building", "not worth building", "can't be told yet", "can't be told"]
SPLIT_IS_OFF = 0.001  # p below which a split is taken as broken; Kohavi, Tang and Xu (2020), chapter 21
NEEDED = ("arm", "cluster", "outcome")
EARLIER = "earlier_outcome"
EXPOSED = "exposed"
WHERE = "table of the test"


@dataclass(frozen=True)
class GuardrailReading:
    """A guardrail read: its difference between the arms (None where it wasn't measured), and whether it holds (None: can't be told)."""

    metric: str
    margin: float
    difference: Estimate | None
    holds: bool | None


@dataclass(frozen=True)
class TrialReading:
    """A test as read by its rule.

    clusters, units: counts by arm, control first. split: the sample-ratio check, on clusters, which is what lots were drawn for. naive: units
    taken as independent; clustered: by cluster; adjusted: by the earlier outcome too (None without one). decisive: the interval
    that the rule reads, at the level of its look. exposed_controls: share of controls exposed all the same (None if not recorded).
    """

    clusters: tuple[int, int]
    units: tuple[int, int]
    split: SampleRatio
    naive: Estimate
    clustered: Estimate
    adjusted: Adjusted | None
    decisive: Estimate
    guardrails: tuple[GuardrailReading, ...]
    exposed_controls: Estimate | None
    verdict: Verdict
    deviations: tuple[str, ...]


def read(units: pd.DataFrame, frozen: FrozenRule, look: int | None = None, as_run: Rule | None = None) -> TrialReading:
    """The test read at the given look (default: the last).

    units: one row per unit with arm, cluster, outcome (0/1 or a number), and where there are such: earlier_outcome, exposed (0/1), a column
    per guardrail. as_run: what was really done, if otherwise than frozen. Raises Refusal for missing columns or values, an
    arm that the rule doesn't know, and a cluster that is in both arms.
    """
    rule, look = frozen.rule, look or frozen.rule.looks
    if not 1 <= look <= rule.looks:
        raise Refusal(f"look {look} of a test that is read {rule.looks} times", "reading the test", f"give a look from 1 to {rule.looks}")
    sums = _by_cluster(units, rule)
    control, treated = (_arm(part) for part in sums)
    split = sample_ratio([len(part) for part in sums], [share for _, share in rule.split])
    adjusted = adjusted_effect(control, treated, 1 - rule.alpha) if EARLIER in units else None
    decisive = _decisive(rule, control, treated, _level(rule, look))
    rails = tuple(_guardrail(sums, rail.metric, rail.margin, 1 - rule.alpha) for rail in rule.guardrails)
    return TrialReading(
        clusters=tuple(len(part) for part in sums),
        units=tuple(int(part["units"].sum()) for part in sums),
        split=split,
        naive=_naive(units, rule, control, treated),
        clustered=clustered_effect(control, treated, 1 - rule.alpha),
        adjusted=adjusted,
        decisive=decisive,
        guardrails=rails,
        exposed_controls=clustered_share(sums[0][EXPOSED], sums[0]["units"]) if EXPOSED in units else None,
        verdict=verdict(rule, split, decisive, rails, last=look == rule.looks),
        deviations=(*deviations(frozen, as_run or rule), *_not_recorded(units, rule)),
    )


def verdict(rule: Rule, split: SampleRatio, effect: Estimate, rails: tuple[GuardrailReading, ...], last: bool) -> Verdict:
    """What the rule says: first whether the test is sound, then the guardrails, then the effect against the smallest one worth having."""
    if split.p < SPLIT_IS_OFF:
        return "invalid"
    if any(rail.holds is False for rail in rails):
        return "guardrail broken"
    if effect.high < rule.minimum_effect:
        return "not worth building"
    if effect.low > 0 and effect.value >= rule.minimum_effect and all(rail.holds for rail in rails):
        return "worth building"
    return "can't be told" if last else "can't be told yet"


def _by_cluster(units: pd.DataFrame, rule: Rule) -> list[pd.DataFrame]:
    """Sums by cluster for the control and the treated arm, with the number of units."""
    _usable(units, rule)
    rails = [rail.metric for rail in rule.guardrails if rail.metric in units]
    columns = ["outcome", *(name for name in (EARLIER, EXPOSED) if name in units), *rails]
    groups = units.groupby(["arm", "cluster"], sort=True)
    sums = groups[columns].sum().astype(float).assign(units=groups.size().astype(float))
    return [sums.xs(arm) for arm, _ in rule.split]


def _usable(units: pd.DataFrame, rule: Rule) -> None:
    missing = [name for name in NEEDED if name not in units]
    if missing:
        raise Refusal(f"there is no column {' and no '.join(missing)}", WHERE, "each unit needs " + ", ".join(NEEDED))
    for name in (name for name in (*NEEDED, EARLIER, EXPOSED, *(rail.metric for rail in rule.guardrails)) if name in units):
        blank = np.flatnonzero(units[name].isna())
        if len(blank):
            raise Refusal(f"{len(blank)} units have no {name}", f"{WHERE}, row {blank[0] + 2}", "whoever was drawn counts: no outcome is a 0")
    _arms_as_designed(units, [arm for arm, _ in rule.split])


def _arms_as_designed(units: pd.DataFrame, arms: list[str]) -> None:
    there = units["arm"].unique()
    if set(there) != set(arms):
        raise Refusal(f"the arms are {', '.join(map(str, there))}", WHERE, f"the rule knows {' and '.join(arms)}, and needs both")
    both = units.groupby("cluster")["arm"].nunique().loc[lambda n: n > 1]
    if len(both):
        raise Refusal(f"{len(both)} clusters are in both arms, {both.index[0]} for one", WHERE, "lots are drawn by cluster: settle where each belongs")


def _not_recorded(units: pd.DataFrame, rule: Rule) -> list[str]:
    """What the rule reads and the table doesn't have, one sentence each."""
    said = [f"Guardrail {rail.metric} wasn't recorded" for rail in rule.guardrails if rail.metric not in units]
    return said + (["The earlier outcome that the rule adjusts by wasn't recorded"] if rule.use_earlier and EARLIER not in units else [])


def _arm(sums: pd.DataFrame) -> Arm:
    outcome, units = sums["outcome"].to_numpy(), sums["units"].to_numpy()
    return Arm(outcome, units, sums[EARLIER].to_numpy(), units) if EARLIER in sums else Arm(outcome, units)


def _decisive(rule: Rule, control: Arm, treated: Arm, level: float) -> Estimate:
    if rule.use_earlier and control.earlier_numerator is not None:
        return adjusted_effect(control, treated, level).effect
    return clustered_effect(control, treated, level)


def _level(rule: Rule, look: int) -> float:
    """Coverage of the interval that the rule reads at this look: that of its critical value."""
    if rule.looks == 1:
        return 1 - rule.alpha
    return float(2 * ndtr(critical_values(rule.looks, rule.alpha, rule.kind)[look - 1]) - 1)


def _naive(units: pd.DataFrame, rule: Rule, control: Arm, treated: Arm) -> Estimate:
    """Units as independent: Newcombe for 0/1 outcomes, else each unit as a cluster of its own."""
    if units["outcome"].isin((0, 1)).all():
        return naive_effect(control, treated, 1 - rule.alpha)
    alone = [units.loc[units["arm"] == arm, "outcome"].to_numpy(float) for arm, _ in rule.split]
    return clustered_effect(*(Arm(values, np.ones_like(values)) for values in alone), 1 - rule.alpha)


def _guardrail(sums: list[pd.DataFrame], metric: str, margin: float, level: float) -> GuardrailReading:
    if metric not in sums[0]:
        return GuardrailReading(metric, margin, None, None)
    arms = (Arm(part[metric].to_numpy(), part["units"].to_numpy()) for part in sums)
    difference = clustered_effect(*arms, level)
    return GuardrailReading(metric, margin, difference, holds(difference, margin))
