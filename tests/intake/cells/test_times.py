"""Times: offsets at their word, local times in their zone, no guessing of days and months."""

import pandas as pd
import pytest

from helpers.intake.cells.times import read_times
from helpers.intake.refusal import Refusal


def _read(*texts, zone="Asia/Shanghai"):
    return [None if pd.isna(time) else time.isoformat() for time in read_times(pd.Series(texts, dtype="str"), zone)]


def test_offsets_are_taken_at_their_word():
    assert _read("2026-03-01T09:21:07Z", "2026-03-01T09:21:07+08:00") == ["2026-03-01T09:21:07+00:00", "2026-03-01T01:21:07+00:00"]


def test_times_without_offset_are_local():
    assert _read("2026-03-01 08:00:00", "2026/3/1 8:00", "2026-03-01") == ["2026-03-01T00:00:00+00:00"] * 2 + ["2026-02-28T16:00:00+00:00"]


def test_both_kinds_in_one_column():
    assert _read("2026-03-01 08:00:00", "2026-03-01T00:00:00Z", None) == ["2026-03-01T00:00:00+00:00"] * 2 + [None]


def test_the_hour_that_summer_time_skips_is_moved_on():
    assert _read("2026-03-29 02:30:00", zone="Europe/Berlin") == ["2026-03-29T01:00:00+00:00"]


@pytest.mark.parametrize("text", ["03/04/2026", "soon", "2026-13-01", "12"])
def test_what_is_no_time_is_missing(text):
    assert _read(text) == [None]


def test_a_zone_that_does_not_exist_is_refused():
    with pytest.raises(Refusal, match="no time zone 'Shanghai'"):
        _read("2026-03-01", zone="Shanghai")
