"""The two thirds: both readings, and what tells them apart."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open
from helpers.paperwork.process.communication import communication

LONG_AND_SHORT = """
    case, activity, kind, party, start, end
    1, talk,  explain, clerk, 2026-01-05 09:00, 2026-01-05 10:00
    1, check, review,  clerk, 2026-01-05 10:00, 2026-01-05 19:00
    2, talk,  explain, clerk, 2026-01-05 09:00, 2026-01-05 09:54
    2, check, review,  clerk, 2026-01-05 10:00, 2026-01-05 10:06
"""


def test_planted_share_is_recovered(shipped_times, truth):
    found, realised = communication(shipped_times), truth["realised"]
    assert found.ratio_of_means.low <= realised["communication_share_ratio_of_means"] <= found.ratio_of_means.high
    assert found.mean_of_ratios.low <= realised["communication_share_mean_of_ratios"] <= found.mean_of_ratios.high
    assert found.ratio_of_means.low <= truth["expected"]["communication_share"] <= found.ratio_of_means.high
    assert found.borne_out and found.above_mean < 0.001


def test_ratio_of_means_is_not_mean_of_ratios(small_log):
    """Trap 9: one long client with little talk outweighs a short one in the one and not in the other."""
    found = communication(timed(small_log(LONG_AND_SHORT), always_open()))
    assert found.ratio_of_means.value == pytest.approx(1.9 / 11)
    assert found.mean_of_ratios.value == pytest.approx(0.5)
    assert not found.borne_out


def test_a_higher_claim_is_not_borne_out(shipped_times):
    found = communication(shipped_times, claimed=0.8)
    assert not found.borne_out and found.above_ratio > 0.999


def test_without_kinds_it_is_refused(small_log):
    log = small_log(LONG_AND_SHORT.replace("kind, ", "sort, "))
    with pytest.raises(Refusal, match="kind of work"):
        communication(timed(log, always_open()))
    with pytest.raises(Refusal, match="no clerk's work"):
        communication(timed(small_log(LONG_AND_SHORT), always_open()), kinds=("chat",))
