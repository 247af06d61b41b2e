"""Where the case starts: parameter values, the log and its calendar, what the log can bear."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from helpers.decision.paperwork.inputs import office_hours_per_year
from helpers.paperwork.durations import Timed, timed
from helpers.paperwork.hours import Calendar
from helpers.paperwork.office_log import COMMUNICATION, OfficeLog
from helpers.paperwork.needs import missing

SIMULATION = ("touch_time", "party", "kind", "reviews", "number_of_clerks", "enough_clients")  # what the office can't be simulated, nor options priced, without
FEWEST_CLIENTS, SHORTEST = 30, pd.Timedelta(days=14)
MORE = {  # capability beyond the log's own -> what a log without it lacks
    "kinds_of_communication": "the log has no clerk's work of kind explain, send, manage or feedback",
    "client_work": "the log holds no work of clients",
    "reviews": "the log has no work of kind review with anything after it, so nobody knows what was right the first time",
    "number_of_clerks": "the log doesn't say who did the work, and the parameter clerks is 0",
    "enough_clients": "the log has fewer than 30 clients or goes on for less than two weeks, too little to simulate an office from",
}
SAMPLED = "the log is too large to be loaded, and a sample of its clients doesn't queue as all of them do"


@dataclass(frozen=True, eq=False)
class Start:
    """What every step begins with. What the log can't bear is None further on."""

    values: Mapping[str, object]
    log: OfficeLog
    calendar: Calendar

    @cached_property
    def capabilities(self) -> frozenset[str]:
        """What the log can bear, with what the parameters add to it."""
        frame, log = self.log.handlings, self.log
        talks = log.has("kind", "party") and bool((frame["kind"].isin(COMMUNICATION) & (frame["party"] == "clerk")).any())
        reviews = log.has("kind") and bool(((frame["kind"] == "review") & log.numbers.duplicated("item", keep="last")).any())  # what comes after it tells how it came out
        there = {
            "kinds_of_communication": talks, "reviews": reviews, "number_of_clerks": log.has("resource") or self.values["clerks"] > 0,
            "enough_clients": _is_enough(frame), "client_work": log.has("party") and bool((frame["party"] == "client").any()),
        }  # fmt: skip
        return log.capabilities | {name for name, holds in there.items() if holds}

    def can(self, *capabilities: str) -> bool:
        """Whether the log has all these capabilities."""
        return set(capabilities) <= self.capabilities

    @property
    def lacks(self) -> dict[str, str]:
        """What this log lacks, in words, by capability."""
        words_of = MORE | ({"enough_clients": SAMPLED} if self.log.sampled else {})
        return missing(self.log) | {name: words for name, words in words_of.items() if name not in self.capabilities}

    @cached_property
    def times(self) -> Timed:
        """The log with touch time and waiting, or sojourn time."""
        return timed(self.log, self.calendar)

    @cached_property
    def hours_per_month(self) -> float:
        """Office hours of a mean month."""
        return office_hours_per_year(self.calendar, self.log.last) / 12

    @property
    def wage(self) -> float:
        """CNY per clerk hour, at the middle of what a clerk is believed to cost."""
        return (self.values["clerk_cost_low"] + self.values["clerk_cost_high"]) / 2 / self.hours_per_month


def _is_enough(handlings: pd.DataFrame) -> bool:
    """Whether a log is long enough for rates: of arrivals, of what goes wrong, of how much clerks are in use."""
    if handlings["case"].nunique() < FEWEST_CLIENTS:
        return False
    ends = handlings["end"].dropna()
    return len(ends) > 0 and ends.max() - ends.min() >= SHORTEST
