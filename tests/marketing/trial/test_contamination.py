"""Contamination in closed form, against exposure counted in simulated worlds."""

import numpy as np
import pytest

from helpers.marketing.trial.contamination import contamination
from helpers.marketing.worlds import readings
from helpers.marketing.worlds.outcome import play
from helpers.marketing.worlds.seasons import live
from helpers.marketing.worlds.tool import Tool

EVEN = Tool(interest_on_viewing=0, quality_on_forwarding=0, quality_on_reading=0, content_effect=0)


@pytest.fixture(scope="module")
def counted():
    rows = []
    for i in range(15):
        seasons = live(EVEN, np.random.default_rng([1, i]))
        exposed, late = readings.contamination(seasons), seasons.world.late
        everywhere = play(seasons.world, np.ones(len(late), bool)).exposed[late].mean()
        rows.append((exposed["holdout_by_reader"], exposed["holdout_by_salesperson"], everywhere))
    return np.mean(rows, axis=0)


def test_agrees_with_simulated_exposure(counted):
    by_reader, by_salesperson = (
        contamination(EVEN.forwards_per_read, EVEN.two_way, EVEN.crossing, EVEN.view_share, unit) for unit in ("reader", "salesperson")
    )
    assert by_reader.controls == pytest.approx(counted[0], rel=0.05)
    assert by_salesperson.controls == pytest.approx(counted[1], rel=0.15)
    assert by_reader.rolled_out == by_salesperson.rolled_out == pytest.approx(counted[2], rel=0.03)


def test_what_is_kept():
    reader, salesperson = (contamination(0.45, 0.8, 0.1, 0.35, unit) for unit in ("reader", "salesperson"))
    assert reader.kept < 0.75 < 0.9 < salesperson.kept < 1
    assert contamination(0.45, 0.0, 0.1, 0.35, "reader").kept == pytest.approx(1)
    assert contamination(0.45, 0.8, 0.0, 0.35).controls == pytest.approx(0)
    assert contamination(0.45, 0.8, 0.0, 0.35).kept == pytest.approx(1)
    assert contamination(0.45, 0.8, 0.1, 0.0).kept == 1
