"""The ceiling: what today's traffic could bring, and what would have to come."""

import numpy as np
import pytest

from helpers.evidence.estimate import Estimate
from helpers.evidence.proportion import wilson
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.ceiling import leads, leads_by_rate, registration_rate, traffic, traffic_needed
from helpers.marketing.traffic.definition import Definition

MONTHLY = Estimate(400, 300, 500, "people a month")


def test_new_people_a_month_by_hand(months_log):
    log = months_log([(2, "x", "s1", 3, 9), (3, "x", "s1", 5, 9), (4, "x", "s1", 7, 1)])
    found = traffic(log, Definition(burn_in_days=20))
    assert found.new_per_month.value == 5 and found.months == 3
    assert found.new_per_month.high - 5 == pytest.approx(4.303 * 2 / np.sqrt(3), abs=0.001)  # Student's t, 2 degrees of freedom


def test_no_whole_month_is_refused(months_log):
    with pytest.raises(Refusal, match="no whole month"):
        traffic(months_log([(2, "x", "s1", 3, 9)]), Definition(burn_in_days=40))


def test_the_planted_registration_rate_is_recovered(shipped_arrivals, truth):
    rate = registration_rate(shipped_arrivals)
    assert rate.low < truth("register_new") < rate.high and rate.low < truth("registered_of_new_by_forward") < rate.high


def test_the_planted_stream_of_new_people_is_recovered(shipped_arrivals, truth):
    """The log's ids show more of them than there are people: a seventh are second devices and late first reads."""
    found = traffic(shipped_arrivals).new_per_month
    mistaken = truth("second_device_of_new") + truth("not_yet_seen_of_new")
    assert found.low < truth("new_by_forward_per_month") / (1 - mistaken) < found.high


def test_registrations_by_hand(small_arrivals, log_of):
    now = Definition(burn_in_days=0)
    assert registration_rate(small_arrivals, now, within_days=0.1).value == pytest.approx(0)  # c2; c3 is too young to judge
    assert registration_rate(small_arrivals, now, within_days=5 / 24).value == 0.5  # c2 and c3, who registers after five hours
    with pytest.raises(Refusal, match="no registrations"):
        registration_rate(arrivals(log_of([{"time": "2026-03-01T00:00:00Z", "event": "read", "person": "a"}])))


def test_leads_are_a_product(shipped_arrivals):
    assert leads(MONTHLY, 0.02) == Estimate(8.0, 6.0, 10.0, "leads a month", "assumed", leads(MONTHLY, 0.02).method)
    both = leads(MONTHLY, Estimate(0.02, 0.01, 0.04, "share"))
    assert both.low == pytest.approx(8 - np.hypot(400 * 0.01, 0.02 * 100)) and both.high == pytest.approx(8 + np.hypot(400 * 0.02, 0.02 * 100))
    assert both.basis == "measured"
    curve = leads_by_rate(MONTHLY, [0, 0.01, 1])
    assert curve["leads"].tolist() == [0, 4, 400] and curve["high"].tolist() == [0, 5, 500]


def test_the_interval_of_the_product_covers():
    """2,000 worlds with 9 months of traffic and 3,900 new people: 95 % intervals cover the true product in 93 to 97.5 %."""
    rng, worlds = np.random.default_rng(11), 2000
    months = rng.normal(430, 110, (worlds, 9))
    registered = rng.binomial(3900, 0.015, worlds)
    traffic_half = 2.306 * months.std(1, ddof=1) / 3
    low, high = wilson(registered, np.full(worlds, 3900))
    ends = [leads(Estimate(m.mean(), m.mean() - h, m.mean() + h), Estimate(r / 3900, lo, hi)) for m, h, r, lo, hi in zip(months, traffic_half, registered, low, high)]
    covered = np.mean([end.low < 430 * 0.015 < end.high for end in ends])
    assert 0.93 <= covered <= 0.975


def test_traffic_needed():
    needed = traffic_needed(30_000, 600, [0.0, 0.01, 0.02])
    assert needed.tolist() == [np.inf, 5000, 2500]
    assert 0.02 * 600 * needed[2] == 30_000
