"""Numbers as the memo writes them."""

from math import nan

import pytest

from helpers.decision.wording import amount, digits, money, percent, short
from helpers.evidence.estimate import Estimate, exactly


@pytest.mark.parametrize("value, text", [(0, "0"), (0.01234, "0.0123"), (123456, "123,000"), (-5.678, "-5.68"), (999.9, "1,000"), (nan, "not known")])
def test_three_digits(value, text):
    assert digits(value) == text


@pytest.mark.parametrize("value, text", [(123456, "CNY 123,000"), (-1200, "minus CNY 1,200"), (6.4567, "CNY 6.46"), (0, "CNY 0"), (-0.0, "CNY 0")])
def test_money(value, text):
    assert money(value) == text


def test_shares_and_intervals():
    assert amount(0.2897, "share") == "29.0 %"
    assert short(Estimate(0.27, 0.241, 0.3, "share")) == "27.0 % (24.1 to 30.0)"
    assert short(exactly(5, "clerks")) == "5 clerks"
    assert short(Estimate(3, nan, nan, "h")) == "3.00 h"
    assert short(Estimate(nan, nan, nan)) == "not known"


@pytest.mark.parametrize("share, text", [(1.0, "over 99 %"), (0.0, "under 1 %"), (0.504, "50 %")])
def test_nothing_is_certain(share, text):
    assert percent(share) == text
