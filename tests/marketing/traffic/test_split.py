"""The new share: by hand on a small log, against the truth of the shipped one, against plain Python on the real one."""

import csv
from collections import Counter
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest

from helpers.evidence.proportion import wilson
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import arrivals
from helpers.marketing.traffic.definition import Definition
from helpers.marketing.traffic.identity import corrected
from helpers.marketing.traffic.split import censoring, forwards_by_newcomers, is_whole, month_labels, new_share, new_share_by

WHOLE_LOG = Definition(burn_in_days=0, reads="all")


@pytest.fixture(scope="module")
def by_hand(share_log_path):
    """The real share log in plain Python: (time, person) of each read, and the set of reads that are their person's first event."""
    with open(share_log_path, encoding="utf-8", newline="") as file:
        rows = [(row["event_time"], row["user_id"], row["event_type"]) for row in csv.DictReader(file)]
    rows = [(datetime.fromisoformat(time), who, event) for time, who, event in rows if time and who]
    earliest = {}
    for time, who, _ in rows:
        earliest[who] = min(time, earliest.get(who, time))
    reads, taken = [], set()
    for time, who, event in rows:
        first = time == earliest[who] and who not in taken
        taken |= {who} if first else set()
        reads += [(time, first)] if event == "read_feedback" else []
    return reads


def test_counts_by_hand(small_arrivals):
    split = new_share(small_arrivals, Definition(burn_in_days=0))
    assert (split.new, split.reads, split.blank, split.self_reads, split.before_burn_in) == (2, 4, 1, 1, 0)
    assert (split.blank_low, split.blank_high) == (2 / 5, 3 / 5)
    assert (split.naive.low, split.naive.high) == wilson(2, 4)
    assert new_share(small_arrivals, Definition(burn_in_days=6.5 / 24)).before_burn_in == 2


def test_nothing_left_to_count_is_refused(small_arrivals):
    with pytest.raises(Refusal, match="no read is left"):
        new_share(small_arrivals, Definition(burn_in_days=10))


def test_the_share_by_id_is_recovered(shipped_arrivals, truth):
    split = new_share(shipped_arrivals)
    assert split.share.value == pytest.approx(truth("new_share_by_id"), abs=0.003)  # blank people and late rows cost that much
    assert split.share.low < truth("new_share_by_id") < split.share.high


def test_second_devices_are_not_new_people(shipped_arrivals, truth):
    share = new_share(shipped_arrivals).share
    assert share.low > truth("new_share")  # who takes ids for people is wrong, and sure of it
    real = corrected(share, truth("second_device_of_new") + truth("not_yet_seen_of_new"))
    assert real.low < truth("new_share") < real.high and real.value == pytest.approx(truth("new_share"), abs=0.004)


def test_clustering_is_recovered_and_widens_the_interval(shipped_arrivals, truth):
    split = new_share(shipped_arrivals)
    by_salesperson, by_cascade = split.clustered["salesperson"], split.clustered["root"]
    assert by_salesperson.icc == pytest.approx(truth("icc_salesperson"), abs=0.015)
    assert by_cascade.icc > by_salesperson.icc
    assert by_salesperson.design_effect > 4 and by_salesperson.effective_clusters < by_salesperson.clusters / 2
    width = {name: e.high - e.low for name, e in (("robust", split.share), ("bootstrap", split.bootstrap), ("naive", split.naive))}
    assert width["robust"] > 2 * width["naive"] and width["bootstrap"] == pytest.approx(width["robust"], rel=0.1)


def test_topics_differ_as_planted(shipped_arrivals, truth):
    table = new_share_by(shipped_arrivals, "topic").set_index("group")
    mistaken = (truth("new_share_by_id") - truth("new_share")) / (1 - truth("new_share"))  # of known readers, taken for new
    seen = {topic: mistaken + (1 - mistaken) * share for topic, share in truth("new_share_by_topic").items()}
    assert all(table.loc[topic, "low"] < share < table.loc[topic, "high"] for topic, share in seen.items())


def test_groups_add_up(shipped_arrivals):
    split = new_share(shipped_arrivals)
    for by in ("month", "depth", "salesperson", "channel"):
        table = new_share_by(shipped_arrivals, by)
        assert split.reads - 10 <= table["reads"].sum() <= split.reads and split.new - 10 <= table["new"].sum() <= split.new
        assert table["share"].between(table["low"], table["high"]).all()


def test_a_group_the_log_lacks_is_refused(share_log):
    with pytest.raises(Refusal, match="no topics"):
        new_share_by(arrivals(share_log), "topic")


def test_months_are_whole_from_the_end_of_the_burn_in_on(shipped_arrivals):
    months = new_share_by(shipped_arrivals, "month").set_index("group")["whole"]
    assert months.index[0] == "2026-01" and not months["2026-01"] and months["2026-02":].all() and len(months) == 10
    assert month_labels([2026 * 12, 2026 * 12 + 11]).tolist() == ["2026-01", "2026-12"]
    assert is_whole(shipped_arrivals, Definition(burn_in_days=92), [2026 * 12 + 1, 2026 * 12 + 10]).tolist() == [True, False]


def test_the_share_settles_as_the_log_goes_on(shipped_arrivals):
    table = censoring(shipped_arrivals)
    assert table["from_day"].tolist() == list(range(0, 390, 30))
    assert table["share"].iloc[0] > table["high"].iloc[3:12].max()
    assert table["reads"].sum() == new_share(shipped_arrivals, Definition(burn_in_days=0)).reads


def test_forwards_by_newcomers(small_arrivals, shipped_arrivals):
    at_once = forwards_by_newcomers(small_arrivals, Definition(burn_in_days=0), days=1.5 / 24)
    assert at_once.value == pytest.approx(1 / 3)  # c1 an hour after its first read; c2 and c3 later
    assert 0.10 < forwards_by_newcomers(shipped_arrivals).value < new_share(shipped_arrivals).share.value


def test_the_real_log_by_hand(share_log, by_hand):
    split = new_share(arrivals(share_log), WHOLE_LOG)
    assert (split.reads, split.new) == (len(by_hand), sum(first for _, first in by_hand))
    assert round(split.share.value, 4) == 0.2897 and split.self_reads == 16


def test_one_sharer_with_most_reads_leaves_few_degrees_of_freedom(share_log):
    split = new_share(arrivals(share_log), WHOLE_LOG, np.random.default_rng(1), 200)
    assert split.clustered["salesperson"].effective_clusters < 3
    assert split.share.high - split.share.low > 10 * (split.naive.high - split.naive.low)


@pytest.mark.parametrize("zone, hours", [("Asia/Taipei", 8), ("UTC", 0)])
def test_months_of_the_real_log_are_local(share_log, by_hand, zone, hours):
    local = timezone(timedelta(hours=hours))
    counted = Counter(time.astimezone(local).strftime("%Y-%m") for time, first in by_hand if first)
    table = new_share_by(arrivals(share_log, zone), "month", WHOLE_LOG)
    assert dict(zip(table["group"], table["new"])) == dict(counted)


def test_the_time_zone_changes_most_months(share_log):
    months = [new_share_by(arrivals(share_log, zone), "month", WHOLE_LOG).set_index("group")["new"] for zone in ("UTC", "Asia/Taipei")]
    assert (months[0] != months[1].reindex(months[0].index)).sum() == 21
