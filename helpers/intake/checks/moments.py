"""What is odd about a log's times: silence, ties, whole days, stand-ins for no time, days that depend on the zone."""

import numpy as np
import pandas as pd

from helpers.intake.cells.conventions import counted
from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.silence import longest_silence

LONG = 3.0  # times the usual
STAND_INS = ("0001-01-01", "1899-12-30", "1900-01-01", "1970-01-01", "9999-12-31")


def odd_moments(times: pd.Series, written: pd.Series, time_zone: str) -> tuple[Oddity, ...]:
    """What is odd about the times of the kept rows. times: UTC; written: the same cells as text; time_zone: in which days and months are meant."""
    if times.notna().sum() < 2:
        return ()
    local = times.dt.tz_convert(time_zone)
    return (*_silence(times, time_zone), *_whole_days(local), *_stand_ins(local), *_zone(times, local, written, time_zone))


def ties(frame: pd.DataFrame, time: str, who: str | None) -> tuple[Oddity, ...]:
    """Rows of one `who` (of the whole log where None) at the very same moment: which came first nobody can tell."""
    key = [who, time] if who and who in frame else [time]
    at_once = frame[time].duplicated(keep=False) & frame[key[0]].notna()
    tied = int(frame.loc[at_once, key].duplicated(keep=False).sum()) if at_once.any() else 0
    of_one = f" of the same {who}" if len(key) == 2 else ""
    return (Oddity("Rows at the same moment", f"{tied:,}", f"as another{of_one}: they stay in the order of the file"),) if tied else ()


def _silence(times: pd.Series, time_zone: str) -> tuple[Oddity, ...]:
    found = longest_silence(times)
    if not found:
        return ()
    usual = f"in a usual week the longest is {_span(found.usual)}" if found.usual else ""
    remark = f"after {found.after.tz_convert(time_zone):%Y-%m-%d %H:%M}; {usual}" if usual else f"after {found.after.tz_convert(time_zone):%Y-%m-%d %H:%M}"
    return (Oddity("Longest silence", _span(found.longest), remark + (": was nothing done, or nothing recorded?" if found.times_usual > LONG else "")),)


def _span(length: pd.Timedelta) -> str:
    hours = length / pd.Timedelta(hours=1)
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} h" if hours >= 1 else f"{hours * 60:.1f} min"


def _whole_days(local: pd.Series) -> tuple[Oddity, ...]:
    midnight = local == local.dt.normalize()
    share = midnight.sum() / local.notna().sum()
    remark = "the log knows days, not hours: nothing can be said on what is shorter" if share > 0.9 else "were they written without a clock?"
    return (Oddity("Times at midnight", f"{midnight.sum():,}", remark),) if share > 0.05 and midnight.sum() > 1 else ()


def _stand_ins(local: pd.Series) -> tuple[Oddity, ...]:
    far = (local.dt.year < 1980) | (local.dt.year > 2100)
    found = [day for day in STAND_INS if far.any() and (local[far].dt.strftime("%Y-%m-%d") == day).any()]
    return (Oddity("Times that can't be", f"{far.sum():,}", f"as {', '.join(found) or f'{local[far].min():%Y-%m-%d}'}: often written where no time is known"),) if far.any() else ()


def _zone(times: pd.Series, local: pd.Series, written: pd.Series, time_zone: str) -> tuple[Oddity, ...]:
    """Times written in UTC, though days and months are meant in another zone: how many rows change theirs."""
    in_utc = written.str.endswith("Z").fillna(False).to_numpy(bool)
    if in_utc.mean() < 0.5:
        return ()
    there = times.notna().to_numpy() & in_utc
    days, months = (np.count_nonzero((times.dt.tz_localize(None).to_numpy(f"datetime64[{unit}]") != local.dt.tz_localize(None).to_numpy(f"datetime64[{unit}]"))[there]) for unit in "DM")
    said = f"days and months are those of {time_zone}: {counted(days, 'row')} would fall on another day in UTC, {months:,} in another month"
    return (Oddity("Times written in UTC", f"{there.sum():,}", said),) if days else ()
