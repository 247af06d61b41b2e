"""What is odd about times: each flaw planted once and told, and nothing told of times without flaw."""

import pandas as pd

from helpers.intake.checks.moments import odd_moments, ties

ZONE = "Asia/Shanghai"


def _odd(*texts):
    written = pd.Series(texts, dtype="str")
    times = pd.to_datetime(written, utc=True, format="ISO8601").dt.as_unit("us")
    return {odd.what: odd for odd in odd_moments(times, written, ZONE)}


def test_days_that_depend_on_the_zone():
    odd = _odd("2026-03-01T01:00:00Z", "2026-03-31T20:00:00Z", "2026-03-10T20:00:00Z")["Times written in UTC"]
    assert odd.size == "3" and "2 rows would fall on another day in UTC, 1 in another month" in odd.remark
    assert "Times written in UTC" not in _odd("2026-03-01T09:00:00+08:00", "2026-03-31T20:00:00+08:00")


def test_times_that_know_no_hour():
    odd = _odd(*[f"2026-03-{day:02d}T00:00:00+08:00" for day in range(1, 20)])["Times at midnight"]
    assert odd.size == "19" and "days, not hours" in odd.remark
    assert "Times at midnight" not in _odd("2026-03-01T09:00:00+08:00", "2026-03-02T10:00:00+08:00")


def test_stand_ins_for_no_time():
    odd = _odd("1970-01-01T08:00:00+08:00", "2026-03-01T09:00:00+08:00", "9999-12-31T00:00:00+08:00")["Times that can't be"]
    assert odd.size == "2" and "1970-01-01, 9999-12-31" in odd.remark


def test_nothing_is_told_of_too_few():
    assert _odd("2026-03-01T09:00:00Z") == {}


def test_ties_are_those_of_one_person():
    moment = pd.to_datetime(["2026-03-01T09:00Z"] * 4 + ["2026-03-01T10:00Z"])
    frame = pd.DataFrame({"person": pd.Series(["a", "a", "b", None, "a"], dtype="str"), "time": moment})
    assert ties(frame, "time", "person")[0].size == "2" and ties(frame, "time", None)[0].size == "4" and ties(frame.tail(1), "time", "person") == ()
