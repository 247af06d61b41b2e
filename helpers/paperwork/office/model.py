"""The office as it is measured: its route, how long steps take, how reviews turn out, who comes, who works, and when it is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from helpers.intake.refusal import Refusal
from helpers.paperwork.hours import Calendar, timetable

CASE = "(case)"  # the kind of work on a case as a whole, always the first kind of a model
LEVELS = 2  # levels of urgency that a step may have, 0 first
MICROSECONDS = 3_600_000_000
WEEK = 168.0  # hours


@dataclass(frozen=True)
class Step:
    """One step on a paper's way.

    timing: with a clerk (queues), or a delay that passes in office hours, by the clock, or until the next batch. then, on_failure: the following
    step ("": none left; on_failure "": can't fail). shared: correlation of durations between a client's papers, on the normal scale; alike: the same
    of outcomes. urgency: level in the clerks' queue (0 first) on the first visit and on later ones.
    """

    name: str
    timing: Literal["clerk", "office", "clock", "batch"] = "clerk"
    then: str = ""
    on_failure: str = ""
    shared: float = 0.0
    alike: float = 0.0
    urgency: tuple[int, int] = (0, 0)


ROUTE = (
    Step("open"),
    Step("explain", then="send"), Step("send", then="prepare"), Step("prepare", "office", then="manage"), Step("manage", then="other"),
    Step("other", then="review"), Step("review", then="exception", on_failure="feedback"), Step("feedback", then="correct"),
    Step("correct", "office", then="manage"), Step("exception", then="hold"), Step("hold", "batch", then="file"), Step("file"),
    Step("close"),
)  # fmt: skip
ENTRY = ("open", "explain", "close")


@dataclass(frozen=True, eq=False)
class Durations:
    """Observed durations by kind x step x visit (first, later): `values[start : start + count]` in hours, ascending."""

    values: np.ndarray
    start: np.ndarray
    count: np.ndarray

    @cached_property
    def means(self) -> np.ndarray:
        """Mean duration by kind x step x visit, in hours; 0 where nothing was observed. These means are met exactly by the simulation."""
        total = np.concatenate([[0.0], np.cumsum(self.values)])
        return (total[self.start + self.count] - total[self.start]) / np.maximum(self.count, 1)

    @cached_property
    def squares(self) -> np.ndarray:
        """Mean squared duration by kind x step x visit."""
        return replace(self, values=self.values**2).means


def pack(samples: Mapping[tuple[int, int, int], np.ndarray], kinds: int, steps: int) -> Durations:
    """Durations from arrays of hours under (kind, step, visit)."""
    start, count = np.zeros((kinds, steps, 2), np.int64), np.zeros((kinds, steps, 2), np.int64)
    parts, offset = [np.zeros(1)], 1  # never empty: a step that takes no time at all points at this zero
    for place, hours in samples.items():
        start[place], count[place] = offset, len(hours)
        parts.append(np.sort(np.asarray(hours, float)))
        offset += len(hours)
    return Durations(np.concatenate(parts), start, count)


@dataclass(frozen=True, eq=False)
class Sessions:
    """When the office is open: sessions of `weeks` whole weeks from a Monday's midnight, repeated as often as needed.

    opens, closes: hours since that midnight, ascending. origin: that midnight.
    """

    opens: np.ndarray
    closes: np.ndarray
    weeks: int
    origin: pd.Timestamp

    @property
    def hours_per_week(self) -> float:
        """Office hours in a mean week, holidays taken into account."""
        return float((self.closes - self.opens).sum() / self.weeks)

    def over(self, weeks: int) -> "Sessions":
        """The same sessions repeated to cover `weeks`."""
        turns = -(-weeks // self.weeks)
        shift = np.repeat(np.arange(turns) * self.weeks * WEEK, len(self.opens))
        opens, closes = np.tile(self.opens, turns) + shift, np.tile(self.closes, turns) + shift
        kept = opens < weeks * WEEK
        return Sessions(opens[kept], closes[kept], weeks, self.origin)

    @cached_property
    def before(self) -> np.ndarray:
        """Office hours before each session, and in all of them."""
        return np.concatenate([[0.0], np.cumsum(self.closes - self.opens)])

    def office_hours(self, moments: np.ndarray) -> np.ndarray:
        """Office hours from the origin to each moment (hours by the clock)."""
        edges = np.column_stack([self.opens, self.closes]).ravel()
        return np.interp(moments, edges, np.column_stack([self.before[:-1], self.before[1:]]).ravel())

    @cached_property
    def open_days(self) -> np.ndarray:
        """Whether the office opens at all, per day since the origin."""
        days = np.zeros(self.weeks * 7, bool)
        days[(self.opens // 24).astype(int)] = True
        return days


def sessions_of(calendar: Calendar, first: pd.Timestamp, weeks: int) -> Sessions:
    """A calendar's sessions from the Monday on or before `first` (tz-aware), for `weeks` weeks."""
    local = first.tz_convert(calendar.time_zone).normalize()
    origin = (local - pd.Timedelta(days=local.weekday())).normalize()
    table = timetable(calendar, origin, origin + pd.Timedelta(weeks=weeks))
    zero = origin.value // 1000
    kept = (table.opens >= zero) & (table.opens < zero + weeks * WEEK * MICROSECONDS)
    return Sessions((table.opens[kept] - zero) / MICROSECONDS, (table.closes[kept] - zero) / MICROSECONDS, weeks, origin)


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Clients per open day by weekday and hour: `rates` is 7 x 24. spread: variance over squared mean of a day's own factor (0: Poisson).

    every_day: clients also come on days on which the office stays closed.
    """

    rates: np.ndarray
    spread: float = 0.0
    every_day: bool = False


@dataclass(frozen=True, eq=False)
class Needs:
    """Which documents clients bring: each client draws one of the observed sets. kinds: all sets one after another; first: where each starts, and the end."""

    kinds: np.ndarray
    first: np.ndarray

    @property
    def per_client(self) -> np.ndarray:
        """Mean number of documents per client, by kind (the case itself counts as one of kind 0)."""
        counts = np.bincount(self.kinds, minlength=self.kinds.max(initial=0) + 1) / (len(self.first) - 1)
        counts[0] = 1.0
        return counts


def needs_of(sets: list[np.ndarray]) -> Needs:
    """Needs from one array of kinds (1 and up) per observed client, none of them empty."""
    if not sets or min(map(len, sets)) == 0:
        raise Refusal("every client needs at least one document", where="documents per client")
    return Needs(np.concatenate(sets).astype(np.int64), np.concatenate([[0], np.cumsum([len(s) for s in sets])]))


@dataclass(frozen=True, eq=False)
class OfficeModel:
    """The office. Arrays are by kind x step x visit (happens) and kind x visit (failure); kind 0 is the case as a whole.

    clerks: how many; presence: share of open days on which one is there. abandoned: share of clients who give up; returned: share of such a
    client's documents that still come back. batch: hour of the week at which held documents are taken up. notes: what couldn't be measured.
    """

    kinds: tuple[str, ...]
    durations: Durations
    happens: np.ndarray
    failure: np.ndarray
    needs: Needs
    arrivals: Arrivals
    sessions: Sessions
    clerks: int
    presence: float = 1.0
    abandoned: float = 0.0
    returned: float = 0.0
    batch: float = 0.0
    steps: tuple[Step, ...] = ROUTE
    entry: tuple[str, str, str] = ENTRY
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self):
        shape = (len(self.kinds), len(self.steps), 2)
        if self.happens.shape != shape or self.durations.start.shape != shape or self.failure.shape != shape[::2]:
            raise Refusal(f"the tables of the office don't fit its {shape[0]} kinds and {shape[1]} steps", where="office model")
        if self.clerks < 1 or not 0 < self.presence <= 1:
            raise Refusal(f"{self.clerks} clerks, there on {100 * self.presence:.0f} % of days, can't serve anybody", where="office model")
        if max(max(step.urgency) for step in self.steps) >= LEVELS:
            raise Refusal(f"a step has {LEVELS} levels of urgency, 0 to {LEVELS - 1}", where="office model")

    def place(self, step: str) -> int:
        """The position of a step by its name, -1 for none."""
        return [each.name for each in self.steps].index(step) if step else -1

    @cached_property
    def clients_per_week(self) -> float:
        """Mean arrivals in a week, holidays taken into account."""
        days = np.arange(self.sessions.weeks * 7)
        exposed = days if self.arrivals.every_day else days[self.sessions.open_days]
        return float(self.arrivals.rates.sum(axis=1)[exposed % 7].sum() / self.sessions.weeks)
