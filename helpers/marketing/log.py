"""The log of case 1 in one form, whatever it was exported from, and what it can bear."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from helpers.intake.cells.typed import ROWS_NAMED, SetAside, Typed, typed
from helpers.intake.cells.zones import known_zone
from helpers.intake.checks.duplicates import without_repeats
from helpers.intake.checks.people import taken_for_nobody
from helpers.intake.checks.report import check
from helpers.intake.columns.log_source import LogSource, open_log
from helpers.intake.columns.mapping import read_mapping
from helpers.intake.dictionary import read_dictionary
from helpers.intake.engine.sources import is_large
from helpers.intake.places import DATA
from helpers.intake.privacy.guard import guarded
from helpers.intake.privacy.pseudonyms import Pseudonyms
from helpers.intake.reading.source import read_table
from helpers.intake.reading.table import Options, Table
from helpers.marketing.flaws import PEOPLE, odd_share_log
from helpers.marketing.share_log import OPTIONAL, ShareLog, our_names

SHIPPED, CUSTOMERS = DATA / "marketing" / "events.csv", DATA / "marketing" / "customers.csv"


def load_log(
    path: str | Path | None = None,
    column_map: str | Mapping[str, str] = "",
    event_map: str | Mapping[str, str] = "",
    time_zone: str = "",
    customers: str | Path | None = None,
    how: LogSource = LogSource(),
    pseudonyms: Pseudonyms | None = None,
) -> ShareLog:
    """The log in `path` (None or "": the shipped one, with its customers).

    column_map: our column -> the file's, as in "time: event_time, person: user_id"; event_map: our event -> the file's, as in
    "read: opened | viewed"; without them the mapping file beside the log holds, or else columns and events go by names that are known.
    time_zone: of times without an offset, and of months. customers: a table of person and customer_since. how: what else there is to say on
    reading the log. pseudonyms: what people's ids become (None: they stay). Raises Refusal where the file can't be read as such a log.
    """
    if path and is_large(path):
        from helpers.marketing.big_log import load_big_log  # which brings DuckDB, for a large log only

        own = replace(how, column_map=column_map or how.column_map, time_zone=time_zone or how.time_zone)
        return load_big_log(path, own, event_map, read_customers(customers, own) if customers else None, pseudonyms)
    source = replace(how, column_map=column_map or how.column_map, time_zone=time_zone or how.time_zone)
    opened = open_log(path or SHIPPED, source, "marketing", shipped=not path)
    source, zone = opened.source, opened.source.time_zone
    known_zone(zone)
    table = opened.table
    log, twice = without_repeats(typed(table, read_dictionary("marketing"), "events", source.conventions), table)
    log = name_events(log, table, event_map or opened.file.events)
    log = replace(log, frame=log.frame.assign(**{name: taken_for_nobody(log.frame[name], source.nobody) for name in PEOPLE if name in log.frame}))
    report = check(table, log, "time", PEOPLE, zone, who="person").also(twice, partial(odd_share_log, log.frame, own=bool(path)))
    shown, guards = guarded(log.frame, PEOPLE, (*OPTIONAL, "event"), pseudonyms) if path else (log.frame, ())
    events = canonical(shown)
    customers = customers if path else customers or CUSTOMERS
    people = read_customers(customers, replace(source, options=Options()), pseudonyms) if customers else None
    return ShareLog(events, people, capabilities(events, people), report.also(notes=guards), table.name, zone, pseudonyms)


def name_events(log: Typed, table: Table, event_map: str | Mapping[str, str]) -> Typed:
    """The log with its events under our names; rows with other events are set aside and counted.

    Without a mapping, events go by names that are known. Raises Refusal where the mapping names an event that is none of ours or never occurs,
    or no row is a read.
    """
    kinds = log.frame["event"].unique().tolist()
    ours, notes = our_names(read_mapping(event_map, "event mapping"), kinds, table.name)
    events = log.frame["event"].map(ours).astype(log.frame["event"].dtype)
    other = events.isna()
    aside = (*log.set_aside, *_others(log.frame["event"][other]))
    frame = log.frame.assign(event=events)
    return Typed(frame[~other] if other.any() else frame, log.rows_read, aside, (*log.notes, *notes))


def _others(events: pd.Series) -> list[SetAside]:
    return [SetAside(f"another event: {name}", len(rows), tuple(rows.index[:ROWS_NAMED].tolist())) for name, rows in events.groupby(events)]


def canonical(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of a log in order, absent ones as missing text, and the sheet row as a column of its own."""
    absent = {name: pd.Series(pd.NA, index=frame.index, dtype=frame["event"].dtype) for name in OPTIONAL if name not in frame}
    columns = ["time", "event", *OPTIONAL]
    return frame.assign(**absent)[columns].assign(row=frame.index).reset_index(drop=True)


def read_customers(path: str | Path, source: LogSource, pseudonyms: Pseudonyms | None = None) -> pd.DataFrame:
    """Customers and the time since which they are one: person, since (UTC); the earliest where a person is there twice."""
    table = read_table(path, options=source.options)
    frame = typed(table, read_dictionary("marketing"), "customers", source.conventions).frame
    frame = pseudonyms.in_columns(frame, ["person"]) if pseudonyms else frame
    return frame.groupby("person", as_index=False)["customer_since"].min().rename(columns={"customer_since": "since"})


def capabilities(events: pd.DataFrame, customers: pd.DataFrame | None) -> frozenset[str]:
    """What a log holds that a finding may need."""
    reads, kinds = events[events["event"] == "read"], set(events["event"].unique())
    filled = {"people": "person", "salespeople": "salesperson", "articles": "article", "topics": "topic", "channels": "channel"}
    has = {name for name, column in filled.items() if reads[column].notna().any()}
    has |= {name for name, event in (("publishes", "publish"), ("forwards", "forward"), ("registrations", "register")) if event in kinds}
    published = events.loc[events["event"] == "publish", "share"]
    linked = reads["share"].notna().any() and events["parent_share"].notna().any() and published.notna().any()
    has |= {"share_links"} if linked else set()
    return frozenset(has | ({"customer_dates"} if customers is not None or "registrations" in has else set()))
