"""Work and waiting apart: every handling with its touch time, and the wait before it from the moment it could have begun.

In a log with one time a row neither can be known: there is only sojourn, the time since the row before, in which both are hidden.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from helpers.intake.held import held
from helpers.paperwork.hours import Calendar, business_hours, clock_hours, touch_hours
from helpers.paperwork.office_log import OfficeLog


@dataclass(frozen=True)
class Timed:
    """A log with its times worked out under a calendar.

    frame: the log's handlings and, where it has start and end, touch_h (work, in hours), touch_clock_h, enabled (when it could have begun),
    wait_h and wait_clock_h (from then to the start; never below zero, missing where nothing came before or a time is lost);
    in a log with one time a row sojourn_h and sojourn_clock_h instead. Hours are business hours unless they say clock.
    """

    log: OfficeLog
    calendar: Calendar
    frame: pd.DataFrame

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row per case (see `case_times`)."""
        return case_times(self)


@held
def timed(log: OfficeLog, calendar: Calendar) -> Timed:
    """The log with touch time and waiting, or with sojourn time where the two can't be told apart."""
    frame = log.handlings
    before = enabled(log).mask(frame["activity"].isin(log.withdrawing))  # nobody waits for a withdrawal
    if not log.has("touch_time"):
        hours = {"sojourn_h": business_hours(before, frame["end"], calendar), "sojourn_clock_h": clock_hours(before, frame["end"])}
        return Timed(log, calendar, frame.assign(**hours))
    return Timed(log, calendar, frame.assign(
        touch_h=touch_hours(frame, calendar),
        touch_clock_h=clock_hours(frame["start"], frame["end"]),
        enabled=before,
        wait_h=np.maximum(business_hours(before, frame["start"], calendar), 0),
        wait_clock_h=np.maximum(clock_hours(before, frame["start"]), 0),
    ))  # fmt: skip


def enabled(log: OfficeLog) -> pd.Series:
    """When each handling could have begun: at the end of the one before it on the same document of the case.

    A document's first handling could begin when the last work on the case as a whole had ended; work on the case as a whole, when all work
    on it had. Missing for a case's first row, and where the end before is lost (an earlier one would count its work as waiting).
    """
    ends, numbers = log.handlings["end"], log.numbers
    of_item = _end_before(ends, numbers["item"])
    if not log.has("document"):
        return of_item
    whole = log.handlings["document"].isna()
    opening = ends.where(whole).groupby(numbers["case"]).ffill()
    first = ~numbers.duplicated("item")
    return of_item.mask(first, opening).mask(whole, _end_before(ends, numbers["case"]))


def _end_before(ends: pd.Series, group: pd.Series) -> pd.Series:
    """The latest end of the rows before within the group; missing where the row just before has none."""
    return ends.groupby(group).cummax().groupby(group).shift()


def case_times(times: Timed) -> pd.DataFrame:
    """One row per case: opened (its first moment), seen (its last moment in the log), closed and withdrawn (yes or no), lead_h and lead_clock_h.

    The lead time of a closed case runs to the end of its closing (its start, where the end is lost); of any other, as far as it has come:
    until it was withdrawn, or the log's end.
    Where the log doesn't show closing, every case is taken to end with its last row, and `closed` is False.
    """
    log, frame = times.log, times.log.handlings
    begins = frame["start"].fillna(frame["end"]) if "start" in frame else frame["end"]
    ends = frame["end"].fillna(begins)
    cases = pd.DataFrame({"opened": begins.groupby(frame["case"]).min(), "seen": ends.groupby(frame["case"]).max()})
    for column, names in (("closed", log.closing), ("withdrawn", log.withdrawing)):
        cases[column] = ends[frame["activity"].isin(names)].groupby(frame["case"]).max()
    until = cases["closed"].fillna(cases["withdrawn"]).fillna(log.last if log.has("closing") else cases["seen"])
    lead = {"lead_h": business_hours(cases["opened"], until, times.calendar), "lead_clock_h": clock_hours(cases["opened"], until)}
    return cases.assign(closed=cases["closed"].notna(), withdrawn=cases["withdrawn"].notna() & cases["closed"].isna(), until=until, **lead)


def settled_cases(times: Timed, share: float = 0.95) -> pd.Index:
    """The cases opened so long before the log's end that `share` of the closed ones were closed in the time they have had.

    What a case takes is averaged over these, whether they are closed, open or withdrawn: averaged over the closed ones alone it comes out
    too small, as the long ones are still open. All cases where the log doesn't show closing.
    """
    cases = times.cases
    if not cases["closed"].any():
        return cases.index
    allowed = pd.Timedelta(hours=float(cases.loc[cases["closed"], "lead_clock_h"].quantile(share)))
    return cases.index[cases["opened"] <= times.log.last - allowed]


def party(frame: pd.DataFrame) -> pd.Series:
    """Whose time each row took; "everyone" where the log doesn't say."""
    return frame["party"].fillna("everyone") if "party" in frame else pd.Series("everyone", index=frame.index)
