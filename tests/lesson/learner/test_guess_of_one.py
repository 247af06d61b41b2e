"""A guess among names: blank is allowed, a name that isn't there is refused, and the outcome is told."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.lesson.learner.guess_of_one import GuessOfOne

STEPS = ["explain", "review"]


@pytest.mark.parametrize(("guess", "told", "hit"), [("", "left it blank", None), ("review", "A hit", True), ("explain", "A miss: you said explain", False)])
def test_the_guess_is_held_against_the_outcome(guess, told, hit):
    held = GuessOfOne("Which?", STEPS, guess).held_against("review")
    assert told in held.sentence and held.hit is hit


def test_a_name_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Refusal, match="isn't among explain and review"):
        GuessOfOne("Which?", STEPS, "revue")


def test_what_is_committed_comes_back_unless_the_name_is_gone():
    again = GuessOfOne("Which?", STEPS)
    again.take({"choice": "review"})
    assert again.guess == "review"
    again.take({"choice": "lunch"})
    assert again.is_blank
