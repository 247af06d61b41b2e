"""A sheet of predictions: committed once, locked, kept where there is a journal; elsewhere nothing waits."""

import pytest
from ipywidgets import Button

from helpers.intake.refusal import Refusal
from helpers.lesson.learner import gate
from helpers.lesson.learner.prediction import Prediction
from helpers.lesson.learner.sheet import BLANK, FILLED, Sheet, _inputs
from helpers.lesson.learner.yes_or_no import YesOrNo


def sheet():
    return Sheet("case/first", {"many": Prediction("How many?", "share", short="Many"), "pays": YesOrNo("Does it pay?", short="Pays")})


def button(box):
    return next(one for part in box.children if hasattr(part, "children") for one in part.children if isinstance(one, Button))


def test_without_a_journal_nothing_waits_and_nothing_is_kept():
    asked = sheet()
    assert gate.is_open() and asked.is_blank
    asked.commit()
    assert asked.committed and not sheet().committed


def test_in_the_app_the_gate_opens_with_the_commit(kept):
    asked = sheet()
    assert not gate.is_open()
    asked.commit()
    assert gate.is_open() and kept.answer("case/first/many") == {}


def test_what_was_committed_is_there_again_and_the_gate_is_open(kept):
    first = sheet()
    first.guesses["many"].low, first.guesses["many"].high, first.why = 20, 40, "a feeling"
    first.commit()
    again = sheet()
    assert again.committed and gate.is_open()
    assert (again.guesses["many"].low, again.guesses["pays"].yes, again.why) == (20, None, "a feeling")


def test_a_click_locks_every_field(kept):
    asked = sheet()
    box = asked.box("id")
    fields = [one for part in box.children for one in _inputs(part)]
    assert button(box).description == BLANK
    fields[0].value = "20"
    button(box).click()
    assert not asked.committed  # one end of a range alone
    fields[1].value = "40"
    assert button(box).description == FILLED
    button(box).click()
    assert asked.committed and all(one.disabled for one in fields) and button(box).disabled


def test_one_end_alone_is_not_committed(kept):
    asked = sheet()
    asked.guesses["many"].low = 20
    with pytest.raises(Refusal, match="two ends"):
        asked.commit()
    assert kept.answer("case/first/many") is None and not gate.is_open()
