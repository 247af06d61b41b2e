"""Controls: named, in whole steps, told in words."""

import pytest

from helpers.lesson.controls import align, choice, slider


@pytest.mark.parametrize(("value", "low", "high", "step"), [(16_437, 0, 50_000, 500), (0.33, 0, 1, 0.05), (120, 0, 100, 10), (-5, 0, 100, 10), (90, 0, 365, 30)])
def test_the_first_value_is_where_the_slider_can_stand(value, low, high, step):
    """A browser moves a value that is no whole number of steps from the low end: the picture would change untouched."""
    widget = slider("n", "N", value, low, high, step).widget
    assert widget.value == value
    assert widget.min <= value <= widget.max
    assert (value - widget.min) / step == pytest.approx(round((value - widget.min) / step))
    assert (widget.max - value) / step == pytest.approx(round((widget.max - value) / step))
    assert widget.min >= min(low, value) and widget.max <= max(high, value)


def test_whole_numbers_stay_whole():
    assert isinstance(slider("n", "N", 5.0, 1, 10, 1).widget.value, int)
    assert isinstance(slider("n", "N", 5, 1, 10, 0.5).widget.value, float)


def test_the_field_carries_the_name_with_its_unit():
    assert slider("n", "Clerks", 5, 1, 10, 1, "people").widget.description == "Clerks (people)"


def test_values_in_words():
    assert slider("n", "Cost", 1, 0, 9, 1, "CNY").said(1_234_567) == "1,234,567 CNY"
    assert slider("n", "Rate", 0.1, 0, 1, 0.1, "points").said(0.1 + 0.2) == "0.3 points"
    assert choice("m", "Show", [("in hours", "h"), ("in money", "cny")], "h").said("cny") == "in money"
    assert choice("m", "Show", ["a", "b"], "a").said("b") == "b"


def test_labels_get_the_room_of_the_longest():
    short, long_, listed = slider("a", "A", 1, 0, 2, 1), slider("b", "Each document's first-time-right improves by", 0, 0, 40, 5, "points"), choice("c", "C", ["x", "y"], "x")
    align([short, long_, listed])
    width = float(short.widget.style.description_width.removesuffix("em"))
    assert width >= 0.5 * len(long_.text)
    assert short.widget.style.description_width == long_.widget.style.description_width == listed.box.children[0].layout.width
