"""Moments as whole microseconds since 1970 (UTC): the one form that every engine compares, subtracts and groups alike.

Engines disagree on what a time without a zone means, how fine times are, and in which zone a month begins; whole numbers leave no room for that.
"""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import narwhals as nw
import pandas as pd

from helpers.intake.engine.frames import Frame, small

SECOND, DAY = 1_000_000, 86_400_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
CALENDAR = -70 * 365 * DAY, 130 * 366 * DAY  # about 1900 and 2100


def with_moment(frame: Frame, time: str = "time") -> Frame:
    """The frame with `moment`, from its column of UTC times; as it is where it has one already."""
    return frame if "moment" in frame.collect_schema().names() else frame.with_columns(nw.col(time).dt.timestamp("us").alias("moment"))


def microseconds(moment: pd.Timestamp) -> int:
    """A time with a zone as a moment."""
    return int(moment.as_unit("us").asm8.view("i8"))


def timestamp(moment: int) -> pd.Timestamp:
    """A moment as a time, UTC."""
    return pd.Timestamp(int(moment), unit="us", tz="UTC")


def span(frame: Frame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last moment of a frame, as times (UTC)."""
    ends = small(with_moment(frame).select(nw.col("moment").min().alias("first"), nw.col("moment").max().alias("last"))).iloc[0]
    return timestamp(ends["first"]), timestamp(ends["last"])


def seconds_since(start: pd.Timestamp | nw.Expr, moment: nw.Expr = nw.col("moment")) -> nw.Expr:
    """Whole seconds from a time or column of moments to a later moment."""
    since = microseconds(start) if isinstance(start, pd.Timestamp) else start
    return (moment - since) // SECOND


def month_of(zone: str, first: pd.Timestamp, last: pd.Timestamp) -> nw.Expr:
    """Months since year 0 of `moment` in a time zone; right for moments from `first` to `last`.

    The first month, and one for each later month whose local beginning has passed: the calendar is asked once and not once a row,
    and engines need to know of no zones, summer times or leap years.
    """
    months = pd.period_range(*(moment.tz_convert(zone).tz_localize(None) for moment in (first, last)), freq="M")
    begins = [month.to_timestamp().tz_localize(zone, nonexistent="shift_forward", ambiguous=True) for month in months[1:]]
    passed = [(nw.col("moment") >= microseconds(begin)).cast(nw.Int64) for begin in begins]
    return nw.sum_horizontal(nw.lit(months[0].year * 12 + months[0].month - 1, nw.Int64), *passed)


def from_local(local: nw.Expr, zone: str, first: pd.Timestamp, last: pd.Timestamp) -> nw.Expr:
    """Moments of what a zone's clocks show (whole microseconds since 1970 by that clock), right between two such showings.

    An hour that the change to summer time skips is taken for the moment of the change, one that is struck twice for the second time.
    """
    changes = offsets(zone, first - pd.Timedelta("2D"), last + pd.Timedelta("2D"))
    moment = local - changes[0][1]
    for (_, before), (since, after) in zip(changes, changes[1:]):
        shown = local - after
        later = nw.when(shown < since).then(nw.lit(since, nw.Int64)).otherwise(shown)
        moment = nw.when(local >= since + min(before, after)).then(later).otherwise(moment)
    return moment


def changes_between(local: nw.Expr, zone: str, first: pd.Timestamp, last: pd.Timestamp) -> tuple[nw.Expr, nw.Expr] | tuple[None, None]:
    """Whether what a zone's clocks show is skipped by a change to summer time, or struck twice; None where the clocks aren't changed meanwhile."""
    changes = offsets(zone, first - pd.Timedelta("2D"), last + pd.Timedelta("2D"))
    skipped = twice = local != local  # never
    for (_, before), (since, after) in zip(changes, changes[1:]):
        between = (local >= since + min(before, after)) & (local < since + max(before, after))
        skipped, twice = (skipped | between, twice) if after > before else (skipped, twice | between)
    return (skipped, twice) if len(changes) > 1 else (None, None)


def to_local(moment: nw.Expr, zone: str, first: pd.Timestamp, last: pd.Timestamp) -> nw.Expr:
    """What a zone's clocks show (whole microseconds since 1970 by that clock) at moments between two times."""
    (_, offset), *changes = offsets(zone, first, last)
    added = nw.lit(offset, nw.Int64)
    for since, after in changes:
        added = nw.when(moment >= since).then(nw.lit(after, nw.Int64)).otherwise(added)
    return moment + added


def offsets(zone: str, first: pd.Timestamp, last: pd.Timestamp) -> list[tuple[int, int]]:
    """(since which moment, offset from UTC in microseconds) between two times: more than one where the zone's clocks are changed meanwhile.

    Before and after the years that logs are of, the clocks are taken to stand still.
    """
    known = ZoneInfo(zone)
    low, high = (min(max(microseconds(moment if moment.tz else moment.tz_localize("UTC")), CALENDAR[0]), CALENDAR[1]) for moment in (first, last))
    found = [(low, _offset(low, known))]
    for begin in range(low, high, 7 * DAY):
        found += _changes(begin, min(begin + 7 * DAY, high), known)
    return found


def _changes(begin: int, end: int, zone: ZoneInfo) -> list[tuple[int, int]]:
    """The change of a zone's clocks within a week, to the second; there is at most one that lasts."""
    before, after = _offset(begin, zone), _offset(end, zone)
    if before == after:
        return []
    while end - begin > SECOND:
        middle = (begin + end) // 2
        begin, end = (middle, end) if _offset(middle, zone) == before else (begin, middle)
    return [(end // SECOND * SECOND, after)]


def _offset(moment: int, zone: ZoneInfo) -> int:
    return (EPOCH + timedelta(microseconds=moment)).astimezone(zone).utcoffset() // timedelta(microseconds=1)
