"""Typed values as text that reads back."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.reading.typed.canonical import NotText, text_of

EAST = dt.timezone(dt.timedelta(hours=8))


@pytest.mark.parametrize(
    "value, text",
    [
        (None, None), ("", None), (float("nan"), None), ("007", "007"), (7, "7"), (7.0, "7"), (-0.0, "0"), (0.1, "0.1"), (1e15, "1000000000000000.0"), (1e300, "1e+300"),
        (True, "true"), (False, "false"), (Decimal("12.50"), "12.50"), (Decimal("1E+3"), "1000"), (dt.date(2026, 3, 1), "2026-03-01"), (dt.time(9, 30), "09:30:00"),
        (dt.datetime(2026, 3, 1, 8), "2026-03-01 08:00:00"), (dt.datetime(2026, 3, 1, 8, tzinfo=EAST), "2026-03-01 08:00:00+08:00"), (dt.timedelta(hours=26.5), "26:30:00"),
        (dt.timedelta(seconds=-1.5), "-0:00:01.500000".rstrip("0")), (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    ],
)  # fmt: skip
def test_each_type(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize("value, words", [([1], "lists"), ({"a": 1}, "records"), (b"x", "bytes"), (object(), "of the type object")])
def test_what_is_no_single_value(value, words):
    with pytest.raises(NotText, match=words):
        text_of(value)


@given(st.floats(allow_nan=False))
def test_numbers_come_back(value):
    assert float(text_of(value)) == value


@given(st.datetimes(timezones=st.just(EAST) | st.none()))
def test_times_come_back(value):
    assert dt.datetime.fromisoformat(text_of(value)) == value
