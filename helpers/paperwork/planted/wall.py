"""The clock on the planted office's wall: office seconds to clock seconds and back, one moment at a time."""

from bisect import bisect_left, bisect_right

import numpy as np
import pandas as pd

from helpers.paperwork.hours import Calendar, timetable
from helpers.paperwork.planted.clients import SECONDS_PER_DAY, SECONDS_PER_HOUR
from helpers.paperwork.planted.office import Office

MICROSECONDS = 1_000_000


class Wall:
    """Office time counts from the morning on which the office opens its books; clock time is seconds since 1970 UTC."""

    def __init__(self, office: Office, calendar: Calendar):
        self.zone = calendar.time_zone
        first = pd.Timestamp(office.opens_books, tz=self.zone)
        table = timetable(calendar, first, pd.Timestamp(office.last_day, tz=self.zone))
        kept = int(np.searchsorted(table.opens, first.value // 1000))
        self.opens = (table.opens[kept:] // MICROSECONDS).tolist()
        self.before = ((table.before[kept:] - table.before[kept]) // MICROSECONDS).tolist()
        self.sessions_per_day = len(calendar.sessions)
        self._batches = self._batch_starts(office)

    def clock(self, position: int, ending: bool = False) -> int:
        """The clock second of an office second; on a closing, work `ending` there ends there, other work begins at the next opening."""
        session = (bisect_left if ending else bisect_right)(self.before, position) - 1
        return self.opens[max(session, 0)] + position - self.before[max(session, 0)]

    def office(self, clock: int) -> int:
        """The office second of a clock second; outside office hours, that of the next opening."""
        session = max(bisect_right(self.opens, clock) - 1, 0)
        return min(self.before[session] + max(clock - self.opens[session], 0), self.before[session + 1])

    def closing(self, position: int) -> int:
        """The clock second at which the working day of an office second closes."""
        return self.clock((position // SECONDS_PER_DAY + 1) * SECONDS_PER_DAY, ending=True)

    def next_batch(self, position: int) -> int:
        """The office second at which held documents are next filed: now, if it is the batch afternoon."""
        day = position // SECONDS_PER_DAY
        coming = self._batches[bisect_left(self._batches, day * SECONDS_PER_DAY)]
        return max(coming, position)

    def weekdays(self, days: int) -> np.ndarray:
        """The weekday (0 = Monday) of each of the first `days` working days."""
        mornings = pd.to_datetime(self.opens[: days * self.sessions_per_day : self.sessions_per_day], unit="s", utc=True)
        return mornings.tz_convert(self.zone).day_of_week.to_numpy()

    def _batch_starts(self, office: Office) -> list[int]:
        days = len(self.opens) // self.sessions_per_day
        afternoon = self.office(self.opens[0] + round((office.batch_hour - 9) * SECONDS_PER_HOUR))
        return [day * SECONDS_PER_DAY + afternoon for day in np.flatnonzero(self.weekdays(days) == office.batch_weekday).tolist()]
