"""The closed forms against published tables, each other, and an independent recursion."""

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork import queueing as q


def near(entry):
    return lambda value: pytest.approx(value, rel=entry["tolerance"])


def test_erlang_c_table(published):
    entry = published("erlang_c_table_A8")
    near_to, load = near(entry), entry["inputs"]["a"]
    queue = q.mmc(load, 1.0, np.array(entry["inputs"]["servers"]))
    rows = entry["expected"]["rows"]
    assert queue.utilisation == near_to([row["rho"] for row in rows])
    assert queue.wait_probability == near_to([row["p_wait"] for row in rows])
    assert queue.wait == near_to([row["wq_over_service"] for row in rows])
    assert queue.queue_length == near_to([row["lq"] for row in rows])


@pytest.mark.parametrize("doctors, name", [(1, "one"), (2, "two")])
def test_county_hospital(published, doctors, name):
    entry = published("mmc_county_hospital")
    queue, near_to, expected = q.mmc(2, 1 / 3, doctors), near(entry), entry["expected"][name]
    assert queue.wait_probability == near_to(expected["p_wait"])
    assert (queue.wait, queue.queue_length) == near_to((expected["Wq"], expected["Lq"]))
    assert (queue.lead_time, queue.in_system) == near_to((expected["W"], expected["L"]))


def test_pollaczek_khinchine(published):
    entry = published("mg1_pollaczek")
    cv2 = np.array(entry["inputs"]["cv2"])
    assert q.mg1(0.8, 1.0, cv2).wait == near(entry)(entry["expected"]["Wq"])
    assert q.mgc(0.8, 1.0, 1, cv2).wait == pytest.approx(q.mg1(0.8, 1.0, cv2).wait), "Allen-Cunneen is exact with one clerk"


def test_rework_feedback(published):
    """Trap 5: leaving rework out makes the lead time 2 instead of 5."""
    entry = published("rework_feedback_mm1")
    given, expected, near_to = entry["inputs"], entry["expected"], near(entry)
    queue = q.with_rework(given["lam"], 1 / given["mu"], 1, given["p_rework"])
    assert q.visits(given["p_rework"]) == near_to(expected["visits"])
    assert queue.utilisation == near_to(expected["rho_eff"])
    assert (queue.in_system, queue.lead_time) == near_to((expected["L"], expected["W"]))
    assert q.mmc(given["lam"], 1 / given["mu"], 1).lead_time == near_to(expected["W_ignoring_rework"])
    assert queue.in_system == pytest.approx(given["lam"] * queue.lead_time)


def test_the_three_options(published):
    entry = published("options_mmc")
    given, near_to = entry["inputs"], near(entry)
    touch = given["service_h"] * np.array([1, 1, given["excel_online_factor"], given["standardise_factor"]])
    queue = q.mmc(given["lam"], touch, np.array([given["clerks"], given["hire"], given["clerks"], given["clerks"]]))
    expected = [entry["expected"][name] for name in ("base", "hire", "excel_online", "standardise")]
    assert queue.utilisation == near_to([row["rho"] for row in expected])
    assert queue.wait_probability == near_to([row["p_wait"] for row in expected])
    assert queue.wait == near_to([row["Wq"] for row in expected])


@pytest.mark.parametrize("clerks", [1, 3, 40, 400, 900])
def test_erlang_b_recursion_for_many_clerks(clerks):
    load, blocked = 0.93 * clerks, 1.0
    for c in range(1, clerks + 1):
        blocked = load * blocked / (c + load * blocked)
    assert q.erlang_b(clerks, load) == pytest.approx(blocked, rel=1e-10)
    assert q.erlang_c(clerks, load) == pytest.approx(blocked / (1 - 0.93 * (1 - blocked)), rel=1e-10)


def test_no_arrivals_no_wait():
    assert q.mmc(0.0, 1.0, 3).wait == 0


def test_sakasegawa_near_allen_cunneen():
    exact, near_it = q.mgc(9, 1 / 3, 4, 0.6).wait, q.mgc(9, 1 / 3, 4, 0.6, method="sakasegawa").wait
    assert near_it == pytest.approx(exact, rel=0.1) and near_it != exact
    with pytest.raises(Refusal, match="no known approximation"):
        q.mgc(9, 1 / 3, 4, method="kingmann")


def test_priorities_conserve_the_mean_wait():
    """One clerk, exponential service: the urgent wait less, the average is first come first served's."""
    rates = np.array([0.2, 0.3, 0.3])
    waits = q.priority_waits(rates, 1.0, 1)
    assert np.all(np.diff(waits) > 0)
    assert np.average(waits, weights=rates) == pytest.approx(q.mmc(0.8, 1.0, 1).wait)


def test_priorities_by_hand():
    """Three classes of 0.2, 0.6, 1.2 an hour, 3 served an hour: 2/9 h over the products of 14/15, 11/15, 5/15."""
    assert q.priority_waits([0.2, 0.6, 1.2], 1 / 3, 1) == pytest.approx([5 / 21, 25 / 77, 10 / 11])


def test_the_wait_distribution_has_the_mean_wait():
    times = np.linspace(0, 20, 200_001)
    tail = q.waits_longer_than(times, 9, 1 / 3, 4)
    assert tail[0] == pytest.approx(q.erlang_c(4, 3))
    assert np.trapezoid(tail, times) == pytest.approx(q.mmc(9, 1 / 3, 4).wait, rel=1e-6)


def test_linear_thinking_is_wrong():
    """Trap 6: a tenth more clients is far more than a tenth more wait."""
    quiet, busy = q.mmc(np.array([18.0, 19.8]), 1.0, 20).wait
    assert busy > 10 * quiet


@pytest.mark.parametrize("ask", [lambda: q.mmc(9, 1 / 3, 3), lambda: q.mmc(np.array([5, 9]), 1 / 3, 3),
                                 lambda: q.with_rework(6.3001, 1 / 3, 3, 0.3)])
def test_overload_is_refused_with_the_number_that_would_do(ask):
    """Trap 6: utilisation of 1 is already too much."""
    with pytest.raises(Refusal) as refusal:
        ask()
    assert "100 %" in str(refusal.value) and "At least 4 clerks" in str(refusal.value)


@pytest.mark.parametrize("ask", [lambda: q.mmc(-1, 1, 1), lambda: q.mmc(1, 0, 1), lambda: q.mmc(1, 1, 0), lambda: q.visits(1.0),
                                 lambda: q.visits(-0.1), lambda: q.clerks_for_utilisation(1, 1, 1.0), lambda: q.clerks_for_wait(1, 1, 0)])
def test_impossible_input_is_refused(ask):
    with pytest.raises(Refusal):
        ask()


def test_clerks_for_a_target():
    rates = np.array([9.0, 90.0, 900.0])
    for_wait = q.clerks_for_wait(rates, 1 / 3, 0.05)
    assert np.all(q.mmc(rates, 1 / 3, for_wait).wait <= 0.05)
    assert np.all(q.mmc(rates[for_wait > q.stable_clerks(rates, 1 / 3)], 1 / 3, (for_wait - 1)[for_wait > q.stable_clerks(rates, 1 / 3)]).wait > 0.05)
    assert q.clerks_for_utilisation(9, 1 / 3, 0.75) == 4
    assert q.clerks_for_utilisation(9, 1 / 3, 0.6) == 5
    assert q.clerks_for_wait(9, 1 / 3, 0.05) == 5


def test_bursts_wait_longer():
    assert q.bursty_wait(9, 1 / 3, 4, 1.0) == pytest.approx(q.mmc(9, 1 / 3, 4).wait)
    assert np.all(np.diff(q.bursty_wait(9, 1 / 3, 4, np.array([1.0, 2, 5, 8]))) > 0)
    needed = q.clerks_for_bursty_wait(np.array([9.0, 90.0]), 1 / 3, 0.05, 4.0)
    assert np.all(needed > q.clerks_for_wait(np.array([9.0, 90.0]), 1 / 3, 0.05))
    assert np.all(q.bursty_wait(np.array([9.0, 90.0]), 1 / 3, needed, 4.0) <= 0.05)


def test_bursts_in_heavy_traffic():
    """Pairs coming to one clerk, whose wait is known exactly, (rho + 1/2) / (1 - rho): peakedness 3/2 comes near it where the clerk is busy."""
    rho = 0.95
    assert q.bursty_wait(rho, 1.0, 1, 1.5) == pytest.approx((rho + 0.5) / (1 - rho), rel=0.05)
