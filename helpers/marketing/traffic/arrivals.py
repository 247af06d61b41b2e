"""Reads and forwards, each with all that tells new people from known ones: worked out once per log, whatever the definition."""

from dataclasses import dataclass

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from helpers.intake.engine.frames import Frame, beside, frame_of, grouped, joined, kept, number_of_rows, small
from helpers.intake.engine.moments import month_of, seconds_since, with_moment
from helpers.intake.held import held
from helpers.marketing.share_log import ShareLog
from helpers.marketing.traffic.links import UNKNOWN, share_table

DAY = 86_400  # seconds
OF_READS = ("row", "moment", "article", "salesperson", "share", "topic", "channel", "registered_at", "since", "person", "somebody", "first", "day", "month", "self_read")
OF_FORWARDS = ("row", "article", "salesperson", "share", "person", "somebody", "first", "age", "day")


@dataclass(frozen=True)
class Arrivals:
    """The reads and forwards of a log, in whatever holds the log (a pandas frame, a DuckDB relation, a Spark frame).

    reads, forwards: one row each with row (its number), article, salesperson, person (by the number of the person's first row), somebody (the
    person is known by an id), first (it is the person's first event in the log) and day (days since the log's first midnight). Reads also with
    moment, topic, channel, registered_at, since (when the person became a customer), self_read (person and salesperson are the same), month (months
    since year 0, local), forwarded (1 through a reader's forward, 0 from the salesperson, -1 unknown), depth (forwards in between, -1 unknown) and,
    with share links, link and root (numbers of the link come through and of the publish that it goes back to). Forwards also with age (days since
    the person's first event) and, in a log with share links and no salespeople, root.
    shares: one row per link sent out, or None without share links. start: the log's first local midnight. end: its last event.
    """

    reads: IntoFrameT
    forwards: IntoFrameT
    shares: IntoFrameT | None
    capabilities: frozenset[str]
    start: pd.Timestamp
    end: pd.Timestamp
    time_zone: str


@held
def arrivals(log: ShareLog, time_zone: str | None = None) -> Arrivals:
    """The log's reads and forwards; months and days in `time_zone` (the log's own by default)."""
    zone = time_zone or log.time_zone
    first, last = log.start, log.end
    start = first.tz_convert(zone).normalize()
    events = with_moment(frame_of(log.events))
    shares = share_table(log.events) if "share_links" in log.capabilities else None
    people = kept(with_customers(first_moments(events), log.customers))
    known = _known(events, people, start)
    reads = kept(placed(known.filter(nw.col("event") == "read").with_columns(month_of(zone, first, last).alias("month")).select(*OF_READS), shares))
    forwards = known.filter(nw.col("event") == "forward").with_columns((seconds_since(nw.col("earliest")) / DAY).alias("age")).select(*OF_FORWARDS)
    forwards = kept(forwards.drop("share") if shares is None or "salespeople" in log.capabilities else placed(forwards, shares))
    late = kept(_not_first(reads, forwards, known.filter(nw.col("event").is_in(["publish", "register"]))))
    reads, forwards = (_without_late(frame, late) for frame in (reads, forwards))
    return Arrivals(reads.to_native(), forwards.to_native(), shares, log.capabilities, start, last, zone)


def first_moments(events: Frame) -> Frame:
    """person, earliest (the moment of the first event), registered_at (that of the first registration, or missing), number (the lowest row)."""
    registering = nw.when(nw.col("event") == "register").then(nw.col("moment")).alias("registering")
    people = events.filter(~nw.col("person").is_null()).select("person", "moment", "row", registering)
    return grouped(people, ["person"], nw.col("moment").min().alias("earliest"), nw.col("registering").min().alias("registered_at"), nw.col("row").min().alias("number"))


def with_customers(people: Frame, customers: IntoFrameT | None) -> Frame:
    """The people with `since`: their first registration in the log or the customers' table, whichever is earlier."""
    if customers is None:
        return people.with_columns(nw.col("registered_at").alias("since"))
    listed = small(with_moment(frame_of(customers), "since").select("person", nw.col("moment").alias("since")))
    return people.join(beside(people, listed), on="person", how="left").with_columns(nw.min_horizontal("since", "registered_at").alias("since"))


def _known(events: Frame, people: Frame, start: pd.Timestamp) -> Frame:
    """The events with what is known of their people, with day (since the log's first midnight), self_read, and whether it is at the person's first moment."""
    told = "self_read" in events.collect_schema().names()  # a log in which salespeople go under pseudonyms says so itself
    own = nw.col("self_read") if told else (nw.col("person") == nw.col("salesperson")).fill_null(False)
    return joined(events, people, "person").with_columns(
        nw.col("number").alias("person"),
        (~nw.col("person").is_null()).alias("somebody"),
        (nw.col("moment") == nw.col("earliest")).fill_null(False).alias("first"),
        (seconds_since(start) / DAY).alias("day"),
        own.alias("self_read"),
    )


def _not_first(*parts: Frame) -> Frame:
    """Rows at their person's first moment, but not the first of them: of several at once, the one that stands highest in the file is. `row` only."""
    at_first = nw.concat([part.filter(nw.col("first")).select("person", "row") for part in parts])
    several = kept(grouped(at_first, ["person"], nw.col("row").min().alias("first_row"), nw.len().alias("rows")).filter(nw.col("rows") > 1))
    return joined(at_first, several, "person", "inner").filter(nw.col("row") > nw.col("first_row")).select("row")


def _without_late(frame: Frame, late: Frame) -> Frame:
    """The rows, none of these taken for its person's first; few people do two things at once, so that nothing is to be done as a rule."""
    if not number_of_rows(late):
        return frame
    marked = joined(frame, late.with_columns(nw.lit(True).alias("late")), "row")
    return marked.with_columns((nw.col("first") & nw.col("late").is_null()).alias("first")).drop("late")


def placed(events: Frame, shares: IntoFrameT | None) -> Frame:
    """The events with link, forwarded, depth and root of the link that they came through or sent out; without share links all are unknown."""
    if shares is None:
        return events.drop("share").with_columns(nw.lit(UNKNOWN, nw.Int64).alias("forwarded"), nw.lit(UNKNOWN, nw.Int64).alias("depth"))
    links = frame_of(shares).select("share", "link", "forwarded", "depth", "root")
    return joined(events, links, "share").drop("share").with_columns(nw.col("forwarded", "depth").fill_null(UNKNOWN).cast(nw.Int64))
