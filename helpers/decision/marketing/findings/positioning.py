"""Findings of challenge b, positioning: which reading to trust, what a test would take, and what the test that was run says."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.decision.marketing.plan import cautious
from helpers.evidence.estimate import Estimate, exactly
from helpers.evidence.findings import Value
from helpers.marketing.trial.contamination import Contamination
from helpers.marketing.trial.looks import prices
from helpers.marketing.trial.plan import Plan, design_effect, horizon, sizes, weeks_needed, with_last_period
from helpers.marketing.trial.reading import TrialReading
from helpers.marketing.worlds.readings import RECOMMENDED

UNIT = "leads per 1,000 reads"
TOLD = {"before_after": "before_after", "viewers": "viewers", "last_touch": "last_touch", "holdout": RECOMMENDED}
HONEST = 0.9  # coverage below which an interval that promises 95 % isn't believed


def worlds_findings(worlds: pd.DataFrame, either: pd.DataFrame) -> dict[str, Value]:
    """What the record over the simulated worlds says of the readings that are named most, and which to trust. either: with and without an effect."""
    rows, count = worlds.set_index("reading"), int(worlds["worlds"].iloc[0])
    told = f"mean over {count} simulated worlds"
    found = {"true_effect": Estimate(float(worlds["truth"].iloc[0]), np.nan, np.nan, UNIT, "simulated", told)}
    found |= {f"bias_{name}": _bias(rows.loc[reading], told) for name, reading in TOLD.items()}
    found |= {f"coverage_{name}": _coverage(rows.loc[reading], told) for name, reading in TOLD.items() if name != "last_touch"}
    return found | {"reading_to_trust": trusted(either)}


def _bias(row: pd.Series, told: str) -> Estimate:
    return Estimate(float(row["bias"]), float(row["bias_low"]), float(row["bias_high"]), UNIT, "simulated", told)


def _coverage(row: pd.Series, told: str) -> Estimate:
    return Estimate(float(row["coverage"]), float(row["coverage_low"]), float(row["coverage_high"]), "share", "simulated", told)


def trusted(either: pd.DataFrame) -> str:
    """The reading with the smallest error among those whose interval keeps its promise whether the module works or not ("none" where none does)."""
    record = either.groupby("reading", sort=False).agg(coverage=("coverage", "min"), rmse=("rmse", "mean"))
    honest = record[record["coverage"] >= HONEST]
    return str(honest["rmse"].idxmin()) if len(honest) else "none"


def contamination_finding(reckoned: Contamination, trial: TrialReading | None) -> dict[str, Value]:
    """Share of controls' reads that are exposed all the same: as the test recorded it, else as reckoned."""
    if trial is not None and trial.exposed_controls is not None:
        return {"contamination": trial.exposed_controls}
    return {"contamination": Estimate(reckoned.controls, np.nan, np.nan, "share", "assumed", "reckoned from forwards, two-way share and crossing")}


def plan_findings(plan: Plan, reckoned: Contamination, values: Mapping[str, object]) -> dict[str, Value]:
    """What a test would take with today's traffic."""
    answer = horizon(plan, values["months_allowed"])
    size = sizes(plan).set_index("convention").loc[plan.convention]
    told = f"{plan.convention} sizes, lots by salesperson, {plan.looks} looks"
    return {
        "effect_kept": Estimate(reckoned.kept, np.nan, np.nan, "share", "assumed", "reckoned from forwards, two-way share and crossing"),
        "test_size": _simulated(size["reads_independent"], "readers per arm", told),
        "test_design_effect": _simulated(design_effect(plan, answer.allowed), "times", told),
        "test_weeks": _simulated(answer.weeks, "weeks", told),
        "test_salespeople": _simulated(answer.salespeople_needed, "salespeople", told),
        "detectable_effect": _simulated(100 * answer.detectable, "points", told),
        "test_answer": answer.verdict,
        "peeking_error": _simulated(prices(plan.looks, plan.alpha, plan.power)["error"].iloc[0], "share", "a single look's limit used at every look"),
    }


def alike_findings(plan: Plan, alike: Estimate) -> dict[str, Value]:
    """How alike one salesperson's readers are in registering, and what the test would take if they were as alike as the interval allows."""
    weeks = weeks_needed(cautious(plan, alike))
    return {"registration_icc": alike, "test_weeks_cautious": _simulated(weeks, "weeks", "the ICC at the upper end of its interval")}


def last_period_findings(plan: Plan, correlation: Estimate | None) -> dict[str, Value]:
    """What adjusting by last period (CUPED) would save of the test. None: the log has no two halves."""
    if correlation is None:
        return {}
    weeks = weeks_needed(with_last_period(plan, correlation.value))
    return {
        "last_period_correlation": correlation,
        "last_period_variance_left": _simulated(1 - correlation.value**2, "share", "1 less the squared correlation of salespeople's rates in both halves of the log"),
        "test_weeks_last_period": _simulated(weeks, "weeks", "adjusted by last period"),
    }


def _simulated(value: float, unit: str, method: str) -> Estimate:
    return Estimate(float(value), np.nan, np.nan, unit, "simulated", method)


def trial_findings(trial: TrialReading) -> dict[str, Value]:
    """What the test that was run says by its frozen rule."""
    left = {"trial_variance_left": exactly(trial.adjusted.variance_ratio, "share")} if trial.adjusted else {}
    return {
        "trial_effect": trial.decisive.scaled(100, "points"),
        "trial_effect_naive": trial.naive.scaled(100, "points"),
        "trial_split_p": Estimate(trial.split.p, np.nan, np.nan, "", method="chi-square of salespeople against the designed split"),
        "trial_verdict": trial.verdict,
        "trial_deviations": exactly(len(trial.deviations), "deviations"),
        **left,
    }
