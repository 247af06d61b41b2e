"""Touch time, waiting and lead time by hand, and what a log with one time a row must not be asked."""

import numpy as np
import pandas as pd
import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import settled_cases, timed
from helpers.paperwork.hours import Calendar, always_open, business_hours, office_calendar
from helpers.paperwork.pain.lead_time import sojourn
from helpers.paperwork.pain.longest import longest

TWO_DOCUMENTS = """
    case, document, activity, start, end
    1, ,  open,    2026-01-05 09:00, 2026-01-05 09:10
    1, A, explain, 2026-01-05 09:30, 2026-01-05 10:00
    1, B, explain, 2026-01-05 10:00, 2026-01-05 10:20
    1, A, send,    2026-01-05 10:20, 2026-01-05 10:30
    1, B, send,    2026-01-05 11:20, 2026-01-05 11:30
    1, ,  close,   2026-01-05 12:00, 2026-01-05 12:06
"""


def waits(times) -> list[float]:
    return [round(hours * 60, 6) for hours in times.frame["wait_h"]]


def test_waiting_runs_from_the_step_before_on_the_same_document(small_log):
    """A document's first step waits from the opening; closing waits for all documents."""
    times = timed(small_log(TWO_DOCUMENTS), always_open())
    assert np.isnan(times.frame["wait_h"].iloc[0])
    assert waits(times)[1:] == [20, 50, 20, 60, 30]


def test_a_lost_end_is_not_counted_as_waiting(small_log):
    """What came before can't be known to have ended: an earlier end would count its work as waiting."""
    times = timed(small_log(TWO_DOCUMENTS.replace("2026-01-05 10:30", "")), always_open())
    assert np.isnan(times.frame.loc[times.frame["activity"] == "send", "touch_h"].iloc[0])
    lost = timed(small_log(TWO_DOCUMENTS.replace("2026-01-05 10:00\n", "\n")), always_open())
    assert np.isnan(lost.frame["wait_h"].iloc[3])


def test_overlapping_steps_do_not_wait_less_than_nothing(small_log):
    lines = "case,activity,start,end\n1,a,2026-01-05 09:00,2026-01-05 12:00\n1,b,2026-01-05 10:00,2026-01-05 10:30\n1,c,2026-01-05 13:00,2026-01-05 13:30"
    assert waits(timed(small_log(lines), always_open()))[1:] == [0, 60]


def test_closed_open_and_withdrawn(small_log):
    log = small_log("""
        case, activity, start, end
        1, open, 2026-01-05 09:00, 2026-01-05 09:10
        1, close, 2026-01-05 12:00, 2026-01-05 12:30
        2, open, 2026-01-05 10:00, 2026-01-05 10:10
        3, open, 2026-01-05 11:00, 2026-01-05 11:10
        3, leave, 2026-01-05 15:00, 2026-01-05 15:00
        4, open, 2026-01-05 13:00, 2026-01-05 13:10
        4, close, 2026-01-05 19:00,
    """, closing=["close"], withdrawing=["leave"])  # fmt: skip
    cases = timed(log, always_open()).cases
    assert cases["closed"].tolist() == [True, False, False, True]
    assert cases["withdrawn"].tolist() == [False, False, True, False]
    assert cases["lead_h"].tolist() == [3.5, 9.0, 4.0, 6.0]


def test_one_time_a_row_gives_sojourn_by_that_name_and_no_touch_time(small_log):
    """Trap 4."""
    log = small_log("case,activity,time\n1,a,2026-01-05 10:00\n1,b,2026-01-05 13:00\n2,a,2026-01-05 10:00")
    times = timed(log, always_open())
    assert "touch_h" not in times.frame and "wait_h" not in times.frame
    assert sojourn(times).set_index("step")["median_h"].to_dict() == {"b": 3.0}
    with pytest.raises(Refusal, match="one time a row"):
        longest(times)


def test_settled_cases_are_older_than_most_take(shipped_times):
    """Averaged over the closed cases alone, what a case takes comes out too small: the long ones are still open."""
    cases = shipped_times.cases
    settled = settled_cases(shipped_times)
    assert 0.85 < len(settled) / len(cases) < 1
    assert cases.loc[settled, "closed"].mean() > 0.95
    assert cases.loc[settled, "opened"].max() < cases["opened"].max()


def test_utilisation_is_recovered(shipped_times, truth):
    """Clerk hours in the log over hours on duty, after the warm-up; the log lacks a few ends."""
    frame, first = shipped_times.frame, pd.Timestamp("2025-12-01", tz="Asia/Shanghai")
    work = frame[(frame["party"] == "clerk") & (frame["start"] >= first)]
    duty = business_hours(pd.Series([first]), pd.Series([shipped_times.log.last]), office_calendar())[0] * truth["planted"]["clerks"]
    assert work["touch_h"].sum() / duty == pytest.approx(truth["realised"]["utilisation"], abs=0.01)


def test_littles_law_on_the_shipped_log(shipped_times):
    """Mean number of open cases = arrivals per hour x mean time inside, for the cases closed within the log."""
    cases = shipped_times.cases
    closed = cases[cases["closed"]]
    inside = pd.concat([pd.Series(1, closed["opened"]), pd.Series(-1, closed["until"])]).sort_index().cumsum()
    hours = np.diff(inside.index.as_unit("us").asi8) / 3.6e9
    span = hours.sum()
    assert (inside.to_numpy()[:-1] * hours).sum() / span == pytest.approx(len(closed) / span * closed["lead_clock_h"].mean())


def test_lunch_is_neither_work_nor_waiting():
    calendar = Calendar()
    start, end = (pd.Series([pd.Timestamp(f"2026-01-05 {at}", tz="Asia/Shanghai")]) for at in ("11:45", "13:15"))
    assert business_hours(start, end, calendar)[0] == 0.5
