"""Hits and Brier scores, against values worked out by hand."""

import pytest

from helpers.room.calibration import brier, calibration, hit


@pytest.mark.parametrize(("answer", "outcome", "expected"), [
    ({"low": 10, "high": 30}, {"value": 30}, True),
    ({"low": 30, "high": 10}, {"value": 12}, True),
    ({"low": 10, "high": 30}, {"value": 31}, False),
    ({}, {"value": 31}, None),
    ({"low": 10}, {"value": 11}, None),
    ({"low": 10, "high": 30}, {}, None),
])  # fmt: skip
def test_a_range_is_a_hit_where_it_holds_the_outcome(answer, outcome, expected):
    assert hit(answer, outcome) is expected


@pytest.mark.parametrize(("yes", "confidence", "was", "expected"), [(True, 1, True, 0), (True, 1, False, 1), (False, 0.8, False, 0.04), (False, 0.8, True, 0.64), (True, 0.5, False, 0.25)])
def test_brier_punishes_being_sure_and_wrong(yes, confidence, was, expected):
    assert brier({"yes": yes, "confidence": confidence}, {"yes": was}) == pytest.approx(expected)


@pytest.mark.parametrize("answer", [{}, {"yes": True}, {"yes": "true", "confidence": 1}, {"yes": True, "confidence": True}])
def test_a_blank_yes_or_no_scores_nothing(answer):
    assert brier(answer, {"yes": True}) is None


def test_a_record_counts_what_was_answered_only():
    kept = calibration([({"low": 1, "high": 2}, {"value": 1.5}), ({"low": 1, "high": 2}, {"value": 3}), ({}, {"value": 1}), ({"yes": True, "confidence": 0.9}, {"yes": True})])
    assert (kept.hits, kept.ranges, kept.answers) == (1, 2, 1) and kept.brier == pytest.approx(0.01)
    assert calibration([]).brier is None
