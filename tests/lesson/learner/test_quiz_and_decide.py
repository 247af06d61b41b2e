"""Misconceptions are answered with reasons; a decision is kept, with its risk and what would change it."""

from ipywidgets import Button, ToggleButtons

from helpers.lesson.learner.decide import Decision
from helpers.lesson.learner.quiz import Belief, Quiz

BELIEF = Belief("hands", "More clerks make clients wait less.", False, "they shorten one queue only.")


def test_the_reason_comes_with_either_answer():
    assert BELIEF.verdict("wrong") == "Yes. The sentence is wrong: they shorten one queue only."
    assert BELIEF.verdict("right").startswith("Not quite. The sentence is wrong")


def test_the_first_answer_is_kept_and_comes_back(kept):
    box = Quiz("case/beliefs", [BELIEF])._asked(BELIEF)
    answer = next(one for one in box.children[1].children if isinstance(one, ToggleButtons))
    answer.value = "right"
    assert "Not quite" in box.children[2].value and kept.answer("case/beliefs/hands") == {"choice": "right"}
    answer.value = "wrong"
    assert "Yes." in box.children[2].value and kept.answer("case/beliefs/hands") == {"choice": "right"}
    again = Quiz("case/beliefs", [BELIEF])._asked(BELIEF)
    assert "Not quite" in again.children[2].value


def test_a_decision_is_kept_once_and_compared_with_the_evidence(kept):
    asked = Decision("case/decision", ["hire", "standardise"], "standardise")
    box = asked.box("id")
    button = next(one for one in box.children[3].children if isinstance(one, Button))
    button.click()
    assert "Choose what you recommend" in box.children[3].children[1].value and kept.answer("case/decision") is None
    box.children[0].children[1].value, box.children[1].value = "hire", "they leave"
    button.click()
    assert kept.answer("case/decision") == {"choice": "hire", "risk": "they leave", "change": ""}
    assert "the evidence leads to standardise" in box.children[3].children[1].value and button.disabled
    assert asked.box("again").children[1].value == "they leave"
