"""Reads and forwards, each with all that tells new people from known ones: computed once per log, whatever the definition."""

from dataclasses import dataclass

import narwhals as nw
import pandas as pd
from narwhals.typing import IntoFrameT

from helpers.marketing.log import ShareLog
from helpers.marketing.traffic.links import UNKNOWN, share_table


@dataclass(frozen=True)
class Arrivals:
    """The reads and forwards of a log.

    reads, forwards: one row each with time, person, article, salesperson, share, topic, channel and
    somebody (the person is known by an id), first (it is the person's first event in the log), age (days since that), registered_at, since
    (when the person became a customer), self_read (person and salesperson are the same), day (days since the log's first midnight), month (months since year 0,
    local), forwarded (1 through a reader's forward, 0 from the salesperson, -1 unknown), depth (forwards in between, -1 unknown), and with share
    links root and top (the publish and the first forward it goes back to); for forwards these describe the link sent out.
    shares: one row per link sent out, or None without share links. start: the log's first local midnight. end: its last event.
    """

    reads: IntoFrameT
    forwards: IntoFrameT
    shares: IntoFrameT | None
    capabilities: frozenset[str]
    start: pd.Timestamp
    end: pd.Timestamp
    time_zone: str


def arrivals(log: ShareLog, time_zone: str | None = None) -> Arrivals:
    """The log's reads and forwards; months and days in `time_zone` (the log's own by default)."""
    zone = time_zone or log.time_zone
    start = log.start.tz_convert(zone).normalize()
    shares = share_table(log.events) if "share_links" in log.capabilities else None
    known = with_customer_date(with_first(nw.from_native(log.events)), log.customers)
    reads, forwards = (
        placed(_dated(known.filter(nw.col("event") == event), zone, start), shares).drop("event", "row", "parent_share").to_native()
        for event in ("read", "forward")
    )  # fmt: skip
    return Arrivals(reads, forwards, shares, log.capabilities, start, log.end, zone)


def with_first(events: nw.DataFrame) -> nw.DataFrame:
    """The events with `somebody`, `first` (whether it is its person's first in the log) and `age` (days since that first).

    Of several events of a person at the same moment the one that stands highest in the file is the first.
    """
    somebody = ~nw.col("person").is_null()
    earliest = nw.col("time").min().over("person")
    events = events.with_columns(earliest.alias("earliest"), somebody.alias("somebody"))
    candidate = nw.when(nw.col("time") == nw.col("earliest"), nw.col("somebody")).then(nw.col("row"))
    events = events.with_columns(candidate.alias("candidate"))
    first = (nw.col("candidate") == nw.col("candidate").min().over("person")).fill_null(False) & nw.col("somebody")
    age = (nw.col("time") - nw.col("earliest")).dt.total_seconds() / 86400
    return events.with_columns(first.alias("first"), age.alias("age")).drop("candidate", "earliest")


def with_customer_date(events: nw.DataFrame, customers: IntoFrameT | None) -> nw.DataFrame:
    """The events with `registered_at` (the person's first registration in the log) and `since` (that or the customers' table, whichever is earlier)."""
    registering = nw.when(nw.col("event") == "register").then(nw.col("time"))
    events = events.with_columns(registering.alias("registering"))
    registered = nw.when(nw.col("somebody")).then(nw.col("registering").min().over("person")).alias("registered_at")
    events = events.with_columns(registered).drop("registering")
    if customers is None:
        return events.with_columns(nw.col("registered_at").alias("since"))
    joined = events.join(nw.from_native(customers), on="person", how="left")
    return joined.with_columns(nw.min_horizontal("since", "registered_at").alias("since"))


def _dated(events: nw.DataFrame, zone: str, start: pd.Timestamp) -> nw.DataFrame:
    """The events with day (since the log's first midnight), month (since year 0, local) and self_read."""
    local = nw.col("time").dt.convert_time_zone(zone)
    day = (nw.col("time") - nw.lit(start.tz_convert("UTC"))).dt.total_seconds() / 86400
    month = local.dt.year().cast(nw.Int64) * 12 + local.dt.month().cast(nw.Int64) - 1
    same = (nw.col("person") == nw.col("salesperson")).fill_null(False)
    return events.with_columns(day.alias("day"), month.alias("month"), same.alias("self_read"))


def placed(events: nw.DataFrame, shares: IntoFrameT | None) -> nw.DataFrame:
    """The events with forwarded, depth, root and top of the link that they came through or sent out; without share links all are unknown."""
    if shares is None:
        return events.with_columns(nw.lit(UNKNOWN).alias("forwarded"), nw.lit(UNKNOWN).alias("depth"))
    links = nw.from_native(shares).select("share", "forwarded", "depth", "root", "top")
    joined = events.join(links, on="share", how="left")
    return joined.with_columns(nw.col("forwarded", "depth").fill_null(UNKNOWN).cast(nw.Int64))
