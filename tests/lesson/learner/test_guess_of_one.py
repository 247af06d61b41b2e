"""A guess among names: blank is allowed, a name that isn't there is refused, and the outcome is told."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.lesson.learner.guess_of_one import GuessOfOne

STEPS = ["explain", "review"]


@pytest.mark.parametrize(("guess", "told"), [("", "left the guess blank"), ("review", "A hit"), ("explain", "A miss: you said explain")])
def test_the_guess_is_held_against_the_outcome(guess, told):
    assert told in GuessOfOne("Which?", STEPS, guess).held_against("review").text


def test_a_name_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Refusal, match="isn't among explain and review"):
        GuessOfOne("Which?", STEPS, "revue")
