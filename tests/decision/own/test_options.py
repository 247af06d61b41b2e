"""Net values agree with their flows month by month, with a closed form, and with what is begun too late to matter."""

import numpy as np
import pytest

from helpers.decision.money import monthly_rate, npv
from helpers.decision.own.options import Terms, calendar, flows, months_to_pay_back, net_values
from helpers.decision.own.plan import OwnOption
from helpers.decision.own.sums import read_sum

DRAWS = {"cost": np.array([1000.0, 2000.0]), "gain": np.array([300.0, 400.0]), "use": np.array([0.5, 1.0])}


def option(**timing) -> OwnOption:
    return OwnOption("a tool", read_sum("cost", ""), read_sum("20", ""), read_sum("gain", ""), read_sum("use", ""), **timing)


@pytest.mark.parametrize("timing", [{}, {"begins": 2, "ready_after": 3, "settles_after": 4}, {"ready_after": 30}, {"begins": 40}])
@pytest.mark.parametrize("convention", ["period 0", "spreadsheet"])
def test_the_net_value_is_that_of_the_flows(timing, convention):
    terms = Terms(24, 0.1, convention)
    worth = net_values(DRAWS, [option(**timing)], terms)["a tool"]
    assert np.allclose(worth, npv(monthly_rate(0.1), flows(DRAWS, option(**timing), terms), convention))


def test_without_discounting_it_can_be_reckoned_by_hand():
    worth = net_values(DRAWS, [option(begins=1, ready_after=1)], Terms(12, 0.0))["a tool"]
    assert np.allclose(worth, [-1000 + 10 * (150 - 20), -2000 + 10 * (400 - 20)])  # runs in months 3 to 12


def test_users_grow_evenly_until_they_have_settled():
    when = calendar(option(begins=1, ready_after=1, settles_after=4), 8)
    assert when.uses.tolist() == [0, 0, 0, 0.25, 0.5, 0.75, 1, 1, 1] and when.runs.sum() == 6 and when.paid.argmax() == 1


def test_doing_nothing_is_worth_nothing_and_what_begins_after_the_horizon_too():
    worth = net_values(DRAWS, [OwnOption("do nothing"), option(begins=40)], Terms(24))
    assert not worth["do nothing"].any() and not worth["a tool"].any() and len(worth["do nothing"]) == 2


def test_paying_back_is_told_in_months_or_never():
    cheap = OwnOption("cheap", read_sum("100", ""), gain_monthly=read_sum("50", ""))
    dear = OwnOption("dear", read_sum("1000", ""), gain_monthly=read_sum("50", ""))
    assert months_to_pay_back({}, cheap, Terms(12)) == pytest.approx([2]) and np.isnan(months_to_pay_back({}, dear, Terms(12))).all()
