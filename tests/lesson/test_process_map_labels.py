"""Labels of the process map's lines: on their line, off whatever else is there."""

import numpy as np
import pytest

from helpers.lesson.process_map_labels import along, obstacles_of, place

DOWN = np.array([[0.0, 0.0], [0.0, 400.0]])
SIZES = np.array([[30.0, 15.0]] * 3)
NOWHERE = np.zeros((0, 4))


def _placed(lines, boxes=NOWHERE, first=None):
    return place(lines, SIZES, np.arange(len(lines)) if first is None else first, obstacles_of(lines, boxes))


def test_alone_a_label_stands_in_the_middle_of_its_line():
    assert _placed([DOWN])[0] == pytest.approx([0, 200], abs=1)


def test_a_label_keeps_off_a_box_in_the_middle():
    _, y = _placed([DOWN], np.array([[-50.0, 150.0, 50.0, 250.0]]))[0]
    assert abs(y - 200) > 50 + 7


def test_labels_of_lines_upon_each_other_keep_apart():
    one, other = _placed([DOWN, DOWN])[:2]
    assert abs(one[0] - other[0]) >= 30 or abs(one[1] - other[1]) >= 15


def test_a_label_keeps_off_other_lines():
    across = np.array([[-100.0, 200.0], [100.0, 200.0]])
    assert abs(_placed([DOWN, across], first=[0])[0][1] - 200) > 7


def test_points_along_a_bent_line():
    bent = np.array([[0.0, 0.0], [0.0, 10.0], [30.0, 10.0]])
    assert along(bent, np.array([0, 0.25, 0.5, 1])).tolist() == [[0, 0], [0, 10], [10, 10], [30, 10]]
