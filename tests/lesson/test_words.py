"""Numbers in words, as a person reads them."""

import math

import pytest

from helpers.evidence.estimate import Estimate, assumed, exactly
from helpers.lesson import words


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(0.2897, "share", "29.0 %"), (12345.6, "CNY", "CNY 12,300"), (0.0, "share", "0 %"), (2.713, "h", "2.71 h"), (-4321.0, "CNY", "minus CNY 4,320"), (math.inf, "days", "endlessly many days"), (math.inf, "", "without bound")],
)
def test_numbers(value, unit, said):
    assert words.number(value, unit) == said


def test_an_estimate_tells_interval_and_basis():
    assert words.estimate(Estimate(0.2897, 0.271, 0.308, "share")) == "29.0 % (95 % interval 27.1 to 30.8, measured)"
    assert words.estimate(assumed(3.0, 2.0, 5.0, "h")) == "3.00 h (80 % interval 2.00 to 5.00, assumed)"
    assert words.estimate(Estimate(0.2897, 0.271, 0.308, "share"), bare=True) == "29.0 %"


def test_what_was_counted_is_told_in_full_and_without_interval():
    assert words.estimate(exactly(140_938.0)) == "140,938 (measured)"


def test_a_missing_interval_is_told():
    assert words.estimate(Estimate(0.5, math.nan, math.nan, "share")) == "50.0 % (measured; no interval can be given)"
    assert "only one cluster" in words.estimate(Estimate(0.5, math.nan, math.nan, "share", method="only one cluster"))


@pytest.mark.parametrize(("listed", "said"), [([], "nothing"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_lists(listed, said):
    assert words.listed(listed) == said
