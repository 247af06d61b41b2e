"""Times: offsets at their word, local times in their zone, the forms people write, numbers, and no guessing of days and months."""

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.cells.conventions import Conventions
from helpers.intake.cells.times import read_times
from helpers.intake.refusal import Refusal

MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 30))


def _column(*texts):
    return pd.Series(texts, index=range(2, 2 + len(texts)), dtype="str")


def _read(*texts, zone="Asia/Shanghai", order="auto"):
    values = read_times(_column(*texts), Conventions(zone, order)).values
    return [None if pd.isna(time) else time.isoformat() for time in values]


def _notes(*texts, zone="Asia/Shanghai", order="auto"):
    return " / ".join(read_times(_column(*texts), Conventions(zone, order)).notes)


def test_offsets_are_taken_at_their_word():
    assert _read("2026-03-01T09:21:07Z", "2026-03-01T09:21:07+08:00") == ["2026-03-01T09:21:07+00:00", "2026-03-01T01:21:07+00:00"]


def test_times_without_offset_are_local():
    assert _read("2026-03-01 08:00:00", "2026/3/1 8:00", "2026-03-01") == ["2026-03-01T00:00:00+00:00"] * 2 + ["2026-02-28T16:00:00+00:00"]
    assert "2 times without an offset taken as local in Asia/Shanghai" in _notes("2026-03-01", "2026-03-02", "2026-03-01T00:00Z")


def test_all_kinds_in_one_column():
    texts = ["2026-03-01 08:00:00", "2026-03-01T00:00:00Z", None, "2026-03-01T05:30+05:30", "2026/3/1 8:00", "20260301080000"]
    assert _read(*texts) == [None if text is None else "2026-03-01T00:00:00+00:00" for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月31日 14:05", "2026年03月31日 下午2:05", "26年3月31日14时05分", "２０２６－０３－３１　１４：０５", "2026年3月31日 星期二 下午2:05", "2026.03.31 14:05",
        "2026-03-31 2:05 PM", "31 Mar 2026 14:05", "31-Mar-2026 2:05 p.m.", "Mar 31, 2026 14:05", "Tuesday, 31 March 2026 14:05", "31/03/2026 14:05", "3/31/2026 2:05 PM",
        "31/Mar/2026:14:05:00 +0800", "Tue Mar 31 2026 14:05:00 GMT+0800 (China Standard Time)", "2026-03-31T06:05Z", "2026-03-31t06:05:00.000z", "2026-03-31 14:05:00,000",
        "2026-03-31T14:05+08", "2026-03-31 06:05 UTC", "31-03-2026:14.05", "31.3.2026 14.05.00", "202603311405", "1774937100", "1774937100000", "1774937100000000", "46112.58680555555",
    ],
)  # fmt: skip
def test_every_form_of_one_moment(text):
    assert _read(text) == ["2026-03-31T06:05:00+00:00"]


def test_the_column_decides_whether_the_day_comes_first():
    assert _read("04/05/2026", "23/05/2026", zone="UTC")[0] == "2026-05-04T00:00:00+00:00"
    assert _read("04/05/2026", "05/23/2026", zone="UTC")[0] == "2026-04-05T00:00:00+00:00"
    assert "day first, as row 3 shows: '23/05/2026'" in _notes("04/05/2026", "23/05/2026")
    assert _read("04/04/2026", zone="UTC") == ["2026-04-04T00:00:00+00:00"]


def test_a_column_that_does_not_tell_is_asked_with_both_readings():
    with pytest.raises(Refusal, match="row 2: '04/05/2026' can be 4 May 2026 .*or 5 April 2026 .*date_order"):
        _read("04/05/2026", "03/05/2026")
    with pytest.raises(Refusal, match="row 2.*'23/05/2026' has the day first, but '05/23/2026' in row 3 the month"):
        _read("23/05/2026", "05/23/2026")
    assert _read("04/05/2026", order="month first", zone="UTC") == ["2026-04-05T00:00:00+00:00"]
    assert _read("04/05/2026", "05/23/2026", order="day first", zone="UTC") == ["2026-05-04T00:00:00+00:00", None]


@pytest.mark.parametrize("text", ["31/03/26", "26-03-31", "31-Mar-26"])
def test_years_of_two_digits_are_asked(text):
    with pytest.raises(Refusal, match="year of two digits.*date_order"):
        _read(text)
    assert _read(text, order="year first" if text.startswith("26") else "day first", zone="UTC") == ["2026-03-31T00:00:00+00:00"]


@pytest.mark.parametrize(("unit", "text"), [("seconds", "1774937100"), ("milliseconds", "1774937100123"), ("a spreadsheet's day numbers", "46112")])
def test_what_numbers_were_taken_for_is_said(unit, text):
    assert unit in _notes(text)


def test_summer_time_skips_an_hour_and_has_another_twice():
    assert _read("2026-03-29 02:30:00", "2026-10-25 02:30:00", zone="Europe/Berlin") == ["2026-03-29T01:00:00+00:00", "2026-10-25T01:30:00+00:00"]
    said = _notes("2026-03-29 02:30:00", "2026-10-25 02:30:00", zone="Europe/Berlin")
    assert "1 local time that summer time skips" in said and "1 local time that the clocks show twice" in said
    assert "summer" not in _notes("2026-03-29 04:30:00", zone="Europe/Berlin")


@pytest.mark.parametrize(
    "text", ["soon", "now", "today", "2026-13-01", "2026-02-30", "12", "2026", "2026-03", "14:05", "25:00", "2026-03-31 25:00", "2026-03-31 13:05 AM", "2026-03-31 10:00 14:05", "115/03/31", "98765432", "NaT", "99999", "1" * 40]
)  # fmt: skip
def test_what_is_no_time_is_missing(text):
    assert _read(text) == [None]


def test_midnight_at_the_days_end():
    assert _read("2026-03-31 24:00", zone="UTC") == ["2026-04-01T00:00:00+00:00"] and _read("2026-03-31 12:00 AM", zone="UTC") == ["2026-03-31T00:00:00+00:00"]


def test_a_zone_or_order_that_does_not_exist_is_refused():
    with pytest.raises(Refusal, match="no time zone 'Shanghai'"):
        _read("2026-03-01", zone="Shanghai")
    with pytest.raises(Refusal, match="date_order.*day first"):
        Conventions(date_order="dmy")


FORMS = ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y年%m月%d日 %H时%M分%S秒", "%Y%m%d%H%M%S", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d %b %Y %H:%M:%S", "%b %d, %Y %I:%M:%S %p", "%d.%m.%Y %H:%M:%S"]


@given(st.lists(MOMENT, min_size=1, max_size=6), st.sampled_from(FORMS))
def test_what_is_written_is_read(moments, form):
    order = "month first" if form.startswith("%m") else "day first"
    moments = [moment.replace(microsecond=0) for moment in moments]
    read = read_times(_column(*[moment.strftime(form) for moment in moments]), Conventions("UTC", order)).values
    assert [time.to_pydatetime() for time in read] == [moment.replace(tzinfo=UTC) for moment in moments]


@given(st.lists(MOMENT, min_size=1, max_size=6), st.sampled_from([1, 1_000, 1_000_000]))
def test_seconds_and_their_fractions_since_1970_are_read(moments, per_second):
    counts = [round(moment.replace(tzinfo=UTC, microsecond=0).timestamp()) * per_second for moment in moments]
    read = read_times(_column(*map(str, counts))).values
    assert [round(time.timestamp()) * per_second for time in read] == counts


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_no_text_raises_anything_but_a_refusal(texts):
    try:
        assert len(read_times(_column(*texts)).values) == len(texts)
    except Refusal as refusal:
        assert refusal.remedy
