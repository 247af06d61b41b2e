"""Who counts as new: the definition is a switch, because the answer depends on it."""

from dataclasses import dataclass
from typing import Literal

import narwhals as nw

from helpers.intake.engine.frames import Frame, frame_of
from helpers.intake.engine.moments import seconds_since
from helpers.intake.refusal import Refusal
from helpers.marketing.traffic.arrivals import DAY, Arrivals


@dataclass(frozen=True)
class Definition:
    """Which reads are counted, and by what their reader is known.

    known_by: "first_event": known from the second event in the log on; "customer_date": known from the day after becoming a customer on.
    burn_in_days: the log's first days only tell who is known; their reads aren't counted. reads: "forwarded" (through a reader's
    forward), "direct" (from the salesperson) or "all"; a log without share links only knows "all". self_reads: whether a
    salesperson's reads of the own articles count.
    """

    known_by: Literal["first_event", "customer_date"] = "first_event"
    burn_in_days: float = 90.0
    reads: Literal["forwarded", "direct", "all"] = "forwarded"
    self_reads: bool = True


FORWARDED = {"forwarded": 1, "direct": 0}


def readable(definition: Definition, log: Arrivals) -> Definition:
    """The definition as far as the log bears it: all reads where it has no share links. Raises Refusal where it can't be met."""
    if definition.known_by == "customer_date" and "customer_dates" not in log.capabilities:
        raise Refusal("this log has neither registrations nor customer dates", "definition of new", "use 'first_event'")
    if "share_links" not in log.capabilities:
        return Definition(definition.known_by, definition.burn_in_days, "all", definition.self_reads)
    return definition


def in_scope(definition: Definition) -> list[nw.Expr]:
    """What a read must meet to be one that the definition is about, before the burn-in and blank people are left out."""
    return [nw.col("forwarded") == FORWARDED[definition.reads]] if definition.reads in FORWARDED else []


def counted(log: Arrivals, definition: Definition) -> Frame:
    """The reads that count under the definition, by people who can be told apart, with the column new (1 or 0)."""
    definition = readable(definition, log)
    wanted = [*in_scope(definition), nw.col("somebody"), nw.col("day") >= definition.burn_in_days]
    wanted += [] if definition.self_reads else [~nw.col("self_read")]
    frame = frame_of(log.reads).filter(*wanted)
    if definition.known_by == "first_event":
        return frame.with_columns(nw.col("first").cast(nw.Int64).alias("new"))
    customer = seconds_since(nw.col("since")) >= DAY
    return frame.with_columns((1 - customer.fill_null(False).cast(nw.Int64)).alias("new"))


def newcomers_forwards(log: Arrivals, definition: Definition, days: float = 1.0) -> Frame:
    """Forwards after the burn-in with the column new: 1 where the forwarder's first event in the log is at most `days` old."""
    forwards = frame_of(log.forwards).filter(nw.col("somebody"), nw.col("day") >= definition.burn_in_days)
    return forwards.with_columns((nw.col("age") <= days).cast(nw.Int64).alias("new"))
