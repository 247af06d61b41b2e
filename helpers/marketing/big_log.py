"""A log of case 1 that is too large to be loaded: opened where it lies, checked there, and questioned by the same functions as any other."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pandas as pd

from helpers.intake.cells.typed import SetAside
from helpers.intake.cells.zones import known_zone
from helpers.intake.checks.report import CheckReport
from helpers.intake.columns.log_source import LogSource
from helpers.intake.columns.big_source import columns_of
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.checks import report_on, without_nobody
from helpers.intake.engine.frames import Frame, beside, small
from helpers.intake.engine.opening import Opened, find, open_source
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.marketing.flaws import PEOPLE
from helpers.marketing.log import OPTIONAL, ShareLog, our_names


def load_big_log(
    source: Any,
    how: LogSource = LogSource(),
    event_map: str | Mapping[str, str] = "",
    customers: pd.DataFrame | None = None,
    pseudonyms: Pseudonyms | None = None,
) -> ShareLog:
    """The log in a Parquet, CSV or TSV file, a folder or pattern of them, a DuckDB relation, a Spark frame, or "spark://host:7077#folder".

    Arguments as in `helpers.marketing.log.load_log`; customers: person and since (UTC). `events` stays in its engine, with `moment` in place of time
    and self_read, which pseudonyms would hide. Raises Refusal as load_log does, and for a cell that is no time.
    """
    known_zone(how.time_zone)
    found = find(source)
    columns, words = columns_of(source, found, how, "marketing")
    opened = open_source(found, read_dictionary("marketing").table("events"), columns, how.time_zone)
    frame, aside, notes = _named(opened, event_map or words.events)
    frame = without_nobody(frame, PEOPLE, how.nobody)
    events = _canonical(frame, pseudonyms)
    report = report_on(opened, frame, "time", aside, ("salesperson",), how.time_zone, notes)
    return ShareLog(events.to_native(), customers, _capabilities(events, customers), report, opened.source, how.time_zone, pseudonyms)


def _named(opened: Opened, event_map: str | Mapping[str, str]) -> tuple[Frame, list[SetAside], tuple[str, ...]]:
    """The rows with their events under our names; those of other events set aside."""
    counted = small(opened.frame.group_by("event").agg(nw.len().alias("rows")), "event")
    names, notes = our_names(read_mapping(event_map, "event mapping"), counted["event"].tolist(), opened.source)
    aside = [SetAside(f"another event: {row.event}", int(row.rows), ()) for row in counted.itertuples() if row.event not in names]
    ours = nw.lit(None, nw.String)
    for theirs, event in names.items():
        ours = nw.when(nw.col("event") == theirs).then(nw.lit(event)).otherwise(ours)
    named = opened.frame if all(ours == theirs for theirs, ours in names.items()) else opened.frame.with_columns(ours.alias("event"))
    return named.filter(nw.col("event").is_in(sorted(set(names.values())))) if aside else named, aside, notes


def _canonical(frame: Frame, pseudonyms: Pseudonyms | None) -> Frame:
    """The columns of a log, absent ones missing; salespeople under pseudonyms."""
    there = frame.collect_schema().names()
    absent = [nw.lit(None, nw.String).alias(name) for name in OPTIONAL if name not in there]
    frame = frame.with_columns(*absent) if absent else frame
    frame = frame.with_columns((nw.col("person") == nw.col("salesperson")).fill_null(False).alias("self_read")).rename({"time": "moment"})
    return _hidden(frame, pseudonyms) if pseudonyms and "salesperson" in there else frame


def _hidden(frame: Frame, pseudonyms: Pseudonyms) -> Frame:
    """The rows with a pseudonym in place of each salesperson; all others leave the engine as numbers only."""
    people = small(frame.select("salesperson").filter(~nw.col("salesperson").is_null()).unique(), "salesperson")
    hidden = people.assign(pseudonym=pseudonyms.of(people["salesperson"]))
    return frame.join(beside(frame, hidden), on="salesperson", how="left").drop("salesperson").rename({"pseudonym": "salesperson"})


def _capabilities(events: Frame, customers: pd.DataFrame | None) -> frozenset[str]:
    """What the log holds that a finding may need."""
    filled = {"people": "person", "salespeople": "salesperson", "articles": "article", "topics": "topic", "channels": "channel", "links": "share", "parents": "parent_share"}
    counts = [(~nw.col(column).is_null()).cast(nw.Int64).sum().alias(name) for name, column in filled.items()]
    kinds = small(events.group_by("event").agg(nw.len().alias("rows"), *counts)).set_index("event")
    reads = kinds.loc["read"]
    has = {name for name in ("people", "salespeople", "articles", "topics", "channels") if reads[name]}
    has |= {name for name, event in (("publishes", "publish"), ("forwards", "forward"), ("registrations", "register")) if event in kinds.index}
    has |= {"share_links"} if reads["links"] and kinds["parents"].sum() else set()
    return frozenset(has | ({"customer_dates"} if customers is not None or "registrations" in has else set()))
