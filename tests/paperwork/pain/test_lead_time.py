"""Lead time against touch time: the published example, and both readings of flow efficiency."""

import pandas as pd
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open, office_calendar
from helpers.paperwork.log import load_log
from helpers.paperwork.pain.first_time_right import first_time_right, outcomes
from helpers.paperwork.pain.lead_time import flow_efficiency, item_times, little, sojourn


@pytest.fixture
def mini(small_log, published):
    """The published log of two cases on one day."""
    rows = [f"{case},{activity},2026-01-05 {start},2026-01-05 {end}" for case, activity, start, end in published("touch_vs_lead_mini")["inputs"]["events"]]
    return small_log("\n".join(["case,activity,start,end", *rows]))


def test_published_touch_and_lead(mini, published):
    """Trap 4, trap 9: eight hours of lead time are fifty minutes of work; and 15 % pooled is 35 % as a mean of ratios."""
    expected = published("touch_vs_lead_mini")["expected"]
    times = timed(mini, always_open())
    items = item_times(times).set_index("case") * 60
    assert items["lead_h"].to_dict() == pytest.approx(expected["lead"]) and items["touch_h"].to_dict() == pytest.approx(expected["touch"])
    found = flow_efficiency(times)
    assert found.pooled.value == pytest.approx(expected["flow_efficiency_pooled"], abs=1e-9)
    assert found.mean_of_ratios.value == pytest.approx(expected["flow_efficiency_mean_of_ratios"], abs=1e-9)


def test_published_first_time_right(mini, published):
    known = outcomes(mini)
    right = known.groupby("case")["right"].all()
    assert right.mean() == published("touch_vs_lead_mini")["expected"]["first_time_right"]
    assert first_time_right(known, "collect").value == 0.5


def test_overlapping_work_counts_once(small_log):
    lines = "case,activity,start,end\n1,a,2026-01-05 09:00,2026-01-05 12:00\n1,b,2026-01-05 10:00,2026-01-05 11:00\n1,c,2026-01-05 11:00,2026-01-05 13:00"
    items = item_times(timed(small_log(lines), always_open()))
    assert items["touch_h"].tolist() == [4.0] and items["lead_h"].tolist() == [4.0]


def test_nobody_works_most_of_the_time(shipped_times):
    """Touch time is a small part of office time and a still smaller one of the client's calendar."""
    found = flow_efficiency(shipped_times)
    assert found.clock_share.high < found.pooled.low < found.mean_of_ratios.low < 0.25
    assert found.lead_h.value > 5 * found.touch_h.value


def test_one_time_a_row_has_no_flow_efficiency(small_log):
    with pytest.raises(Refusal, match="one time a row"):
        flow_efficiency(timed(small_log("case,activity,time\n1,a,2026-01-05 10:00\n1,b,2026-01-05 11:00"), always_open()))


def test_sojourn_is_waiting_and_work_together(mini):
    table = sojourn(timed(mini, always_open())).set_index("step")["total_h"]
    assert table["review"] * 60 == pytest.approx((13 * 60 + 10 - 9 * 60 - 20) + (17 * 60 - 15 * 60 - 10) + 30)


def test_published_littles_law(published):
    case = published("littles_law_log")
    opened, until = zip(*case["inputs"]["intervals"])
    rate, inside, number = little(opened, until, case["inputs"]["window"])
    expected = case["expected"]
    assert (rate, inside, number) == pytest.approx((expected["lam"], expected["mean_W"], expected["L_time_average"]), abs=1e-12)
    assert number == pytest.approx(rate * inside)


def test_sojourn_of_the_handling_log_by_hand(real_log):
    """Median minutes from one row of a case to the next, for one step, from the file by other means."""
    path = real_log("cofacts_handling_log_derived_20190414.csv")
    found = sojourn(timed(load_log(path, "case: case_id, activity: activity, resource: resource, time: timestamp"), always_open())).set_index("step")
    raw = pd.read_csv(path).dropna(subset="timestamp").assign(timestamp=lambda frame: pd.to_datetime(frame["timestamp"], utc=True, format="ISO8601"))
    raw = raw.sort_values("timestamp", kind="stable")
    gap = raw.groupby("case_id")["timestamp"].diff().dt.total_seconds() / 3600
    assert found.loc["编辑回复-属实", "median_h"] == pytest.approx(gap[raw["activity"] == "编辑回复-属实"].median(), rel=1e-6)


def test_evening_work_counts_for_neither(small_log):
    lines = "case,activity,start,end\n1,a,2026-01-05 10:00,2026-01-05 11:00\n1,b,2026-01-05 19:00,2026-01-05 21:00\n1,c,2026-01-06 09:00,2026-01-06 10:00"
    items = item_times(timed(small_log(lines, time_zone="Asia/Shanghai"), office_calendar()))
    assert items["touch_h"].tolist() == [2.0] and items["lead_h"].tolist() == [8.0]
