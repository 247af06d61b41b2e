"""What is odd about a log's times: silence, ties, whole days, stand-ins for no time, days that depend on the zone."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.intake.cells.conventions import counted
from helpers.intake.checks.oddities import Oddity
from helpers.intake.checks.silence import Silence, longest_silence

LONG = 3.0  # times the usual
POSSIBLE, MOSTLY = (1980, 2100), 0.5  # years; the share of times written in UTC from which it is told
STAND_INS = ("0001-01-01", "1899-12-30", "1900-01-01", "1970-01-01", "9999-12-31")


def odd_moments(times: pd.Series, written: pd.Series, time_zone: str) -> tuple[Oddity, ...]:
    """What is odd about the times of the kept rows. times: UTC; written: the same cells as text; time_zone: in which days and months are meant."""
    if times.notna().sum() < 2:
        return ()
    local = times.dt.tz_convert(time_zone)
    midnight = int((local == local.dt.normalize()).sum())
    return (*silent(longest_silence(times), time_zone), *whole_days(midnight, int(local.notna().sum())), *_stand_ins(local), *_zone(times, local, written, time_zone))


def ties(frame: pd.DataFrame, time: str, who: str | None) -> tuple[Oddity, ...]:
    """Rows of one `who` (of the whole log where None) at the very same moment: which came first nobody can tell."""
    key = [who, time] if who and who in frame else [time]
    at_once = frame[time].duplicated(keep=False) & frame[key[0]].notna()
    tied = int(frame.loc[at_once, key].duplicated(keep=False).sum()) if at_once.any() else 0
    return tied_rows(tied, who if len(key) == 2 else None)


def tied_rows(tied: int, who: str | None) -> tuple[Oddity, ...]:
    """So many rows at the same moment, in words."""
    of_one = f" of the same {who}" if who else ""
    return (Oddity("Rows at the same moment", f"{tied:,}", f"as another{of_one}: they stay in the order of the file"),) if tied else ()


def silent(found: Silence | None, time_zone: str) -> tuple[Oddity, ...]:
    """The longest silence in words."""
    if not found:
        return ()
    usual = f"in a usual week the longest is {_span(found.usual)}" if found.usual else ""
    remark = f"after {found.after.tz_convert(time_zone):%Y-%m-%d %H:%M}; {usual}" if usual else f"after {found.after.tz_convert(time_zone):%Y-%m-%d %H:%M}"
    return (Oddity("Longest silence", _span(found.longest), remark + (": was nothing done, or nothing recorded?" if found.times_usual > LONG else "")),)


def _span(length: pd.Timedelta) -> str:
    hours = length / pd.Timedelta(hours=1)
    return f"{hours / 24:.1f} days" if hours >= 48 else f"{hours:.1f} h" if hours >= 1 else f"{hours * 60:.1f} min"


def whole_days(midnight: int, known: int) -> tuple[Oddity, ...]:
    """So many of the known times at midnight, in words."""
    remark = "the log knows days, not hours: nothing can be said on what is shorter" if midnight > 0.9 * known else "were they written without a clock?"
    return (Oddity("Times at midnight", f"{midnight:,}", remark),) if midnight > 0.05 * known and midnight > 1 else ()


def _stand_ins(local: pd.Series) -> tuple[Oddity, ...]:
    far = local[(local.dt.year < POSSIBLE[0]) | (local.dt.year > POSSIBLE[1])]
    days = set(far.dt.strftime("%Y-%m-%d")) if len(far) else set()
    return impossible(len(far), [day for day in STAND_INS if day in days], far.min())


def impossible(count: int, stand_ins: Sequence[str], first: pd.Timestamp) -> tuple[Oddity, ...]:
    """So many times that can't be, in words. stand_ins: days among them that are often written for none; first: the earliest."""
    said = f"as {', '.join(stand_ins) or f'{first:%Y-%m-%d}'}: often written where no time is known" if count else ""
    return (Oddity("Times that can't be", f"{count:,}", said),) if count else ()


def _zone(times: pd.Series, local: pd.Series, written: pd.Series, time_zone: str) -> tuple[Oddity, ...]:
    """Times written in UTC, though days and months are meant in another zone: how many rows change theirs."""
    in_utc = written.str.endswith("Z").fillna(False).to_numpy(bool)
    if in_utc.mean() < MOSTLY:
        return ()
    there = times.notna().to_numpy() & in_utc
    days, months = (np.count_nonzero((times.dt.tz_localize(None).to_numpy(f"datetime64[{unit}]") != local.dt.tz_localize(None).to_numpy(f"datetime64[{unit}]"))[there]) for unit in "DM")
    return written_in_utc(int(there.sum()), days, months, time_zone)


def written_in_utc(count: int, days: int, months: int, time_zone: str) -> tuple[Oddity, ...]:
    """So many times written in UTC, in words; days, months: how many would fall on another there."""
    said = f"days and months are those of {time_zone}: {counted(days, 'row')} would fall on another day in UTC, {months:,} in another month"
    return (Oddity("Times written in UTC", f"{count:,}", said),) if days else ()
