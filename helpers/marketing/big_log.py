"""A log of case 1 that is too large to be loaded: opened where it lies, checked there, and questioned by the same functions as any other."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import narwhals as nw
import pandas as pd

from helpers.intake.cells.typed import SetAside
from helpers.intake.checks.oddities import Oddity
from helpers.intake.columns.big_source import open_big_log
from helpers.intake.columns.log_source import LogSource
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.engine.checks import report_on, without_nobody
from helpers.intake.engine.frames import Frame, beside, grouped, number_of_rows, small
from helpers.intake.engine.moments import microseconds, span
from helpers.intake.engine.opening import Opened
from helpers.intake.engine.people import first_texts, odd_people, signs_of_tests
from helpers.intake.privacy.guard import AS_THEY_ARE, to_guard
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.marketing.flaws import FIRST_DAYS, PEOPLE, WORDS, absent, beginning, own_reads
from helpers.marketing.share_log import OPTIONAL, ShareLog, our_names


def load_big_log(
    source: Any,
    how: LogSource = LogSource(),
    event_map: str | Mapping[str, str] = "",
    customers: pd.DataFrame | None = None,
    pseudonyms: Pseudonyms | None = None,
    memory: str = "",
) -> ShareLog:
    """The log in a Parquet, CSV or TSV file, a folder or pattern of them, a DuckDB relation, a Spark frame, or "spark://host:7077#folder".

    Arguments as in `helpers.marketing.log.load_log`; customers: person and since (UTC). `events` stays in its engine, with `moment` in place of time
    and self_read, which pseudonyms would hide. memory: DuckDB's limit. Raises Refusal as load_log does.
    """
    opened, how, words = open_big_log(source, how, "marketing", memory=memory)
    frame, aside, notes = _named(opened, event_map or words.events)
    frame = without_nobody(frame, PEOPLE, how.nobody)
    veiled, _, guards = to_guard(first_texts(opened.found, opened), PEOPLE, (*OPTIONAL, "event")) if pseudonyms else ((), (), (AS_THEY_ARE,))
    events = _canonical(frame, [name for name in veiled if name not in ("person", "event")], pseudonyms)
    report = report_on(opened, frame, "time", aside, PEOPLE, how.time_zone, "person", (*notes, *guards)).also(partial(odd_big_share_log, frame))
    return ShareLog(events.to_native(), customers, _capabilities(events, customers), report, opened.source, how.time_zone, pseudonyms)


def _named(opened: Opened, event_map: str | Mapping[str, str]) -> tuple[Frame, list[SetAside], tuple[str, ...]]:
    """The rows with their events under our names; those of other events set aside."""
    counts = opened.frame.group_by("event").agg(nw.len().alias("rows"), nw.col("row").min().alias("first"))
    counted = small(counts, "first")
    names, notes = our_names(read_mapping(event_map, "event mapping"), counted["event"].tolist(), opened.source)
    others = sorted((event, int(count)) for event, count in zip(counted["event"], counted["rows"]) if event not in names)
    aside = [SetAside(f"another event: {event}", count, opened.first_rows(opened.frame.filter(nw.col("event") == event))) for event, count in others]
    ours = nw.lit(None, nw.String)
    for theirs, event in names.items():
        ours = nw.when(nw.col("event") == theirs).then(nw.lit(event)).otherwise(ours)
    named = opened.frame if all(ours == theirs for theirs, ours in names.items()) else opened.frame.with_columns(ours.alias("event"))
    return named.filter(nw.col("event").is_in(sorted(set(names.values())))) if aside else named, aside, notes


def odd_big_share_log(frame: Frame) -> tuple[Oddity, ...]:
    """What is odd about a log, as `odd_share_log` finds it, in its engine."""
    there = frame.collect_schema().names()
    reads = frame.filter(nw.col("event") == "read")
    people = (*odd_people(frame, ("person",)), *odd_people(reads, ("salesperson",)))
    both = {"person", "salesperson"} <= set(there)
    own = own_reads(number_of_rows(reads.filter(nw.col("person") == nw.col("salesperson")))) if both else ()
    events = small(frame.select("event").unique())["event"]
    return (*people, *own, *_beginning(frame), *signs_of_tests(frame, WORDS, PEOPLE), *absent(set(events)))


def _beginning(frame: Frame) -> tuple[Oddity, ...]:
    if "person" not in frame.collect_schema().names():
        return ()
    limit = microseconds(span(frame.select(nw.col("time").alias("moment")))[0] + pd.Timedelta(days=FIRST_DAYS))
    known, early = frame.filter(~nw.col("person").is_null()), (nw.col("time") < limit).cast(nw.Int64).sum().alias("early")
    rows = small(known.select(nw.len().alias("all"), early)).fillna(0).iloc[0]
    people = small(grouped(known.select("person", "time"), ["person"], nw.col("time").min()).select(nw.len().alias("all"), early)).fillna(0).iloc[0]
    return beginning(int(people["early"]), int(rows["early"]), int(people["all"] - people["early"]), int(rows["all"] - rows["early"]))


def _canonical(frame: Frame, veiled: list[str], pseudonyms: Pseudonyms | None) -> Frame:
    """The columns of a log, absent ones missing; those to be veiled under pseudonyms."""
    there = frame.collect_schema().names()
    absent_ones = [nw.lit(None, nw.String).alias(name) for name in OPTIONAL if name not in there]
    own = nw.col("person") == nw.col("salesperson") if {"person", "salesperson"} <= set(there) else nw.lit(False)
    frame = frame.with_columns(*absent_ones, own.fill_null(False).alias("self_read")).select(nw.col("time").alias("moment"), "event", *OPTIONAL, "self_read", "row")
    for column in veiled:
        frame = _hidden(frame, column, pseudonyms)
    return frame


def _hidden(frame: Frame, column: str, pseudonyms: Pseudonyms) -> Frame:
    """The rows with a pseudonym in place of each value of a column; people's leave the engine as numbers only."""
    values = small(frame.select(column).filter(~nw.col(column).is_null()).unique(), column)
    hidden = values.assign(pseudonym=pseudonyms.of(values[column]))
    return frame.join(beside(frame, hidden), on=column, how="left").drop(column).rename({"pseudonym": column})


def _capabilities(events: Frame, customers: pd.DataFrame | None) -> frozenset[str]:
    """What the log holds that a finding may need."""
    filled = {"people": "person", "salespeople": "salesperson", "articles": "article", "topics": "topic", "channels": "channel", "links": "share", "parents": "parent_share"}
    counts = [(~nw.col(column).is_null()).cast(nw.Int64).sum().alias(name) for name, column in filled.items()]
    kinds = small(events.group_by("event").agg(nw.len().alias("rows"), *counts)).set_index("event")
    reads = kinds.loc["read"]
    has = {name for name in ("people", "salespeople", "articles", "topics", "channels") if reads[name]}
    has |= {name for name, event in (("publishes", "publish"), ("forwards", "forward"), ("registrations", "register")) if event in kinds.index}
    linked = reads["links"] and kinds["parents"].sum() and "publish" in kinds.index and kinds.loc["publish", "links"]
    has |= {"share_links"} if linked else set()
    return frozenset(has | ({"customer_dates"} if customers is not None or "registrations" in has else set()))
