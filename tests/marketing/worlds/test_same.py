"""A/A worlds: trap 1 (clustering ignored), and our recommended reading's error and coverage over thousands of worlds."""

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.marketing.worlds.same import draw, record

WORLDS = 2500
TAIL = np.round(100 * np.exp(0.7 * np.random.default_rng(0).standard_normal(200) - 0.245)).astype(int) + 1


def test_trap_1_twenty_five_forwards_each_and_icc_004_make_a_naive_test_cry_wolf_one_time_in_six():
    found = record(draw(np.full(172, 25), 0.2, 0.04, WORLDS, np.random.default_rng(1))).set_index("reading")
    assert found.loc["naive", "alarms"] == pytest.approx(0.166, abs=0.02)
    for name in ("clustered", "adjusted"):
        assert 0.04 < found.loc[name, "alarms"] < 0.06


def test_heavy_tailed_salespeople_false_alarms_within_four_to_six_percent():
    found = record(draw(TAIL, 0.03, 0.02, WORLDS, np.random.default_rng(2))).set_index("reading")
    assert found.loc["naive", "alarms_low"] > 0.25
    for name in ("clustered", "adjusted"):
        assert 0.04 < found.loc[name, "alarms"] < 0.06


def test_intervals_cover_a_planted_effect():
    batch = draw(TAIL, 0.03, 0.02, WORLDS, np.random.default_rng(3), effect=0.01)
    found = record(batch).set_index("reading")
    assert found.loc["naive", "coverage"] < 0.8
    for name in ("clustered", "adjusted"):
        assert 0.93 < found.loc[name, "coverage"] < 0.97
    assert found.loc["adjusted", "alarms"] > found.loc["clustered", "alarms"] + 0.1  # last period buys power


def test_worlds_need_people_and_rates():
    with pytest.raises(Refusal, match="at least 4 salespeople"):
        draw([10, 10], 0.1, 0.02, 5, np.random.default_rng(0))
    with pytest.raises(Refusal, match="ICC above 0"):
        draw(np.full(10, 10), 0.1, 0.0, 5, np.random.default_rng(0))
