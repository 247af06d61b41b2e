"""What teams predicted, counted: by words or by where ranges reach, never before nobody can be told apart."""

import pytest

from helpers.room.said import counted


@pytest.mark.parametrize(("answers", "seated", "shown"), [(1, 6, False), (2, 6, False), (3, 6, True), (2, 2, True), (1, 2, False)])
def test_nothing_is_told_while_one_could_tell_who_said_it(answers, seated, shown):
    assert bool(counted([{"choice": "Hire"}] * answers, seated)) is shown


def test_choices_and_answers_are_counted_by_their_words():
    assert counted([{"choice": "Hire", "why": "because"}, {"choice": "Neither"}, {"choice": "Hire"}, {}, {"why": "no idea"}], 6) == {"Hire": 2, "Neither": 1, "left blank": 2}
    yes = {"yes": True, "confidence": 0.75}
    assert counted([yes, yes | {"confidence": 0.6}, yes | {"yes": False}], 3) == {"yes, 75 % sure or more": 1, "yes, less than 75 % sure": 1, "no, 75 % sure or more": 1}


def test_ranges_are_counted_where_they_reach():
    said = counted([{"low": 0, "high": 60}, {"low": 20, "high": 30}, {"low": 30, "high": 20}, {"low": 60, "high": 50}], 4)
    assert said == {"0 to 10": 1, "10 to 20": 1, "20 to 30": 3, "30 to 40": 1, "40 to 50": 1, "50 to 60": 2}


def test_ranges_without_a_width_are_counted_too():
    assert counted([{"low": 5, "high": 5}] * 3, 3) == {"5": 3}
    assert sum(counted([{"low": 5, "high": 5}, {"low": 0, "high": 0}, {"low": 6, "high": 6}], 3).values()) == 3
