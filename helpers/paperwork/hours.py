"""Business hours: how much office time lies between two moments, and which moment lies so much office time ahead.

The calendar is laid out as the list of its sessions (opening to closing, as true instants), so that lunch breaks, holidays, time zones
and changes to summer time are all met by one search in that list.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from helpers.intake.places import DATA
from helpers.intake.refusal import Refusal

HOLIDAYS = DATA / "paperwork" / "holidays.csv"
MICROSECONDS_PER_HOUR = 3_600_000_000
DAYS_PER_BLOCK = 366  # timetables are laid out in whole blocks, so that neighbouring questions share one


@dataclass(frozen=True)
class Calendar:
    """When the office is open.

    sessions: (opening, closing) in hours of the local day, ascending; weekdays: 0 = Monday; holidays: ISO dates on which it is closed;
    extra_days: ISO dates on which it is open though the weekday or the holiday list says otherwise; time_zone: an IANA name.
    """

    sessions: tuple[tuple[float, float], ...] = ((9, 12), (13, 18))
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[str, ...] = ()
    extra_days: tuple[str, ...] = ()
    time_zone: str = "Asia/Shanghai"

    def __post_init__(self):
        edges = [edge for session in self.sessions for edge in session]
        if not edges or edges != sorted(set(edges)) or edges[0] < 0 or edges[-1] > 24:
            raise Refusal(f"office hours {self.sessions} don't ascend within 0 to 24", "calendar", "give them as 9-12, 13-18")
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise Refusal(f"weekdays {self.weekdays} aren't days 0 (Monday) to 6 (Sunday)", "calendar")

    @property
    def hours_per_day(self) -> float:
        """Office hours of one working day."""
        return float(sum(closing - opening for opening, closing in self.sessions))


def always_open(time_zone: str = "UTC") -> Calendar:
    """The calendar that never closes: business hours are clock hours."""
    return Calendar(sessions=((0, 24),), weekdays=tuple(range(7)), time_zone=time_zone)


@lru_cache
def office_calendar() -> Calendar:
    """The shipped office's calendar: Monday to Friday, 9-12 and 13-18, Asia/Shanghai, closed on the days in data/paperwork/holidays.csv."""
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        return Calendar(holidays=tuple(row["date"] for row in csv.DictReader(file)))


@dataclass(frozen=True)
class Timetable:
    """All sessions of a calendar over a span of days, as instants in microseconds UTC.

    opens, closes: one entry per session; before: office time (microseconds) in the sessions before it, one entry more than there are sessions.
    """

    opens: np.ndarray
    closes: np.ndarray
    before: np.ndarray

    def position(self, instants: np.ndarray) -> np.ndarray:
        """Office time from the first session up to each instant (microseconds in, microseconds out)."""
        session = np.maximum(np.searchsorted(self.opens, instants, side="right") - 1, 0)
        inside = np.clip(instants, self.opens[session], self.closes[session]) - self.opens[session]
        return self.before[session] + inside

    def instant(self, positions: np.ndarray, ending: bool = False) -> np.ndarray:
        """The instant at which so much office time has passed (inverse of `position`).

        Where that falls on a closing, work that begins there begins at the next opening, and work that is `ending` there ends at the closing.
        """
        session = np.searchsorted(self.before[1:], positions, side="left" if ending else "right")
        return self.opens[session] + (positions - self.before[session])


@lru_cache(maxsize=32)
def _timetable(calendar: Calendar, first_block: int, last_block: int) -> Timetable:
    days = np.arange(first_block * DAYS_PER_BLOCK, (last_block + 1) * DAYS_PER_BLOCK).astype("datetime64[D]")
    weekmask = [int(weekday in calendar.weekdays) for weekday in range(7)]
    works = np.is_busday(days, weekmask=weekmask, holidays=np.array(calendar.holidays, dtype="datetime64[D]"))
    works |= np.isin(days, np.array(calendar.extra_days, dtype="datetime64[D]"))
    opens, closes = (_instants(days[works], [session[edge] for session in calendar.sessions], calendar.time_zone) for edge in (0, 1))
    return Timetable(opens, closes, np.concatenate([[0], np.cumsum(closes - opens)]))


def _instants(days: np.ndarray, hours: list[float], time_zone: str) -> np.ndarray:
    minutes = np.array([round(hour * 60) for hour in hours]).astype("timedelta64[m]")
    local = pd.DatetimeIndex((days[:, None] + minutes[None, :]).ravel().astype("datetime64[us]"))
    # An hour that the change to summer time skips opens when the clocks have moved; one that is struck twice opens the first time.
    zoned = local.tz_localize(time_zone, nonexistent="shift_forward", ambiguous=np.ones(len(local), dtype=bool))
    return zoned.as_unit("us").asi8


def timetable(calendar: Calendar, first: pd.Timestamp, last: pd.Timestamp) -> Timetable:
    """The calendar's sessions from at least a day before `first` to at least a year after `last` (tz-aware)."""
    blocks = [int(moment.value // 86_400_000_000_000) // DAYS_PER_BLOCK for moment in (first - pd.Timedelta("1D"), last)]
    return _timetable(calendar, blocks[0], blocks[1] + 1)


def business_hours(start: pd.Series, end: pd.Series, calendar: Calendar) -> np.ndarray:
    """Office hours from `start` to `end` (tz-aware Series of equal length): floats, NaN where either is missing, negative where end precedes start."""
    known = (start.notna() & end.notna()).to_numpy()
    hours = np.full(len(start), np.nan)
    if known.any():
        begins, ends = start[known], end[known]
        table = timetable(calendar, min(begins.min(), ends.min()), max(begins.max(), ends.max()))
        hours[known] = (table.position(microseconds(ends)) - table.position(microseconds(begins))) / MICROSECONDS_PER_HOUR
    return hours


def clock_hours(start: pd.Series, end: pd.Series) -> np.ndarray:
    """Hours by the clock from `start` to `end` (tz-aware Series): floats, NaN where either is missing."""
    return ((end - start) / pd.Timedelta(hours=1)).to_numpy(dtype=float, na_value=np.nan)


def touch_hours(handlings: pd.DataFrame, calendar: Calendar) -> np.ndarray:
    """Hours of work in each handling (columns start, end, perhaps party): floats, NaN where a time is missing.

    A clerk works in office hours; a client works by the clock; and who began and finished outside office hours worked by the clock as well.
    """
    office, clock = business_hours(handlings["start"], handlings["end"], calendar), clock_hours(handlings["start"], handlings["end"])
    by_clock = office <= 0
    if "party" in handlings:
        by_clock |= (handlings["party"] == "client").to_numpy(dtype=bool, na_value=False)
    return np.where(by_clock, clock, office)


def after_business_hours(start: pd.Series, hours: np.ndarray, calendar: Calendar) -> pd.Series:
    """The moments that lie `hours` of office time after `start` (tz-aware, nothing missing), at most a year ahead."""
    table = timetable(calendar, start.min(), start.max())
    ahead = np.rint(np.asarray(hours, dtype=float) * MICROSECONDS_PER_HOUR).astype("int64")
    moments = table.instant(table.position(microseconds(start)) + ahead)
    return pd.Series(pd.to_datetime(moments, unit="us", utc=True), index=start.index).dt.tz_convert(calendar.time_zone)


def microseconds(moments: pd.Series) -> np.ndarray:
    """Tz-aware moments without gaps as whole microseconds since 1970 UTC."""
    return moments.dt.as_unit("us").astype("int64").to_numpy()
