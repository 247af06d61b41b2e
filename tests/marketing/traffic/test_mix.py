"""A change of mix is not a change of behaviour."""

import numpy as np
import pytest

from helpers.evidence.standardise import behaviour_and_mix
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.mix import mix_shift, split_change

AFTER_JANUARY = Definition(burn_in_days=20)
# a topic that brings 20 % new people and one that brings 60 %
ONLY_MIX = [(2, "old", "s1", 8, 32), (2, "fresh", "s1", 6, 4), (3, "old", "s2", 5, 20), (3, "fresh", "s1", 15, 10), (4, "old", "s1", 2, 8), (4, "fresh", "s2", 24, 16)]
ONLY_BEHAVIOUR = [(2, "old", "s1", 4, 16), (2, "fresh", "s2", 4, 16), (3, "old", "s2", 6, 14), (3, "fresh", "s1", 6, 14), (4, "old", "s1", 12, 8), (4, "fresh", "s2", 12, 8)]


def test_only_the_mix_moves(months_log):
    found = mix_shift(months_log(ONLY_MIX), "topic", AFTER_JANUARY)
    assert found.months["crude"].tolist() == pytest.approx([14 / 50, 20 / 50, 26 / 50])
    assert np.ptp(found.months["standardised"]) == pytest.approx(0, abs=1e-12)
    assert (found.change.value, found.behaviour.value, found.explained.value) == pytest.approx((0.24, 0, 1))


def test_only_behaviour_moves(months_log):
    found = mix_shift(months_log(ONLY_BEHAVIOUR), "topic", AFTER_JANUARY)
    assert found.months["standardised"].tolist() == pytest.approx(found.months["crude"].tolist())
    assert (found.change.value, found.mix.value, found.explained.value) == pytest.approx((0.4, 0, 0))
    assert found.strata.set_index("stratum")["late_new"].tolist() == pytest.approx([0.6, 0.6])


def test_drawn_tables_are_split_as_single_ones_are():
    rng = np.random.default_rng(5)
    reads = rng.integers(0, 40, (30, 6, 2)).astype(float)
    new = np.floor(reads * rng.random(reads.shape))
    parts = split_change(np.concatenate([new, reads], axis=-1))
    for table in range(30):
        one = behaviour_and_mix(new[table], reads[table])
        assert [part[table] for part in parts[:3]] == pytest.approx([one.change, one.behaviour, one.mix])


def test_the_shipped_drift_is_mix(shipped_arrivals):
    """The new share rises over the year by the topics' mix alone; who reads it off the crude share sees a trend that isn't there."""
    found = mix_shift(shipped_arrivals, "topic")
    assert found.change.low > 0
    assert found.mix.low > 0 and found.behaviour.low < 0 < found.behaviour.high
    assert abs(found.behaviour.value) < found.change.value / 2
    assert found.behaviour.value + found.mix.value == pytest.approx(found.change.value)
    late, early = found.months["standardised"].iloc[-3:].mean(), found.months["standardised"].iloc[:3].mean()
    assert late < early + 0.02


def test_salespeople_are_standardised_where_each_month_has_them(shipped_arrivals):
    found = mix_shift(shipped_arrivals, "salesperson")
    assert len(found.strata) == 41 and found.months["covered"].iloc[0] > 0.7
    assert found.mix.low < 0 < found.mix.high  # the salespeople's mix is planted not to matter


def test_a_log_without_topics_or_too_short_is_refused(share_log, months_log):
    with pytest.raises(Refusal, match="no topics"):
        mix_shift(arrivals(share_log), "topic")
    with pytest.raises(Refusal, match="fewer than three whole months"):
        mix_shift(months_log(ONLY_MIX), "topic", Definition(burn_in_days=60))
