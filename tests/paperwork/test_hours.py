"""Business hours against a published value, a count by the minute, and days on which the clocks change."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.refusal import Refusal
from helpers.paperwork.hours import Calendar, after_business_hours, always_open, business_hours, clock_hours, office_calendar, touch_hours

SHANGHAI = "Asia/Shanghai"


def at(*moments: str, zone: str = SHANGHAI) -> pd.Series:
    return pd.Series(pd.to_datetime(list(moments))).dt.tz_localize(zone)


def test_a_published_week(published):
    """Trap 9: five days of eight hours are 40 hours of work and 104 by the clock."""
    case = published("business_hours_week")
    calendar = Calendar(sessions=(tuple(case["inputs"]["hours"]),))
    start, end = at(case["inputs"]["start"]), at(case["inputs"]["end"])
    assert business_hours(start, end, calendar)[0] == pytest.approx(case["expected"]["hours"], abs=1e-9)
    assert clock_hours(start, end)[0] == 104


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-01-05 11:30", "2026-01-05 13:30", 1.0),  # lunch
        ("2026-01-09 17:00", "2026-01-12 10:00", 2.0),  # weekend
        ("2026-02-13 17:00", "2026-02-24 10:00", 2.0),  # Spring Festival
        ("2026-01-10 10:00", "2026-01-11 10:00", 0.0),  # weekend alone
        ("2026-01-05 20:00", "2026-01-06 08:00", 0.0),  # overnight
        ("2026-01-06 10:00", "2026-01-05 17:00", -2.0),  # end before start
    ],
)
def test_breaks_of_the_shipped_calendar(start, end, hours):
    assert business_hours(at(start), at(end), office_calendar())[0] == pytest.approx(hours)


@given(st.integers(0, 20_000), st.integers(0, 20_000), st.sampled_from([((9, 12), (13, 18)), ((8, 16),), ((0, 6), (22, 24))]))
@settings(max_examples=40)
def test_counted_minute_by_minute(first, length, sessions):
    """A second implementation: every minute in between is looked at by itself."""
    calendar = Calendar(sessions=sessions, weekdays=(0, 1, 2, 5), holidays=("2026-01-06",), extra_days=("2026-01-11",))
    begin = pd.Timestamp("2026-01-01", tz=SHANGHAI) + pd.Timedelta(minutes=first)
    minutes = pd.date_range(begin, periods=length, freq="min")
    open_day = np.isin(minutes.day_of_week, calendar.weekdays) & (minutes.strftime("%Y-%m-%d") != "2026-01-06")
    open_day |= minutes.strftime("%Y-%m-%d") == "2026-01-11"
    hour = minutes.hour + minutes.minute / 60
    expected = sum((open_day & (hour >= opening) & (hour < closing)).sum() for opening, closing in sessions) / 60
    start, end = pd.Series([begin]), pd.Series([begin + pd.Timedelta(minutes=length)])
    assert business_hours(start, end, calendar)[0] == pytest.approx(expected)


def test_days_on_which_the_clocks_change():
    """A night shift over the change to summer time is an hour shorter, over the change back an hour longer; office days are as ever."""
    night = Calendar(sessions=((0, 6),), weekdays=tuple(range(7)), time_zone="Europe/Berlin")
    office = Calendar(time_zone="Europe/Berlin")
    spring = at("2026-03-29 00:00", zone="Europe/Berlin"), at("2026-03-30 00:00", zone="Europe/Berlin")
    autumn = at("2026-10-25 00:00", zone="Europe/Berlin"), at("2026-10-26 00:00", zone="Europe/Berlin")
    assert business_hours(*spring, night)[0] == 5 and business_hours(*autumn, night)[0] == 7
    assert business_hours(*spring, always_open("Europe/Berlin"))[0] == 23
    week = at("2026-03-27 09:00", zone="Europe/Berlin"), at("2026-03-30 18:00", zone="Europe/Berlin")
    assert business_hours(*week, office)[0] == 16


def test_the_zone_decides_the_day():
    """The same instants are office hours in one zone and night in another."""
    start, end = at("2026-01-05 01:00", zone="UTC"), at("2026-01-05 04:00", zone="UTC")
    assert business_hours(start, end, Calendar(time_zone=SHANGHAI))[0] == 3
    assert business_hours(start, end, Calendar(time_zone="UTC"))[0] == 0


@given(st.integers(0, 500_000), st.floats(0, 300))
@settings(max_examples=40)
def test_there_and_back(minute, hours):
    """So many office hours ahead lies the moment from which so many office hours have passed."""
    start = pd.Series([pd.Timestamp("2026-01-01", tz=SHANGHAI) + pd.Timedelta(minutes=minute)])
    later = after_business_hours(start, np.array([hours]), office_calendar())
    assert business_hours(start, later, office_calendar())[0] == pytest.approx(hours, abs=1e-6)


def test_missing_times_stay_missing():
    start, end = at("2026-01-05 10:00", "2026-01-05 10:00"), at("2026-01-05 11:00", "2026-01-05 11:00")
    end[1] = pd.NaT
    assert np.isnan(business_hours(start, end, office_calendar())[1]) and np.isnan(clock_hours(start, end)[1])


def test_touch_time_of_clerks_stops_at_closing_and_of_clients_does_not():
    rows = pd.DataFrame({
        "party": ["clerk", "client", "clerk"],
        "start": at("2026-01-05 17:30", "2026-01-05 17:30", "2026-01-05 20:00"),
        "end": at("2026-01-06 09:30", "2026-01-05 19:30", "2026-01-05 20:30"),
    })  # fmt: skip
    assert touch_hours(rows, office_calendar()).tolist() == [1.0, 2.0, 0.5]


@pytest.mark.parametrize("wrong", [{"sessions": ((13, 9),)}, {"sessions": ((9, 25),)}, {"sessions": ()}, {"weekdays": (7,)}, {"weekdays": ()}])
def test_impossible_calendars_are_refused(wrong):
    with pytest.raises(Refusal):
        Calendar(**wrong)
