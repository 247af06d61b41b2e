"""The longest step, by total, by median, by work alone."""

import pytest

from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open
from helpers.paperwork.pain.longest import longest


def test_three_readings_may_name_three_steps(small_log):
    found = longest(timed(small_log("""
        case, activity, start, end
        1, a, 2026-01-05 00:00, 2026-01-05 05:00
        1, b, 2026-01-05 15:00, 2026-01-05 16:00
        1, c, 2026-01-05 22:00, 2026-01-05 22:30
        2, a, 2026-01-05 00:00, 2026-01-05 01:00
        2, c, 2026-01-05 09:00, 2026-01-05 09:30
    """), always_open()))  # fmt: skip
    table = found.table.set_index("step")
    assert table["touch_h"].to_dict() == {"a": 6, "b": 1, "c": 1} and table["wait_h"].to_dict() == {"a": 0, "b": 10, "c": 14}
    assert (found.by_total, found.by_median, found.by_work) == ("c", "b", "a")
    assert found.share.value == pytest.approx(15 / 32)


def test_of_the_clerks_work_explaining_takes_longest(shipped_times):
    table = longest(shipped_times).table
    clerks = table[table["party"] == "clerk"]
    assert clerks.loc[clerks["touch_h"].idxmax(), "step"] == "explain standard"
