"""Predict first: a guess may stay blank, and is held against the outcome in the unit it was asked in."""

import pytest

from helpers.evidence.estimate import Estimate
from helpers.lesson.learner.prediction import BLANK, Prediction, Reveal

SHARE = Estimate(0.2897, 0.271, 0.308, "share")


def _reveal(low, high, outcome=SHARE):
    return Reveal(Prediction("How many are new?", outcome.unit, low, high), outcome)


@pytest.mark.parametrize(("low", "high", "hit"), [(20, 30, True), (30, 20, True), (30, 40, False), (BLANK, BLANK, None), (BLANK, 30, None)])
def test_a_guess_is_a_hit_a_miss_or_blank(low, high, hit):
    assert _reveal(low, high).hit is hit


def test_shares_are_guessed_in_percent_and_other_units_as_they_are():
    assert not _reveal(0.2, 0.3).hit
    assert _reveal(2, 3, Estimate(2.5, 2, 3, "h")).hit


def test_the_reveal_says_both():
    assert repr(_reveal(30, 20)).startswith("A hit: you said 20 to 30, the outcome is 29.0 %")
    assert repr(_reveal(BLANK, BLANK)).startswith("You left the guess blank. The outcome: 29.0 %")


def test_the_fields_change_the_guess():
    prediction = Prediction("How many?", "share")
    low, high = prediction._field("low", "From"), prediction._field("high", "To")
    low.value, high.value = 10.0, 20.0
    assert (prediction.low, prediction.high, prediction.is_blank) == (10.0, 20.0, False)
    assert low.description == "From (%)"
