"""Waiting taken apart, by hand and against the Friday batches that are planted."""

import pytest

from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open
from helpers.paperwork.pain.waiting import CLIENT, HELD, QUEUE, batches, waiting

OVERTAKEN = """
    case, activity, party, start, end
    1, open,  clerk,  2026-01-05 09:00, 2026-01-05 09:10
    2, open,  clerk,  2026-01-05 09:10, 2026-01-05 09:20
    3, open,  clerk,  2026-01-05 09:20, 2026-01-05 09:30
    2, file,  clerk,  2026-01-05 10:20, 2026-01-05 10:30
    1, file,  clerk,  2026-01-05 12:10, 2026-01-05 12:20
    3, prepare, client, 2026-01-05 15:30, 2026-01-05 16:00
"""


def hours(waits, cause: str) -> dict:
    rows = waits[(waits["cause"] == cause) & (waits["hours"] > 0)]
    return {case: round(value, 6) for case, value in zip(rows["case"], rows["hours"])}


def test_by_hand(small_log):
    """Case 1 could be filed from 9:10; case 2 came later and was filed at 10:20: until then case 1 queued, from then on it was held back."""
    waits = waiting(timed(small_log(OVERTAKEN), always_open()))
    assert hours(waits, QUEUE) == {"1": round(70 / 60, 6), "2": 1.0}
    assert hours(waits, HELD) == {"1": round(110 / 60, 6)}
    assert hours(waits, CLIENT) == {"3": 6.0}


def test_parts_add_up_to_the_whole(shipped_times):
    waits = waiting(shipped_times)
    assert waits["hours"].sum() == pytest.approx(shipped_times.frame["wait_h"].sum())
    assert waits["hours"].min() >= 0


def test_first_come_first_served_is_queue_and_nothing_else(shipped_times):
    """The planted office serves in order: only what it saves up for Fridays is held back (a lost end now and then blurs what came first)."""
    held = waiting(shipped_times).query("cause == @HELD").groupby(["step", "document"], dropna=False)["hours"].sum()
    assert held[("file", "lease contract")] + held[("file", "power of attorney")] > 0.999 * held.sum()


def test_planted_batches_are_found(shipped_times, truth):
    planted = {row["name"] for row in truth["planted"]["documents"] if row["held"]}
    found = batches(shipped_times, waiting(shipped_times)).certain()
    assert set(found["document"]) == planted and set(found["step"]) == {"file"}
    assert set(found["weekday"]) == {"Friday"} and found["on_weekday"].min() > 0.95
    assert found["all_weekdays"].max() < 0.25


def test_most_waiting_is_for_the_client(shipped_times):
    hours = waiting(shipped_times).groupby("cause")["hours"].sum()
    assert hours[CLIENT] > 0.6 * hours.sum() and hours[QUEUE] > 0.05 * hours.sum()


def test_pools(small_log):
    log = small_log(OVERTAKEN)
    with pytest.raises(Refusal, match="who did the work"):
        waiting(timed(log, always_open()), pool="resource")
    with pytest.raises(Refusal, match="pool"):
        waiting(timed(log, always_open()), pool="house")


def test_without_parties_nobody_knows_for_whom_one_waits(small_log):
    log = small_log("case,activity,start,end\n1,a,2026-01-05 09:00,2026-01-05 09:10\n1,b,2026-01-05 10:00,2026-01-05 10:10")
    with pytest.raises(Refusal, match="whose time"):
        waiting(timed(log, always_open()))
