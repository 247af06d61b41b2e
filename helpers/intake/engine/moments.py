"""Moments as whole microseconds since 1970 (UTC): the one form that every engine compares, subtracts and groups alike.

Engines disagree on what a time without a zone means, how fine times are, and in which zone a month begins; whole numbers leave no room for that.
"""

from zoneinfo import ZoneInfo

import narwhals as nw
import pandas as pd

from helpers.intake.engine.frames import Frame

SECOND, DAY = 1_000_000, 86_400_000_000
HOUR = pd.Timedelta(hours=1)


def with_moment(frame: Frame, time: str = "time") -> Frame:
    """The frame with `moment`, from its column of UTC times; as it is where it has one already."""
    return frame if "moment" in frame.collect_schema().names() else frame.with_columns(nw.col(time).dt.timestamp("us").alias("moment"))


def microseconds(moment: pd.Timestamp) -> int:
    """A time with a zone as a moment."""
    return moment.value // 1000


def timestamp(moment: int) -> pd.Timestamp:
    """A moment as a time, UTC."""
    return pd.Timestamp(int(moment), unit="us", tz="UTC")


def seconds_since(start: pd.Timestamp | nw.Expr, moment: nw.Expr = nw.col("moment")) -> nw.Expr:
    """Whole seconds from a time or column of moments to a later moment."""
    since = microseconds(start) if isinstance(start, pd.Timestamp) else start
    return (moment - since) // SECOND


def month_of(zone: str, first: pd.Timestamp, last: pd.Timestamp) -> nw.Expr:
    """Months since year 0 of `moment` in a time zone; right for moments from `first` to `last`.

    From the number of the local day, by whole numbers only: Howard Hinnant's days-to-civil algorithm, in which years begin in March.
    """
    since = (nw.col("moment") + _offset(zone, first, last)) // DAY + 719_468
    era = since // 146_097
    day = since - era * 146_097
    year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
    of_year = day - (365 * year + year // 4 - year // 100)
    return (year + 400 * era) * 12 + (5 * of_year + 2) // 153 + 2


def _offset(zone: str, first: pd.Timestamp, last: pd.Timestamp) -> nw.Expr:
    """How much later (microseconds) it is in the zone than in UTC, at each moment."""
    changes = offsets(zone, first, last)
    offset = nw.lit(changes[0][1], nw.Int64)
    for since, value in changes[1:]:
        offset = nw.when(nw.col("moment") >= since).then(nw.lit(value, nw.Int64)).otherwise(offset)
    return offset


def offsets(zone: str, first: pd.Timestamp, last: pd.Timestamp) -> list[tuple[int, int]]:
    """(since which moment, offset from UTC in microseconds) between two times: more than one where the zone's clocks are changed meanwhile."""
    hours = pd.date_range(first.floor("h"), last.ceil("h") + HOUR, freq="h").tz_convert(ZoneInfo(zone))
    offset = pd.Series((hours.tz_localize(None) - hours.tz_convert("UTC").tz_localize(None)) // pd.Timedelta(microseconds=1))
    changed = offset.index[offset.ne(offset.shift())]
    return [(microseconds(hours[i]), int(offset[i])) for i in changed]
