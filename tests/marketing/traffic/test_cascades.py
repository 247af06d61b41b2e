"""How forwards spread: by hand on a small log, against the truth of the shipped one."""

import numpy as np
import pytest

from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.cascades import forwards_per_read, new_people_per_read, spread


@pytest.fixture(scope="module")
def shipped_spread(shipped_arrivals):
    return spread(shipped_arrivals)


def test_by_hand(small_arrivals):
    found = spread(small_arrivals, settle_days=0)
    assert found.reads_per_forward.value == pytest.approx(5 / 3)  # h2 three, h3 two, h4 none
    assert found.unread.value == pytest.approx(1 / 3)
    assert found.reproduction.value == pytest.approx(2 / 3)
    assert found.mean_size.value == 3
    assert found.generations[["generation", "forwards", "reproduction"]].values.tolist() == [[1, 1, 1], [2, 1, 1], [3, 1, 0]]
    assert found.sizes.set_index("size")["cascades"][3] == 1 and found.depths.set_index("depth")["cascades"].tolist() == [1, 1, 0, 0, 0, 0]
    assert forwards_per_read(small_arrivals).value == pytest.approx(3 / 7)
    assert new_people_per_read(small_arrivals, burn_in_days=0).value == pytest.approx(2 / 7)


def test_forwards_too_young_to_judge_are_left_out(small_arrivals):
    assert spread(small_arrivals, settle_days=2 / 24).unread.value == 0  # h4 was sent an hour before the log ends
    with pytest.raises(Refusal, match="no forward is old enough"):
        spread(small_arrivals, settle_days=2)


def test_the_planted_spread_is_recovered(shipped_spread, truth):
    for estimate, name in ((shipped_spread.reads_per_forward, "reads_per_forward"), (shipped_spread.reproduction, "reproduction")):
        assert estimate.low < truth(name) < estimate.high and estimate.value == pytest.approx(truth(name), rel=0.01)
    assert shipped_spread.unread.low < truth("unread") < shipped_spread.unread.high


def test_forwards_per_read_is_recovered(shipped_arrivals, truth):
    estimate = forwards_per_read(shipped_arrivals)
    assert estimate.low < truth("forwards_per_read") < estimate.high


def test_depth_of_reads_is_recovered(shipped_arrivals, truth):
    depths = np.bincount(shipped_arrivals.reads["depth"].clip(lower=0)[shipped_arrivals.reads["depth"] >= 0])
    assert depths / depths.sum() == pytest.approx(np.array(truth("reads_by_depth")) / sum(truth("reads_by_depth")), abs=0.003)


def test_cascades_grow_as_a_branching_process_in_the_mean(shipped_spread):
    assert shipped_spread.mean_size.low < shipped_spread.expected_size.value < shipped_spread.mean_size.high
    first = shipped_spread.generations.iloc[0]
    assert shipped_spread.expected_size.value == pytest.approx(1 / (1 - first["reproduction"]))


def test_but_spread_wider_than_poisson(shipped_spread):
    sizes = shipped_spread.sizes.set_index("size")
    assert sizes["share"].sum() == pytest.approx(1) and sizes["branching"].sum() == pytest.approx(1)
    assert sizes.loc[1, "low"] > sizes.loc[1, "branching"] and sizes.loc[8, "low"] > sizes.loc[8, "branching"]
    assert shipped_spread.depths["share"].is_monotonic_decreasing


def test_without_share_links_only_forwards_per_read(share_log):
    log = arrivals(share_log)
    estimate = forwards_per_read(log)
    assert estimate.value == pytest.approx((38888 - 37) / 74012) and "6982 clusters" in estimate.method
    for needs_links in (spread, new_people_per_read):
        with pytest.raises(Refusal, match="map share and parent_share"):
            needs_links(log)


def test_without_forwards_nothing(log_of):
    with pytest.raises(Refusal, match="no forwards"):
        forwards_per_read(arrivals(log_of([{"time": "2026-03-01T00:00:00Z", "event": "read", "person": "a"}])))
