"""The back-test passes on the shipped log, and fails for an office that isn't the log's."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.office.backtest import NAMES, back_test

WRONG = {  # fault -> what it must be noticed in
    "rework left out": (lambda office: replace(office, failure=np.zeros_like(office.failure)), "utilisation"),
    "everything takes longer": (lambda office: replace(office, durations=replace(office.durations, values=office.durations.values * 1.15)), "lead_time_p50"),
    "twice the clerks": (lambda office: replace(office, clerks=16), "wait"),
}


@pytest.fixture(scope="module")
def passed(shipped_times, shipped_office):
    return back_test(shipped_times, shipped_office, replications=12)


def test_the_shipped_log_is_reproduced(passed):
    assert passed.passed, passed.words()
    assert {each.metric for each in passed.compared} == set(NAMES)
    assert passed.words()[-1].endswith("the simulation reproduces the log.")


def test_the_log_side_is_the_truth(passed, truth):
    logged = {each.metric: each.log for each in passed.compared}
    assert logged["lead_time_p50"].value == pytest.approx(truth["realised"]["lead_time"]["clock_days"]["median"], rel=0.05)
    assert logged["lead_time_p90"].value == pytest.approx(truth["realised"]["lead_time"]["clock_days"]["p90"], rel=0.05)
    assert logged["utilisation"].value == pytest.approx(truth["realised"]["utilisation"], rel=0.03)
    assert all(each.low < each.value < each.high for each in logged.values())


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_office_is_found_out(shipped_times, shipped_office, fault):
    change, metric = WRONG[fault]
    found = back_test(shipped_times, change(shipped_office), replications=4)
    failed = [each for each in found.compared if each.metric == metric]
    assert not found.passed and not failed[0].passed
    assert "does not reproduce" in failed[0].words() and "don't rest the options" in found.words()[-1]


def test_a_short_log_is_refused(shipped_times, shipped_office):
    log = shipped_times.log
    month = log.handlings[log.handlings["start"] < log.handlings["start"].min() + np.timedelta64(28, "D")]
    with pytest.raises(Refusal, match="whole weeks, too few"):
        back_test(replace(shipped_times, log=replace(log, handlings=month)), shipped_office)
