"""Repeats: renamed second passes, demand that isn't rework, and the real logs' counts by hand."""

import pandas as pd
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.log import load_log
from helpers.paperwork.pain.rework import Counting, repeats, rework_of_steps, rework_share

CHINESE = "case: case_id, activity: activity, resource: resource, time: timestamp"


def test_a_renamed_second_pass_is_rework(shipped):
    """Trap 5: under its own name most of the rework hides."""
    by_name = rework_of_steps(load_log()).set_index("step")["repeats"]
    by_step = rework_of_steps(shipped).set_index("step")["repeats"]
    again = (shipped.handlings["activity"] == "review again").sum()
    assert by_step["review"] > 3 * by_name["review"]
    assert by_step["review"] > again


def test_loops_per_review_are_recovered(shipped, truth):
    """Reviews come as often as one over one minus the share sent back says: arrivals of reviews aren't arrivals of documents."""
    rows = rework_of_steps(shipped, by_document=True)
    rows = rows[rows["step"] == "review"].set_index("document")
    for name, row in truth["expected"]["documents"].items():
        assert rows.loc[name, "handlings"] / rows.loc[name, "items"] == pytest.approx(1 + row["loops"], abs=0.09)


def test_repeats_are_counted_within_the_document(small_log):
    log = small_log("""
        case, document, activity, resource, time
        1, A, check, ann, 2026-01-05 10:00
        1, B, check, ann, 2026-01-05 11:00
        1, A, check, bob, 2026-01-05 12:00
        1, A, check, ann, 2026-01-05 13:00
        2, A, check, ann, 2026-01-05 13:00
    """)
    assert repeats(log).tolist() == [False, False, True, True, False]
    assert repeats(log, Counting(same_resource=True)).tolist() == [False, False, False, True, False]
    assert not repeats(log, Counting(but=("check",))).any()
    assert repeats(log, Counting(only=("check",))).sum() == 2


def test_a_lost_resource_repeats_nobodys_work(small_log):
    log = small_log("case,activity,resource,time\n1,a,,2026-01-05 10:00\n1,a,,2026-01-05 11:00\n1,a,ann,2026-01-05 12:00")
    assert repeats(log, Counting(same_resource=True)).sum() == 0
    with pytest.raises(Refusal, match="who did the work"):
        repeats(small_log("case,activity,time\n1,a,2026-01-05 10:00"), Counting(same_resource=True))


def test_demand_by_many_people_is_not_rework(real_log):
    """In the handling log most repeats are other people's demand; counted by pandas on the file itself."""
    path = real_log("cofacts_handling_log_derived_20190414.csv")
    log, raw = load_log(path, CHINESE), pd.read_csv(path).dropna(subset="timestamp")
    by_same = rework_share(log, Counting(same_resource=True)).value
    assert rework_share(log).value == pytest.approx(raw.duplicated(["case_id", "activity"]).mean())
    named = raw[raw["resource"].notna()]
    assert by_same == pytest.approx(named.duplicated(["case_id", "activity", "resource"]).sum() / len(raw))
    assert by_same < rework_share(log).value / 5
    without_submission = rework_share(log, Counting(but=("用户送件",))).value
    assert without_submission < rework_share(log).value / 2


def test_the_headerless_log_has_no_rework(real_log):
    assert rework_share(load_log(real_log("primer_eventlog20_headerless.csv"), "case: 1, activity: 2, resource: 3, time: 4")).value == 0
