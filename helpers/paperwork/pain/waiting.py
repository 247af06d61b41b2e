"""Waiting taken apart: for the client, in the queue for a clerk, and held back while later work was taken up."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.intake.held import held
from helpers.intake.refusal import Refusal
from helpers.paperwork.durations import Timed
from helpers.paperwork.hours import business_hours
from helpers.paperwork.needs import require

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CLIENT, QUEUE, HELD = "waiting for the client", "queue for a clerk", "held back"


@held
def waiting(times: Timed, pool: str = "office") -> pd.DataFrame:
    """The wait before each handling in hours by cause: case, step, document (where there is one), cause, hours; rows with a wait of each cause.

    Before a client's work one waits for the client. Before a clerk's: until a later piece of the same work was taken up, one stood in the
    queue; from then on one was held back (a batch, a priority, or forgotten). pool: later work of the whole "office" or of the same
    "resource". Raises Refusal where the log can't tell.
    """
    require(times.log, "touch_time", "party", *(["resource"] if pool == "resource" else []))
    if pool not in ("office", "resource"):
        raise Refusal(f"'{pool}' is no pool of clerks", "waiting", "use office or resource")
    frame = times.frame[times.frame["wait_h"].notna()]
    held = np.minimum(_held_hours(frame, times, pool), frame["wait_h"])
    by_client = (frame["party"] == "client").to_numpy(dtype=bool, na_value=False)
    parts = {CLIENT: frame["wait_h"].where(by_client), QUEUE: (frame["wait_h"] - held).mask(by_client), HELD: held.mask(by_client)}
    about = frame[[name for name in ("case", "step", "document") if name in frame]]
    return pd.concat([about.assign(cause=cause, hours=hours)[hours.notna()] for cause, hours in parts.items()], ignore_index=True)


def _held_hours(frame: pd.DataFrame, times: Timed, pool: str) -> pd.Series:
    """Business hours from the moment a later piece of the same work was taken up to the start; 0 where none was."""
    keys = ["step"] + (["resource"] if pool == "resource" else [])
    # What came overnight came at the same office moment: nobody overtook anybody there.
    came = frame.assign(came=business_hours(pd.Series(frame["enabled"].min(), index=frame.index), frame["enabled"], times.calendar))
    latest_first = came.sort_values(["came", "start"], kind="stable")[::-1]
    taken_up = latest_first["start"].groupby([latest_first[key] for key in keys]).cummin()  # the earliest start of this and all that came later
    overtaken = taken_up.reindex(frame.index).fillna(frame["start"])
    return pd.Series(business_hours(overtaken, frame["start"], times.calendar), index=frame.index)


@dataclass(frozen=True)
class Batches:
    """Signs that work is saved up: of each step (and document) that is held back at all.

    table: step, document (where there is one), handlings, held_share (of its waiting), weekday (on which most of it starts), on_weekday (the
    share that does), all_weekdays (the share of all clerks' work that starts on that weekday), the most held back first.
    """

    table: pd.DataFrame

    def certain(self, held: float = 0.5, on_weekday: float = 0.6) -> pd.DataFrame:
        """The rows in which most of the waiting is holding back and most work starts on one weekday."""
        return self.table[(self.table["held_share"] >= held) & (self.table["on_weekday"] >= on_weekday)]


def batches(times: Timed, waits: pd.DataFrame) -> Batches:
    """Where work is saved up for one weekday; waits: from `waiting`."""
    keys = [name for name in ("step", "document") if name in waits]
    by_cause = waits[waits["cause"] != CLIENT].pivot_table(index=keys, columns="cause", values="hours", aggfunc="sum", fill_value=0.0)
    total = by_cause.sum(axis=1)
    held = by_cause.get(HELD, total * 0.0) / total
    frame = times.frame[times.frame["party"] != "client"]
    weekday = frame["start"].dt.tz_convert(times.log.time_zone).dt.day_of_week
    on_days = frame.groupby([*keys, weekday.rename("weekday")]).size().unstack(fill_value=0)
    usual = on_days.sum() / on_days.to_numpy().sum()
    busiest = on_days.idxmax(axis=1)
    table = pd.DataFrame({
        "handlings": on_days.sum(axis=1),
        "weekday": busiest.map(lambda day: WEEKDAYS[int(day)]),
        "on_weekday": on_days.max(axis=1) / on_days.sum(axis=1),
        "all_weekdays": busiest.map(usual),
        "held_share": held,
    }).dropna(subset="held_share")  # fmt: skip
    return Batches(table[table["held_share"] > 0].sort_values("held_share", ascending=False).reset_index())
