"""Fatigue against its closed forms, with and without forwarding, and calibrated from points that it made itself."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.evidence.estimate import assumed, exactly
from helpers.intake.refusal import Refusal
from helpers.marketing.fatigue import SHARES, Response, breaking_point, calibrate, curve, lead_peak, losses, marketing_share

CERTAIN = Response(exactly(0.6), exactly(0.9), exactly(0.004), exactly(0.008), pieces=3, forwards_per_read=0.0)


def rng():
    return np.random.default_rng(0)


def test_without_forwards_the_breaking_point_has_a_closed_form():
    found = breaking_point(CERTAIN, 0.05, rng())
    assert found.value == pytest.approx(1 - 0.95 ** (1 / 0.6), abs=2e-4)
    assert found.low == found.high == pytest.approx(found.value)


def test_without_forwards_the_peak_of_leads_has_a_closed_form():
    left = (0.6 * 0.012 / (0.008 * 3.6)) ** (1 / 3)
    assert lead_peak(CERTAIN, rng()).value == pytest.approx(1 - left, abs=0.006)


def test_forwards_pass_the_loss_on():
    passed_on = replace(CERTAIN, forwards_per_read=0.5)
    assert breaking_point(passed_on, 0.05, rng()).value < breaking_point(CERTAIN, 0.05, rng()).value
    row = curve(passed_on, rng(), [0.2]).iloc[0]
    assert row["reading"] == pytest.approx(0.8**0.6 * 0.5 / (1 - 0.5 * 0.8**0.9))
    assert row["forwarding"] == pytest.approx(0.8**0.9)
    assert row["leads"] == pytest.approx(1000 * row["reading"] * (0.004 + 0.008 * (1 - 0.8**3)))


def test_a_module_that_brings_nothing_peaks_at_none():
    assert lead_peak(replace(CERTAIN, lift=exactly(0.0)), rng()).value == 0


def test_a_loss_that_is_never_reached_ends_at_the_last_share():
    assert breaking_point(replace(CERTAIN, reading=exactly(0.001)), 0.5, rng()).value == SHARES[-1]


def test_ranges_come_through():
    found = curve(Response(), rng())
    assert list(found["share"]) == list(SHARES)
    inside = found.iloc[1:]
    for name in ("reading", "forwarding", "leads"):
        assert np.all(inside[f"{name}_low"] < inside[name]) and np.all(inside[name] < inside[f"{name}_high"])
    assert found.loc[0, "reading"] == found.loc[0, "reading_low"] == 1
    assert np.all(np.diff(found["reading"]) < 0) and np.all(np.diff(found["forwarding"]) < 0)
    breaks = breaking_point(replace(CERTAIN, reading=assumed(0.6, 0.3, 1.2)), 0.05, rng())
    assert breaks.low == pytest.approx(1 - 0.95 ** (1 / 1.2), abs=3e-3)
    assert breaks.high == pytest.approx(1 - 0.95 ** (1 / 0.3), abs=8e-3)
    assert breaks.basis == "assumed"


def test_calibrated_from_its_own_points():
    shares = np.array([0.1, 0.2, 0.4])
    exact = calibrate(shares, (1 - shares) ** 0.7)
    assert exact.value == pytest.approx(0.7) and exact.high - exact.low < 1e-9
    assert not calibrate([0.2], [0.8]).has_interval
    noisy = calibrate(shares, (1 - shares) ** 0.7 * [1.02, 0.97, 1.01])
    assert noisy.low < 0.7 < noisy.high and noisy.basis == "measured"


def test_losses_along_a_path_of_slots():
    shares = marketing_share([0, 2, 6], editorial=18)
    np.testing.assert_allclose(shares, [0, 0.1, 0.25])
    reading, forwarding = losses(CERTAIN, shares)
    np.testing.assert_allclose(reading, 1 - (1 - shares) ** 0.6)
    np.testing.assert_allclose(forwarding, 1 - (1 - shares) ** 0.9)


def test_what_cannot_be_is_refused():
    with pytest.raises(Refusal, match="forwards per read must lie below 1"):
        replace(CERTAIN, forwards_per_read=1.0)
    with pytest.raises(Refusal, match="largest loss of 1.5"):
        breaking_point(CERTAIN, 1.5, rng())
    with pytest.raises(Refusal, match="shares of marketing between 0 and 1"):
        calibrate([0.0, 0.2], [1.0, 0.9])
