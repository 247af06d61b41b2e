"""The longest silence, counted by hand."""

import pandas as pd

from helpers.intake.checks.silence import longest_silence


def _times(*hours):
    return pd.Series(pd.to_datetime("2026-03-02T00:00Z") + pd.to_timedelta(hours, unit="h"))


def test_the_longest_against_the_usual():
    every_day = [24 * day + hour for day in range(28) if not 14 <= day < 20 for hour in (0, 10)]
    found = longest_silence(_times(*reversed(every_day)))
    assert found.longest == pd.Timedelta(days=6, hours=14) and found.after == pd.Timestamp("2026-03-15T10:00Z")
    assert found.usual == pd.Timedelta(hours=14) and found.times_usual > 10


def test_a_short_log_has_no_usual_week_and_one_moment_no_silence():
    assert longest_silence(_times(0, 5)).usual is None
    assert longest_silence(_times(1, 1)) is None and longest_silence(_times()) is None
