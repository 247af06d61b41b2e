"""A range may stay blank, and is held against the outcome in the unit it was asked in."""

import pytest

from helpers.evidence.estimate import Estimate
from helpers.intake.refusal import Refusal
from helpers.lesson.learner.prediction import BLANK, Prediction

SHARE = Estimate(0.2897, 0.271, 0.308, "share")


def _held(low, high, outcome=SHARE):
    return Prediction("How many are new?", outcome.unit, low, high, "New").held_against(outcome)


@pytest.mark.parametrize(("low", "high", "hit"), [(20, 30, True), (30, 20, True), (30, 40, False), (BLANK, BLANK, None), (BLANK, 30, None)])
def test_a_guess_is_a_hit_a_miss_or_blank(low, high, hit):
    assert _held(low, high).hit is hit


def test_shares_are_guessed_in_percent_and_other_units_as_they_are():
    assert not _held(0.2, 0.3).hit
    assert _held(2, 3, Estimate(2.5, 2, 3, "h")).hit


def test_the_outcome_says_both_and_which_way_it_missed():
    assert _held(30, 20).sentence.startswith("A hit: you said 20 to 30, the outcome is 29.0 %")
    assert _held(40, 50).sentence.startswith("A miss, too high") and _held(1, 2).sentence.startswith("A miss, too low")
    assert _held(BLANK, BLANK).sentence.startswith("You left it blank. The outcome: 29.0 %")


@pytest.mark.parametrize(("typed", "meant"), [("10", 10), (" 10 % ", 10), ("1,500", 1500), ("2.5", 2.5), ("", BLANK), ("about ten", BLANK), ("-3", BLANK)])
def test_the_fields_take_numbers_as_people_type_them(typed, meant):
    prediction = Prediction("How many?", "share")
    low, _ = prediction.fields()
    low.value = "7"
    low.value = typed
    assert prediction.low == meant and low.description == "From (%)"


def test_one_end_alone_is_refused():
    with pytest.raises(Refusal, match="two ends"):
        Prediction("How many?", "share", 10, BLANK).check()


def test_what_is_committed_comes_back():
    again = Prediction("How many?", "share")
    again.take(Prediction("How many?", "share", 30, 20).answer())
    assert (again.low, again.high) == (20, 30)
    assert Prediction("How many?", "share").answer() == {}
