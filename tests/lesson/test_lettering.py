"""Lettering: text as outlines, taken literally, each worked out once."""

import numpy as np
import pytest

from helpers.lesson.lettering import lettered, written


def test_a_longer_text_is_wider_and_a_larger_one_too():
    assert lettered("client", 9).width < lettered("client, client", 9).width
    assert lettered("client", 18).width == pytest.approx(2 * lettered("client", 9).width)


def test_a_dollar_sign_is_a_dollar_sign():
    assert lettered("pay $5 or $6", 9).width > lettered("pay 5 or 6", 9).width


def test_chinese_characters_have_shapes_of_their_own():
    assert len({lettered(character, 9).outline.vertices.tobytes() for character in "用户送件審核"}) == 6


def test_a_line_is_centred_where_it_was_asked_for():
    corners = written([("oxo", 100, 50, "black")], 9).get_paths()[0].vertices
    assert corners[:, 0].min() + corners[:, 0].max() == pytest.approx(200, abs=2)
    assert 45 < corners[:, 1].mean() < 55


def test_an_empty_line_is_drawn_as_nothing():
    assert lettered("", 9).width == 0 and np.size(written([("", 0, 0, "black")], 9).get_paths()[0].vertices) == 0


def test_the_same_text_is_worked_out_once():
    assert lettered("once", 9) is lettered("once", 9)
