"""Yes or no with a confidence: scored by Brier's rule, in plain words."""

import pytest

from helpers.lesson.learner.yes_or_no import YesOrNo


@pytest.mark.parametrize(("yes", "sure", "outcome", "score"), [(True, 70, True, "0.09"), (True, 70, False, "0.49"), (False, 100, False, "0.00"), (False, 50, True, "0.25"), (True, 100, False, "1.00")])
def test_the_brier_score_is_the_squared_distance(yes, sure, outcome, score):
    held = YesOrNo("Does it pay?", yes, sure).held_against(outcome)
    assert f"Brier score is {score}" in held.sentence and held.hit is (yes == outcome)


def test_a_no_is_drawn_at_the_chance_of_yes():
    assert YesOrNo("Does it pay?", False, 90).held_against(True).said == (10, 10)


def test_blank_is_told_and_not_scored():
    held = YesOrNo("Does it pay?").held_against(True)
    assert held.hit is None and held.said is None and held.sentence == "You left it blank. It is yes."


def test_the_buttons_change_the_answer():
    asked = YesOrNo("Does it pay?")
    answer, sure = asked.fields()
    answer.children[1].value, sure.children[0].value = "no", 80
    assert asked.answer() == {"yes": False, "confidence": 0.8}
    answer.children[1].value = ""
    assert asked.is_blank and asked.answer() == {}
