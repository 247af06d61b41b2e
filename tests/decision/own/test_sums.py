"""Amounts are sums of products, and nothing else is ever read from them."""

import numpy as np
import pytest

from helpers.decision.own.sums import Sum, read_sum
from helpers.intake.refusal import Refusal

DRAWS = {"calls": np.array([1.0, 2.0]), "price": np.array([10.0, 20.0])}


@pytest.mark.parametrize(
    ("text", "values"),
    [("calls * price", [10, 40]), ("0.5*calls*2 + 3", [4, 5]), ("7", [7, 7]), ("calls + price + 1", [12, 23])],
)
def test_a_sum_is_worked_out_per_draw(text, values):
    assert np.allclose(read_sum(text, "here").of(DRAWS) * np.ones(2), values)


@pytest.mark.parametrize("text", ["__import__('os')", "calls - price", "calls ** 2", "(calls)", "calls price", "", "1e3", "Calls", "a.b"])
def test_anything_else_is_refused(text):
    with pytest.raises(Refusal, match="can't be read as an amount"):
        read_sum(text, "here")


def test_its_names_and_an_empty_sum():
    assert read_sum("b * a + a", "").names == ("b", "a")
    assert Sum(()).of(DRAWS) == 0
