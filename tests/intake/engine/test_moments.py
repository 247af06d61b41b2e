"""Moments, months and zones in whole numbers."""

import narwhals as nw
import pandas as pd
import pytest

from helpers.intake.engine.moments import from_local, microseconds, month_of, span, timestamp, with_moment

ZONES = ("UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Santiago", "Asia/Kathmandu")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("unit", ["s", "us", "ns"])
def test_months_are_those_of_the_zone(zone, unit):
    times = pd.Series(pd.date_range("2019-12-30", "2026-04-02", freq="5h13min17s", tz="UTC")).dt.as_unit(unit)
    found = with_moment(nw.from_native(pd.DataFrame({"time": times}))).select(month_of(zone, times.min(), times.max()).alias("month")).to_native()["month"]
    local = times.dt.tz_convert(zone)
    assert (found == local.dt.year * 12 + local.dt.month - 1).all()


@pytest.mark.parametrize("zone", ZONES)
def test_what_clocks_show_becomes_the_moment(zone):
    shown = pd.Series(pd.date_range("2025-12-30", "2026-12-02", freq="13min"))
    micro = shown.astype("datetime64[us]").astype("int64")
    frame = nw.from_native(pd.DataFrame({"local": micro})).select(from_local(nw.col("local"), zone, timestamp(micro.min()), timestamp(micro.max())).alias("moment"))
    expected = shown.dt.tz_localize(zone, ambiguous=[False] * len(shown), nonexistent="shift_forward").dt.tz_convert("UTC")
    assert (pd.to_datetime(frame.to_native()["moment"], unit="us", utc=True) == expected).all()


def test_times_and_moments_there_and_back():
    time = pd.Timestamp("2026-03-01 10:00:00.123456", tz="Asia/Shanghai")
    assert timestamp(microseconds(time)) == time and microseconds(time.as_unit("ns")) == microseconds(time.as_unit("us"))
    assert span(nw.from_native(pd.DataFrame({"time": [time, time + pd.Timedelta("1h")]}))) == (time, time + pd.Timedelta("1h"))
