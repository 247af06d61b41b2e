"""Reads and forwards, each with all that tells new people from known ones: worked out once per log, whatever the definition."""

from dataclasses import dataclass

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from helpers.intake.engine.frames import Frame, beside, frame_of, kept, small
from helpers.intake.engine.moments import SECOND, month_of, seconds_since, with_moment
from helpers.intake.held import held
from helpers.marketing.log import ShareLog
from helpers.marketing.traffic.links import UNKNOWN, share_table

DAY = 86_400  # seconds


@dataclass(frozen=True)
class Arrivals:
    """The reads and forwards of a log, in whatever holds the log (a pandas frame, a DuckDB relation, a Spark frame).

    reads, forwards: one row each with row (its number), moment, article, salesperson, topic, channel, person (by the number of the first row) and
    somebody (the person is known by an id), first (it is the person's first event in the log), age (days since that), registered_at, since
    (when the person became a customer), self_read (person and salesperson are the same), day (days since the log's first midnight), month (months since year 0,
    local), forwarded (1 through a reader's forward, 0 from the salesperson, -1 unknown), depth (forwards in between, -1 unknown), and with share
    links link (its number) and root (that of the publish it goes back to); for forwards these describe the link sent out.
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
    people = kept(with_customers(first_events(events), log.customers))
    month = month_of(zone, first, last)
    reads, forwards = (
        kept(placed(_known(events.filter(nw.col("event") == event), people, start, month), shares)).to_native() for event in ("read", "forward")
    )
    return Arrivals(reads, forwards, shares, log.capabilities, start, last, zone)


def first_events(events: Frame) -> Frame:
    """person, earliest (the moment of the first event), first_row (the row it stands in), registered_at (the first registration, or missing).

    Of several events of a person at the same moment the one that stands highest in the file is the first.
    """
    somebody = events.filter(~nw.col("person").is_null())
    registering = nw.when(nw.col("event") == "register").then(nw.col("moment"))
    people = somebody.with_columns(registering.alias("registering")).group_by("person")
    people = people.agg(nw.col("moment").min().alias("earliest"), nw.col("registering").min().alias("registered_at"))
    at_first = somebody.select("person", "moment", "row").join(people, left_on=["person", "moment"], right_on=["person", "earliest"], how="inner")
    return people.join(at_first.group_by("person").agg(nw.col("row").min().alias("first_row")), on="person", how="left")


def with_customers(people: Frame, customers: IntoFrameT | None) -> Frame:
    """The people with `since`: their first registration in the log or the customers' table, whichever is earlier."""
    if customers is None:
        return people.with_columns(nw.col("registered_at").alias("since"))
    listed = small(with_moment(frame_of(customers), "since").select("person", nw.col("moment").alias("since")))
    return people.join(beside(people, listed), on="person", how="left").with_columns(nw.min_horizontal("since", "registered_at").alias("since"))


def _known(events: Frame, people: Frame, start: pd.Timestamp, month: nw.Expr) -> Frame:
    """The events with what is known of their people, and with day (since the log's first midnight), month (since year 0, local) and self_read."""
    joined = events.join(people, on="person", how="left")
    told = "self_read" in events.collect_schema().names()  # a log in which salespeople go under pseudonyms says so itself
    own = nw.col("self_read") if told else (nw.col("person") == nw.col("salesperson")).fill_null(False)
    return joined.select(
        "row", "moment", "article", "salesperson", "share", "topic", "channel", "registered_at", "since", nw.col("first_row").alias("person"),
        (~nw.col("person").is_null()).alias("somebody"),
        (nw.col("row") == nw.col("first_row")).fill_null(False).alias("first"),
        (seconds_since(nw.col("earliest")) / DAY).alias("age"),
        (seconds_since(start) / DAY).alias("day"),
        month.alias("month"),
        own.alias("self_read"),
    )  # fmt: skip


def placed(events: Frame, shares: IntoFrameT | None) -> Frame:
    """The events with link, forwarded, depth and root of the link that they came through or sent out; without share links all are unknown."""
    if shares is None:
        return events.drop("share").with_columns(nw.lit(UNKNOWN, nw.Int64).alias("forwarded"), nw.lit(UNKNOWN, nw.Int64).alias("depth"))
    links = frame_of(shares).select("share", "link", "forwarded", "depth", "root")
    joined = events.join(links, on="share", how="left").drop("share")
    return joined.with_columns(nw.col("forwarded", "depth").fill_null(UNKNOWN).cast(nw.Int64))
