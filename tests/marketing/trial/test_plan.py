"""The test plan: published values, closed forms, and a simulated check that its power is what tests really have."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.evidence.trial import Arm, adjusted_effect
from helpers.intake.refusal import Refusal
from helpers.marketing.trial.plan import (
    Plan,
    correlation_by_salesperson,
    design_effect,
    detectable,
    horizon,
    power_curve,
    salespeople_needed,
    sizes,
    weeks_needed,
    with_last_period,
)
from helpers.marketing.worlds.same import draw, record

EVEN = Plan(0.2, 0.05, 0.04, np.full(172, 0.5))
TAIL = 4 * np.exp(0.7 * np.random.default_rng(0).standard_normal(200) - 0.245)


def test_the_published_chain_from_independent_to_salespeople(published):
    inputs, expected = published("ss_cluster_chain")["inputs"], published("ss_cluster_chain")["expected"]
    weekly = np.full(172, inputs["clients_per_salesperson"] / 52)
    row = sizes(Plan(inputs["p1"], inputs["p2"] - inputs["p1"], inputs["icc"], weekly)).set_index("convention").loc["pooled"]
    assert row["reads_independent"] == pytest.approx(expected["n_individual"], abs=0.01)
    assert row["design_effect"] == pytest.approx(expected["design_effect"])
    assert row["reads_clustered"] == pytest.approx(expected["n_clustered"], abs=0.05)
    assert row["salespeople"] == expected["clusters_per_arm"]


def test_the_conventions_differ(published):
    found = sizes(EVEN).set_index("convention")["reads_independent"]
    assert found["evan_miller"] == pytest.approx(published("ss_evanmiller_20_5pp")["expected"]["unrounded"], abs=0.01)
    assert found["pooled"] == pytest.approx(published("ss_pooled_20_25")["expected"]["n_per_arm_unrounded"], abs=0.01)
    assert found.nunique() == 4


def test_weeks_needed_are_those_at_which_the_power_is_reached():
    for plan in (EVEN, replace(EVEN, convention="evan_miller", power=0.9), replace(EVEN, reads_per_week=TAIL, icc=0.001, correlation=0.4, looks=3)):
        weeks = weeks_needed(plan)
        assert np.isfinite(weeks)
        assert power_curve(plan, weeks) == pytest.approx(plan.power, abs=1e-3)
        assert detectable(plan, weeks) == pytest.approx(plan.minimum_effect, rel=1e-3)


def test_salespeople_needed_would_do():
    needed = salespeople_needed(EVEN, 52)
    assert needed == 2 * 85  # 1,093.74 · (1 + 25 · 0.04) / 26, rounded up, in each arm
    assert weeks_needed(replace(EVEN, reads_per_week=np.full(needed, 0.5))) <= 52
    assert weeks_needed(replace(EVEN, reads_per_week=np.full(needed - 6, 0.5))) > 52


def test_what_cannot_be_known_in_time_and_what_never():
    late = horizon(EVEN, 3)
    assert late.verdict == "too late" and not late.knowable and late.weeks > late.allowed
    assert late.detectable > EVEN.minimum_effect > late.floor
    never = horizon(replace(EVEN, minimum_effect=0.02), 3)
    assert never.verdict == "never with these salespeople" and np.isinf(never.weeks)
    assert never.floor > 0.02 and never.salespeople_needed > 172
    soon = horizon(EVEN, 13)
    assert soon.knowable and soon.verdict == "in time" and soon.salespeople_needed <= 172


def test_no_number_of_weeks_beats_the_floor():
    floor = horizon(EVEN, 3).floor
    assert power_curve(replace(EVEN, minimum_effect=floor * 0.97), [1e3, 1e5]).max() < EVEN.power
    assert power_curve(replace(EVEN, minimum_effect=floor * 1.03), 1e5) > EVEN.power


def test_unequal_salespeople_cost_more():
    uneven = np.r_[np.full(86, 0.1), np.full(86, 0.9)]
    assert design_effect(replace(EVEN, reads_per_week=uneven), 50) == pytest.approx(1 + ((1 + 0.64) * 25 - 1) * 0.04)
    assert weeks_needed(replace(EVEN, reads_per_week=uneven)) > weeks_needed(EVEN)


def test_last_period_saves_what_it_explains():
    assert design_effect(with_last_period(EVEN, 0.6), 50) == pytest.approx(0.64 * 1.96)
    assert weeks_needed(with_last_period(EVEN, 0.6)) < weeks_needed(EVEN)


def test_the_correlation_with_last_period_is_what_cuped_then_saves():
    reads = np.maximum(1, np.round(TAIL * 25)).astype(int)
    batch = draw(reads, 0.05, 0.02, 40, np.random.default_rng(5))
    found, saved = [], []
    for i in range(40):
        arms = [Arm(*(part[i] for part in (arm.numerator, arm.denominator, arm.earlier_numerator, arm.earlier_denominator))) for arm in (batch.control, batch.treated)]
        both = [np.concatenate(parts) for parts in zip(*((a.numerator, a.denominator, a.earlier_numerator, a.earlier_denominator) for a in arms), strict=True)]
        found.append(correlation_by_salesperson(*both, np.random.default_rng(i)))
        saved.append(adjusted_effect(*arms).variance_ratio)
    values = [each.value for each in found]
    assert 0.3 < np.mean(values) < 0.95
    assert 1 - np.mean(np.square(values)) == pytest.approx(np.mean(saved), abs=0.05)
    assert np.mean([each.low <= np.mean(values) <= each.high for each in found]) >= 0.85
    assert correlation_by_salesperson([1, 1], [10, 10], [1, 2], [10, 10], np.random.default_rng(0)).value == 0


def test_the_correlation_is_that_of_the_deviations_from_the_overall_rate():
    leads, reads, earlier, before = [3, 1, 0, 4], [10, 8, 6, 9], [2, 2, 0, 3], [12, 7, 5, 6]
    now, then = (np.array(y) - np.array(n) * sum(y) / sum(n) for y, n in ((leads, reads), (earlier, before)))
    found = correlation_by_salesperson(leads, reads, earlier, before, np.random.default_rng(0))
    assert found.value == pytest.approx(np.corrcoef(now, then)[0, 1]) and found.low < found.value < found.high


def test_contamination_and_looks_lengthen_the_test():
    assert replace(EVEN, kept=0.8).target == pytest.approx(0.24)
    assert weeks_needed(replace(EVEN, kept=0.9)) > weeks_needed(EVEN)
    assert weeks_needed(replace(EVEN, looks=5, kind="pocock")) > weeks_needed(replace(EVEN, looks=5)) > weeks_needed(EVEN)


def test_tests_that_are_run_have_the_power_that_was_planned():
    plan = Plan(0.05, 0.02, 0.01, TAIL)
    for weeks in (10, 30):
        reads = np.maximum(1, np.round(TAIL * weeks)).astype(int)
        batch = draw(reads, plan.baseline, plan.icc, 600, np.random.default_rng(weeks), plan.minimum_effect)
        run = record(batch).set_index("reading").loc["clustered", "alarms"]
        assert run == pytest.approx(float(power_curve(plan, weeks)), abs=0.07)


@pytest.mark.parametrize(
    "change, words",
    [
        ({"baseline": 0.0}, "between 0 and 1"),
        ({"minimum_effect": 0.9}, "isn't possible"),
        ({"icc": 1.5}, "ICC"),
        ({"kept": 0.0}, "effect kept"),
        ({"reads_per_week": np.zeros(9)}, "weekly reads"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(change, words):
    with pytest.raises(Refusal, match=words):
        replace(EVEN, **change)
