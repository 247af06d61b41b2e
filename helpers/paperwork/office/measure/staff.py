"""Who works in the office, as the log shows it: how many clerks, how often they are there, and whether rework goes first."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.paperwork.durations import Timed
from helpers.paperwork.office.measure.ways import Ways
from helpers.paperwork.office.model import ROUTE, Sessions

REGULAR = 0.1  # share of the median clerk's handlings below which somebody only helps out
CLEARLY_SOONER = 0.5  # rework goes first if it waits less than this share of what first visits wait
ENOUGH = 30  # waits on either side


@dataclass(frozen=True)
class Staff:
    """clerks: how many work there regularly; presence: share of open days on which one of them did anything."""

    clerks: int
    presence: float


def staff(times: Timed, sessions: Sessions) -> Staff:
    """The clerks seen in a log that says who did the work."""
    frame = times.frame
    done = frame[(frame["party"] == "clerk") & frame["resource"].notna() & frame["start"].notna()]
    handlings = done["resource"].value_counts()
    regular = handlings.index[handlings >= REGULAR * handlings.median()]
    day = np.floor((done["start"] - sessions.origin) / pd.Timedelta(days=1)).astype(int)
    seen = pd.DataFrame({"resource": done["resource"], "day": day})[done["resource"].isin(regular)].drop_duplicates()
    span = np.arange(day.min(), day.max() + 1)
    open_days = np.resize(sessions.open_days, span.max() + 1)[span].sum()
    return Staff(len(regular), min(len(seen) / (len(regular) * max(open_days, 1)), 1.0))


def rework_goes_first(found: Ways) -> bool:
    """Whether later reviews clearly wait less for a clerk than first ones."""
    place = [step.name for step in ROUTE].index("review")
    reviews = found.rows[(found.rows["step"] == place) & found.rows["wait"].notna()]
    later = reviews["visit"] > 0
    if min(later.sum(), (~later).sum()) < ENOUGH:
        return False
    return bool(reviews.loc[later, "wait"].mean() < CLEARLY_SOONER * reviews.loc[~later, "wait"].mean())
