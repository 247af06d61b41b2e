"""Present value, payback, time-driven costing; trap 10: hours are not cash, parties are not added, conventions differ."""

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.decision import money
from helpers.intake.refusal import Refusal

FLOWS = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


def test_npv_conventions_published(published):
    entry = published("npv_excel_vs_numpy")
    flows, rate = entry["inputs"]["flows"], entry["inputs"]["rate"]
    assert money.npv(rate, flows, "spreadsheet") == pytest.approx(entry["expected"]["excel_npv"], abs=0.01)
    assert money.npv(rate, flows) == pytest.approx(entry["expected"]["period0_npv"], abs=1e-6)


@given(FLOWS, st.floats(0, 0.5))
def test_npv_agrees_with_numpy_financial_and_conventions_differ_by_one_period(flows, rate):
    assert money.npv(rate, flows) == pytest.approx(npf.npv(rate, flows), rel=1e-9, abs=1e-6)
    assert money.npv(rate, flows, "spreadsheet") * (1 + rate) == pytest.approx(money.npv(rate, flows), rel=1e-9, abs=1e-6)


def test_npv_takes_draws_by_rows():
    flows = np.array([[-100.0, 60, 60], [-100.0, 10, 10]])
    assert money.npv(0.1, flows) == pytest.approx([npf.npv(0.1, row) for row in flows])


def test_unknown_convention_is_refused_by_name():
    with pytest.raises(Refusal, match="spreadsheet"):
        money.npv(0.1, [1, 2], "excel")


def test_payback_published(published):
    entry = published("payback_npv")
    flows, rate, expected = entry["inputs"]["flows"], entry["inputs"]["rate"], entry["expected"]
    got = {
        "payback": money.payback(flows), "discounted_payback": money.discounted_payback(rate, flows), "npv": money.npv(rate, flows),
        "irr": money.irr(flows), "bcr": money.benefit_cost_ratio(rate, flows),
    }
    assert got == pytest.approx(expected, abs=1e-9)


def test_payback_edges():
    assert np.isnan(money.payback([-100, 10, 10]))
    assert money.payback([0, 0, 0]) == 0
    assert money.payback([-100, 100]) == 1
    assert money.payback([0, -100, 50, 100]) == 2.5, "before the first cost nothing has come back"
    assert np.isnan(money.payback([0, 0, -100, 10]))
    assert np.isnan(money.payback([-100, 150, -100, 40])), "in debt again, and for good"
    assert money.payback([-100, 150, -100, 100]) == 2.5
    assert np.isnan(money.irr([10, 10]))
    np.testing.assert_allclose(money.payback([[-100, 50, 50], [-100, 200, 0], [5, 5, 5]]), [2, 0.5, 0])


@given(FLOWS)
def test_payback_is_where_the_cumulated_line_crosses_zero(flows):
    when = money.payback(flows)
    if np.isnan(when):
        assert np.cumsum(flows)[-1] < 0
    elif when > 0:
        total, nothing = np.cumsum(flows), 1e-6 * max(1, np.abs(flows).max())
        assert np.interp(when, range(len(flows)), total) == pytest.approx(0, abs=nothing)
        assert (total[int(np.ceil(when)) :] >= -nothing).all()


def test_monthly_rate_compounds_to_the_year():
    assert (1 + money.monthly_rate(0.08)) ** 12 == pytest.approx(1.08)


def test_time_driven_costing_published(published):
    entry = published("tdabc_kaplan_anderson")
    given_, expected = entry["inputs"], entry["expected"]
    volumes = [given_["orders"], given_["inquiries"], given_["credit_checks"]]
    got = money.capacity_cost(given_["total_cost"], given_["practical_capacity_min"], given_["unit_min"], volumes)
    assert (got.rate, got.minutes_used, got.utilisation, got.assigned, got.unused) == pytest.approx(
        (expected["cost_per_min"], expected["minutes_used"], expected["utilisation"], expected["cost_assigned"], expected["unused_cost"]), abs=1e-6)
    assert got.unit_costs == pytest.approx(tuple(expected["td_rates"]))
    assert money.traditional_rates(given_["total_cost"], given_["survey_shares"], volumes) == pytest.approx(expected["traditional_rates"])


def test_more_work_than_capacity_is_refused():
    with pytest.raises(Refusal, match="there are only 100"):
        money.capacity_cost(1000, 100, [11], [10])


def test_only_whole_clerks_released_are_cash():
    """Trap 10: 100 h saved of a 160 h clerk release nobody; a brochure would claim 5,000."""
    saved = money.time_saved(100, hours_per_clerk=160, cost_per_clerk=8000, client_hours=400)
    assert (saved.clerks_released, saved.cash) == (0, 0)
    assert saved.freed.hours == 100 and saved.client.hours == 400
    assert money.linear_cash_fallacy(100, 160, 8000) == 5000


@given(st.floats(0, 5000), st.floats(0, 5000), st.integers(0, 40))
def test_saved_time_is_conserved_and_cash_never_exceeds_the_linear_claim(clerk, client, most):
    saved = money.time_saved(clerk, 160, 8000, client, may_release=most)
    assert saved.clerks_released == int(saved.clerks_released) <= most
    assert saved.clerks_released * 160 + saved.freed.hours == pytest.approx(clerk)
    assert saved.cash <= money.linear_cash_fallacy(clerk, 160, 8000) + 1e-4
    assert saved.cash == money.time_saved(clerk, 160, 8000, 0, may_release=most).cash  # client hours never pay


def test_clerk_and_client_hours_refuse_to_be_added():
    """Trap 10: one sum of both parties' hours is nobody's benefit."""
    clerk, client = money.PartyHours("clerk", 10.0), money.PartyHours("client", 30.0)
    with pytest.raises(Refusal, match="clerk time can't be added to client's"):
        clerk + client
    with pytest.raises(Refusal):
        clerk + 30.0
    assert (clerk + clerk).hours == 20
