"""What rework costs: planted minutes recovered, clerk and client apart, money for clerks only."""

import pytest

from helpers.paperwork.durations import timed
from helpers.paperwork.hours import always_open, office_calendar
from helpers.paperwork.log import load_log
from helpers.paperwork.pain.rework_cost import rework_cost, rework_rows


def test_planted_cost_is_recovered(shipped_times, truth):
    found = rework_cost(shipped_times, wage=60)
    table = found.by_document.set_index("document")["clerk_h"]
    for name, row in truth["expected"]["documents"].items():
        assert table[name] * 60 == pytest.approx(row["rework_clerk_minutes"], rel=0.2, abs=1)
    assert found.money.value == pytest.approx(60 * found.clerk_hours.value)
    assert found.client_hours.value > 0  # and it is in no sum with the clerks'


def test_by_hand(small_log):
    times = timed(small_log("""
        case, activity, kind, party, start, end
        1, check, review, clerk, 2026-01-05 09:00, 2026-01-05 10:00
        1, tell, feedback, clerk, 2026-01-05 10:00, 2026-01-05 10:30
        1, mend, correct, client, 2026-01-05 11:00, 2026-01-05 13:00
        1, check, review, clerk, 2026-01-05 14:00, 2026-01-05 14:30
        2, check, review, clerk, 2026-01-05 09:00, 2026-01-05 10:00
    """), always_open())  # fmt: skip
    assert rework_rows(times).sum() == 3
    found = rework_cost(times, wage=100)
    assert found.clerk_hours.value == 0.5 and found.client_hours.value == 1.0
    assert found.clerk_share.value == pytest.approx(1 / 3) and found.money.value == 50


def test_counted_on_the_name_it_costs_less(shipped_times):
    """Trap 5: without the alias, the second review's own time is no rework."""
    naive = rework_cost(timed(load_log(), office_calendar()), wage=60)
    assert naive.clerk_share.high < rework_cost(shipped_times, wage=60).clerk_share.low
